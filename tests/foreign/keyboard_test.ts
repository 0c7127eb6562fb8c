/** `deno task start` on a real terminal, by keyboard, with its own permissions. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { createSimulator } from "../../pipeline/sources/simulator/simulator.ts";
import { assertTruth, present } from "../support/house.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { writeArchive } from "../support/takeout_of.ts";
import { taskWords } from "../support/task.ts";
import { python, pythonMissing, run } from "./installs.ts";

const keyboard = fileURLToPath(new URL("keyboard.py", import.meta.url));

Deno.test(`start goes the whole way by keyboard${pythonMissing}`, {
  ignore: pythonMissing !== "" || Deno.build.os === "windows",
}, async () => {
  await inTemporaryFolder(async (folder) => {
    const simulator = createSimulator({ clock: { now: () => Date.parse(present) } });
    const archive = `${folder}/my takeout.zip`;
    await writeArchive(archive, simulator, ["2026-10-05"]);
    const answers = [
      ["Your choice", "7\r"],
      ["Your choice", "1\r"],
      // As a terminal writes the path of what is dropped into it, with a slip corrected.
      ["Where is it?", `${archive.replaceAll(" ", "\\ ")}x\x7f\r`],
      ["Another one?", "\r"],
      ["Do it now?", "yes\r"],
    ];
    await Deno.writeTextFile(`${folder}/answers.json`, JSON.stringify(answers));
    const screen = await run(python, [
      ...[keyboard, `${folder}/answers.json`, Deno.execPath()],
      ...taskWords("start"),
      ...["--data", `${folder}/data`],
    ], { EVERYSECOND_CONFIG: `${folder}/config`, NO_COLOR: "1", TERM: "dumb" });
    assert.match(screen, /Cannot use "7": expected one of archive/);
    assert.match(screen, /heart_rate-\*\.json +1 /);
    assert.match(screen, /All done\. What to do next/);
    await assertTruth({ root: `${folder}/data`, simulator }, "2026-10-05", "takeout");
  });
});
