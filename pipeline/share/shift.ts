/** How far a participant's dates are moved: a secret, but the same each time. */

import { createHmac } from "node:crypto";
import { UsageError } from "../errors.ts";

/** Whole weeks, so that a Monday stays one; never none. */
const mostWeeks = 52;

const shortestKey = 16;

/**
 * The shift in days of one participant: 7 to 364 either way, by HMAC-SHA256 of the id under the key.
 * Throws a UsageError when the key is too short to be a secret.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { shiftOf } from "./shift.ts";
 *
 * const days = shiftOf("p01", "a key that nobody can guess");
 * assert.equal(Math.abs(days) % 7, 0);
 * assert.equal(shiftOf("p01", "a key that nobody can guess"), days);
 * ```
 */
export function shiftOf(participant: string, key: string): number {
  if (key.length < shortestKey) {
    throw new UsageError(
      `The key has ${key.length} characters: expected at least ${shortestKey}`,
      "Let the command make one: name a file that is not there yet",
    );
  }
  const digest = createHmac("sha256", key).update(participant).digest();
  const weeks = digest.readUInt32BE(0) % (2 * mostWeeks);
  return 7 * (weeks < mostWeeks ? weeks - mostWeeks : weeks - mostWeeks + 1);
}
