/** Data roots to measure on: raw store and ledger as a fetch or an import would have left them. */

import { createHash } from "node:crypto";
import { addDays, type Day, daysBetween } from "../pipeline/day.ts";
import { diskFiles, type Files } from "../pipeline/effects.ts";
import { ledgerFile } from "../pipeline/layout.ts";
import { Ledger } from "../pipeline/raw/ledger.ts";
import { RawStore } from "../pipeline/raw/store.ts";
import { outputOf } from "./programs.ts";
import type { MadeUp } from "./shapes.ts";

/** The disk without waiting for it: what is made here is not measured. */
export const unsyncedFiles: Files = {
  ...diskFiles,
  writeSynced: (path, bytes) => Deno.writeFileSync(path, bytes),
  syncFolder() {},
  syncFolders: () => Promise.resolve(),
};

/**
 * Waits until the disk has what was written without waiting for it, by us beforehand or by DuckDB in
 * its turn. Else whoever waits for the disk next (we do, DuckDB does not) waits for that too.
 */
export async function diskAtRest(): Promise<void> {
  if (Deno.build.os !== "windows") await outputOf(["sync"]);
}

/** What lies in a data root. */
export interface Made {
  readonly samples: number;
  /** As received. */
  readonly documentBytes: number;
  /** In the raw store, manifests included. */
  readonly rawBytes: number;
}

/** The days that are made: so many from this one on. */
export const firstDay: Day = "2016-01-01";

/** Keeps the documents of so many days in a new data root. */
export function makeDataRoot(root: string, days: number, make: (day: Day) => MadeUp[]): Made {
  Deno.mkdirSync(root, { recursive: true });
  const store = new RawStore(root, unsyncedFiles);
  using ledger = new Ledger(`${root}/${ledgerFile}`);
  let samples = 0;
  let documentBytes = 0;
  ledger.transaction(() => {
    for (const day of daysBetween(firstDay, addDays(firstDay, days - 1))) {
      for (const made of make(day)) {
        const { path, document } = made;
        const sha256 = createHash("sha256").update(document).digest("hex");
        const manifest = { ...made.manifest, sha256, bytes: document.length };
        store.put(path, document, manifest);
        ledger.recordDocument(path, manifest);
        samples += made.samples;
        documentBytes += document.length;
      }
    }
  });
  return { samples, documentBytes, rawBytes: bytesBelow(`${root}/raw`) };
}

/** The size of all files below a folder. */
export function bytesBelow(folder: string): number {
  return diskFiles.list(folder).reduce((sum, { name, isFolder }) => {
    const path = `${folder}/${name}`;
    return sum + (isFolder ? bytesBelow(path) : diskFiles.size(path) ?? 0);
  }, 0);
}

let aside = 0;

/**
 * Takes a folder out of the way until the end: a file system that has just given many files up (ext4,
 * for minutes) is slow to make new ones, which nobody's first run meets.
 */
export function putAside(path: string): void {
  try {
    Deno.renameSync(path, `${path}-aside-${++aside}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
