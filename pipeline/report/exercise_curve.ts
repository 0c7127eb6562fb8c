/** The heart rate of an exercise, few enough values to lie in the page, and what came after it. */

import { usualSpacing } from "./gaps.ts";
import type { Curve } from "./page_data.ts";

/** Samples of heart rate by time. */
export interface Beats {
  readonly time_ms: Float64Array;
  readonly bpm: Int32Array;
}

/** A curve goes on for so long after the end. */
export const afterEnd_s = 300;

/** A line is drawn over steps without a sample, but not over more than so long. */
const longestBridge_s = 60;

/** At about so many values a curve looks as it would with all of them. */
const mostValues = 180;

/**
 * The curve of an exercise from `start_s` (seconds since 1970) on; null where nothing was measured
 * in it. Samples before and after it may be among the beats.
 */
export function exerciseCurve(beats: Beats, start_s: number, duration_s: number): Curve | null {
  const { time_ms, bpm } = beats;
  const length = duration_s + afterEnd_s;
  const spacing_s = usualSpacing(within(time_ms, start_s, length)) / 1000;
  const step_s = Math.max(5, Math.ceil(Math.max(length / mostValues, spacing_s) / 5) * 5);
  const sums = new Float64Array(Math.ceil(length / step_s));
  const counts = new Float64Array(sums.length);
  let max_bpm = 0;
  for (let i = firstAt(time_ms, start_s * 1000); i < time_ms.length; i++) {
    const at = time_ms[i]! / 1000 - start_s;
    if (at >= length) break;
    const step = Math.floor(at / step_s);
    sums[step]! += bpm[i]!;
    counts[step]!++;
    if (at <= duration_s) max_bpm = Math.max(max_bpm, bpm[i]!);
  }
  if (max_bpm === 0) return null;
  const bytes = Uint8Array.from(sums, (sum, step) => {
    const count = counts[step]!;
    return count === 0 ? 0 : Math.min(255, Math.round(sum / count));
  });
  return {
    step_s,
    bpm: bytes.toBase64(),
    max_bpm,
    recovery_bpm: recovery(beats, start_s + duration_s),
  };
}

/** A point of a curve's line. */
export interface CurvePoint {
  /** Minutes from the start. */
  readonly minute: number;
  /** NaN where nothing was measured: the line breaks. */
  readonly bpm: number;
}

/**
 * The points of a curve's line, the middle of a step each. A watch measures every few seconds, not
 * evenly, so that steps stay empty between samples: the line goes over them, as over a gap of less
 * than a minute anywhere else, and breaks only where longer nothing was measured.
 */
export function curvePoints({ step_s, bpm }: Curve): CurvePoint[] {
  const points: CurvePoint[] = [];
  let empty: CurvePoint[] = [];
  for (const [i, letter] of Array.from(atob(bpm)).entries()) {
    const point = { minute: (i + 0.5) * step_s / 60, bpm: letter.charCodeAt(0) || NaN };
    if (Number.isNaN(point.bpm)) {
      empty.push(point);
      continue;
    }
    const isBridged = empty.length < i && (empty.length + 1) * step_s <= longestBridge_s;
    points.push(...isBridged ? [] : empty, point);
    empty = [];
  }
  return [...points, ...empty];
}

/**
 * How many beats a minute the heart slowed down by within the minute after the end: the mean of the
 * 15 s before the end less that of the 15 s around a minute later; null where either was not measured.
 */
function recovery(beats: Beats, end_s: number): number | null {
  const atEnd = meanBetween(beats, end_s - 15, end_s);
  const later = meanBetween(beats, end_s + 52.5, end_s + 67.5);
  return atEnd === undefined || later === undefined ? null : Math.round(atEnd - later);
}

function meanBetween({ time_ms, bpm }: Beats, from_s: number, to_s: number): number | undefined {
  let sum = 0;
  let count = 0;
  for (let i = firstAt(time_ms, from_s * 1000); i < time_ms.length; i++) {
    if (time_ms[i]! > to_s * 1000) break;
    sum += bpm[i]!;
    count++;
  }
  return count === 0 ? undefined : sum / count;
}

function within(time_ms: Float64Array, start_s: number, length_s: number): Float64Array {
  const end = firstAt(time_ms, (start_s + length_s) * 1000);
  return time_ms.subarray(firstAt(time_ms, start_s * 1000), end);
}

/** The first index whose time is not before the instant. */
export function firstAt(time_ms: ArrayLike<number>, instant: number): number {
  let low = 0;
  let high = time_ms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time_ms[middle]! < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
