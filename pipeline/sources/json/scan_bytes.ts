/** What all scanners of bytes share: characters, white space, and fixed bytes compared eight at a time. */

/** What a scanner returns instead of the place after what it scanned when it gives up. */
export const gaveUp = -1;

export const ascii = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  zero: 0x30,
  colon: 0x3a,
  upperT: 0x54,
  upperZ: 0x5a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  tilde: 0x7e,
} as const;

/** Fixed bytes that are looked for again and again. */
export interface FixedBytes {
  readonly bytes: Uint8Array;
  readonly length: number;
  /** The same as numbers of eight bytes, the last one overlapping; empty below eight bytes. */
  readonly words: Float64Array;
}

/** The bytes, made ready for {@link isAt}; they are UTF-8 without zero bytes. */
export function fixedBytes(bytes: Uint8Array): FixedBytes {
  const { length } = bytes;
  const count = length < 8 ? 0 : Math.ceil(length / 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = Float64Array.from(
    { length: count },
    (_, i) => view.getFloat64(i < count - 1 ? i * 8 : length - 8, true),
  );
  return { bytes, length, words };
}

/** Whether the bytes stand at `at` of a document, of which `view` is a view of all its bytes. */
export function isAt(fixed: FixedBytes, at: number, document: Uint8Array, view: DataView): boolean {
  const { length, words } = fixed;
  if (at + length > document.length) return false;
  const last = words.length - 1;
  if (last < 0) {
    const { bytes } = fixed;
    for (let i = 0; i < length; i++) if (document[at + i] !== bytes[i]) return false;
    return true;
  }
  // Equal numbers are equal bytes: eight bytes of UTF-8 are never NaN, and not zero.
  for (let i = 0; i < last; i++) {
    if (view.getFloat64(at + i * 8, true) !== words[i]) return false;
  }
  return view.getFloat64(at + length - 8, true) === words[last];
}

/** The place after spaces, tabs and line ends. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let end = at;
  for (;;) {
    const byte = bytes[end];
    if (
      byte !== ascii.space && byte !== ascii.lineFeed && byte !== ascii.carriageReturn &&
      byte !== ascii.tab
    ) return end;
    end++;
  }
}

/** The bytes as text, one character a byte. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
