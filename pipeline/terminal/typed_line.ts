/** A line that somebody types in the terminal this program runs in. */

import process from "node:process";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { UserError } from "../errors.ts";

/**
 * A line with the runtime's own editing. Not the terminal's: that ends a line at 4,096 bytes, on
 * macOS at 1,024, and an address with its scopes is longer.
 */
export async function typedLine(
  question: string,
  seen: boolean,
  signal: AbortSignal,
): Promise<string | undefined> {
  const interrupted = new AbortController();
  const output = seen
    ? process.stderr
    : new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output, terminal: true });
  if (!seen) process.stderr.write(question);
  const ended = Promise.withResolvers<undefined>();
  reader.on("close", () => ended.resolve(undefined));
  // The editing takes Ctrl-C for itself.
  reader.on("SIGINT", () => interrupted.abort());
  try {
    return await Promise.race([
      reader.question(question, { signal: AbortSignal.any([signal, interrupted.signal]) }),
      ended.promise,
    ]);
  } catch (error) {
    signal.throwIfAborted();
    if (interrupted.signal.aborted) throw new UserError("Stopped");
    throw error;
  } finally {
    reader.close();
    if (!seen) process.stderr.write("\n");
  }
}
