/** Pages as zstd frames. */

import { constants, createZstdCompress, zstdCompressSync } from "node:zlib";
import { firstFrame } from "../../raw/zstd.ts";
import { ZstdCodec } from "../../raw/zstd_codec.ts";

/** The next levels save nothing on heart rate, 2 % on the rest, and take 3 % of the whole stage. */
const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Larger pages are rare, and their memory is better given back. */
const mostKept = 2 ** 20;

/** Memory that is used again; zstd never needs more than this for a page. */
let room = new Uint8Array();

let codec: ZstdCodec | undefined;

/** The page as a frame, which may lie where the next one will; the same bytes always give the same one. */
export function compressPage(page: Uint8Array): Uint8Array {
  if (page.length > mostKept) return firstFrame(zstdCompressSync(page, options));
  if (room.length === 0) room = new Uint8Array(mostKept + mostKept / 128);
  codec ??= ZstdCodec.of(createZstdCompress(options));
  const length = codec?.run(page, room);
  if (length === undefined) return firstFrame(zstdCompressSync(page, options));
  return room.subarray(0, length);
}
