/** The smallest and largest value of a column chunk, by which readers skip row groups. */

import { extentOf } from "../../kernels/numbers.ts";
import { ByteWriter } from "./bytes.ts";
import type { NumberColumn } from "./encodings.ts";
import { writeBooleans, writeDoubles, writeInt32s, writeInt64s } from "./plain.ts";

/** Both as PLAIN values, text without its length. */
export interface Bounds {
  readonly min: Uint8Array;
  readonly max: Uint8Array;
}

/** Bounds longer than that make the footer long and help no reader. */
const longestText = 64;

const utf8 = new TextEncoder();

/** The bounds of at least one value, none of them null or NaN. */
export function numberBounds({ type, values }: NumberColumn): Bounds {
  const { min, max } = extentOf(values instanceof Uint8Array ? Int32Array.from(values) : values);
  const write = {
    timestamp_ms: writeInt64s,
    int32: writeInt32s,
    date: writeInt32s,
    float64: writeDoubles,
    boolean: writeBooleans,
  }[type];
  const plain = (value: number) => {
    const out = new ByteWriter(8);
    write(out, Float64Array.of(value));
    return out.copy();
  };
  // The two zeros compare as equal here, which not every reader thinks: bounds take in both.
  return { min: plain(min === 0 ? -0 : min), max: plain(max === 0 ? 0 : max) };
}

/** The bounds of at least one text, by UTF-8 bytes; undefined when one of the bounds is long. */
export function textBounds(texts: readonly string[]): Bounds | undefined {
  const sorted = texts.map((text) => utf8.encode(text)).sort(compareBytes);
  const min = sorted[0]!;
  const max = sorted.at(-1)!;
  return Math.max(min.length, max.length) > longestText ? undefined : { min, max };
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    if (a[i] !== b[i]) return a[i]! - b[i]!;
  }
  return a.length - b.length;
}
