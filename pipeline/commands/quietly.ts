/** A run that nobody watches: what it says goes to the log, and is said aloud only when it failed. */

import { type ExitCode, exitCode, inWords, UserError } from "../errors.ts";
import { logFile } from "../layout.ts";
import { openLog } from "../terminal/log_file.ts";
import type { CommandContext } from "./command.ts";

/** Does the work with its talk in the data root's log. */
export async function quietly(
  context: CommandContext,
  work: (context: CommandContext) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { root, effects } = context;
  const path = `${root}/${logFile}`;
  using log = openLog(path, effects.clock);
  const said: string[] = [];
  const keep = (line: string) => {
    log.write(line);
    said.push(line);
  };
  const aloud = () => [...said, `The log: ${path}`].forEach((line) => effects.talk.say(line));
  log.write("Begins");
  try {
    const code = await work({
      ...context,
      effects: { ...effects, talk: { say: keep, result: keep, progress: () => {} } },
    });
    log.write(`Ends with ${code}`);
    if (code !== exitCode.done) aloud();
    return code;
  } catch (error) {
    const reason = error instanceof UserError ? inWords(error) : String(error);
    log.write(`${reason}\nEnds with ${error instanceof UserError ? error.exitCode : exitCode.bug}`);
    aloud();
    throw error;
  }
}
