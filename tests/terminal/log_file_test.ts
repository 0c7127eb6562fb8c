import assert from "node:assert/strict";
import { type LogFile, openLog } from "../../pipeline/terminal/log_file.ts";
import { HandClock, inTemporaryFolder } from "../support/effects.ts";

const clock = new HandClock(Date.parse("2026-11-22T06:30:00Z"));

function writing(path: string, write: (log: LogFile) => void): void {
  using log = openLog(path, clock);
  write(log);
}

Deno.test("openLog() goes on with a log, a time before each line, and hides what looks like a secret", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = `${folder}/log/pipeline.log`;
    writing(path, (log) => log.write("one\ntwo"));
    writing(path, (log) => log.write("Bearer ya29.CANARY-of-a-token"));
    assert.equal(
      await Deno.readTextFile(path),
      [
        "2026-11-22T06:30:00.000Z one",
        "2026-11-22T06:30:00.000Z two",
        "2026-11-22T06:30:00.000Z [hidden]",
        "",
      ].join("\n"),
    );
    if (Deno.build.os !== "windows") {
      assert.equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
      assert.equal(((await Deno.stat(`${folder}/log`)).mode ?? 0) & 0o777, 0o700);
    }
  });
});

Deno.test("openLog() puts a large log aside and keeps the last five files", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = `${folder}/pipeline.log`;
    for (let run = 1; run <= 8; run++) {
      writing(path, (log) => log.write(`run ${run} ${"x".repeat(1_000_000)}`));
    }
    const firstWords = async (name: string) =>
      (await Deno.readTextFile(`${folder}/${name}`)).slice(25, 30);
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    assert.deepEqual(names, ["pipeline.log", ...[1, 2, 3, 4].map((age) => `pipeline.log.${age}`)]);
    assert.deepEqual(await Promise.all(names.map(firstWords)), [
      "run 8",
      "run 7",
      "run 6",
      "run 5",
      "run 4",
    ]);
  });
});
