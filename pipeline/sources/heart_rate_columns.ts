/** The columns of the table `heart_rate`, as every source gives them. */

import { type Column, type Columns, zeros } from "../columns.ts";
import { extentOf, int32sOf } from "../kernels/numbers.ts";

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
  if (confidence === undefined) {
    return { type: "int32", values: zeros(rows), valid: new Uint8Array(rows) };
  }
  const values = int32sOf(confidence);
  if (!Number.isNaN(extentOf(confidence).min)) return { type: "int32", values };
  return { type: "int32", values, valid: Uint8Array.from(confidence, (value) => +(value >= 0)) };
}
