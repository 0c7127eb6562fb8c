/** Programs run from their start to their end: ours as a user runs it, and DuckDB. */

import { fileURLToPath } from "node:url";
import { z } from "zod";
import { UserError } from "../pipeline/errors.ts";

/** DuckDB as it is installed from PyPI. */
export const duckdbVersion = "2.0.0";

/** How long a program took, and the memory of its largest process at its peak. */
export interface Timing {
  readonly seconds: number;
  readonly peakBytes: number;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const timing = z.object({ seconds: z.number(), peak_bytes: z.number(), code: z.number() });
const taskList = z.object({ tasks: z.record(z.string(), z.object({ command: z.string() })) });

/** The command line of one of our tasks, without the `deno` that {@link timed} and others put before it. */
export function taskArguments(task: string, ...more: readonly string[]): string[] {
  const { tasks } = taskList.parse(JSON.parse(Deno.readTextFileSync(here("../deno.json"))));
  const command = tasks[task]?.command;
  if (command === undefined) throw new RangeError(`Cannot find a task "${task}" in deno.json`);
  return [Deno.execPath(), ...command.split(" ").slice(1), ...more];
}

/** DuckDB in an environment of Python's, made in the cache folder when it is not there yet. */
export class DuckDb {
  readonly #python: string;

  constructor() {
    const cache = Deno.env.get("XDG_CACHE_HOME") ?? `${Deno.env.get("HOME") ?? "/tmp"}/.cache`;
    const folder = `${cache}/everysecond/duckdb-${duckdbVersion}`;
    this.#python = `${folder}/bin/python`;
    if (runs(this.#python, ["-c", "import duckdb"])) return;
    const isMade = runs("python3", ["-m", "venv", "--clear", folder]) &&
      runs(this.#python, ["-m", "pip", "install", "--quiet", `duckdb==${duckdbVersion}`, "numpy"]);
    if (!isMade) {
      throw new UserError("Cannot install DuckDB to compare with", {
        hint: "The benchmark needs python3 with venv and pip, and PyPI",
      });
    }
  }

  /** The rows of a statement's answer. */
  async rows(sql: string): Promise<unknown[]> {
    return z.array(z.unknown()).parse(await this.#json([here("run_sql.py"), sql]));
  }

  /** The same timed, from the start of its process to its end. */
  async timed(sql: string): Promise<Timing> {
    return await this.time([this.#python, here("run_sql.py"), sql]);
  }

  /** Each statement alone, many times within one process. */
  async medians(
    times: number,
    statements: readonly string[],
  ): Promise<{ ms: number; rows: number; sum: number }[]> {
    const answer = z.array(z.object({ ms: z.number(), rows: z.number(), sum: z.number() }));
    return answer.parse(await this.#json([here("time_sql.py"), String(times), ...statements]));
  }

  /** Times any program; throws when it fails. */
  async time(argv: readonly string[], env: Record<string, string> = {}): Promise<Timing> {
    const found = timing.parse(await this.#json([here("timed.py"), ...argv], env));
    if (found.code !== 0) throw new Error(`${argv.join(" ")} ended with ${found.code}`);
    return { seconds: found.seconds, peakBytes: found.peak_bytes };
  }

  async #json(args: readonly string[], env: Record<string, string> = {}): Promise<unknown> {
    return JSON.parse(await outputOf([this.#python, ...args], env));
  }
}

/** What a program printed; throws with what it said when it fails. */
export async function outputOf(
  argv: readonly string[],
  env: Record<string, string> = {},
): Promise<string> {
  const [program = "", ...args] = argv;
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    env,
    stdin: "null",
    cwd: here(".."),
  }).output();
  if (success) return new TextDecoder().decode(stdout);
  throw new Error(`${argv.join(" ")} failed: ${new TextDecoder().decode(stderr)}`);
}

function runs(program: string, args: string[]): boolean {
  try {
    return new Deno.Command(program, { args, stdout: "null", stderr: "null" }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
