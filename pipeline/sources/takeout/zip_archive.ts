/**
 * ZIP files, read straight from where they lie: the central directory first, then members one at a
 * time, each checked against its size and checksum. Nothing is unpacked to disk.
 */

import type { Buffer } from "node:buffer";
// @ts-types="./yauzl.d.ts"
import {
  type Entry,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type ZipFile,
} from "yauzl";
import { DocumentError, reasonOf } from "../../errors.ts";
import { counted } from "../../terminal/counted.ts";
import {
  type Archive,
  type BadMember,
  largestMember,
  type Member,
  type Packed,
  type RandomAccess,
  tooLarge,
} from "./archive.ts";
import { archiveName, pathProblem } from "./member_path.ts";

const stored = 0;
const deflated = 8;

/**
 * Opens a ZIP file and lists its members, those of the central directory and no others; folders are
 * left out. The archive closes `file`, also when this rejects. Rejects with a DocumentError when
 * there is no central directory: the file is no ZIP, or was cut short.
 * @param input The file as it was given, for messages.
 */
export async function openZip(
  file: RandomAccess,
  input: string,
  limit = largestMember,
): Promise<Archive> {
  let zip: ZipFile;
  try {
    zip = await fromRandomAccessReaderPromise(new Reader(file), file.size, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    });
  } catch (error) {
    let reason: string;
    try {
      reason = damage(file, error);
    } finally {
      file.close();
    }
    throw new DocumentError(`It cannot be read as a ZIP: ${reason}`);
  }
  const members: Member[] = [];
  const bad: BadMember[] = [];
  let listed = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      listed++;
      const path = pathOf(entry);
      const problem = pathProblem(path.replace(/\/$/, ""));
      if (problem !== undefined) bad.push({ path, reason: `its path ${problem}` });
      else if (!path.endsWith("/")) {
        members.push({
          path,
          size: entry.uncompressedSize,
          crc32: entry.crc32,
          packedSize: entry.compressedSize,
          packed: () => packedEntry(zip, file, entry, limit),
        });
      }
    }
  } catch (error) {
    bad.push({
      path: "",
      reason: `the directory of the ZIP is damaged after ${listed} of ` +
        `${counted(zip.entryCount, "member")} (${
          reasonOf(error)
        }): those after it could not be read`,
    });
  }
  return {
    name: archiveName(input.slice(input.search(/[^/\\]*$/))),
    input,
    listed: members,
    size: file.size,
    members: () => [...bad, ...members],
    close: () => file.close(),
  };
}

/** yauzl reads the file through this; the archive closes it. */
class Reader extends RandomAccessReader {
  readonly #file: RandomAccess;

  constructor(file: RandomAccess) {
    super();
    this.#file = file;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    let bytes: Uint8Array;
    try {
      bytes = this.#file.read(position, length);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    buffer.set(bytes, offset);
    callback(null, bytes.length);
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

function pathOf(entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
}

async function packedEntry(
  zip: ZipFile,
  file: RandomAccess,
  entry: Entry,
  limit: number,
): Promise<Packed> {
  const { compressedSize, compressionMethod: method, uncompressedSize: size } = entry;
  if (entry.isEncrypted()) throw new DocumentError("It is encrypted");
  if (method !== stored && method !== deflated) {
    throw new DocumentError(`It is packed with method ${method}: expected stored or deflated`);
  }
  if (size > limit || compressedSize > limit) throw tooLarge(Math.max(size, compressedSize), limit);
  let bytes: Uint8Array;
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    bytes = file.read(fileDataStart, compressedSize);
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw new DocumentError(`It cannot be read: ${reasonOf(error)}`);
  }
  return { bytes, isDeflated: method === deflated, size, crc32: entry.crc32 };
}

/** Why a file is no ZIP, as far as its first bytes tell. */
function damage(file: RandomAccess, cause: unknown): string {
  if (file.size === 0) return "it is empty";
  const head = new TextDecoder("latin1").decode(file.read(0, 64)).trimStart();
  if (head.startsWith("<")) return "it is a web page, perhaps that of a login";
  if (!head.startsWith("PK")) return "it does not begin as a ZIP does";
  const reason = reasonOf(cause);
  return /not found/.test(reason)
    ? "it was cut short, its directory at the end is missing; download it again"
    : reason.replace(/\.$/, "");
}
