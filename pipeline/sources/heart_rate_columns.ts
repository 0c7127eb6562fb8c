/** The columns of the table `heart_rate`, as every source gives them. */

import type { Column, Columns } from "../columns.ts";

/** Least and most beats per minute that are taken for a measurement, as Google's schema bounds them. */
export const plausibleBpm = { min: 1, max: 300 } as const;

/**
 * The table's columns without `source`; all arrays equally long.
 * @param confidence NaN where the source gives none; undefined when it never does.
 */
export function heartRateColumns(
  time: Float64Array,
  utcOffsetS: Int32Array,
  bpm: Int32Array,
  confidence?: Float64Array,
): Columns {
  return {
    rows: time.length,
    columns: {
      time: { type: "timestamp_ms", values: time },
      utc_offset_s: { type: "int32", values: utcOffsetS },
      bpm: { type: "int32", values: bpm },
      confidence: confidenceColumn(time.length, confidence),
    },
  };
}

function confidenceColumn(rows: number, confidence: Float64Array | undefined): Column {
  const values = new Int32Array(rows);
  if (confidence === undefined) return { type: "int32", values, valid: new Uint8Array(rows) };
  let valid: Uint8Array | undefined;
  for (let i = 0; i < rows; i++) {
    const value = confidence[i]!;
    // NaN is the one value that differs from itself.
    if (value === value) values[i] = value;
    else (valid ??= new Uint8Array(rows).fill(1))[i] = 0;
  }
  return valid === undefined ? { type: "int32", values } : { type: "int32", values, valid };
}
