/**
 * Memory given back now, instead of when the garbage collector comes round to it: what a run over many
 * large documents takes is then what one of them takes, and the next one finds memory that is warm.
 */

import { type Columns, isShared } from "./columns.ts";

/** Smaller buffers may be parts of one that is shared. */
const leastOwned = 2 ** 17;

/** Gives back the memory of a document; the bytes, and all views of them, are empty afterwards. */
export function release(document: Uint8Array): void {
  if (document.buffer.byteLength >= leastOwned) releaseOwn(document);
}

/** The same for an array that has its memory to itself, however small it is. */
export function releaseOwn({ buffer }: { readonly buffer: ArrayBufferLike }): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
}

/** The same for columns that nobody looks at any more. */
export function releaseColumns({ columns }: Columns): void {
  for (const column of Object.values(columns)) {
    const values = column.type === "string" ? column.codes : column.values;
    if (!isShared(values)) releaseOwn(values);
    if (column.valid !== undefined) releaseOwn(column.valid);
  }
}
