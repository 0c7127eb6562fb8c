/** The kernels' module as it is committed, against what the compiler makes of their sources. */

import assert from "node:assert/strict";
import { inTemporaryFolder } from "../support/effects.ts";
import { tasks } from "../support/task.ts";

const committed = "pipeline/kernels/kernels.wasm";

Deno.test("deno task kernels gives the module that is committed, byte for byte", async () => {
  await inTemporaryFolder(async (folder) => {
    const made = `${folder}/kernels.wasm`;
    const [, ...words] = tasks["kernels"]?.split(" ") ?? [];
    const args = words.map((word) =>
      word === committed ? made : word.startsWith("--allow-write") ? "--allow-write" : word
    );
    assert.ok(args.includes(made));
    const cwd = new URL("../../", import.meta.url);
    const { code, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    assert.deepEqual(Deno.readFileSync(made), Deno.readFileSync(new URL(committed, cwd)));
  });
});
