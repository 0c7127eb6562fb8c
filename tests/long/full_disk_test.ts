/**
 * A disk that is really full, at many sizes: whatever was being written, it is said so, what is there
 * is whole, and with more room the same command comes to the end. The ledger writes for itself, so
 * nothing but a real disk can show what it does then.
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { inTemporaryFolder } from "../support/effects.ts";

/** Whether this system lets a process mount a small disk that only it can see. */
function canMount(): boolean {
  try {
    return new Deno.Command("unshare", {
      args: ["--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/tmp"],
      stdout: "null",
      stderr: "null",
    }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

const ignore = !canMount();
const name = "every stage says that the disk is full, and goes on when there is room";

Deno.test({
  name: ignore ? `${name} (no disk of a chosen size can be mounted here)` : name,
  ignore,
  async fn() {
    await inTemporaryFolder(async (folder) => {
      const script = fileURLToPath(new URL("full_disk_child.ts", import.meta.url));
      const { code, stderr } = await new Deno.Command("unshare", {
        args: ["--map-root-user", "--mount", Deno.execPath(), "run", "-A", script, folder],
        env: { NO_COLOR: "1" },
        stdin: "null",
      }).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
    });
  },
});
