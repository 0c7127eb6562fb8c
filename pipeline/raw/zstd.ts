/** Compression of raw documents: one standard zstd frame, with its content's size and checksum. */

import { constants, createZstdDecompress, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { ZstdCodec } from "./zstd_codec.ts";

/** How much is decompressed at a time where the frame does not say how large its content is. */
const chunkBytes = 256 * 1024;

/** A frame that says more of its content is not believed: no room is made for it beforehand. */
const mostAtOnce = 2 ** 29;

/**
 * The bytes as one zstd frame that `zstd -d` and any library restore; the same bytes always give the
 * same frame.
 */
export function compress(bytes: Uint8Array): Uint8Array {
  // In a variable of its own, since the type of the options does not know of the size yet, without
  // which some readers (Python's zstandard) do not know how much to make room for.
  const options = {
    params: {
      // On records like these smaller and faster than the usual level, 3, both ways: it finds the
      // longer matches.
      [constants.ZSTD_c_compressionLevel]: 2,
      [constants.ZSTD_c_checksumFlag]: 1,
    },
    pledgedSrcSize: bytes.length,
  };
  return firstFrame(zstdCompressSync(bytes, options));
}

/** What the runtime's zstd gave, without the empty frame that follows one that fills its buffer. */
export function firstFrame(compressed: Uint8Array): Uint8Array {
  return compressed.subarray(0, frameOf(compressed).end);
}

/** Gives memory to put so many bytes in, or undefined when it has none. */
export type RoomFor = (bytes: number) => Uint8Array | undefined;

/**
 * The bytes that were compressed. Throws when they are not one whole zstd frame, or when the content
 * does not agree with the frame's checksum.
 */
export function decompress(compressed: Uint8Array): Uint8Array {
  return decompressTo(() => undefined, compressed);
}

/**
 * The same, in memory that is given for it; in memory of their own where there is none, and where
 * neither the frame nor `expectedBytes` says how many there are.
 */
export function decompressTo(
  roomFor: RoomFor,
  compressed: Uint8Array,
  expectedBytes?: number,
): Uint8Array {
  // The runtime gives what there is of a cut frame without a word, so its end is looked for first.
  const { end, contentBytes = expectedBytes } = frameOf(compressed);
  if (end !== compressed.length) {
    throw new RangeError(
      `Expected a zstd frame of ${end} bytes, found ${compressed.length}: it is cut or has a tail`,
    );
  }
  if (contentBytes === undefined || contentBytes > mostAtOnce) {
    return zstdDecompressSync(compressed, { chunkSize: chunkBytes });
  }
  // One byte more than needed: a codec that has filled its room may have more to give.
  const room = roomFor(contentBytes + 1);
  const length = room && decompressInto(room, compressed);
  if (room !== undefined && length === contentBytes) return room.subarray(0, length);
  return zstdDecompressSync(compressed, { chunkSize: bufferSize(contentBytes) });
}

/** Made when it is needed first, and again after it has met a frame that is not sound. */
let decompressor: ZstdCodec | undefined;

/** How many bytes the content is; undefined when it cannot be told in this way. */
function decompressInto(room: Uint8Array, compressed: Uint8Array): number | undefined {
  decompressor ??= ZstdCodec.of(createZstdDecompress());
  try {
    return decompressor?.run(compressed, room);
  } catch {
    // The slower way says what is wrong.
    decompressor = undefined;
    return undefined;
  }
}

/**
 * The size of a buffer for all of a content, which saves putting pieces together. Larger than the
 * content, for the runtime takes a full buffer for one that was too small; and one of a few sizes,
 * so that what one document has released fits the next.
 */
function bufferSize(contentBytes: number): number {
  const step = Math.max(64, 2 ** (Math.floor(Math.log2(contentBytes + 1)) - 3));
  return (Math.floor(contentBytes / step) + 1) * step;
}

const magic = 0xfd2fb528;
const blockHeaderBytes = 3;
const checksumBytes = 4;
const runLengthBlock = 1;

interface Frame {
  /** Where it ends. */
  readonly end: number;
  /** The size of its content; undefined when it does not say. */
  readonly contentBytes: number | undefined;
}

/** The frame at the beginning, by its headers (RFC 8878, 3.1.1). */
function frameOf(bytes: Uint8Array): Frame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 6 || view.getUint32(0, true) !== magic) {
    throw new TypeError("Expected a zstd frame, found something else");
  }
  const descriptor = view.getUint8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const hasChecksum = (descriptor & 0x04) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 0x03] ?? 0;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const sizeAt = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes;
  let at = sizeAt + sizeBytes;
  for (let isLast = false; !isLast;) {
    if (at + blockHeaderBytes > bytes.length) {
      throw new RangeError(`The zstd frame is cut: its ${bytes.length} bytes end within a block`);
    }
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    isLast = (header & 1) !== 0;
    const isRunLength = ((header >> 1) & 3) === runLengthBlock;
    at += blockHeaderBytes + (isRunLength ? 1 : header >> 3);
  }
  return {
    end: at + (hasChecksum ? checksumBytes : 0),
    contentBytes: contentSize(view, sizeAt, sizeBytes),
  };
}

function contentSize(view: DataView, at: number, bytes: number): number | undefined {
  switch (bytes) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    case 8:
      return Number(view.getBigUint64(at, true));
    default:
      return undefined;
  }
}
