/** Compression of raw documents. */

import { zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** The bytes as one zstd stream that `zstd -d` restores. */
export function compress(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes);
}

/** The bytes that were compressed; throws when the stream is cut or damaged. */
export function decompress(compressed: Uint8Array): Uint8Array {
  return zstdDecompressSync(compressed);
}
