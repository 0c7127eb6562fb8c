/** `deno task notebook`: the notebooks in JupyterLab, or run without it and written as pages. */

import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type ExitCode, exitCode, UsageError, UserError } from "../errors.ts";
import { dataVariable } from "../notebook/data_root.ts";
import {
  findJupyter,
  hasDenoKernel,
  howToGetJupyter,
  jupyterFolder,
  type Machine,
} from "../notebook/jupyter.ts";
import { counted } from "../terminal/counted.ts";
import type { Command } from "./command.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const notebooks = `${repository}/notebooks`;

export const notebook: Command = {
  spec: {
    name: "notebook",
    about: "Opens the notebooks in JupyterLab. Installs the Deno kernel for Jupyter when it is\n" +
      "missing. The notebooks read data, or data/demo when there is nothing in it yet.",
    options: [
      { name: "no-browser", about: "Print the address instead of opening a browser" },
      { name: "execute", about: "Run them all and write each as a page, DIR/notebooks/*.html" },
    ],
  },
  async run({ given, root, effects, env }) {
    const machine: Machine = { os: Deno.build.os, env, files: effects.files };
    const jupyterLab = findJupyter("jupyter-lab", machine, repository);
    const program = given.flag("execute")
      ? findJupyter("jupyter-nbconvert", machine, repository, besideOf(jupyterLab))
      : jupyterLab;
    if (program === undefined) throw new UsageError("Cannot find JupyterLab", howToGetJupyter);
    if (!hasDenoKernel(machine)) {
      effects.talk.say("Installing the Deno kernel for Jupyter");
      await installKernel();
    }
    // Jupyter looks elsewhere when JUPYTER_DATA_DIR is set; this adds the folder Deno installs to.
    const kernels = [jupyterFolder(machine), env("JUPYTER_PATH")]
      .filter((folder) => folder !== undefined).join(Deno.build.os === "windows" ? ";" : ":");
    const environment = {
      JUPYTER_PATH: kernels,
      ...given.text("data") === undefined ? {} : { [dataVariable]: resolve(root) },
    };
    if (!given.flag("execute")) {
      const browser = given.flag("no-browser") ? ["--no-browser"] : [];
      return await runProgram("JupyterLab", program, [notebooks, ...browser], environment);
    }
    const pages = resolve(root, "notebooks");
    const names = effects.files.list(notebooks).map(({ name }) => name)
      .filter((name) => name.endsWith(".ipynb"));
    const code = await runProgram("nbconvert", program, [
      ...["--to", "html", "--execute", "--output-dir", pages],
      ...names.map((name) => `${notebooks}/${name}`),
    ], environment);
    effects.talk.result(`${counted(names.length, "page")} in ${pages}`);
    return code;
  },
};

/** Tools that install one program with all it needs link only that one; the others lie beside it. */
function besideOf(program: string | undefined): string[] {
  return program === undefined ? [] : [dirname(Deno.realPathSync(program))];
}

/** Runs it to its end. Ctrl-C reaches JupyterLab too, which asks before it ends; so this waits. */
async function runProgram(
  name: string,
  program: string,
  args: string[],
  env: Record<string, string>,
): Promise<ExitCode> {
  const { code } = await new Deno.Command(program, { args, env }).spawn().status;
  if (code === 0) return exitCode.done;
  throw new UserError(`${name} ended with code ${code}`, {
    hint: "What it said last stands above",
  });
}

async function installKernel(): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["jupyter", "--install", "--force"],
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  throw new UserError(
    `Cannot install the Deno kernel for Jupyter: ${new TextDecoder().decode(stderr).trim()}`,
    { hint: "Try deno jupyter --install --force yourself" },
  );
}
