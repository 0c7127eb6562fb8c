/** How far an import is, by the bytes of the members that are read. */

import type { Talk } from "../effects.ts";
import type { Archive, Member } from "../sources/takeout/archive.ts";

/** How much larger than its archive the content of a stream is taken to be. */
const usualPacking = 12;

/** Tells of the bytes that are done, out of all that the archives have for us. */
export class IntakeProgress {
  /** About what there is to unpack. */
  readonly unpackedBytes: number;
  readonly #totalBytes: number;
  #doneBytes = 0;

  /** @param isRead Whether a member is one that is read; those of a stream all count. */
  constructor(
    archives: readonly Archive[],
    private readonly isRead: (member: Member) => boolean,
    private readonly talk: Talk,
  ) {
    let packed = 0;
    let unpacked = 0;
    for (const { listed, size } of archives) {
      if (listed === undefined) {
        packed += size;
        unpacked += size * usualPacking;
        continue;
      }
      for (const member of listed) {
        if (!isRead(member)) continue;
        packed += member.packedSize;
        unpacked += member.size;
      }
    }
    this.#totalBytes = packed;
    this.unpackedBytes = unpacked;
  }

  done({ listed }: Archive, member: Member): void {
    if (listed !== undefined && !this.isRead(member)) return;
    this.#doneBytes += member.packedSize;
    this.#tell(this.#doneBytes);
  }

  finish(): void {
    this.#tell(this.#totalBytes);
  }

  #tell(done: number): void {
    const [unit, bytes] = this.#totalBytes < 10e6 ? ["kB", 1e3] as const : ["MB", 1e6] as const;
    const [now, total] = [done, this.#totalBytes].map((size) => Math.ceil(size / bytes));
    this.talk.progress({ what: "Importing", done: now ?? 0, total: total ?? 0, unit });
  }
}
