/** Heart rate per minute, hour and day: how much was measured, and what. */

import { type Day, dayNumber, MS_PER_DAY } from "../day.ts";

const MS_PER_MINUTE = 60_000;
const MS_PER_HOUR = 3_600_000;

/** The samples of one civil day, time ascending; the columns of its `heart_rate` part. */
export interface HeartRateSamples {
  readonly time: Float64Array;
  readonly utc_offset_s: Int32Array;
  readonly bpm: Int32Array;
}

/** The heart-rate columns of a row; see the catalogue of the aggregates for what each means. */
export type HeartRateSummary = {
  readonly heart_rate_n: number;
  readonly heart_rate_mean_bpm: number;
  readonly heart_rate_min_bpm: number;
  readonly heart_rate_max_bpm: number;
  readonly heart_rate_p5_bpm: number;
  readonly heart_rate_p50_bpm: number;
  readonly heart_rate_p95_bpm: number;
  readonly heart_rate_covered_minutes: number;
  readonly heart_rate_coverage: number;
  readonly heart_rate_longest_gap_s: number;
};

/** A row of the minute or hour aggregate. */
export type BucketRow = HeartRateSummary & {
  /** When the bucket began, ms since 1970, UTC. */
  readonly time: number;
  readonly utc_offset_s: number;
};

/** A row of the day aggregate. */
export type DayRow = HeartRateSummary & {
  /** Days since 1970. */
  readonly date: number;
};

/** What a day's samples amount to. */
export interface DayAggregate {
  /** By time, then offset. */
  readonly minute: readonly BucketRow[];
  readonly hour: readonly BucketRow[];
  /** Undefined when there is no sample. */
  readonly day: DayRow | undefined;
}

/**
 * The minutes, hours and the day of one civil day's samples.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { aggregateDay } from "./heart_rate.ts";
 *
 * const half = Date.UTC(2026, 0, 1, 10, 30);
 * const { hour } = aggregateDay("2026-01-01", {
 *   time: Float64Array.of(half),
 *   utc_offset_s: Int32Array.of(0),
 *   bpm: Int32Array.of(61),
 * });
 * assert.equal(hour.length, 1);
 * assert.equal(hour[0]?.heart_rate_longest_gap_s, 1800);
 * ```
 */
export function aggregateDay(day: Day, samples: HeartRateSamples): DayAggregate {
  const offsets = Array.from(new Set(samples.utc_offset_s));
  const minute: BucketRow[] = [];
  const hour: BucketRow[] = [];
  for (const offset of offsets) {
    const at = offsets.length === 1 ? samples : samplesAt(samples, offset);
    minute.push(...buckets(at, offset, MS_PER_MINUTE));
    hour.push(...buckets(at, offset, MS_PER_HOUR));
  }
  if (offsets.length > 1) {
    minute.sort(byKey);
    hour.sort(byKey);
  }
  return { minute, hour, day: wholeDay(day, samples) };
}

/** The order of minutes and hours. */
export function byKey(a: BucketKey, b: BucketKey): number {
  return a.time - b.time || a.utc_offset_s - b.utc_offset_s;
}

type BucketKey = Pick<BucketRow, "time" | "utc_offset_s">;

function samplesAt(samples: HeartRateSamples, offset: number): HeartRateSamples {
  const has = (_: number, row: number) => samples.utc_offset_s[row] === offset;
  return {
    time: samples.time.filter(has),
    utc_offset_s: samples.utc_offset_s.filter(has),
    bpm: samples.bpm.filter(has),
  };
}

/** The rows of equal buckets of the wall clock; all samples are at the same offset. */
function buckets({ time, bpm }: HeartRateSamples, offset: number, widthMs: number): BucketRow[] {
  const rows: BucketRow[] = [];
  let from = 0;
  while (from < time.length) {
    const local = time[from]! + offset * 1000;
    const start = Math.floor(local / widthMs) * widthMs - offset * 1000;
    const end = start + widthMs;
    let to = from + 1;
    while (to < time.length && time[to]! < end) to++;
    rows.push({
      time: start,
      utc_offset_s: offset,
      ...summarise(time.subarray(from, to), bpm.subarray(from, to), start, end),
    });
    from = to;
  }
  return rows;
}

function wholeDay(day: Day, { time, utc_offset_s, bpm }: HeartRateSamples): DayRow | undefined {
  const first = utc_offset_s.at(0);
  const last = utc_offset_s.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const date = dayNumber(day);
  const start = date * MS_PER_DAY - first * 1000;
  const end = (date + 1) * MS_PER_DAY - last * 1000;
  return { date, ...summarise(time, bpm, start, end) };
}

/** How often each value occurs, from -32,768 on, the smallest that the table can hold; all 0 between calls. */
const counts = new Int32Array(65_536);
const smallest = -32_768;

/** At least one sample between `start` (included) and `end` (excluded), in ms. */
function summarise(
  time: Float64Array,
  bpm: Int32Array,
  start: number,
  end: number,
): HeartRateSummary {
  const n = time.length;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  let longest = 0;
  let previous = start;
  let minutes = 0;
  let minute = -Infinity;
  for (let i = 0; i < n; i++) {
    const value = bpm[i]!;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
    counts[value - smallest]!++;
    const at = time[i]!;
    if (at - previous > longest) longest = at - previous;
    previous = at;
    // Offsets are whole minutes, so that minutes of UTC and of the wall clock are the same.
    const itsMinute = Math.floor(at / MS_PER_MINUTE);
    if (itsMinute !== minute) minutes++;
    minute = itsMinute;
  }
  if (end - previous > longest) longest = end - previous;
  const summary = {
    heart_rate_n: n,
    heart_rate_mean_bpm: sum / n,
    heart_rate_min_bpm: min,
    heart_rate_max_bpm: max,
    heart_rate_p5_bpm: quantile(0.05, n, min),
    heart_rate_p50_bpm: quantile(0.5, n, min),
    heart_rate_p95_bpm: quantile(0.95, n, min),
    heart_rate_covered_minutes: minutes,
    heart_rate_coverage: minutes * MS_PER_MINUTE / (end - start),
    heart_rate_longest_gap_s: longest / 1000,
  };
  counts.fill(0, min - smallest, max - smallest + 1);
  return summary;
}

/** The value at `(n - 1) * share` of the counted values in order, linear between two of them. */
function quantile(share: number, n: number, min: number): number {
  const position = (n - 1) * share;
  const rank = Math.floor(position);
  let value = min;
  let upTo = counts[value - smallest]!;
  while (upTo <= rank) upTo += counts[++value - smallest]!;
  const lower = value;
  // The next in order is the same value unless the rank is the last of it.
  if (rank + 1 < n) { while (upTo <= rank + 1) upTo += counts[++value - smallest]!; }
  return lower + (value - lower) * (position - rank);
}
