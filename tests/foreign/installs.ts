/**
 * Clients that nobody here wrote, installed from PyPI and npm into folders of their own under the
 * system's temporary folder: found again by the next run, and no dependency of the program.
 */

import assert from "node:assert/strict";
import { tmpdir } from "node:os";

/** The interpreter that is there. */
export const python = Deno.env.get("PYTHON") ?? "python3";

/** Whether a program can be started at all. */
export function hasProgram(program: string): boolean {
  try {
    return new Deno.Command(program, { args: ["--version"], stdout: "null", stderr: "null" })
      .outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Why a test of a Python client cannot run here, for its name; empty when it can. */
export const pythonMissing = hasProgram(python) ? "" : ` (skipped: no ${python}, see python.org)`;

/** The same for Spark, which runs on Java. */
export const javaMissing = hasProgram("java") ? "" : " (skipped: no java, see openjdk.org)";

/** The same for npm. */
export const npmMissing = hasProgram("npm") && hasProgram("node")
  ? ""
  : " (skipped: no npm, see nodejs.org)";

/** A folder in which a package of exactly that version is installed by `install`, once. */
async function installed(
  name: string,
  install: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = `${tmpdir()}/everysecond-foreign/${name.replaceAll(/[^a-z0-9.]+/gi, "-")}`;
  const done = `${folder}/.installed`;
  try {
    await Deno.stat(done);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await Deno.mkdir(folder, { recursive: true });
    await install(folder);
    await Deno.writeTextFile(done, name);
  }
  return folder;
}

/** The interpreter of a virtual environment that holds a package (`fitbit==0.3.1`). */
export async function pythonWith(requirement: string): Promise<string> {
  const folder = await installed(requirement, async (folder) => {
    await run(python, ["-m", "venv", folder]);
    await run(`${folder}/bin/pip`, ["install", "--quiet", requirement]);
  });
  return `${folder}/bin/python`;
}

/** The folder in which npm installed a package (`googleapis@188.0.0`). */
export function npmFolderWith(requirement: string): Promise<string> {
  return installed(requirement, async (folder) => {
    const options = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    await run("npm", ["install", ...options, "--prefix", folder, requirement]);
  });
}

/** Runs a program to its end; what it printed. Fails with what it said when it failed. */
export async function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const output = await new Deno.Command(program, { args: [...args], env }).output();
  const decoder = new TextDecoder();
  assert.ok(output.success, `${program} failed:\n${decoder.decode(output.stderr)}`);
  return decoder.decode(output.stdout);
}
