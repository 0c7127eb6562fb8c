/** Tar files for tests, also such as no good program writes. */

import { gzipSync } from "node:zlib";
import { joined } from "./zip_writer.ts";

export interface TarEntry {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** `0` a file (the default), `5` a folder, `2` a link, `x` an extended header, ... */
  readonly type?: string;
  /** How a path that does not fit is written: pax (the default), GNU's long name, or a prefix. */
  readonly long?: "pax" | "gnu" | "prefix";
  /** In place of the true checksum of the header. */
  readonly checksum?: number;
  /** The size in base 256, as GNU tar writes what octal digits cannot hold. */
  readonly binarySize?: boolean;
}

const block = 512;
const utf8 = new TextEncoder();

/** The tar file. */
export function tarOf(entries: readonly TarEntry[]): Uint8Array {
  return joined([...entries.flatMap(parts), new Uint8Array(2 * block)]);
}

/** The same, packed. */
export function tgzOf(entries: readonly TarEntry[]): Uint8Array {
  return new Uint8Array(gzipSync(tarOf(entries)));
}

function parts(entry: TarEntry): Uint8Array[] {
  const { path, bytes, long = "pax" } = entry;
  const own = [header(entry), padded(bytes)];
  if (utf8.encode(path).length <= 100) return own;
  if (long === "prefix") return own;
  const [type, name, content] = long === "gnu"
    ? ["L", "././@LongLink", utf8.encode(`${path}\0`)] as const
    : ["x", "PaxHeader", paxRecord("path", path)] as const;
  return [header({ path: name, bytes: content, type }), padded(content), ...own];
}

function paxRecord(key: string, value: string): Uint8Array {
  const rest = utf8.encode(` ${key}=${value}\n`).length;
  let length = rest + String(rest).length;
  if (length !== rest + String(length).length) length++;
  return utf8.encode(`${length} ${key}=${value}\n`);
}

function padded(bytes: Uint8Array): Uint8Array {
  return joined([bytes, new Uint8Array((block - bytes.length % block) % block)]);
}

function header({ path, bytes, type = "0", long, checksum, binarySize }: TarEntry): Uint8Array {
  const field = new Uint8Array(block);
  const put = (at: number, text: string) => field.set(utf8.encode(text), at);
  const slash = path.lastIndexOf("/", path.length - 2);
  const isSplit = long === "prefix";
  field.set(utf8.encode(isSplit ? path.slice(slash + 1) : path).subarray(0, 100));
  if (isSplit) put(345, path.slice(0, slash));
  put(100, "0000644\0");
  if (binarySize === true) {
    field[124] = 0x80;
    new DataView(field.buffer).setUint32(132, bytes.length);
  } else put(124, `${bytes.length.toString(8).padStart(11, "0")}\0`);
  put(136, "00000000000\0");
  put(148, "        ");
  put(156, type);
  put(257, "ustar\x0000");
  const sum = checksum ?? field.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return field;
}
