/** The real talk: results to stdout, everything else to stderr. */

import type { Talk } from "../effects.ts";
import { ProgressLine } from "./progress.ts";

const utf8 = new TextEncoder();

/** Talk to the terminal this program runs in. */
export function terminalTalk(): Talk {
  const line = new ProgressLine(Deno.stderr.isTerminal());
  const toStderr = (text: string) => {
    if (text !== "") Deno.stderr.writeSync(utf8.encode(text));
  };
  return {
    say: (text) => toStderr(`${line.clear()}${text}\n`),
    result(text) {
      toStderr(line.clear());
      writeAll(`${text}\n`);
    },
    progress: (state) => toStderr(line.update(state, Date.now())),
  };
}

function writeAll(text: string): void {
  const bytes = utf8.encode(text);
  let written = 0;
  while (written < bytes.length) written += Deno.stdout.writeSync(bytes.subarray(written));
}
