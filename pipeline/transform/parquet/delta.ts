/**
 * DELTA_BINARY_PACKED: whole numbers as differences from one to the next, 32 of them (a miniblock)
 * in as few bits as the widest needs.
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/#delta-encoding-delta_binary_packed--5
 *
 * Two liberties that the format leaves to writers, both taken because zstd comes after:
 * - widths are whole bytes, so that equal differences are equal bytes at equal places;
 * - every block names the same smallest difference, so that a difference is the same bytes everywhere.
 * On heart rate both together save 30-45 % of the compressed size against minimal widths, and
 * packing is byte stores instead of shifts.
 */

import { writeDeltaOfFloat64, writeDeltaOfInt32 } from "../../kernels/kernels.wasm";
import { bytesAt, Workspace } from "../../kernels/memory.ts";

/** More than any block takes a value, and than the header takes. */
const mostBytesAValue = 9;
const mostBytesBesides = 2048;

/**
 * All values, safe integers; undefined when there is none or when a difference lies outside `limit`
 * (2^31 for INT32, 2^52 for INT64), so that no reader has to rely on arithmetic that wraps around.
 */
export function deltaPacked(
  values: Int32Array | Float64Array,
  limit: number,
): Uint8Array<ArrayBuffer> | undefined {
  const { length } = values;
  if (length === 0) return undefined;
  const workspace = new Workspace();
  const valuesAt = workspace.hold(values);
  const to = workspace.room(length * mostBytesAValue + mostBytesBesides);
  const write = values instanceof Int32Array ? writeDeltaOfInt32 : writeDeltaOfFloat64;
  const bytes = write(valuesAt, length, limit, to);
  return bytes < 0 ? undefined : new Uint8Array(bytesAt(to, bytes));
}
