/**
 * One zstd context, used again and again, that reads and writes where it is told to. The functions of
 * `node:zlib` make a stream, a context and a buffer for every call: for a small page that takes ten
 * times as long as its compression, for a large document twice as long as its decompression.
 *
 * What streams the runtime's zlib has behind its functions is known, what is behind the streams is
 * not promised: whoever uses this goes on without where it is not found as expected.
 */

import type { ZstdCompress, ZstdDecompress } from "node:zlib";

type Step = (
  flush: number,
  from: Uint8Array,
  fromAt: number,
  fromLength: number,
  to: Uint8Array,
  toAt: number,
  toLength: number,
) => unknown;

/** ZSTD_e_end: what is given is all there is. */
const all = 2;

export class ZstdCodec {
  readonly #handle: object;
  readonly #reset: () => unknown;
  readonly #step: Step;
  /** Bytes of room and of input that the last step left. */
  readonly #left: Uint32Array;

  private constructor(handle: object, reset: () => unknown, step: Step, left: Uint32Array) {
    this.#handle = handle;
    this.#reset = reset;
    this.#step = step;
    this.#left = left;
  }

  /** The codec behind a stream; undefined where the runtime keeps it in another way. */
  static of(stream: ZstdCompress | ZstdDecompress): ZstdCodec | undefined {
    const handle: unknown = Reflect.get(stream, "_handle");
    const left: unknown = Reflect.get(stream, "_writeState");
    if (typeof handle !== "object" || handle === null || !(left instanceof Uint32Array)) return;
    const reset: unknown = Reflect.get(handle, "reset");
    const step: unknown = Reflect.get(handle, "writeSync");
    if (!isFunction(reset) || !isFunction(step) || left.length !== 2) return;
    return new ZstdCodec(handle, reset, step, left);
  }

  /**
   * Makes one frame, or one content, of all of `from`; returns how many bytes of `to` it takes, or
   * undefined when it has no room there. Throws when `from` is no whole, sound frame.
   */
  run(from: Uint8Array, to: Uint8Array): number | undefined {
    this.#reset.call(this.#handle);
    this.#step.call(this.#handle, all, from, 0, from.length, to, 0, to.length);
    const [room = 0, rest = 0] = this.#left;
    return room === 0 || rest > 0 ? undefined : to.length - room;
  }
}

function isFunction(value: unknown): value is (...values: unknown[]) => unknown {
  return typeof value === "function";
}
