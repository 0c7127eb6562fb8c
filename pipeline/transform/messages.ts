/** What the transform stage and its workers say to each other: two ends of one program. */

import type { SourceName } from "../sources/source.ts";
import type { Choice } from "./choices.ts";
import type { PartPlan } from "./plan.ts";

/** A batch of parts for a worker. */
export interface Work {
  readonly root: string;
  /** Of the documents of all parts. */
  readonly sources: ReadonlySet<SourceName>;
  readonly parts: readonly PartPlan[];
}

/** One series that could have supplied rows, or did. */
interface SeriesShare {
  readonly series: string;
  readonly rows: number;
  readonly minutes: number;
  /** Days for which its rows were taken. */
  readonly days: number;
}

/** Rows of one document that were left out because another row has their key. */
interface LeftOutOfDocument {
  readonly path: string;
  /** They say the same as the row that was kept. */
  readonly duplicates: number;
  /** They say something else. */
  readonly conflicts: number;
}

/** What was noticed while a part was built. */
export interface PartReport {
  readonly shares: readonly SeriesShare[];
  /** Of a part that several series could have supplied. */
  readonly choices: readonly Choice[];
  readonly put_aside: readonly { readonly path: string; readonly reason: string }[];
  readonly unknown: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  readonly duplicates: number;
  readonly conflicts: number;
  readonly left_out: readonly LeftOutOfDocument[];
}

/** A file that is to hold those bytes, or (undefined) not to be there. */
export interface FileChange {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
}

/** A part as it was built. */
export interface BuiltPart {
  readonly table: string;
  readonly participant: string;
  readonly partition: string;
  readonly digest: string;
  readonly csv: boolean;
  readonly rows: number;
  readonly firstTime: number | null;
  readonly lastTime: number | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly series: string;
  readonly report: PartReport;
  /** Files that came out different from what is on the disk. */
  readonly changes: readonly FileChange[];
}

/** What has been built of a batch, in order; a batch with many bytes is answered in several pieces. */
export interface Built {
  readonly parts: readonly BuiltPart[];
  /** What ended the batch early. */
  readonly error: string | undefined;
  readonly isLast: boolean;
}
