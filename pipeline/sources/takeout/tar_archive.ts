/**
 * Tar archives, packed with gzip or not: one pass from front to back, nothing unpacked to disk. Of a
 * member that nobody asks for no byte is kept. (POSIX.1-2001, pax; and what GNU tar writes for long
 * names.)
 */

import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { DocumentError, reasonOf } from "../../errors.ts";
import {
  type Archive,
  type BadMember,
  largestMember,
  type Member,
  type RandomAccess,
  tooLarge,
} from "./archive.ts";
import { ByteStream } from "./byte_stream.ts";
import { archiveName, pathProblem } from "./member_path.ts";

const blockBytes = 512;
const chunkBytes = 2 ** 18;

/** A name or an extended header that is longer is none. */
const longestHeader = 2 ** 20;

/**
 * Opens a tar file. What is wrong with it shows while its members are read: they end with one that
 * is bad, and says why. The archive closes `file`, also when this throws.
 * @param input The file as it was given.
 */
export function openTar(file: RandomAccess, input: string, limit = largestMember): Archive {
  const isGzip = beginsAsGzip(file);
  return {
    name: archiveName(input.slice(input.search(/[^/\\]*$/))),
    input,
    listed: undefined,
    size: file.size,
    members: () => members(file, isGzip, limit),
    close: () => file.close(),
  };
}

function beginsAsGzip(file: RandomAccess): boolean {
  try {
    const head = file.read(0, 2);
    return head[0] === 0x1f && head[1] === 0x8b;
  } catch (error) {
    file.close();
    throw error;
  }
}

async function* members(
  file: RandomAccess,
  isGzip: boolean,
  limit: number,
): AsyncGenerator<Member | BadMember> {
  let position = 0;
  let told = 0;
  function* packed() {
    while (position < file.size) {
      const chunk = file.read(position, chunkBytes);
      if (chunk.length === 0) throw new DocumentError("It was cut short while it was read");
      position += chunk.length;
      yield chunk;
    }
  }
  const bytes = new ByteStream(isGzip ? gunzipped(packed()) : packed());
  try {
    for await (const entry of entries(bytes)) {
      const { path, size } = entry;
      const problem = pathProblem(path);
      if (problem !== undefined) {
        yield { path, reason: `its path ${problem}` };
      } else if (!entry.isFile) {
        yield { path, reason: "it is a link, not followed" };
      } else {
        const packedSize = position - told;
        told = position;
        yield {
          path,
          size,
          packedSize,
          async packed() {
            if (size > limit) throw tooLarge(size, limit);
            return { bytes: await bytes.take(size), isDeflated: false, size };
          },
        };
      }
    }
  } catch (error) {
    yield {
      path: "",
      reason: `the archive is damaged, what comes after it is lost: ${reasonOf(error)}`,
    };
  } finally {
    await bytes.close();
  }
}

/** Chunks of what was packed; errors of the packing come out as DocumentErrors. */
async function* gunzipped(packed: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  const source = Readable.from(function* () {
    for (const chunk of packed) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  }());
  // A pipe hands on no error: nobody would hear of it, and whoever waits would wait for ever.
  source.once("error", (error) => gunzip.destroy(error));
  try {
    for await (const chunk of source.pipe(gunzip)) yield chunk;
  } catch (error) {
    throw new DocumentError(reasonOf(error));
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

interface Entry {
  readonly path: string;
  readonly size: number;
  /** False for links, devices and the like. */
  readonly isFile: boolean;
}

/** Files and links in their order; folders are left out. What of a file was not read is skipped. */
async function* entries(bytes: ByteStream): AsyncGenerator<Entry> {
  let extended: Extended = {};
  for (;;) {
    const header = await bytes.upTo(blockBytes);
    // Two empty blocks end an archive; some writers leave them out.
    if (header.length === 0 || header.every((byte) => byte === 0)) return;
    if (header.length < blockBytes) throw new DocumentError("It ends within a header");
    checkSum(header);
    const type = String.fromCharCode(header[156] ?? 0);
    const size = extended.size ?? number(header.subarray(124, 136));
    const after = bytes.position + Math.ceil(size / blockBytes) * blockBytes;
    if (type === "x" || type === "L") {
      if (size > longestHeader) throw new DocumentError(`A name has ${size} bytes`);
      const content = await bytes.take(size);
      extended = type === "x" ? { ...extended, ...pax(content) } : { path: text(content) };
    } else {
      const path = (extended.path ?? nameOf(header)).replace(/^(\.\/)+/, "");
      extended = {};
      // What is neither a file nor a folder: a global header, or a link of some kind.
      if (fileTypes.has(type) && !path.endsWith("/")) yield { path, size, isFile: true };
      else if (linkTypes.has(type)) yield { path, size: 0, isFile: false };
    }
    await bytes.skipTo(after);
  }
}

const fileTypes: ReadonlySet<string> = new Set(["0", "\0", "7"]);
const linkTypes: ReadonlySet<string> = new Set(["1", "2", "3", "4", "6"]);

interface Extended {
  readonly path?: string;
  readonly size?: number;
}

/** `27 path=some/long/name\n` for each field, the length of the record first. */
function pax(content: Uint8Array): Extended {
  let found: Extended = {};
  for (let at = 0; at < content.length;) {
    const length = Number.parseInt(text(content.subarray(at, at + 12)), 10);
    if (!(length > 0)) throw new DocumentError("An extended header is damaged");
    const record = text(content.subarray(at, at + length)).replace(/\n$/, "");
    const [, key, value = ""] = /^\d+ ([^=]*)=(.*)$/s.exec(record) ?? [];
    if (key === "path") found = { ...found, path: value };
    if (key === "size") found = { ...found, size: Number(value) };
    at += length;
  }
  return found;
}

function nameOf(header: Uint8Array): string {
  const name = text(header.subarray(0, 100));
  const isUstar = text(header.subarray(257, 262)) === "ustar";
  const prefix = isUstar && header[262] === 0 ? text(header.subarray(345, 500)) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

const utf8 = new TextDecoder();

/** Up to the first NUL. */
function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** Octal digits, or, where the first bit says so, a binary number. */
function number(field: Uint8Array): number {
  let value = 0;
  if ((field[0] ?? 0) >= 0x80) {
    for (const byte of field.subarray(1)) value = value * 256 + byte;
  } else {
    const digits = text(field).trim();
    value = digits === "" ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : NaN;
  }
  if (!Number.isSafeInteger(value)) throw new DocumentError("A header has no readable size");
  return value;
}

function checkSum(header: Uint8Array): void {
  let sum = 0;
  // The field itself counts as spaces.
  header.forEach((byte, at) => sum += at >= 148 && at < 156 ? 0x20 : byte);
  if (sum !== number(header.subarray(148, 156))) {
    throw new DocumentError("A header has a wrong checksum, or it is no tar archive");
  }
}
