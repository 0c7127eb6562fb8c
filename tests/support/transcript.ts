/**
 * Terminal sessions in the documentation, played: what follows `$ ` is typed, the rest is what comes
 * of it. An answer stands in the page after its question, so the page itself is the script.
 */

import assert from "node:assert/strict";
import { runStart, start } from "../../pipeline/commands/start.ts";
import { main } from "../../pipeline/cli.ts";
import { diskFiles, type Effects, type Talk, type User } from "../../pipeline/effects.ts";
import { runSchedule, schedule } from "../../pipeline/commands/schedule.ts";
import { noSettings } from "../../pipeline/settings/resolve.ts";
import { parseArguments } from "../../pipeline/terminal/arguments.ts";
import type { House } from "./house.ts";

/** A session: its lines as they stand in the page. */
export type Session = readonly string[];

/** Every session of a page, in order. */
export function sessionsOf(page: string): Session[] {
  return Array.from(
    page.matchAll(/^```console\n(.*?)^```$/gms),
    ([, text = ""]) => text.trimEnd().split("\n"),
  );
}

/** Plays a session at a house; returns all that then stands on the screen. */
export async function played(session: Session, house: House, home: string): Promise<string[]> {
  const screen: string[] = [];
  const answers = answersIn(session);
  const write = (text: string) => screen.push(...shown(text, house, home).split("\n"));
  const talk: Talk = { say: write, result: write, progress: () => {} };
  const user: User = {
    present: true,
    line(question) {
      const words = shown(question, house, home);
      const answer = answers(words.trimEnd());
      screen.push(`${words}${answer}`.trimEnd());
      return Promise.resolve(answer);
    },
    secret: () => assert.fail("No secret is asked for in a page"),
    async open(page) {
      // The simulator's consent page agrees at once and sends the browser back.
      const { headers } = await house.simulator.handle(new Request(page));
      await (await fetch(headers.get("location") ?? "")).body?.cancel();
      return true;
    },
  };
  const effects: Effects = {
    files: diskFiles,
    clock: house.clock,
    talk,
    user,
    fetch: (input, init) => house.simulator.handle(new Request(input, init)),
    signal: house.signal,
  };
  for (const line of session) {
    const typed = /^\$ (?:npx -y )?deno task (.*)$/.exec(line)?.[1];
    // Other lines are what comes of it.
    if (typed === undefined || screen.includes(line)) continue;
    screen.push(line);
    const code = await run(wordsOf(typed, home), house, effects);
    assert.equal(code, 0, `${line} ended with ${code}\n${screen.join("\n")}`);
  }
  return screen;
}

/** Runs a task as `deno task` would, but for the processes and the machine's own scheduler. */
async function run(argv: readonly string[], house: House, effects: Effects): Promise<number> {
  const [task = "", ...args] = argv;
  const env = (name: string) => house.env.get(name);
  const context = { root: house.root, effects, env, settings: noSettings };
  if (task === "start") {
    return await runStart(
      { ...context, given: parseArguments(start.spec, args) },
      (step) => run(step, house, effects),
    );
  }
  if (task === "schedule") {
    const places = { home: house.root, config: undefined, temporary: house.root };
    return await runSchedule({ ...context, given: parseArguments(schedule.spec, args) }, {
      os: "linux",
      // A machine that systemd runs.
      files: {
        ...diskFiles,
        size: (path) => path === "/run/systemd/system" ? 40 : diskFiles.size(path),
      },
      places,
      uid: () => 0,
      run: () => Promise.resolve({ code: 0, stdout: "", stderr: "" }),
    });
  }
  return await main([task, ...args, "--data", house.root], effects, env);
}

/** What the page says is answered, question after question. */
function answersIn(session: Session): (question: string) => string {
  let at = 0;
  return (question) => {
    const found = session.findIndex((line, index) => index >= at && line.startsWith(question));
    if (found < 0) assert.fail(`The page has no answer to "${question}"`);
    at = found + 1;
    return session[found]?.slice(question.length).trim() ?? "";
  };
}

/** A text without what differs from machine to machine: folders, the zone, how Deno was started. */
function shown(text: string, house: House, home: string): string {
  return text.replaceAll(house.root, "data").replaceAll(home, "/home/anna")
    .replaceAll(`[${Temporal.Now.timeZoneId()}]`, "[Europe/London]")
    .replaceAll("npx -y deno task", "deno task");
}

/** The words of a command line; `*` stands for the files it fits. */
function wordsOf(line: string, home: string): string[] {
  return line.split(" ").flatMap((word) => {
    const path = word.replace(/^~(?=\/)/, home);
    if (!path.includes("*")) return [path];
    const cut = path.lastIndexOf("/");
    const [start = "", end = ""] = path.slice(cut + 1).split("*");
    return diskFiles.list(path.slice(0, cut)).map(({ name }) => name)
      .filter((name) => name.startsWith(start) && name.endsWith(end))
      .map((name) => `${path.slice(0, cut)}/${name}`);
  });
}

/**
 * Fails unless the screen shows what the page says. `...` stands for anything within a line, and on a
 * line of its own for any lines.
 */
export function assertShown(screen: readonly string[], session: Session): void {
  const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const pattern = session
    .map((line) => line === "..." ? "[^]*?" : line.split("...").map(literal).join(".*"))
    .join("\n");
  if (new RegExp(`^${pattern}$`).test(screen.join("\n"))) return;
  assert.deepEqual(screen, session);
}
