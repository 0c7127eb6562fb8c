/** Stretches in which nothing was measured: the watch was off the wrist, or its sensor was. */

/** From a gap of this length on it is shown as such; a shorter one only breaks the line. */
export const offWrist_ms = 5 * 60_000;

/** A stretch of time, in ms since 1970. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The stretches of at least so many milliseconds without a sample, between `start` and `end`. Times
 * ascend.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { gapsOf } from "./gaps.ts";
 *
 * const minute = 60_000;
 * assert.deepEqual(
 *   gapsOf([1, 2, 9, 10].map((at) => at * minute), 0, 10 * minute, 5 * minute),
 *   [{ start: 2 * minute, end: 9 * minute }],
 * );
 * ```
 */
export function gapsOf(
  time_ms: ArrayLike<number>,
  start: number,
  end: number,
  shortest: number,
): TimeSpan[] {
  const gaps: TimeSpan[] = [];
  let previous = start;
  for (let i = 0; i <= time_ms.length; i++) {
    const time = i < time_ms.length ? time_ms[i]! : end;
    if (time - previous >= shortest) gaps.push({ start: previous, end: time });
    previous = time;
  }
  return gaps;
}
