/** Cutting columns into row groups, and leaving out the rows that are null, as Parquet's pages do. */

import type { Column } from "../../columns.ts";
import { zerosIn } from "../../kernels/numbers.ts";

/** The rows from (included) to (excluded), as views. */
export function sliceColumn(column: Column, from: number, to: number): Column {
  if (from === 0 && to === lengthOf(column)) return column;
  const valid = column.valid?.subarray(from, to);
  const rest = valid === undefined ? {} : { valid };
  switch (column.type) {
    case "string": {
      const { type, dictionary } = column;
      return { type, dictionary, codes: column.codes.subarray(from, to), ...rest };
    }
    case "boolean":
      return { type: column.type, values: column.values.subarray(from, to), ...rest };
    case "int32":
    case "date":
      return { type: column.type, values: column.values.subarray(from, to), ...rest };
    case "timestamp_ms":
    case "float64":
      return { type: column.type, values: column.values.subarray(from, to), ...rest };
  }
}

function lengthOf(column: Column): number {
  return (column.type === "string" ? column.codes : column.values).length;
}

/** How many rows are null. */
export function nullCount(column: Column): number {
  return column.valid === undefined ? 0 : zerosIn(column.valid);
}

/** The rows that are not null; the column itself when none is. */
export function denseColumn(column: Column, nulls: number): Column {
  const { valid } = column;
  if (valid === undefined || nulls === 0) return column;
  const keep = <T extends Int32Array | Float64Array | Uint8Array>(from: T, to: T): T => {
    let at = 0;
    for (let i = 0; i < from.length; i++) if (valid[i] !== 0) to[at++] = from[i]!;
    return to;
  };
  const rows = valid.length - nulls;
  switch (column.type) {
    case "string": {
      const { type, dictionary, codes } = column;
      return { type, dictionary, codes: keep(codes, new Int32Array(rows)) };
    }
    case "boolean":
      return { type: column.type, values: keep(column.values, new Uint8Array(rows)) };
    case "int32":
    case "date":
      return { type: column.type, values: keep(column.values, new Int32Array(rows)) };
    case "timestamp_ms":
    case "float64":
      return { type: column.type, values: keep(column.values, new Float64Array(rows)) };
  }
}
