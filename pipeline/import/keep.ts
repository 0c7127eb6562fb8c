/** Putting saved answers into the raw store. */

import type { Clock } from "../effects.ts";
import { DocumentError } from "../errors.ts";
import { type Manifest, manifestSchema } from "../raw/manifest.ts";
import type { RawStore } from "../raw/store.ts";
import { fullest } from "./contest.ts";
import type { Recorded } from "./documents.ts";
import type { ImportOutcome } from "./report.ts";

/** What keeping needs. */
export interface KeepEffects {
  readonly store: RawStore;
  readonly clock: Clock;
  /** Told of every current document, also of one that was there already, so that it can be noted. */
  readonly onDocuments: (documents: readonly Recorded[]) => void;
}

/** A document that is to be kept. */
export interface Keeping {
  readonly path: string;
  /** The manifest but for when it came in. */
  readonly manifest: Omit<Manifest, "format" | "received_at" | "asked_at" | "synced_to">;
  /** The document's bytes, asked for only when they have to be written. */
  read(): Promise<Uint8Array>;
  /** How many samples a document of this kind holds, to tell which of two says more. */
  count(document: Uint8Array): number;
}

/** What came of it. */
export interface Kept {
  readonly outcome: ImportOutcome;
  readonly reason?: string;
}

/**
 * Keeps a document.
 *
 * - The same bytes again: nothing is written, unless the clock is now known differently.
 * - Other bytes under the same path (a day saved twice): the fuller document is the current one,
 *   whatever order they came in, and the other is kept beside it.
 */
export async function keep(
  { path, manifest, read, count }: Keeping,
  { store, clock, onDocuments }: KeepEffects,
): Promise<Kept> {
  const onDocument = (path: string, manifest: Manifest) => onDocuments([{ path, manifest }]);
  const current = store.manifest(path);
  if (current !== undefined && current.sha256 === manifest.sha256) {
    const { clock, first_day, last_day } = manifest;
    const followed = manifestSchema.parse({ ...current, clock, first_day, last_day });
    const isSame = JSON.stringify(followed) === JSON.stringify(current);
    if (!isSame) store.put(path, await read(), followed);
    onDocument(path, followed);
    return isSame
      ? { outcome: "unchanged" }
      : { outcome: "taken", reason: "was there already; its clock is known differently now" };
  }
  const now = new Date(clock.now()).toISOString();
  const complete = manifestSchema.parse({
    ...manifest,
    format: 1,
    received_at: now,
    asked_at: now,
    synced_to: null,
  });
  const document = await read();
  if (current === undefined) {
    store.put(path, document, complete);
    onDocument(path, complete);
    return { outcome: "taken" };
  }
  if (isFuller(current, countOfCurrent(store, path, count), complete, count(document))) {
    store.put(path, document, complete, { yieldToCurrent: true });
    onDocument(path, current);
    return { outcome: "kept beside" };
  }
  store.put(path, document, complete);
  onDocument(path, complete);
  return { outcome: "taken", reason: "holds more than the one before, which is kept beside it" };
}

/** Whether the document that is there holds more than another one. */
function isFuller(
  current: Manifest,
  samples: number,
  other: Manifest,
  itsSamples: number,
): boolean {
  const there = { ...current, samples };
  return fullest([there, { ...other, samples: itsSamples }]) === there;
}

/** Samples of the document that is there; none when it cannot be read any more. */
function countOfCurrent(
  store: RawStore,
  path: string,
  count: (document: Uint8Array) => number,
): number {
  try {
    return count(store.document(path));
  } catch (error) {
    if (error instanceof DocumentError || error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
