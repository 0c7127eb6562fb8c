/**
 * Nights of autumn 2025 are in some files twice: once on the wall clock, in an older algorithm's
 * values, and once in UTC, in a newer one's. Pure.
 */

import { firstAtLeast } from "../day_evidence.ts";
import type { RowRange } from "../family.ts";

/** Stands for the time of a row that is a copy. */
export const copy = -Infinity;

/** Rows this near are of one night; two nights are never. */
const sameNightMs = 6 * 3_600_000;

/**
 * Marks the rows of the wall clock as copies where rows in UTC have the same night: the category's
 * own files hold what they do.
 * @param times Instants, a row each; those of copies become {@link copy}.
 * @param notes Gets how many there are.
 */
export function leaveCopies(
  times: Float64Array,
  wallRows: readonly RowRange[],
  notes: string[],
): void {
  const isWall = new Uint8Array(times.length);
  for (const [first, last] of wallRows) isWall.fill(1, first, last + 1);
  const utc = times.filter((time, row) => isWall[row] === 0 && !Number.isNaN(time)).sort();
  let copies = 0;
  for (let row = 0; row < times.length; row++) {
    if (isWall[row] === 0 || nearest(utc, times[row]!) > sameNightMs) continue;
    times[row] = copy;
    copies++;
  }
  if (copies > 0) notes.push(`rows of nights that the file has twice, on two clocks: ${copies}`);
}

/** How far the nearest of these times is. */
function nearest(sorted: Float64Array, time: number): number {
  const next = firstAtLeast(sorted, time);
  const before = next === 0 ? Infinity : time - sorted[next - 1]!;
  const after = next === sorted.length ? Infinity : sorted[next]! - time;
  return Math.min(before, after);
}
