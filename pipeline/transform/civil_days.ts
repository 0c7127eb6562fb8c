/** Which civil day a row counts to. */

import type { TableSpec } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import { MS_PER_DAY } from "../day.ts";
import { columnNamed } from "./column_rows.ts";

/**
 * Days since 1970-01-01 of a row's civil day: by its `time` and `utc_offset_s`, or its `date` in
 * tables of daily values. Throws a RangeError when the columns are missing.
 */
export function civilDays(table: TableSpec, columns: Columns): (row: number) => number {
  if (!isTimed(table)) {
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
