/** `deno task notebook`: the notebooks in JupyterLab, with a Deno kernel to run them. */

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { exitCode, UsageError, UserError } from "../errors.ts";
import { dataVariable } from "../notebook/data_root.ts";
import {
  findJupyterLab,
  hasDenoKernel,
  howToGetJupyter,
  jupyterFolder,
  type Machine,
} from "../notebook/jupyter.ts";
import type { Command } from "./command.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

export const notebook: Command = {
  spec: {
    name: "notebook",
    about: "Opens the notebooks in JupyterLab. Installs the Deno kernel for Jupyter when it is\n" +
      "missing. The notebooks read data, or data/demo when there is nothing in it yet.",
    options: [{ name: "no-browser", about: "Print the address instead of opening a browser" }],
  },
  async run({ given, root, effects, env }) {
    const machine: Machine = { os: Deno.build.os, env, files: effects.files };
    const jupyterLab = findJupyterLab(machine, repository);
    if (jupyterLab === undefined) throw new UsageError("Cannot find JupyterLab", howToGetJupyter);
    if (!hasDenoKernel(machine)) {
      effects.talk.say("Installing the Deno kernel for Jupyter");
      await installKernel();
    }
    // Jupyter looks elsewhere when JUPYTER_DATA_DIR is set; this adds the folder Deno installs to.
    const kernels = [jupyterFolder(machine), env("JUPYTER_PATH")]
      .filter((folder) => folder !== undefined).join(Deno.build.os === "windows" ? ";" : ":");
    const child = new Deno.Command(jupyterLab, {
      args: [`${repository}/notebooks`, ...given.flag("no-browser") ? ["--no-browser"] : []],
      env: {
        JUPYTER_PATH: kernels,
        ...given.text("data") === undefined ? {} : { [dataVariable]: resolve(root) },
      },
    }).spawn();
    // Ctrl-C reaches JupyterLab too, which asks before it ends; so this waits for it.
    const { code } = await child.status;
    if (code === 0) return exitCode.done;
    throw new UserError(`JupyterLab ended with code ${code}`, {
      hint: "What it said last stands above",
    });
  },
};

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
