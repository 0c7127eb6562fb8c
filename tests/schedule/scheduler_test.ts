/** Giving the job to a scheduler and taking it away, on a machine that writes down what it was told. */

import assert from "node:assert/strict";
import { diskFiles } from "../../pipeline/effects.ts";
import { UsageError, UserError } from "../../pipeline/errors.ts";
import {
  installJob,
  type Machine,
  ownScheduler,
  type Ran,
  removeJob,
} from "../../pipeline/schedule/scheduler.ts";
import { inTemporaryFolder, treeOf } from "../support/effects.ts";
import { plainJob } from "./jobs.ts";

/** A machine whose commands are answered by a function; what was asked is kept. */
function machineIn(folder: string, answer: (line: string, input?: string) => Ran | undefined) {
  const asked: string[] = [];
  const machine: Machine = {
    os: "linux",
    files: diskFiles,
    places: { home: folder, config: undefined, temporary: folder },
    uid: () => 501,
    run(argv, input) {
      asked.push(argv.join(" "));
      return Promise.resolve(answer(argv.join(" "), input));
    },
  };
  return { machine, asked };
}

const fine: Ran = { code: 0, stdout: "", stderr: "" };

Deno.test("systemd: units are written and enabled, and nothing is left after removal", async () => {
  await inTemporaryFolder(async (folder) => {
    const { machine, asked } = machineIn(folder, () => fine);
    await installJob("systemd", plainJob, machine);
    await installJob("systemd", { ...plainJob, at: { hour: 7, minute: 0 } }, machine);
    const units = `${folder}/.config/systemd/user`;
    assert.deepEqual(Array.from((await treeOf(units)).keys()), [
      "everysecond.service",
      "everysecond.timer",
    ]);
    assert.match(
      await Deno.readTextFile(`${units}/everysecond.timer`),
      /OnCalendar=\*-\*-\* 07:00:00/,
    );
    assert.equal(await removeJob("systemd", plainJob, machine), true);
    assert.equal((await treeOf(units)).size, 0);
    assert.equal(await removeJob("systemd", plainJob, machine), false);
    assert.deepEqual(
      new Set(asked),
      new Set([
        "systemctl --user daemon-reload",
        "systemctl --user enable --now everysecond.timer",
        "systemctl --user disable --now everysecond.timer",
      ]),
    );
  });
});

Deno.test("launchd: an earlier agent is stopped before the new one is loaded", async () => {
  await inTemporaryFolder(async (folder) => {
    const { machine, asked } = machineIn(folder, () => fine);
    const path = `${folder}/Library/LaunchAgents/org.everysecond.plist`;
    await installJob("launchd", plainJob, machine);
    assert.deepEqual(asked, [
      "launchctl bootout gui/501/org.everysecond",
      `launchctl bootstrap gui/501 ${path}`,
    ]);
    assert.equal(await removeJob("launchd", plainJob, machine), true);
    assert.equal(diskFiles.size(path), undefined);
  });
});

Deno.test("windows: the definition is handed over as UTF-16 and does not stay", async () => {
  const there = new Map<string, Uint8Array>();
  let text = "";
  const { machine, asked } = machineIn("", () => {
    const [bytes = new Uint8Array()] = there.values();
    text = new TextDecoder("utf-16le", { ignoreBOM: true }).decode(bytes);
    return fine;
  });
  // The path has backslashes, which only Windows could follow.
  const windows = {
    ...machine,
    places: { ...machine.places, temporary: "C:\\Temp" },
    files: {
      ...diskFiles,
      makeFolder: (path) => assert.equal(path, "C:\\Temp"),
      writeSynced: (path, bytes) => there.set(path, bytes),
      remove: (path) => there.delete(path),
    },
  } satisfies Machine;
  await installJob("windows", plainJob, windows);
  assert.match(text, /^\ufeff<\?xml version="1\.0"\?>\r\n<Task /);
  assert.deepEqual(asked, [
    "schtasks /Create /TN everysecond /XML C:\\Temp\\everysecond.xml /F",
  ]);
  assert.equal(there.size, 0);

  const run = () => Promise.resolve({ code: 1, stdout: "", stderr: "Access is denied\n" });
  await assert.rejects(installJob("windows", plainJob, { ...windows, run }), /Access is denied/);
  assert.equal(there.size, 0, "nor where it is refused");
});

Deno.test("cron: our lines come and go, everybody else's stay as they were", async () => {
  for (const others of ["", "MAILTO=me\n# mine\n5 4 * * * backup 100\\%\n", "@daily no-newline"]) {
    let crontab = others;
    const { machine } = machineIn("", (line, input) => {
      if (line === "crontab -l") {
        return crontab === ""
          ? { code: 1, stdout: "", stderr: "no crontab for me" }
          : { ...fine, stdout: crontab };
      }
      crontab = input ?? "";
      return fine;
    });
    await installJob("cron", plainJob, machine);
    await installJob("cron", { ...plainJob, at: { hour: 7, minute: 0 } }, machine);
    await installJob("cron", { ...plainJob, name: "everysecond-anna" }, machine);
    assert.ok(crontab.startsWith(others));
    assert.equal(crontab.split("\n").filter((line) => line.includes("deno.json")).length, 2);
    assert.match(crontab, /^0 7 \* \* \* \/usr\/bin\/deno/m);
    assert.equal(await removeJob("cron", plainJob, machine), true);
    assert.equal(await removeJob("cron", plainJob, machine), false);
    assert.equal(await removeJob("cron", { ...plainJob, name: "everysecond-anna" }, machine), true);
    assert.equal(crontab, others === "" || others.endsWith("\n") ? others : `${others}\n`);
  }
});

Deno.test("what the system refuses is said, and what is missing is named", async () => {
  await inTemporaryFolder(async (folder) => {
    const refusing = machineIn(
      folder,
      () => ({ code: 1, stdout: "", stderr: "Failed to connect to bus\n" }),
    );
    await assert.rejects(installJob("systemd", plainJob, refusing.machine), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(
        error.message,
        /systemctl --user daemon-reload ended with 1: Failed to connect to bus$/,
      );
      return true;
    });
    await assert.rejects(installJob("cron", plainJob, refusing.machine), /Cannot read the crontab/);
    const empty = machineIn(folder, () => undefined);
    await assert.rejects(installJob("cron", plainJob, empty.machine), UsageError);
  });
});

Deno.test("ownScheduler() is what the system has", () => {
  const other = { ...diskFiles, size: () => undefined, list: () => [] };
  // The folder is there from the start of the system on, and may be empty.
  const booted = {
    ...other,
    size: (path: string) => path === "/run/systemd/system" ? 40 : undefined,
  };
  assert.equal(ownScheduler({ os: "darwin", files: other }), "launchd");
  assert.equal(ownScheduler({ os: "windows", files: other }), "windows");
  assert.equal(ownScheduler({ os: "linux", files: booted }), "systemd");
  assert.equal(ownScheduler({ os: "freebsd", files: other }), "cron");
});
