/** The report over ten years, as a user runs it, takes no more memory than it may for any number of years. */

import assert from "node:assert/strict";
import { taskArguments } from "../../bench/programs.ts";
import { makeYears } from "../../bench/years.ts";
import { makeDemo } from "../support/demo.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { canTellMemory, peakMemory } from "../support/peak_memory.ts";

const days = 3650;
const most_mb = 400;

Deno.test({
  name: `the report of ${days} days is written in less than ${most_mb} MB, and again`,
  ignore: !canTellMemory,
  async fn() {
    await inTemporaryFolder(async (folder) => {
      const root = `${folder}/years`;
      await makeDemo(`${folder}/demo`);
      await makeYears(`${folder}/demo`, root, days);
      const [program = "", ...args] = taskArguments("report", "--data", root, "--no-browser");
      for (const time of ["first", "second"]) {
        const child = new Deno.Command(program, { args, stdout: "null", stderr: "piped" }).spawn();
        const { peak_mb, ended } = await peakMemory(child.pid, child.output());
        assert.equal(ended.code, 0, new TextDecoder().decode(ended.stderr));
        assert.ok(peak_mb < most_mb, `the ${time} time it took ${peak_mb.toFixed(0)} MB`);
      }
    });
  },
});
