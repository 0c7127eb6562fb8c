import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

/** Asks three times, the second time for a secret, in a process with that on stdin. */
async function asked(stdin: string): Promise<{ answers: unknown; said: string }> {
  const module = new URL("../../pipeline/terminal/user.ts", import.meta.url).href;
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "--quiet",
      `import { terminalUser } from ${JSON.stringify(module)};
      const user = terminalUser(new AbortController().signal);
      const answers = [user.present, await user.line("1? "), await user.secret("2? "), await user.line("3? ")];
      console.log(JSON.stringify(answers, (_name, value) => value ?? null));
      Deno.exit();`,
    ],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin));
  await writer.close();
  const { stdout, stderr } = await child.output();
  const text = new TextDecoder();
  return { answers: JSON.parse(text.decode(stdout)), said: text.decode(stderr) };
}

Deno.test("terminalUser() answers with piped lines, of any length, until they end", async () => {
  const long = "x".repeat(50_000);
  assert.deepEqual(await asked(`one\r\nCANARY\n${long}`), {
    answers: [false, "one", "CANARY", long],
    said: "",
  });
  assert.deepEqual((await asked("\nonly")).answers, [false, "", "only", null]);
  assert.deepEqual((await asked("")).answers, [false, null, null, null]);
});
