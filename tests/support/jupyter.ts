/** Real Jupyter for the tests: nbclient in an environment of its own, made once and kept. */

import { fileURLToPath } from "node:url";

/** Raise when what is installed changes: the environment is then made anew. */
const packages = [
  "nbclient==0.11.0",
  "jupyter_client==8.10.0",
  "nbformat==5.11.1",
  "nbconvert==7.17.2",
];

/** What to do when {@link findPython} finds none. */
export const howToGetPython =
  "Real Jupyter is not tried: it needs python3 with venv and pip (Debian: apt-get install python3-venv)";

/** The Python that can make environments; undefined when there is none. */
export function findPython(): string | undefined {
  return ["python3", "python"].find((name) => {
    try {
      return run(name, ["-c", "import ensurepip, venv"]).success;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  });
}

/**
 * Executes a notebook as Jupyter does, with the Deno that runs the test as its kernel, and writes the
 * result to another file. Throws an Error with Jupyter's words when a cell fails.
 */
export async function executeNotebook(
  python: string,
  notebook: string,
  executed: string,
  env: Record<string, string>,
): Promise<void> {
  const environment = await jupyterEnvironment(python);
  const data = await Deno.makeTempDir({ prefix: "everysecond-jupyter-" });
  try {
    check(run(Deno.execPath(), ["jupyter", "--install"], { XDG_DATA_HOME: data, HOME: data }));
    const script = fileURLToPath(new URL("execute_notebook.py", import.meta.url));
    const kernels = Deno.build.os === "darwin" ? `${data}/Library/Jupyter` : `${data}/jupyter`;
    check(run(`${environment}/bin/python`, [script, notebook, executed], {
      ...env,
      JUPYTER_PATH: kernels,
      JUPYTER_RUNTIME_DIR: `${data}/runtime`,
      NO_COLOR: "1",
    }));
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

/** The folder of the environment; made when it is not there yet, or not complete. */
export async function jupyterEnvironment(python: string): Promise<string> {
  const cache = Deno.env.get("XDG_CACHE_HOME") ?? `${Deno.env.get("HOME") ?? "/tmp"}/.cache`;
  const folder = `${cache}/everysecond/jupyter`;
  const stamp = `${folder}/packages`;
  const wanted = packages.join("\n");
  if (await textOf(stamp) !== wanted) {
    check(run(python, ["-m", "venv", "--clear", folder]));
    check(run(`${folder}/bin/python`, ["-m", "pip", "install", "--quiet", ...packages]));
    await Deno.writeTextFile(stamp, wanted);
  }
  return folder;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function run(program: string, args: string[], env: Record<string, string> = {}) {
  const { success, stderr } = new Deno.Command(program, { args, env, stdin: "null" }).outputSync();
  const what = [program, ...args].join(" ");
  return { success, what, words: new TextDecoder().decode(stderr) };
}

function check({ success, what, words }: ReturnType<typeof run>): void {
  if (!success) throw new Error(`${what} failed: ${words}`);
}
