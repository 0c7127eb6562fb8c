/** The bundled program of the page is what its sources say. */

import assert from "node:assert/strict";
import { z } from "zod";
import { inTemporaryFolder } from "../support/effects.ts";
import { repository } from "../support/task.ts";

const { tasks } = z.object({ tasks: z.object({ page: z.object({ command: z.string() }) }) })
  .parse(JSON.parse(Deno.readTextFileSync(`${repository}deno.json`)));

Deno.test("pipeline/report/page.js is what deno task page makes", async () => {
  await inTemporaryFolder(async (folder) => {
    const made = "pipeline/report/page.js";
    const [program, ...args] = tasks.page.command.replace(made, `${folder}/page.js`).split(" ");
    assert.equal(program, "deno");
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args,
      cwd: repository,
      env: { NO_COLOR: "1" },
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    assert.ok(
      Deno.readTextFileSync(`${folder}/page.js`) === Deno.readTextFileSync(`${repository}${made}`),
      "pipeline/report/page.js is not what its sources say: run deno task page",
    );
  });
});
