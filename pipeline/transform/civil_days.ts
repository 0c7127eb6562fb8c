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

/**
 * The rows whose civil day is from first to last, both included and as {@link civilDays} gives them;
 * undefined when all are.
 */
export function rowsOfDays(
  table: TableSpec,
  columns: Columns,
  first: number,
  last: number,
): Uint32Array | undefined {
  const isInside = isTimed(table)
    ? timesInside(
      columnNamed(columns, "time", "timestamp_ms").values,
      columnNamed(columns, "utc_offset_s", "int32").values,
      first * MS_PER_DAY,
      (last + 1) * MS_PER_DAY,
    )
    : columnNamed(columns, "date", "date").values.map((day) => +(day >= first && day <= last));
  if (!isInside.includes(0)) return undefined;
  const rows = new Uint32Array(isInside.length);
  let count = 0;
  for (let row = 0; row < isInside.length; row++) if (isInside[row] !== 0) rows[count++] = row;
  return rows.subarray(0, count);
}

/** For each row 1 when its wall clock is within start (included) and end (ms), else 0. */
function timesInside(
  time: Float64Array,
  offset: Int32Array,
  start: number,
  end: number,
): Uint8Array {
  const isInside = new Uint8Array(time.length);
  for (let row = 0; row < time.length; row++) {
    const local = time[row]! + offset[row]! * 1000;
    if (local >= start && local < end) isInside[row] = 1;
  }
  return isInside;
}

/** Whether the table's rows have an instant, not just a date. */
export function isTimed(table: TableSpec): boolean {
  return table.columns.some((column) => column.name === "time");
}
