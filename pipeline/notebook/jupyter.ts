/** Where JupyterLab and its kernels lie on this machine; pure but for the files handed in. */

import { z } from "zod";
import type { Files } from "../effects.ts";

/** What decides where things lie. */
export interface Machine {
  readonly os: typeof Deno.build.os;
  readonly env: (name: string) => string | undefined;
  readonly files: Pick<Files, "read" | "size">;
}

/** How to get JupyterLab, for a message. */
export const howToGetJupyter = [
  "Get it by one of these, then run this again:",
  "    pipx install jupyterlab",
  "    uv tool install jupyterlab",
  "    python3 -m venv .venv && .venv/bin/pip install jupyterlab",
].join("\n  ");

/**
 * One of Jupyter's programs (`jupyter-lab`, `jupyter-nbconvert`): from the `PATH`, else from a `.venv`
 * in the given folder, else from one of the `others`. Undefined when it is nowhere.
 */
export function findJupyter(
  program: string,
  machine: Machine,
  folder: string,
  others: readonly string[] = [],
): string | undefined {
  const own = machine.os === "windows" ? ".venv/Scripts" : ".venv/bin";
  return findProgram(program, machine, [...searchPath(machine), `${folder}/${own}`, ...others]);
}

/**
 * The folder that Jupyter keeps a person's data in and that `deno jupyter --install` writes to; it
 * follows the same rules as Deno does. Undefined when there is no home.
 */
export function jupyterFolder({ os, env }: Machine): string | undefined {
  if (os === "windows") return below(env("APPDATA"), "jupyter");
  if (os === "darwin") return below(env("HOME"), "Library/Jupyter");
  return below(env("XDG_DATA_HOME") ?? below(env("HOME"), ".local/share"), "jupyter");
}

/**
 * Whether Jupyter has a Deno kernel that can start: its spec is there, can be read, and the Deno that
 * it names still exists (one that `npx` fetched may be gone).
 */
export function hasDenoKernel(machine: Machine): boolean {
  const folder = jupyterFolder(machine);
  const specFile = `${folder}/kernels/deno/kernel.json`;
  if (folder === undefined || machine.files.size(specFile) === undefined) return false;
  const program = kernelProgram(machine.files.read(specFile));
  if (program === undefined) return false;
  return /[\\/]/.test(program)
    ? machine.files.size(program) !== undefined
    : findProgram(program, machine, searchPath(machine)) !== undefined;
}

const kernelSpec = z.object({ argv: z.array(z.string()).min(1) });

function kernelProgram(bytes: Uint8Array): string | undefined {
  try {
    return kernelSpec.parse(JSON.parse(new TextDecoder().decode(bytes))).argv[0];
  } catch (error) {
    // Neither JSON nor a spec: as good as none, it is written again.
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

function findProgram(
  name: string,
  { os, files }: Machine,
  folders: readonly string[],
): string | undefined {
  const file = os === "windows" && !name.endsWith(".exe") ? `${name}.exe` : name;
  return folders.map((folder) => `${folder}/${file}`)
    .find((path) => files.size(path) !== undefined);
}

function searchPath({ os, env }: Machine): string[] {
  return (env("PATH") ?? "").split(os === "windows" ? ";" : ":").filter((folder) => folder !== "");
}

function below(folder: string | undefined, name: string): string | undefined {
  return folder === undefined ? undefined : `${folder}/${name}`;
}
