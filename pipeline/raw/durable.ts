/**
 * A file that is either wholly there or not there at all, whatever happens: temporary name in the
 * same folder, flush, rename, flush the folder.
 */

import { Buffer } from "node:buffer";
import type { FileContent, Files } from "../effects.ts";

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
  writeAllDurably(files, [{ path, bytes }]);
}

/**
 * The same for several files: each is whole at any moment, and all are on the disk in the end. Step
 * by step for all of them, for a disk that is told to flush one name has flushed the others too.
 */
export function writeAllDurably(files: Files, contents: readonly FileContent[]): void {
  const folders = foldersFor(files, contents);
  try {
    for (const { path, bytes } of contents) files.writeSynced(temporaryOf(path), bytes);
    for (const { path } of contents) files.rename(temporaryOf(path), path);
  } catch (error) {
    removeTemporaries(files, contents);
    throw error;
  }
  for (const folder of folders) files.syncFolder(folder);
}

/** The same, the disk being told to flush all of them at a time. */
export async function writeAllDurablyAtOnce(
  files: Files,
  contents: readonly FileContent[],
): Promise<void> {
  const folders = foldersFor(files, contents);
  try {
    await files.writeAllSynced(
      contents.map(({ path, bytes }) => ({ path: temporaryOf(path), bytes })),
    );
    for (const { path } of contents) files.rename(temporaryOf(path), path);
  } catch (error) {
    removeTemporaries(files, contents);
    throw error;
  }
  await files.syncFolders(folders);
}

function foldersFor(files: Files, contents: readonly FileContent[]): Set<string> {
  const folders = new Set(contents.map(({ path }) => path.slice(0, path.lastIndexOf("/"))));
  for (const folder of folders) files.makeFolder(folder);
  return folders;
}

function removeTemporaries(files: Files, contents: readonly FileContent[]): void {
  for (const { path } of contents) sweepTemporary(files, path);
}

/** Whether a file holds those bytes already. */
export function holds(files: Files, { path, bytes }: FileContent): boolean {
  return files.size(path) === bytes.length && Buffer.compare(files.read(path), bytes) === 0;
}

/** Removes what an interrupted run left of one file, half-written; returns how many files that were. */
export function sweepTemporary(files: Files, path: string): number {
  const temporary = temporaryOf(path);
  if (files.size(temporary) === undefined) return 0;
  files.remove(temporary);
  return 1;
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
