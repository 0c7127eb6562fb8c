/** Whole numbers measured every few seconds: how many, which, and how much of the time. */

import type { TableSpec } from "../catalog.ts";
import { columnNamed } from "../transform/column_rows.ts";
import type { AggregateColumn, DenseContribution, Grain, OverDays } from "./contribution.ts";
import { type Cells, type DayGrid, MS_PER_HOUR, MS_PER_MINUTE } from "./grid.ts";

/** Which column, and how its aggregates are called: `heart_rate_mean_bpm`. */
export interface DistributionSpec {
  readonly table: TableSpec;
  /** Whole numbers within 16 bits. */
  readonly column: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly unit: string;
}

const grains: readonly Grain[] = ["minute", "hour", "day"];
const percents = [5, 50, 95] as const;

/**
 * Count, mean, extremes and percentiles of the samples in a minute, an hour and a day, with how much
 * of it they cover.
 */
export function distribution(spec: DistributionSpec): DenseContribution {
  const { table, column } = spec;
  return {
    kind: "dense",
    table,
    reads: ["time", "utc_offset_s", column],
    columns: columnsOf(spec),
    tellsClock: true,
    lasts: false,
    measure(rows, grid) {
      const samples: Samples = {
        time: columnNamed(rows, "time", "timestamp_ms").values,
        offset: columnNamed(rows, "utc_offset_s", "int32").values,
        value: columnNamed(rows, column, "int32").values,
      };
      for (const offset of grid.offsets) {
        const at = grid.offsets.length === 1 ? samples : samplesAt(samples, offset);
        summariseBuckets(at, offset, grid, "minute", writerOf(spec, grid.minute));
        summariseBuckets(at, offset, grid, "hour", writerOf(spec, grid.hour));
      }
      summariseDay(samples, grid, writerOf(spec, grid.day));
    },
  };
}

function columnsOf({ prefix, suffix, unit }: DistributionSpec): AggregateColumn[] {
  const days = `${prefix}_days`;
  const over = (rule: OverDays["rule"]): OverDays => ({ rule, days });
  return [
    {
      spec: { name: `${prefix}_n`, type: "int32", stored: "int32", about: "Samples" },
      grains,
      overDays: over("sum"),
    },
    {
      spec: {
        name: `${prefix}_mean_${suffix}`,
        type: "float64",
        unit,
        about: "Mean of the samples, each counting the same",
      },
      grains,
      overDays: over("mean"),
    },
    {
      spec: {
        name: `${prefix}_min_${suffix}`,
        type: "int32",
        stored: "int16",
        unit,
        about: "Smallest sample",
      },
      grains,
      overDays: over("min"),
    },
    {
      spec: {
        name: `${prefix}_max_${suffix}`,
        type: "int32",
        stored: "int16",
        unit,
        about: "Largest sample",
      },
      grains,
      overDays: over("max"),
    },
    ...percents.map((percent): AggregateColumn => ({
      spec: {
        name: `${prefix}_p${percent}_${suffix}`,
        type: "float64",
        unit,
        about: `${percent} % of the samples are at or below it: the value at (n - 1) x ` +
          `${percent} % of the sorted samples, linear between two of them`,
      },
      grains,
      overDays: over("mean"),
    })),
    {
      spec: {
        name: `${prefix}_covered_minutes`,
        type: "int32",
        stored: "int16",
        unit: "min",
        about: "Minutes with at least one sample",
      },
      grains,
      overDays: over("sum"),
    },
    {
      spec: {
        name: `${prefix}_coverage`,
        type: "float64",
        about:
          "Covered minutes as a share of all minutes of the row: 60 of an hour; of a day the " +
          "1,380 to 1,500 that the clocks of its first and last sample say, more or fewer on a " +
          "journey",
      },
      grains,
      overDays: over("mean"),
    },
    {
      spec: {
        name: `${prefix}_longest_gap_s`,
        type: "float64",
        unit: "s",
        about: "Longest time without a sample, from the beginning of the row to its end: an hour " +
          "with one sample at half past has 1800",
      },
      grains,
      overDays: over("max"),
    },
  ];
}

interface Samples {
  readonly time: Float64Array;
  readonly offset: Int32Array;
  readonly value: Int32Array;
}

function samplesAt(samples: Samples, offset: number): Samples {
  const has = (_: number, row: number) => samples.offset[row] === offset;
  return {
    time: samples.time.filter(has),
    offset: samples.offset.filter(has),
    value: samples.value.filter(has),
  };
}

/** The arrays that a summary is put into. */
interface Writer {
  readonly n: Float64Array;
  readonly mean: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly percentiles: readonly { readonly share: number; readonly values: Float64Array }[];
  readonly coveredMinutes: Float64Array;
  readonly coverage: Float64Array;
  readonly longestGap: Float64Array;
}

function writerOf({ prefix, suffix }: DistributionSpec, cells: Cells): Writer {
  return {
    n: cells.column(`${prefix}_n`),
    mean: cells.column(`${prefix}_mean_${suffix}`),
    min: cells.column(`${prefix}_min_${suffix}`),
    max: cells.column(`${prefix}_max_${suffix}`),
    percentiles: percents.map((percent) => ({
      share: percent / 100,
      values: cells.column(`${prefix}_p${percent}_${suffix}`),
    })),
    coveredMinutes: cells.column(`${prefix}_covered_minutes`),
    coverage: cells.column(`${prefix}_coverage`),
    longestGap: cells.column(`${prefix}_longest_gap_s`),
  };
}

/** All samples are at the same offset. */
function summariseBuckets(
  { time, value }: Samples,
  offset: number,
  grid: DayGrid,
  grain: "minute" | "hour",
  into: Writer,
): void {
  const width = grain === "minute" ? MS_PER_MINUTE : MS_PER_HOUR;
  let from = 0;
  while (from < time.length) {
    const minute = grid.minuteOf(time[from]!, offset);
    const cell = grain === "minute" ? minute : grid.hourOfMinute(minute);
    const start = grid.timeOf(cell, grain);
    const end = start + width;
    let to = from + 1;
    while (to < time.length && time[to]! < end) to++;
    summarise(time.subarray(from, to), value.subarray(from, to), start, end, into, cell);
    from = to;
  }
}

function summariseDay({ time, offset, value }: Samples, grid: DayGrid, into: Writer): void {
  const first = offset[0];
  const last = offset.at(-1);
  if (first === undefined || last === undefined) return;
  const start = -grid.localTime(0, first);
  summarise(time, value, start, start + grid.dayLength(first, last), into, 0);
}

/** How often each value occurs, from -32,768 on, the smallest that the table can hold; all 0 between calls. */
const counts = new Int32Array(65_536);
const smallest = -32_768;

/** At least one sample between `start` (included) and `end` (excluded), in ms. */
function summarise(
  time: Float64Array,
  values: Int32Array,
  start: number,
  end: number,
  into: Writer,
  cell: number,
): void {
  const n = time.length;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  let longest = 0;
  let previous = start;
  let minutes = 0;
  let minute = -Infinity;
  for (let i = 0; i < n; i++) {
    const value = values[i]!;
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
  into.n[cell] = n;
  into.mean[cell] = sum / n;
  into.min[cell] = min;
  into.max[cell] = max;
  for (const { share, values } of into.percentiles) values[cell] = quantile(share, n, min);
  into.coveredMinutes[cell] = minutes;
  into.coverage[cell] = minutes * MS_PER_MINUTE / (end - start);
  into.longestGap[cell] = longest / 1000;
  counts.fill(0, min - smallest, max - smallest + 1);
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
