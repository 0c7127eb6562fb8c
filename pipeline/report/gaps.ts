/** Stretches in which nothing was measured: the watch was off the wrist, or its sensor was. */

/** Which gaps of a day mean something. */
export interface Gaps {
  /** A line is not drawn over a longer one. */
  readonly breaksLine_ms: number;
  /** From this length on it is shown that nothing was measured. */
  readonly isShown_ms: number;
}

/**
 * The gaps of a day by how dense its samples are as a rule: over a minute and from five minutes on,
 * but more where the source itself gives only a value every few minutes.
 */
export function gapsThatMatter(time_ms: ArrayLike<number>): Gaps {
  const usual = usualSpacing(time_ms);
  return {
    breaksLine_ms: Math.max(60_000, usual * 1.5),
    isShown_ms: Math.max(5 * 60_000, usual * 3),
  };
}

/** The middle distance from one sample to the next; 0 where there are not two. */
export function usualSpacing(time_ms: ArrayLike<number>): number {
  const spacings = new Float64Array(Math.max(0, time_ms.length - 1));
  for (let i = 0; i < spacings.length; i++) spacings[i] = time_ms[i + 1]! - time_ms[i]!;
  spacings.sort();
  return spacings[Math.floor(spacings.length / 2)] ?? 0;
}

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
