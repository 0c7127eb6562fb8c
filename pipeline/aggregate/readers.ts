/** Single values out of columns. */

import type { Columns } from "../columns.ts";

/** The number of a row, times in ms and dates in days since 1970; null where it is null. Throws a RangeError when there is no such column of numbers. */
export function numberReader(
  { columns }: Columns,
  name: string,
): (row: number) => number | null {
  const column = columns[name];
  if (column === undefined || column.type === "string") {
    throw new RangeError(
      `Cannot find a column "${name}" of numbers: found ${column?.type ?? "none"}`,
    );
  }
  const { values, valid } = column;
  return (row) => valid?.[row] === 0 ? null : values[row] ?? null;
}

/** The text of a row; null where it is null. Throws a RangeError when there is no such column of text. */
export function textReader({ columns }: Columns, name: string): (row: number) => string | null {
  const column = columns[name];
  if (column?.type !== "string") {
    throw new RangeError(`Cannot find a column "${name}" of text: found ${column?.type ?? "none"}`);
  }
  const { dictionary, codes, valid } = column;
  return (row) => valid?.[row] === 0 ? null : dictionary[codes[row] ?? -1] ?? null;
}
