/** Whatever stands in a path reaches the program as it is: what is written is read by each reader's own rules. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { cronLines } from "../../pipeline/schedule/cron.ts";
import type { DailyJob } from "../../pipeline/schedule/job.ts";
import { systemdInstallation } from "../../pipeline/schedule/systemd.ts";
import { windowsInstallation } from "../../pipeline/schedule/windows.ts";
import { awkwardJob, places, plainJob } from "./jobs.ts";

/** Words made of all that means something to one of the readers. */
const word = fc.string({
  unit: fc.constantFrom("a", " ", "%", "\\", "'", '"', "$", "H", "`", "&", "<", ";", "é", "#", "*"),
  maxLength: 12,
});
const jobs = fc.array(word, { maxLength: 4 }).map((args): DailyJob => ({
  ...plainJob,
  command: ["/bin/program", ...args],
}));
const seeded = { seed: 20261122, numRuns: 200 };

/** A command line as systemd.syntax(7) and systemd.service(5) read it. */
function readBySystemd(line: string): string[] {
  const words: string[] = [];
  for (const [, quoted, plain] of line.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s"]+)/g)) {
    const text = (quoted ?? plain ?? "").replace(/\\(.)/g, "$1").replaceAll("%%", "%");
    words.push(words.length === 0 ? text : text.replaceAll("$$", "$"));
  }
  return words;
}

Deno.test("systemd reads the words that were meant", () => {
  const written = (job: DailyJob) =>
    /^ExecStart=(.*)$/m.exec(systemdInstallation(job, places).files[0]?.text ?? "")?.[1] ?? "";
  assert.deepEqual(readBySystemd(written(awkwardJob)), awkwardJob.command);
  fc.assert(
    fc.property(jobs, (job) => assert.deepEqual(readBySystemd(written(job)), job.command)),
    seeded,
  );
});

/** Arguments as CommandLineToArgvW reads them. */
function readByWindows(line: string): string[] {
  const words: string[] = [];
  let text: string | undefined;
  let isQuoted = false;
  for (let i = 0; i < line.length; i++) {
    const slashes = /^\\*/.exec(line.slice(i))?.[0].length ?? 0;
    const isBeforeQuote = line[i + slashes] === '"';
    text ??= line[i] === " " && !isQuoted ? undefined : "";
    if (slashes > 0) {
      text += "\\".repeat(isBeforeQuote ? Math.floor(slashes / 2) : slashes);
      i += slashes - 1;
      if (isBeforeQuote && slashes % 2 === 1) {
        text += '"';
        i++;
      }
    } else if (line[i] === '"') {
      isQuoted = !isQuoted;
    } else if (line[i] === " " && !isQuoted) {
      if (text !== undefined) words.push(text);
      text = undefined;
    } else {
      text = (text ?? "") + (line[i] ?? "");
    }
  }
  return text === undefined ? words : [...words, text];
}

Deno.test("Windows reads the words that were meant", () => {
  const written = (job: DailyJob) => {
    const [, line = ""] = /<Arguments>(.*)<\/Arguments>/.exec(
      windowsInstallation(job, places).files[0]?.text ?? "",
    ) ?? [];
    return line.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  };
  assert.deepEqual(readByWindows(written(awkwardJob)), awkwardJob.command.slice(1));
  fc.assert(
    fc.property(
      jobs,
      (job) => assert.deepEqual(readByWindows(written(job)), job.command.slice(1)),
    ),
    seeded,
  );
});

/**
 * The command that cron hands to the shell: an unescaped percent sign ends it, one after a backslash
 * is one. Of two backslashes Vixie's cron makes one, cronie leaves both.
 */
function readByCron(line: string, isVixie: boolean): string {
  let read = "";
  let isEscaped = false;
  for (const c of line.replace(/^(\S+ ){5}/, "")) {
    if (isEscaped) {
      isEscaped = false;
      read = c === "%" || (isVixie && c === "\\") ? read.slice(0, -1) + c : read + c;
    } else if (c === "%") {
      return read;
    } else {
      isEscaped = c === "\\";
      read += c;
    }
  }
  return read;
}

Deno.test({
  name: "cron and a real shell read the words that were meant",
  ignore: Deno.build.os === "windows",
  async fn() {
    const many = fc.sample(jobs, { ...seeded, numRuns: 40 });
    for (const isVixie of [true, false]) {
      // One shell for all: each prints its words, a null byte after each, and a line.
      const lines = [...many, awkwardJob].map((job) => {
        const [, line = ""] = cronLines({
          ...job,
          command: ["printf", "%s\\0", ...job.command.slice(1), "end"],
        });
        return `${readByCron(line, isVixie)}; echo`;
      });
      const { stdout } = await new Deno.Command("sh", { args: ["-c", lines.join("\n")] }).output();
      const read = new TextDecoder().decode(stdout).split("\n").slice(0, -1)
        .map((text) => text.split("\0").slice(0, -1));
      assert.deepEqual(
        read,
        [...many, awkwardJob].map(({ command }) => [...command.slice(1), "end"]),
      );
    }
  },
});
