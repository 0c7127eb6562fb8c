/**
 * The real talk: results to stdout, everything else to stderr. Who reads them may stop before the end,
 * as `head` does: that ends the reading, not the work.
 */

import type { Talk } from "../effects.ts";
import { diskError } from "../errors.ts";
import { ProgressLine } from "./progress.ts";

const utf8 = new TextEncoder();

/** Talk to the terminal this program runs in. */
export function terminalTalk(): Talk {
  const line = new ProgressLine(Deno.stderr.isTerminal());
  const toStderr = (text: string) => {
    if (text === "") return;
    try {
      writeAll(Deno.stderr, text);
    } catch (error) {
      // As a log on a full disk: there is nowhere left to say so, and the exit code is still right.
      if (diskError(error) === undefined) throw error;
    }
  };
  return {
    say: (text) => toStderr(`${line.clear()}${text}\n`),
    result(text) {
      toStderr(line.clear());
      writeAll(Deno.stdout, `${text}\n`);
    },
    progress: (state) => toStderr(line.update(state, Date.now())),
  };
}

function writeAll(to: { writeSync(bytes: Uint8Array): number }, text: string): void {
  const bytes = utf8.encode(text);
  let written = 0;
  try {
    while (written < bytes.length) written += to.writeSync(bytes.subarray(written));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
