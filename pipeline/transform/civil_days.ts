/** Which civil day a row counts to. */

import type { TableSpec } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import { MS_PER_DAY } from "../day.ts";
import { rowsWithin } from "../kernels/numbers.ts";
import { columnNamed } from "./column_rows.ts";

/**
 * Days since 1970-01-01 of a row's civil day: its `date` where the table has one - a night counts to
 * the day it ended on, though it began the day before - else the day of `time` at `utc_offset_s`.
 * Throws a RangeError when the columns are missing.
 *
 * @example
 * ```ts
 * import { civilDays } from "./civil_days.ts";
 * import { sleepStage } from "../catalog/sleep.ts";
 * import assert from "node:assert/strict";
 * const dayOf = civilDays(sleepStage, {
 *   rows: 1,
 *   columns: { date: { type: "date", values: Int32Array.of(20_000) } },
 * });
 * assert.equal(dayOf(0), 20_000);
 * ```
 */
export function civilDays(table: TableSpec, columns: Columns): (row: number) => number {
  if (isDated(table)) {
    const { values } = columnNamed(columns, "date", "date");
    return (row) => values[row]!;
  }
  const time = columnNamed(columns, "time", "timestamp_ms").values;
  const offset = columnNamed(columns, "utc_offset_s", "int32").values;
  return (row) => Math.floor((time[row]! + offset[row]! * 1000) / MS_PER_DAY);
}

/**
 * The rows whose civil day is from first to last, both included and as {@link civilDays} gives them;
 * undefined when all are.
 */
export function rowsOfDays(
  table: TableSpec,
  columns: Columns,
  first: number,
  last: number,
): Int32Array | undefined {
  if (!isDated(table)) {
    return rowsWithin(
      columnNamed(columns, "time", "timestamp_ms").values,
      columnNamed(columns, "utc_offset_s", "int32").values,
      first * MS_PER_DAY,
      (last + 1) * MS_PER_DAY,
    );
  }
  const { values } = columnNamed(columns, "date", "date");
  const rows = new Int32Array(values.length);
  let count = 0;
  values.forEach((day, row) => {
    if (day >= first && day <= last) rows[count++] = row;
  });
  return count === rows.length ? undefined : rows.subarray(0, count);
}

/** Whether the table's rows say themselves which civil day they count to. */
function isDated(table: TableSpec): boolean {
  return table.columns.some((column) => column.name === "date");
}

/** Whether the table's rows have an instant, not just a date. */
export function isTimed(table: TableSpec): boolean {
  return table.columns.some((column) => column.name === "time");
}
