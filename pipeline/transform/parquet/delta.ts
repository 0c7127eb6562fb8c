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

import type { ByteWriter } from "./bytes.ts";

const miniblockRows = 32;
const miniblocks = 4;
const blockRows = miniblockRows * miniblocks;

/**
 * Appends all values, safe integers; answers false, with nothing appended, when there is none or when
 * a difference lies outside `limit` (2^31 for INT32, 2^52 for INT64), so that no reader has to rely
 * on arithmetic that wraps around.
 */
export function writeDelta(
  out: ByteWriter,
  values: Int32Array | Float64Array,
  limit: number,
): boolean {
  const rows = values.length;
  if (rows === 0) return false;
  // In one kind of array: loops that meet several take many times as long.
  if (scratch.length < rows) scratch = new Float64Array(2 * rows);
  const copy = scratch.subarray(0, rows);
  copy.set(values);
  return writeDifferences(out, copy, limit);
}

/** Memory that is used again. */
let scratch = new Float64Array(1 << 15);

function writeDifferences(out: ByteWriter, values: Float64Array, limit: number): boolean {
  const rows = values.length;
  const first = values[0]!;
  let least = rows === 1 ? 0 : Infinity;
  let most = 0;
  for (let i = rows - 1; i > 0; i--) {
    const difference = values[i]! - values[i - 1]!;
    if (difference < least) least = difference;
    if (difference > most) most = difference;
    values[i] = difference;
  }
  if (least < -limit || most >= limit) return false;

  out.varint(blockRows);
  out.varint(miniblocks);
  out.varint(rows);
  out.zigzag(first);
  for (let start = 1; start < rows; start += blockRows) {
    out.zigzag(least);
    const widths = out.length;
    out.reserve(miniblocks + blockRows * 8);
    out.bytes.fill(0, widths, widths + miniblocks);
    out.length += miniblocks;
    for (let m = 0; m < miniblocks; m++) {
      const from = start + m * miniblockRows;
      if (from >= rows) break;
      const to = Math.min(from + miniblockRows, rows);
      out.bytes[widths + m] = 8 * writeMiniblock(out, values, from, to, least);
    }
  }
  return true;
}

/** Appends one miniblock, padded with zeros; answers its bytes a value. Room must be reserved. */
function writeMiniblock(
  out: ByteWriter,
  differences: Float64Array,
  from: number,
  to: number,
  least: number,
): number {
  let most = 0;
  for (let i = from; i < to; i++) {
    if (differences[i]! > most + least) most = differences[i]! - least;
  }
  let width = 0;
  for (let capacity = 1; capacity <= most; capacity *= 256) width++;

  const { bytes } = out;
  let at = out.length;
  const end = at + width * miniblockRows;
  if (width === 1) {
    for (let i = from; i < to; i++) bytes[at++] = differences[i]! - least;
  } else if (width === 2) {
    for (let i = from; i < to; i++) {
      const above = differences[i]! - least;
      bytes[at++] = above;
      bytes[at++] = above >>> 8;
    }
  } else if (width > 2) {
    for (let i = from; i < to; i++) {
      let above = differences[i]! - least;
      for (let k = 0; k < width; k++) {
        bytes[at++] = above % 256;
        above = Math.floor(above / 256);
      }
    }
  }
  bytes.fill(0, at, end);
  out.length = end;
  return width;
}
