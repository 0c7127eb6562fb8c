/**
 * The RLE/bit-packing hybrid of definition levels and dictionary codes: runs of one value, and groups
 * of eight values in so many bits each.
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/#run-length-encoding--bit-packing-hybrid-rle--3
 */

import type { ByteWriter } from "./bytes.ts";

/** From so many equal values on a run is written; also the size of a bit-packed group. */
const group = 8;

/**
 * The bits that codes up to `largest` are packed into: 1, 2, 4, 8 or 16, never across a byte, which
 * zstd turns into fewer bytes than the least possible width.
 */
export function bitWidth(largest: number): number {
  let width = 1;
  while (largest >= 2 ** width) width *= 2;
  return width;
}

/** Appends the codes, each within `width` bits (a power of two up to 16). */
export function writeHybrid(
  out: ByteWriter,
  codes: Int32Array,
  width: number,
): void {
  let packedFrom = 0;
  let at = 0;
  // Bit-packed values come in whole groups: a run begins where a group would.
  while (at + group <= codes.length) {
    const end = endOfRun(codes, at);
    if (end - at < group) {
      at += group;
      continue;
    }
    writePacked(out, codes, packedFrom, at, width);
    writeRun(out, codes[at]!, end - at, width);
    packedFrom = at = end;
  }
  writePacked(out, codes, packedFrom, codes.length, width);
}

/** The first place after `at` with another code than there. */
function endOfRun(codes: Int32Array, at: number): number {
  const code = codes[at]!;
  let end = at + 1;
  while (end < codes.length && codes[end]! === code) end++;
  return end;
}

function writeRun(out: ByteWriter, code: number, length: number, width: number): void {
  out.varint(length * 2);
  out.byte(code);
  if (width > 8) out.byte(code >>> 8);
}

/** Appends bit-packed groups; the last one of a page is filled up with zeros. */
function writePacked(
  out: ByteWriter,
  codes: Int32Array,
  from: number,
  to: number,
  width: number,
): void {
  if (from === to) return;
  const groups = Math.ceil((to - from) / group);
  out.varint(groups * 2 + 1);
  out.reserve(groups * width);
  const { bytes } = out;
  let at = out.length;
  const end = at + groups * width;
  let pending = 0;
  let bits = 0;
  if (width === 8) { for (let i = from; i < to; i++) bytes[at++] = codes[i]!; }
  else {for (let i = from; i < to; i++) {
      pending |= codes[i]! << bits;
      bits += width;
      for (; bits >= 8; bits -= 8) {
        bytes[at++] = pending;
        pending >>>= 8;
      }
    }}
  if (bits > 0) bytes[at++] = pending;
  bytes.fill(0, at, end);
  out.length = end;
}
