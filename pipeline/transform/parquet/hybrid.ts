/**
 * The RLE/bit-packing hybrid of definition levels and dictionary codes: runs of one value, and groups
 * of eight values in so many bits each.
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/#run-length-encoding--bit-packing-hybrid-rle--3
 */

import { writeHybrid } from "../../kernels/kernels.wasm";
import { bytesAt, Workspace } from "../../kernels/memory.ts";
import { ByteWriter } from "./bytes.ts";

/** More than any code takes, and than what is written besides. */
const mostBytesACode = 3;
const mostBytesBesides = 64;

/**
 * The bits that codes up to `largest` are packed into: 1, 2, 4, 8 or 16, never across a byte, which
 * zstd turns into fewer bytes than the least possible width.
 */
export function bitWidth(largest: number): number {
  let width = 1;
  while (largest >= 2 ** width) width *= 2;
  return width;
}

/** The codes, each within `width` bits (a power of two up to 16), where the kernels work: to be copied. */
export function hybridOf(codes: Int32Array, width: number): Uint8Array {
  const workspace = new Workspace();
  return hybridAt(workspace, workspace.hold(codes), codes.length, width);
}

/** The same of codes that lie where the kernels work. */
export function hybridAt(
  workspace: Workspace,
  codesAt: number,
  length: number,
  width: number,
): Uint8Array {
  const to = workspace.room(length * mostBytesACode + mostBytesBesides);
  return bytesAt(to, writeHybrid(codesAt, length, width, to));
}

/** A code below 256, so many times. */
export function runOf(code: number, times: number): Uint8Array {
  const out = new ByteWriter(16);
  out.varint(times * 2);
  out.byte(code);
  return out.view();
}
