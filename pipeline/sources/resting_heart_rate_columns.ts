/** The columns of the table `resting_heart_rate`, as every source gives them. */

import type { Column, Columns } from "../columns.ts";

/** One civil day's value. */
export interface RestingHeartRate {
  /** Days since 1970-01-01. */
  readonly date: number;
  readonly bpm: number;
  readonly errorBpm?: number;
  /** How it was computed: `with_sleep`. */
  readonly method?: string;
}

/** The table's columns without `source`. */
export function restingHeartRateColumns(rows: readonly RestingHeartRate[]): Columns {
  return {
    rows: rows.length,
    columns: {
      date: { type: "date", values: Int32Array.from(rows, (row) => row.date) },
      bpm: { type: "float64", values: Float64Array.from(rows, (row) => row.bpm) },
      error_bpm: {
        type: "float64",
        values: Float64Array.from(rows, (row) => row.errorBpm ?? 0),
        ...validity(rows, (row) => row.errorBpm !== undefined),
      },
      method: methodColumn(rows),
    },
  };
}

function methodColumn(rows: readonly RestingHeartRate[]): Column {
  const codes = new Map<string, number>();
  for (const { method } of rows) {
    if (method !== undefined && !codes.has(method)) codes.set(method, codes.size);
  }
  return {
    type: "string",
    dictionary: Array.from(codes.keys()),
    codes: Int32Array.from(rows, ({ method }) => codes.get(method ?? "") ?? 0),
    ...validity(rows, (row) => row.method !== undefined),
  };
}

function validity(
  rows: readonly RestingHeartRate[],
  isThere: (row: RestingHeartRate) => boolean,
): { valid?: Uint8Array } {
  if (rows.every(isThere)) return {};
  return { valid: Uint8Array.from(rows, (row) => (isThere(row) ? 1 : 0)) };
}
