/**
 * A file that is either wholly there or not there at all, whatever happens: temporary name in the
 * same folder, flush, rename, flush the folder.
 */

import type { Files } from "../effects.ts";

/** Also the journal of a ledger under way. */
const temporaryPattern = /\.tmp-everysecond(-journal)?$/;

/**
 * Where a file is written before it takes its name. Always the same place, since a held data root has
 * one writer a file: what a failed attempt could not take away the next one writes over.
 */
export function temporaryOf(path: string): string {
  return `${path}.tmp-everysecond`;
}

/** Writes the file so that a crash at any moment leaves the old one or the new one, whole. */
export function writeDurably(files: Files, path: string, bytes: Uint8Array): void {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const temporary = temporaryOf(path);
  files.makeFolder(folder);
  try {
    files.writeSynced(temporary, bytes);
    files.rename(temporary, path);
  } catch (error) {
    if (files.size(temporary) !== undefined) files.remove(temporary);
    throw error;
  }
  files.syncFolder(folder);
}

/** Removes what an interrupted run left half-written below a folder; returns how many files. */
export function sweepTemporaries(files: Files, folder: string): number {
  let removed = 0;
  for (const entry of files.list(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isFolder) removed += sweepTemporaries(files, path);
    else if (temporaryPattern.test(entry.name)) {
      files.remove(path);
      removed++;
    }
  }
  return removed;
}
