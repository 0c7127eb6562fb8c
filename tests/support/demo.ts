/** The demo's data, made afresh by the program as a user runs it. */

import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Runs the demo into a data root. Throws an Error with its words when it fails. */
export async function makeDemo(root: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "pipeline/cli.ts", "demo", "--data", root],
    cwd: repository,
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) throw new Error(`The demo failed: ${new TextDecoder().decode(stderr)}`);
}
