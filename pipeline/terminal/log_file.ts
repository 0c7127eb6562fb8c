/**
 * A log of runs that nobody watches. It keeps itself small: a file that has grown too large is put
 * aside before a run begins, and the oldest of those put aside is dropped.
 */

import type { Clock } from "../effects.ts";
import { redact } from "../sources/redact.ts";

/** A log larger than this is put aside: years of quiet days, or weeks of noisy ones. */
const largest_bytes = 1_000_000;

/** So many are kept aside: `pipeline.log.1` is the youngest. */
const keptAside = 4;

const utf8 = new TextEncoder();

/** An open log; dispose of it to close it. */
export interface LogFile {
  /** Writes lines with the time before each, and without what looks like a secret. */
  write(text: string): void;
  [Symbol.dispose](): void;
}

/** Opens a log to go on with, in a folder that is its owner's alone. */
export function openLog(path: string, clock: Pick<Clock, "now">): LogFile {
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true, mode: 0o700 });
  if (sizeOf(path) > largest_bytes) putAside(path);
  const file = Deno.openSync(path, { append: true, create: true, mode: 0o600 });
  return {
    write(text) {
      const time = new Date(clock.now()).toISOString();
      const lines = redact(text, []).split("\n").map((line) => `${time} ${line}\n`).join("");
      const bytes = utf8.encode(lines);
      let written = 0;
      while (written < bytes.length) written += file.writeSync(bytes.subarray(written));
    },
    [Symbol.dispose]: () => file.close(),
  };
}

function putAside(path: string): void {
  for (let age = keptAside; age > 0; age--) {
    const from = age === 1 ? path : `${path}.${age - 1}`;
    // Renaming over the oldest drops it.
    if (sizeOf(from) > 0) Deno.renameSync(from, `${path}.${age}`);
  }
}

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
