/**
 * PLAIN values: what Parquet stores where no encoding helps, and the form of dictionary entries and
 * statistics. https://parquet.apache.org/docs/file-format/data-pages/encodings/#plain-plain--0
 */

import type { ByteWriter } from "./bytes.ts";

const utf8 = new TextEncoder();

/** INT32. */
export function writeInt32s(out: ByteWriter, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) out.uint32(values[i]!);
}

/** INT64 of safe integers. */
export function writeInt64s(out: ByteWriter, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    const high = Math.floor(values[i]! / 2 ** 32);
    out.uint32(values[i]! - high * 2 ** 32);
    out.uint32(high);
  }
}

/** DOUBLE. */
export function writeDoubles(out: ByteWriter, values: Float64Array): void {
  // Every machine that runs Deno is little-endian, as Parquet is.
  out.raw(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** BOOLEAN, 0 or 1: a bit each, lowest first. */
export function writeBooleans(out: ByteWriter, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i += 8) {
    let packed = 0;
    for (let k = 0; k < 8 && i + k < values.length; k++) packed |= values[i + k]! << k;
    out.byte(packed);
  }
}

/** BYTE_ARRAY of UTF-8 text, each after its length. */
export function writeTexts(out: ByteWriter, values: readonly string[]): void {
  for (const value of values) {
    const bytes = utf8.encode(value);
    out.uint32(bytes.length);
    out.raw(bytes);
  }
}
