/** From a member's packed bytes to the file: unpacked, and held against what the directory says. */

import { crc32, inflateRawSync } from "node:zlib";
import { DocumentError, reasonOf } from "../../errors.ts";
import { largestMember, type Member, type Packed } from "./archive.ts";

/**
 * The file, byte for byte. Throws a DocumentError when the bytes cannot be unpacked or are not those
 * that the directory tells of. Never makes more than the directory's size of them.
 */
export function unpack({ bytes, isDeflated, size, crc32: sum }: Packed): Uint8Array {
  const file = isDeflated ? inflated(bytes, size ?? largestMember) : bytes;
  if (size !== undefined && file.length !== size) {
    throw new DocumentError(
      `It unpacks to ${file.length} bytes: the archive's directory says ${size}`,
    );
  }
  if (sum !== undefined && crc32(file) !== sum) {
    throw new DocumentError(
      "It is damaged: its checksum is not the one in the archive's directory",
    );
  }
  return file;
}

/** Smaller ones than this are refused. */
const leastChunk = 64;

function inflated(bytes: Uint8Array, size: number): Uint8Array {
  try {
    // Room for all of it at once: pieces would have to be put together.
    const chunkSize = Math.max(leastChunk, size + 1);
    const { buffer, byteOffset, length } = inflateRawSync(bytes, {
      maxOutputLength: size + 1,
      chunkSize,
    });
    // A Buffer's slice() is no copy, and what was learnt from a file is kept when the file is gone.
    return new Uint8Array(buffer, byteOffset, length);
  } catch (error) {
    throw new DocumentError(`It cannot be unpacked: ${reasonOf(error)}`);
  }
}

/** A member's file, byte for byte; rejects with a DocumentError that says what is wrong with it. */
export async function readMember(member: Pick<Member, "packed">): Promise<Uint8Array> {
  return unpack(await member.packed());
}
