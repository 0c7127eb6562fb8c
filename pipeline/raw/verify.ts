/**
 * Whether everything on the disk is what it was: every raw document hashed again and held against
 * its manifest and the ledger, every part hashed and its rows counted again.
 */

import { createHash } from "node:crypto";
import type { Files, Talk } from "../effects.ts";
import { diskError, DocumentError } from "../errors.ts";
import { type Holding, partFile } from "../layout.ts";
import { tableNamed } from "../catalog.ts";
import type { Column } from "../columns.ts";
import { readColumns } from "../read_columns.ts";
import { counted } from "../terminal/counted.ts";
import type { Ledger, PartRow } from "./ledger.ts";
import type { Manifest } from "./manifest.ts";
import { isBeside, type RawStore } from "./store.ts";
import { release } from "../release.ts";
import { stopWhenTold } from "../turn_of_events.ts";

/** One thing that is not as it should be. */
export interface Difference {
  readonly path: string;
  readonly what: string;
  /** What puts it right. */
  readonly cure: string;
}

export interface Verified {
  readonly format: 1;
  readonly documents: number;
  readonly parts: number;
  readonly rows: number;
  readonly differences: readonly Difference[];
}

export interface VerifyEffects {
  readonly root: string;
  readonly holding: Holding;
  readonly files: Files;
  readonly store: RawStore;
  readonly ledger: Ledger;
  readonly talk: Talk;
  readonly signal: AbortSignal;
  /** Only raw documents, when the ledger has just been made again and knows no parts. */
  readonly documentsOnly: boolean;
}

/** So many files are looked at before Ctrl-C is let in. */
const filesBetween = 16;

const rebuildLedger = "deno task verify --rebuild";
const askAgain = `${rebuildLedger}, then fetch or import it again`;
const readAgain = "mend the cause, then deno task verify";
const transformAgain = "deno task transform";
const elseDelete = "; if it is named again, delete it";

/** Goes through the whole data root; throws the signal's reason when stopped. */
export async function verifyDataRoot(effects: VerifyEffects): Promise<Verified> {
  const { root, holding, files, store, ledger, talk, signal } = effects;
  const differences: Difference[] = [];
  const paths = Array.from(store.paths(holding.raw));
  const inLedger = new Map(ledger.documents().map((row) => [row.path, row]));
  const parts = effects.documentsOnly ? [] : ledger.parts().filter((part) => part.rows > 0);
  const total = paths.length + parts.length;
  let done = 0;

  for (const path of paths) {
    if (done % filesBetween === 0) await stopWhenTold(signal);
    const row = inLedger.get(path);
    inLedger.delete(path);
    const found = checkDocument(store, path);
    if ("what" in found) {
      differences.push({ path, ...found });
    } else if (isBeside(path)) {
      // An earlier answer: kept, but the ledger only knows the current one.
    } else if (found.clock.kind === "unknown") {
      // Kept until another import tells its clock.
    } else if (row === undefined) {
      differences.push({ path, what: "the ledger does not know it", cure: rebuildLedger });
    } else if (row.sha256 !== found.sha256) {
      differences.push({ path, what: "the ledger has another hash for it", cure: rebuildLedger });
    }
    talk.progress({ what: "Verifying", done: ++done, total, unit: "files" });
  }
  for (const path of inLedger.keys()) {
    differences.push({ path, what: "the ledger knows it, but the file is gone", cure: askAgain });
  }

  let rows = 0;
  for (const part of parts) {
    if (done % filesBetween === 0) await stopWhenTold(signal);
    const path = partFile(part.table_name, part.participant, part.partition);
    if (files.size(`${root}/${path}`) === undefined) {
      const what = "the ledger knows it, but the file is gone";
      differences.push({ path, what, cure: transformAgain });
    } else {
      const what = await checkPart(files, `${root}/${path}`, part);
      const cure = `delete it, then ${transformAgain}`;
      if (what !== undefined) differences.push({ path, what, cure });
    }
    rows += part.rows;
    talk.progress({ what: "Verifying", done: ++done, total, unit: "files" });
  }
  const expected = new Set(
    parts.map((part) => partFile(part.table_name, part.participant, part.partition)),
  );
  const { participant } = holding;
  const isOwn = (path: string) =>
    participant === undefined || path.includes(`/participant=${participant}/`);
  for (const path of effects.documentsOnly ? [] : filesBelow(files, root, "tables")) {
    if (isOwn(path) && !expected.has(path)) {
      const cure = `${transformAgain}${elseDelete}`;
      differences.push({ path, what: "nothing in the ledger built it", cure });
    }
  }
  return { format: 1, documents: paths.length, parts: parts.length, rows, differences };
}

function checkDocument(
  store: RawStore,
  path: string,
): Manifest | { what: string; cure: string } {
  try {
    const manifest = store.manifest(path);
    if (manifest === undefined) {
      return { what: "it has no manifest", cure: `${askAgain}${elseDelete}` };
    }
    const document = store.document(path);
    const sha256 = createHash("sha256").update(document).digest("hex");
    release(document);
    if (sha256 === manifest.sha256) return manifest;
    return {
      what: `its content has the hash ${sha256}, its manifest says ${manifest.sha256}`,
      cure: `delete it, ${askAgain}`,
    };
  } catch (error) {
    if (error instanceof DocumentError) {
      return { what: error.message, cure: `delete it, ${askAgain}` };
    }
    // What cannot be read today may be all there is of it.
    const refused = diskError(error);
    if (refused === undefined) throw error;
    return { what: refused.message, cure: readAgain };
  }
}

async function checkPart(
  files: Files,
  path: string,
  part: PartRow,
): Promise<string | undefined> {
  const bytes = files.read(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== part.sha256) return `its hash is ${sha256}, the ledger says ${part.sha256}`;
  const table = tableNamed(part.table_name);
  const { columns } = await readColumns(table, bytes, path, table.key);
  for (const key of table.key) {
    const rows = rowsOf(columns[key]);
    if (rows !== part.rows) return `it holds ${counted(rows, "row")}, the ledger says ${part.rows}`;
  }
  return undefined;
}

function rowsOf(column: Column | undefined): number {
  if (column === undefined) return 0;
  return column.type === "string" ? column.codes.length : column.values.length;
}

function* filesBelow(files: Files, root: string, folder: string): Generator<string> {
  for (const entry of files.list(`${root}/${folder}`)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isFolder) yield* filesBelow(files, root, path);
    else yield path;
  }
}
