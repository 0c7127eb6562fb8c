/** The ledger, made again from raw/ alone. */

import type { Files } from "../effects.ts";
import { type Holding, wholeRoot } from "../layout.ts";
import { DocumentError } from "../errors.ts";
import { temporaryOf } from "./durable.ts";
import { Ledger } from "./ledger.ts";
import { isBeside, type RawStore } from "./store.ts";

/** What a rebuild found. */
export interface Rebuilt {
  readonly documents: number;
  /** Documents whose manifest is missing or unreadable: they are as if they had never come. */
  readonly unreadable: readonly { path: string; reason: string }[];
}

/**
 * Writes a new ledger from the manifests beside the raw documents, in place of the old one once it
 * is complete. Parts and aggregates are not in it: the next transform builds what it cannot vouch
 * for, and writes only files that come out different. Failures are forgotten: such days are due.
 */
export function rebuildLedger(
  root: string,
  store: RawStore,
  files: Files,
  holding: Holding = wholeRoot,
): Rebuilt {
  const path = `${root}/${holding.ledger}`;
  const temporary = temporaryOf(path);
  for (const left of [temporary, `${temporary}-journal`]) {
    if (files.size(left) !== undefined) files.remove(left);
  }
  const unreadable: { path: string; reason: string }[] = [];
  let documents = 0;
  {
    using ledger = new Ledger(temporary);
    ledger.transaction(() => {
      for (const document of store.paths(holding.raw)) {
        if (isBeside(document)) continue;
        try {
          const manifest = store.manifest(document);
          if (manifest === undefined) {
            unreadable.push({ path: document, reason: "it has no manifest" });
            continue;
          }
          if (manifest.clock.kind === "unknown") continue;
          ledger.recordDocument(document, manifest);
          documents++;
        } catch (error) {
          if (!(error instanceof DocumentError)) throw error;
          unreadable.push({ path: document, reason: error.message });
        }
      }
    });
  }
  // The journal of a run that was killed belongs to the old ledger; beside the new one it would be
  // taken for its own and played back into it.
  const journal = `${path}-journal`;
  if (files.size(journal) !== undefined) {
    if (files.size(path) !== undefined) files.remove(path);
    files.remove(journal);
  }
  files.rename(temporary, path);
  files.syncFolder(path.slice(0, path.lastIndexOf("/")));
  return { documents, unreadable };
}
