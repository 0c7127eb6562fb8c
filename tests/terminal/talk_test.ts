import assert from "node:assert/strict";
import { taskCommand } from "../support/task.ts";

Deno.test("a reader who stops early, as head does, ends no command", async () => {
  const child = taskCommand("status", ["--help"]).spawn();
  await child.stdout.cancel();
  const said = await new Response(child.stderr).text();
  assert.deepEqual({ said, code: (await child.status).code }, { said: "", code: 0 });
});
