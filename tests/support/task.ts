/** The tasks of deno.json as they are typed: processes with exactly those permissions. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The folder of the repository, with a slash at its end. */
export const repository = fileURLToPath(new URL("../../", import.meta.url));

/** Every task's command line. */
export const tasks: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(
    z.object({ tasks: z.record(z.string(), z.object({ command: z.string() })) })
      .parse(JSON.parse(Deno.readTextFileSync(`${repository}deno.json`))).tasks,
  ).map(([name, { command }]) => [name, command]),
);

/** What follows `deno` in a task's command; of several joined by `&&`, in the first. */
export function taskWords(task: string): string[] {
  const [deno, ...words] = tasks[task]?.split(" && ")[0]?.split(" ") ?? [];
  assert.equal(deno, "deno", `deno.json has no task ${task}`);
  return words;
}

/** A task's command line, ready to run with more arguments; nobody is there to be asked anything. */
export function taskCommand(
  task: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [...taskWords(task), ...args],
    cwd: repository,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs a task that must end with 0. */
export async function runTask(
  task: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly said: string; readonly results: string }> {
  const { code, stdout, stderr } = await taskCommand(task, args, env).output();
  const [results, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert.equal(code, 0, `${task} ended with ${code}\n${results}${said}`);
  return { said: said ?? "", results: results ?? "" };
}
