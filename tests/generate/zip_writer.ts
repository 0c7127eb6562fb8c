/** ZIP files for tests, the same bytes for the same entries, also such as no good program writes. */

import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** 0 stored, 8 deflated (the default); anything else only claims to be. */
  readonly method?: number;
  /** Sizes and checksum after the data, as Google writes them; the default. */
  readonly descriptor?: boolean;
  /** Sizes and offset in the Zip64 extra field. */
  readonly zip64?: boolean;
  /** The name in an Info-ZIP Unicode-path field, beside this one in the header. */
  readonly plainName?: string;
  readonly encrypted?: boolean;
  /** In place of the true ones. */
  readonly crc?: number;
  readonly size?: number;
  /** Bytes of the packed data that are kept; the rest is left out, the sizes say so. */
  readonly packedKept?: number;
}

const utf8 = new TextEncoder();

/** The ZIP file. */
export function zipOf(entries: readonly ZipEntry[], options: { zip64?: boolean } = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const push = (bytes: Uint8Array) => {
    parts.push(bytes);
    at += bytes.length;
  };
  for (const entry of entries) {
    const method = entry.method ?? 8;
    const whole = method === 8 ? new Uint8Array(deflateRawSync(entry.bytes)) : entry.bytes;
    const packed = whole.subarray(0, entry.packedKept ?? whole.length);
    const crc = entry.crc ?? crc32(entry.bytes);
    const size = entry.size ?? entry.bytes.length;
    const name = utf8.encode(entry.plainName ?? entry.path);
    const descriptor = entry.descriptor ?? true;
    const flags = (descriptor ? 8 : 0) | 0x800 | (entry.encrypted === true ? 1 : 0);
    const offset = at;
    const local = [0x04034b50, 20, flags, method, 0, 0];
    push(numbers("42222244422", [
      ...local,
      descriptor ? 0 : crc,
      descriptor ? 0 : packed.length,
      descriptor ? 0 : size,
      name.length,
      0,
    ]));
    push(name);
    push(packed);
    if (descriptor) push(numbers("4444", [0x08074b50, crc, packed.length, size]));
    const extra = joined([
      entry.zip64 === true
        ? numbers("22888", [1, 24, size, packed.length, offset])
        : new Uint8Array(),
      entry.plainName === undefined ? new Uint8Array() : unicodePath(name, entry.path),
    ]);
    const long = entry.zip64 === true;
    directory.push(joined([
      numbers("42222224442222244", [
        0x02014b50,
        20,
        20,
        flags,
        method,
        0,
        0,
        crc,
        long ? 0xffffffff : packed.length,
        long ? 0xffffffff : size,
        name.length,
        extra.length,
        0,
        0,
        0,
        0,
        long ? 0xffffffff : offset,
      ]),
      name,
      extra,
    ]));
  }
  const start = at;
  directory.forEach(push);
  const length = at - start;
  if (options.zip64 === true) {
    const record = at;
    push(numbers("4822448888", [
      0x06064b50,
      44,
      45,
      45,
      0,
      0,
      entries.length,
      entries.length,
      length,
      start,
    ]));
    push(numbers("4484", [0x07064b50, 0, record, 1]));
    push(numbers("42222442", [0x06054b50, 0, 0, 0xffff, 0xffff, 0xffffffff, 0xffffffff, 0]));
  } else {
    const count = entries.length;
    push(numbers("42222442", [0x06054b50, 0, 0, count, count, length, start, 0]));
  }
  return joined(parts);
}

function unicodePath(name: Uint8Array, path: string): Uint8Array {
  const unicode = utf8.encode(path);
  return joined([
    numbers("2214", [0x7075, 5 + unicode.length, 1, crc32(name)]),
    unicode,
  ]);
}

/** Little-endian numbers of so many bytes each. */
function numbers(widths: string, values: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  values.forEach((value, index) => {
    for (let n = 0, rest = value; n < Number(widths[index]); n++) {
      bytes.push(rest % 256);
      rest = Math.floor(rest / 256);
    }
  });
  return Uint8Array.from(bytes);
}

/** The arrays one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
