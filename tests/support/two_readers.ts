/** Holds the fast reader of a document against the careful one. */

import assert from "node:assert/strict";
import { DocumentError } from "../../pipeline/errors.ts";
import type { Manifest } from "../../pipeline/raw/manifest.ts";
import type { Flattened } from "../../pipeline/sources/source.ts";

/** A document's two readers. */
export interface TwoReaders {
  scan(document: Uint8Array, manifest: Manifest): Flattened | undefined;
  read(document: Uint8Array, manifest: Manifest): Flattened;
}

/** How a document went. */
export type Outcome = "scanned" | "refused by both" | "left to the careful reader";

/**
 * Throws unless the fast reader either leaves the document to the careful one, or gives exactly what
 * that gives: the same rows, unknown fields, notes and recorders, or the same error.
 */
export function agree(readers: TwoReaders, document: Uint8Array, manifest: Manifest): Outcome {
  const scanned = outcomeOf(() => readers.scan(document, manifest));
  if (scanned === undefined) return "left to the careful reader";
  const read = outcomeOf(() => readers.read(document, manifest));
  assert.deepEqual(scanned, read);
  return typeof scanned === "string" ? "refused by both" : "scanned";
}

function outcomeOf(read: () => Flattened | undefined): unknown {
  let flattened: Flattened | undefined;
  try {
    flattened = read();
  } catch (error) {
    // Anything but a DocumentError is a bug of the reader.
    if (error instanceof DocumentError) return error.message;
    throw error;
  }
  if (flattened === undefined) return undefined;
  const unknown = Array.from(flattened.unknown).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...flattened, unknown };
}
