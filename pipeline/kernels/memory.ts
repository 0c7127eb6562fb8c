/**
 * The memory that the kernels work in: what they are to read is copied in, what they made is copied
 * out. One piece of work has it at a time.
 */

import { firstFree, memory } from "./kernels.wasm";

const pageBytes = 65_536;

/** Zeros after a document, by which the kernels know its end. */
const paddingBytes = 64;

/** As much as any piece of work takes beside a document. */
const besideDocument = 2 ** 24;

/** Larger documents get memory of their own, which can be given back. */
const mostInPlace = 2 ** 26;

/** Where pieces of work begin: after the document that is here, if there is one. */
let workAt = firstFree();

/** Room for a document that is to be read where the kernels can see it; undefined for a huge one. */
export function roomForDocument(bytes: number): Uint8Array | undefined {
  if (bytes > mostInPlace) return undefined;
  const at = firstFree();
  workAt = aligned(at + bytes + paddingBytes);
  growTo(workAt + besideDocument);
  return bytesAt(at, bytes);
}

/** Whether the document is here; then it is given up. */
export function giveUpDocument(document: Uint8Array): boolean {
  const isHere = document.buffer === memory.buffer;
  if (isHere) workAt = firstFree();
  return isHere;
}

function aligned(address: number): number {
  return Math.ceil(address / 16) * 16;
}

function growTo(bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
}

/** A piece of work: from when it begins until the next one does, the memory is its own. */
export class Workspace {
  static #current: Workspace | undefined;
  #end = workAt;

  constructor() {
    Workspace.#current = this;
  }

  /** Whether the memory still holds what this piece of work put there. */
  get isCurrent(): boolean {
    return Workspace.#current === this;
  }

  /**
   * The address of so many bytes that nothing else uses; what is in them is left over from others.
   * Throws a RangeError when they are more than there may be beside a document: the memory cannot grow
   * while somebody reads a document in it.
   */
  room(bytes: number): number {
    const at = this.#end;
    const end = aligned(at + bytes);
    if (workAt > firstFree() && end > workAt + besideDocument) {
      throw new RangeError(`Cannot make room for ${bytes} bytes beside a document`);
    }
    growTo(end);
    this.#end = end;
    return at;
  }

  /** The address of a copy of the numbers. */
  hold({ buffer, byteOffset, byteLength }: Float64Array | Int32Array | Uint8Array): number {
    const at = this.room(byteLength);
    bytesAt(at, byteLength).set(new Uint8Array(buffer, byteOffset, byteLength));
    return at;
  }

  /** The address of the document, copied when it is not here, with zeros after it. */
  holdDocument(document: Uint8Array): number {
    const { buffer, byteOffset, length } = document;
    let at = byteOffset;
    if (buffer !== memory.buffer) {
      at = this.room(length + paddingBytes);
      bytesAt(at, length).set(document);
    }
    bytesAt(at + length, paddingBytes).fill(0);
    return at;
  }

  /** Gives back what was given from that address on. */
  releaseFrom(at: number): void {
    this.#end = at;
  }
}

/** So many of the memory's bytes, until it grows next. */
export function bytesAt(at: number, length: number): Uint8Array {
  return new Uint8Array(memory.buffer, at, length);
}

/** So many numbers. */
export function float64At(at: number, length: number): Float64Array {
  return new Float64Array(memory.buffer, at, length);
}

/** So many numbers. */
export function int32At(at: number, length: number): Int32Array {
  return new Int32Array(memory.buffer, at, length);
}
