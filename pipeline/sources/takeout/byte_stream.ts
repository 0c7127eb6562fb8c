/** Bytes that come in chunks, taken and skipped in other lengths than they come in. */

import { DocumentError } from "../../errors.ts";
import { counted } from "../../terminal/counted.ts";

export class ByteStream {
  readonly #chunks: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;
  #position = 0;

  constructor(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#chunks = Symbol.asyncIterator in chunks
      ? chunks[Symbol.asyncIterator]()
      : chunks[Symbol.iterator]();
  }

  /** How many bytes were taken or skipped so far. */
  get position(): number {
    return this.#position;
  }

  /** The next so many bytes, fewer where they end. */
  async upTo(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const part = await this.#next(length - filled);
      if (part === undefined) return bytes.subarray(0, filled);
      bytes.set(part, filled);
      filled += part.length;
    }
    return bytes;
  }

  /** The next so many bytes; rejects with a DocumentError where they end before. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = await this.upTo(length);
    if (bytes.length === length) return bytes;
    throw new DocumentError(`It ends after ${bytes.length} of ${length} bytes`);
  }

  /** Goes on to a position; rejects with a DocumentError where the bytes end before it. */
  async skipTo(position: number): Promise<void> {
    while (this.#position < position) {
      if (await this.#next(position - this.#position) === undefined) {
        throw new DocumentError(`It ends ${counted(position - this.#position, "byte")} too early`);
      }
    }
  }

  /** Lets go of where the bytes come from. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  /** At most so many of the bytes that are there; undefined at the end. */
  async #next(most: number): Promise<Uint8Array | undefined> {
    while (this.#at >= this.#chunk.length) {
      const { done, value } = await this.#chunks.next();
      if (done === true) return undefined;
      this.#chunk = value;
      this.#at = 0;
    }
    const part = this.#chunk.subarray(this.#at, this.#at + most);
    this.#at += part.length;
    this.#position += part.length;
    return part;
  }
}
