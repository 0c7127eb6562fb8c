/**
 * A file that is either wholly there or not there at all, whatever happens: temporary name in the
 * same folder, flush, rename, flush the folder.
 */

import type { Files } from "../effects.ts";

const temporaryPattern = /\.tmp-[0-9]+$/;

/** Writes the file so that a crash at any moment leaves the old one or the new one, whole. */
export function writeDurably(files: Files, path: string, bytes: Uint8Array): void {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const temporary = `${path}.tmp-${Deno.pid}`;
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
