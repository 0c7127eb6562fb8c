/** Which civil day a row counts to. */

import type { TableSpec } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import { MS_PER_DAY } from "../day.ts";
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
  if (table.columns.some(({ name }) => name === "date")) {
    const { values } = columnNamed(columns, "date", "date");
    return (row) => values[row]!;
  }
  const time = columnNamed(columns, "time", "timestamp_ms").values;
  const offset = columnNamed(columns, "utc_offset_s", "int32").values;
  return (row) => Math.floor((time[row]! + offset[row]! * 1000) / MS_PER_DAY);
}

/** Whether the table's rows have an instant, not just a date. */
export function isTimed(table: TableSpec): boolean {
  return table.columns.some((column) => column.name === "time");
}
