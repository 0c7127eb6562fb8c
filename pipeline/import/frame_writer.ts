/** Writes documents' bytes in batches, while the next ones are being looked at. */

import type { RawStore } from "../raw/store.ts";
import { releaseOwn } from "../release.ts";

/** A document as it is kept. */
export interface Frame {
  readonly path: string;
  /** In memory of its own, which is given back once the bytes are on the disk. */
  readonly frame: Uint8Array;
}

/** Frames are written together, so many or so large at most. */
const batchFrames = 64;
const batchBytes = 8e6;

/**
 * Puts frames into the raw store; what was put is on the disk after {@link FrameWriter.finish}. Dispose
 * of it in any case: then nothing is on its way to the disk any more.
 */
export class FrameWriter {
  #frames: Frame[] = [];
  #bytes = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly store: RawStore) {}

  /** Waits only for a batch before the last; rejects when that could not be written. */
  async put(frame: Frame): Promise<void> {
    this.#frames.push(frame);
    this.#bytes += frame.frame.length;
    if (this.#frames.length >= batchFrames || this.#bytes >= batchBytes) await this.#write();
  }

  /** Has all of it on the disk. */
  async finish(): Promise<void> {
    await this.#write();
    await this.#writing;
  }

  /** Waits for what is under way; whether it failed is no news to who stops for another reason. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled([this.#writing]);
  }

  async #write(): Promise<void> {
    await this.#writing;
    const frames = this.#frames;
    this.#frames = [];
    this.#bytes = 0;
    this.#writing = frames.length === 0 ? Promise.resolve() : this.#put(frames);
    // Awaited later, when it may have failed long since: not for the runtime to end the program.
    this.#writing.catch(() => {});
  }

  async #put(frames: readonly Frame[]): Promise<void> {
    await this.store.putFrames(frames);
    // Years of them would have the garbage collector hold on to tens of megabytes.
    for (const { frame } of frames) releaseOwn(frame);
  }
}
