/**
 * An archive as the import sees it, whatever it lies in: named members that can be read one at a
 * time. `zip_archive.ts` and `../../import/folder_archive.ts` make them.
 */

/** A file inside an archive. */
export interface Member {
  /** As the archive spells it, with forward slashes; checked, so that it stays inside the root. */
  readonly path: string;
  /** The file it is, where it is a file of its own that was given by itself. */
  readonly file?: string;
  /**
   * The whole member, byte for byte. Rejects with a DocumentError that says what is wrong with it:
   * wrong checksum, cut short, encrypted, packed in a way that is not known, larger than the limit.
   */
  read(): Promise<Uint8Array>;
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
  readonly members: readonly Member[];
  readonly bad: readonly BadMember[];
  close(): void;
}

/** Random access to the bytes of a file. */
export interface RandomAccess {
  readonly size: number;
  /** That many bytes from that position on; fewer where the file ends. */
  read(position: number, length: number): Uint8Array;
  close(): void;
}

/** No member of a family we read is larger; what claims to be is not unpacked. */
export const largestMember = 256 * 1024 * 1024;
