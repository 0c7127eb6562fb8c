/** A frame's column as plain numbers. */

import { columnsOf, type Frame } from "../frames.ts";

/**
 * The values of a column, NaN where there is none; times in milliseconds since 1970. Throws a RangeError
 * when the frame has no such column.
 */
export function numbers(
  frame: Frame,
  name: string,
  type: "timestamp_ms" | "float64",
): Float64Array {
  const column = columnsOf(frame, { [name]: type }).columns[name];
  if (column?.type !== type) throw new TypeError(`Cannot read "${name}" as numbers`);
  const { values, valid } = column;
  return valid === undefined
    ? values
    : values.map((value, row) => (valid[row] === 0 ? NaN : value));
}
