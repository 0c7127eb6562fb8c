/**
 * Tables as Parquet files: zstd, statistics, data pages of the first version, and the encodings that
 * make wearable data small. Written for this one job because it runs in every worker for every part:
 * no native library to load, typed arrays in, and the same rows always give the same bytes (with one
 * version of zstd, which comes with the runtime).
 */

import type { TableSpec } from "../../catalog.ts";
import type { Columns } from "../../columns.ts";
import { ByteWriter } from "./bytes.ts";
import { checkedColumns } from "./check.ts";
import { encodeChunk } from "./chunk.ts";
import { sliceColumn } from "./dense.ts";
import { type RowGroup, writeFooter } from "./metadata.ts";

export interface ParquetOptions {
  /** Rows of a row group at most; 1,048,576 unless given. */
  readonly rowsPerGroup?: number;
}

const magic = new TextEncoder().encode("PAR1");

/**
 * The table as a Parquet file, columns in the order of the catalogue.
 *
 * Values under a null, the order of a text dictionary, and a `valid` without a zero leave no trace:
 * equal rows give equal bytes. Throws a TypeError or RangeError when the columns are not those of the
 * table, see {@link checkedColumns}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { restingHeartRate } from "../../catalog.ts";
 * import { constantText } from "../../columns.ts";
 * import { writeParquet } from "./write.ts";
 *
 * const bytes = writeParquet(restingHeartRate, {
 *   rows: 1,
 *   columns: {
 *     date: { type: "date", values: Int32Array.of(20_751) },
 *     bpm: { type: "float64", values: Float64Array.of(58) },
 *     error_bpm: { type: "float64", values: new Float64Array(1), valid: Uint8Array.of(0) },
 *     method: { ...constantText("", 1), valid: Uint8Array.of(0) },
 *     source: constantText("google-health", 1),
 *   },
 * });
 * assert.equal(new TextDecoder().decode(bytes.subarray(0, 4)), "PAR1");
 * ```
 */
export function writeParquet(
  table: TableSpec,
  columns: Columns,
  options: ParquetOptions = {},
): Uint8Array<ArrayBuffer> {
  const { rowsPerGroup = 1_048_576 } = options;
  const ordered = checkedColumns(table, columns);
  const groups: RowGroup[] = [];
  let offset = magic.length;
  for (let from = 0; from < columns.rows; from += rowsPerGroup) {
    const to = Math.min(from + rowsPerGroup, columns.rows);
    const chunks = ordered.map(({ spec, column }) =>
      encodeChunk(spec, sliceColumn(column, from, to))
    );
    groups.push({ offset, rows: to - from, chunks });
    for (const chunk of chunks) offset += chunk.bytes.length;
  }
  const end = new ByteWriter(4096);
  writeFooter(end, table, columns.rows, groups);
  end.uint32(end.length);
  end.raw(magic);

  const file = new Uint8Array(offset + end.length);
  file.set(magic);
  for (const group of groups) {
    let at = group.offset;
    for (const { bytes } of group.chunks) {
      file.set(bytes, at);
      at += bytes.length;
    }
  }
  file.set(end.view(), offset);
  return file;
}
