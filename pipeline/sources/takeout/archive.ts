/**
 * An archive as the import sees it, whatever it lies in: named members that come one after the
 * other, each with its bytes as they are packed. `zip_archive.ts`, `tar_archive.ts` and
 * `../../import/inputs.ts` make them.
 */

import { DocumentError } from "../../errors.ts";

/** The bytes of a member as they lie in the archive; `unpack.ts` makes the file of them. */
export interface Packed {
  readonly bytes: Uint8Array;
  readonly isDeflated: boolean;
  /** What the archive's directory says the file should be; absent where it says nothing. */
  readonly size?: number;
  readonly crc32?: number;
}

/** A file inside an archive. */
export interface Member {
  /** As the archive spells it, with forward slashes; checked, so that it stays inside the root. */
  readonly path: string;
  /** The file it is, where it is a file of its own that was given by itself. */
  readonly file?: string;
  /** Unpacked; what the directory says. */
  readonly size: number;
  /** The checksum of its bytes, where the directory has it. */
  readonly crc32?: number;
  /** How much of the archive is behind us once this member is. */
  readonly packedSize: number;
  /**
   * Its bytes. Of a stream it can be asked only until the next member is. Rejects with a
   * DocumentError that says what is wrong with it: cut short, encrypted, packed in a way that is not
   * known, larger than the limit.
   */
  packed(): Promise<Packed>;
  /** Its first bytes, where they can be had without the rest. Throws a DocumentError. */
  head?(): Uint8Array;
}

/** A member that cannot be had at all, and why. */
export interface BadMember {
  readonly path: string;
  readonly reason: string;
}

/** An opened archive. */
export interface Archive {
  /** What all its parts are called in the raw store. */
  readonly name: string;
  /** The file or folder it lies in, as it was given; empty for files that were given singly. */
  readonly input: string;
  /** All members, where they can be had in any order; of a stream it is not known which there are. */
  readonly listed: readonly Member[] | undefined;
  /** Of a stream: how many bytes it has, packed. */
  readonly size: number;
  /** The members in their order, those of a stream once only. */
  members(): AsyncIterable<Member | BadMember> | Iterable<Member | BadMember>;
  close(): void;
}

/** Random access to the bytes of a file. */
export interface RandomAccess {
  readonly size: number;
  /** That many bytes from that position on; fewer where the file ends. */
  read(position: number, length: number): Uint8Array;
  close(): void;
}

/** What is said of a member that is larger than may be. */
export function tooLarge(size: number, limit: number): DocumentError {
  return new DocumentError(
    `It has ${Math.ceil(size / 2 ** 20)} MB: expected at most ${limit / 2 ** 20} MB`,
  );
}

/** No member of a family we read is larger; what claims to be is not unpacked. */
export const largestMember = 128 * 1024 * 1024;
