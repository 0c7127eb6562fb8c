import assert from "node:assert/strict";
import { repository, taskCommand, taskWords } from "../support/task.ts";

Deno.test("a reader who stops early, as head does, ends no command", async () => {
  const child = taskCommand("status", ["--help"]).spawn();
  await child.stdout.cancel();
  const said = await new Response(child.stderr).text();
  assert.deepEqual({ said, code: (await child.status).code }, { said: "", code: 0 });
});

Deno.test({
  name: "a full disk under what is said changes no exit code; under the results it does",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const codeOf = async (redirected: string, ...argv: string[]) => {
      const program = [Deno.execPath(), ...taskWords("status"), ...argv];
      const { code } = await new Deno.Command("sh", {
        args: ["-c", `"$@" ${redirected}`, "sh", ...program],
        cwd: repository,
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).output();
      return code;
    };
    assert.equal(await codeOf("2>/dev/full", "--unheard-of"), 2);
    assert.equal(await codeOf(">/dev/full", "--help"), 3);
    assert.equal(await codeOf(">/dev/full 2>/dev/full", "--help"), 3);
  },
});
