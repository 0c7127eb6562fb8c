/** Compression of raw documents: one standard zstd frame, with its content's size and checksum. */

import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/**
 * How much is decompressed at a time. A buffer for all of a large document at once costs more than
 * the work itself, in memory pages touched for the first time; small ones cost in calls.
 */
const chunkSize = 256 * 1024;

/**
 * The bytes as one zstd frame that `zstd -d` and any library restore; the same bytes always give the
 * same frame.
 */
export function compress(bytes: Uint8Array): Uint8Array {
  // In a variable of its own, since the type of the options does not know of the size yet, without
  // which some readers (Python's zstandard) do not know how much to make room for.
  const options = {
    params: { [constants.ZSTD_c_checksumFlag]: 1 },
    pledgedSrcSize: bytes.length,
  };
  const compressed = zstdCompressSync(bytes, options);
  // When the frame happens to fill the runtime's buffer, an empty frame follows it.
  return compressed.subarray(0, frameEnd(compressed));
}

/**
 * The bytes that were compressed. Throws when they are not one whole zstd frame, or when the content
 * does not agree with the frame's checksum.
 */
export function decompress(compressed: Uint8Array): Uint8Array {
  // The runtime gives what there is of a cut frame without a word, so its end is looked for first.
  const end = frameEnd(compressed);
  if (end !== compressed.length) {
    throw new RangeError(
      `Expected a zstd frame of ${end} bytes, found ${compressed.length}: it is cut or has a tail`,
    );
  }
  return zstdDecompressSync(compressed, { chunkSize });
}

const magic = 0xfd2fb528;
const blockHeaderBytes = 3;
const checksumBytes = 4;
const runLengthBlock = 1;

/** Where the frame at the beginning ends, by its headers (RFC 8878, 3.1.1). */
function frameEnd(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 6 || view.getUint32(0, true) !== magic) {
    throw new TypeError("Expected a zstd frame, found something else");
  }
  const descriptor = view.getUint8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const hasChecksum = (descriptor & 0x04) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 0x03] ?? 0;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  let at = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
  for (let isLast = false; !isLast;) {
    if (at + blockHeaderBytes > bytes.length) {
      throw new RangeError(`The zstd frame is cut: its ${bytes.length} bytes end within a block`);
    }
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    isLast = (header & 1) !== 0;
    const isRunLength = ((header >> 1) & 3) === runLengthBlock;
    at += blockHeaderBytes + (isRunLength ? 1 : header >> 3);
  }
  return at + (hasChecksum ? checksumBytes : 0);
}
