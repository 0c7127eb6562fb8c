/** The minutes, the hours and the day of one civil day, from its parts. */

import type { Columns } from "../columns.ts";
import { type Day, dayNumber, MS_PER_DAY } from "../day.ts";
import { columnNamed, join } from "../transform/column_rows.ts";
import { day as dayTable, hour, minute } from "./catalog.ts";
import type { DenseContribution } from "./contribution.ts";
import { denseContributions } from "./contributions.ts";
import { DayGrid } from "./grid.ts";
import { WallClock } from "./wall_clock.ts";

/** The rows of a table that concern a day. */
export interface DayRows {
  /** Those of the day's part. */
  readonly own?: Columns | undefined;
  /** Those of the part of the day before. */
  readonly before?: Columns | undefined;
}

/** Rows of the three aggregates; of `day` at most one, without the columns of daily values. */
export interface DayAggregate {
  readonly minute: Columns;
  readonly hour: Columns;
  readonly day: Columns;
}

/** The columns of the day aggregate that come from tables with a part a day. */
export const denseDayColumns = dayTable.columns.filter(({ name }) =>
  name === "date" ||
  denseContributions.some(({ columns }) => columns.some(({ spec }) => spec.name === name))
);

/**
 * What a civil day's rows, by table, amount to.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { aggregateDay } from "./aggregate_day.ts";
 *
 * const { hour } = aggregateDay("2026-01-01", new Map([["heart_rate", {
 *   own: {
 *     rows: 1,
 *     columns: {
 *       time: { type: "timestamp_ms", values: Float64Array.of(Date.UTC(2026, 0, 1, 10, 30)) },
 *       utc_offset_s: { type: "int32", values: Int32Array.of(0) },
 *       bpm: { type: "int32", values: Int32Array.of(61) },
 *     },
 *   },
 * }]]));
 * assert.equal(hour.rows, 1);
 * const gap = hour.columns["heart_rate_longest_gap_s"];
 * assert.equal(gap?.type === "float64" ? gap.values[0] : undefined, 1800);
 * ```
 */
export function aggregateDay(day: Day, tables: ReadonlyMap<string, DayRows>): DayAggregate {
  const found = denseContributions.flatMap((contribution) => {
    const rows = rowsOf(day, contribution, tables.get(contribution.table.name));
    return rows === undefined || rows.rows === 0 ? [] : [{ contribution, rows }];
  });
  const offsets = new Set<number>();
  for (const { rows } of found) {
    let last: number | undefined;
    for (const offset of columnNamed(rows, "utc_offset_s", "int32").values) {
      if (offset !== last) offsets.add(offset);
      last = offset;
    }
  }
  const clock = denseContributions.filter(({ tellsClock }) => tellsClock)
    .flatMap(({ table }) => tables.get(table.name)?.own ?? []);
  const grid = new DayGrid(day, offsets, new WallClock(clock));
  for (const { contribution, rows } of found) contribution.measure(rows, grid);
  return {
    minute: grid.rows("minute", minute.columns),
    hour: grid.rows("hour", hour.columns),
    day: grid.rows("day", denseDayColumns),
  };
}

/** The rows to measure: those of the day before that last beyond midnight, then the day's own. */
function rowsOf(
  day: Day,
  { table, reads, lasts }: DenseContribution,
  { own, before }: DayRows = {},
): Columns | undefined {
  if (!lasts || before === undefined) return own;
  const rows = lastingRows(day, before);
  if (rows.length === 0) return own;
  const specs = table.columns.filter(({ name }) => reads.includes(name));
  const selections = [{ columns: before, rows }];
  return join(
    own === undefined ? selections : [...selections, { columns: own, rows: undefined }],
    specs,
  );
}

function lastingRows(day: Day, rows: Columns): number[] {
  const time = columnNamed(rows, "time", "timestamp_ms").values;
  const offset = columnNamed(rows, "utc_offset_s", "int32").values;
  const duration = columnNamed(rows, "duration_s", "float64").values;
  const midnight = dayNumber(day) * MS_PER_DAY;
  const lasting: number[] = [];
  for (let row = 0; row < rows.rows; row++) {
    if (time[row]! + (offset[row]! + duration[row]!) * 1000 > midnight) lasting.push(row);
  }
  return lasting;
}
