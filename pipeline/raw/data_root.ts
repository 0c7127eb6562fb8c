/**
 * A data root, opened: held against other runs, its ledger open (made again from raw/ when it was
 * deleted), its raw store at hand.
 */

import type { Clock, Files, Talk } from "../effects.ts";
import { UsageError, UserError } from "../errors.ts";
import { cohortMember, type Holding, wholeRoot } from "../layout.ts";
import { counted } from "../terminal/counted.ts";
import { Ledger } from "./ledger.ts";
import { holdRoot } from "./lock.ts";
import { rebuildLedger } from "./rebuild.ts";
import { RawStore } from "./store.ts";

export interface DataRoot {
  readonly root: string;
  readonly holding: Holding;
  readonly files: Files;
  readonly store: RawStore;
  readonly ledger: Ledger;
  [Symbol.dispose](): void;
}

interface OpenEffects {
  readonly files: Files;
  readonly clock: Clock;
  readonly talk: Talk;
}

/**
 * Opens the data root for a run that writes, making it when there is none; or one participant of a
 * cohort in it. Throws a UserError with exit code 5 while another run holds it, and a UsageError when
 * the root as a whole is asked for and belongs to a cohort.
 */
export function openDataRoot(
  root: string,
  command: string,
  effects: OpenEffects,
  holding: Holding = wholeRoot,
): DataRoot {
  const { files, clock, talk } = effects;
  if (holding === wholeRoot) assertNoCohort(root, files);
  const held = holdRoot(root, command, clock.now(), files, holding);
  try {
    if (held.swept > 0) {
      const swept = counted(held.swept, "unfinished file");
      talk.say(`The run before this one was interrupted; removed ${swept}`);
    }
    const store = new RawStore(root, files);
    const path = `${root}/${holding.ledger}`;
    if (!hasLedger(path, files) && !store.paths(holding.raw).next().done) {
      const { documents } = rebuildLedger(root, store, files, holding);
      talk.say(`The ledger was missing: made it again from ${counted(documents, "raw document")}`);
    }
    const ledger = new Ledger(path);
    return {
      root,
      holding,
      files,
      store,
      ledger,
      [Symbol.dispose]() {
        ledger.close();
        held[Symbol.dispose]();
      },
    };
  } catch (error) {
    held[Symbol.dispose]();
    throw error;
  }
}

/**
 * Opens a data root to look only, or one participant of a cohort in it: no lock, no write. Throws a
 * UserError when there is none.
 */
export function lookIntoDataRoot(
  root: string,
  files: Files,
  holding: Holding = wholeRoot,
): DataRoot {
  const path = `${root}/${holding.ledger}`;
  if (!hasLedger(path, files)) {
    if (holding === wholeRoot) assertNoCohort(root, files);
    throw new UserError(`There is no ledger in the data root "${root}"`, {
      hint: files.list(`${root}/raw`).length > 0
        ? "Make it again from the raw documents: deno task verify --rebuild"
        : "Fetch or import something first: deno task demo shows how it goes",
    });
  }
  const ledger = openToLook(path, files);
  return {
    root,
    holding,
    files,
    store: new RawStore(root, files),
    ledger,
    [Symbol.dispose]: () => ledger.close(),
  };
}

/** Throws a UsageError where nothing has ever been kept: another folder may have been meant. */
export function assertSomethingThere(root: string, files: Files, { ledger, raw }: Holding): void {
  if (hasLedger(`${root}/${ledger}`, files) || files.list(`${root}/${raw}`).length > 0) return;
  throw new UsageError(
    `There is nothing in the data root "${root}"`,
    "Fetch or import something first, or name another with --data",
  );
}

/** The participants of the cohort that a data root belongs to; none when it has one ledger for all. */
export function cohortMembers(root: string, files: Files): string[] {
  return files.list(`${root}/raw`).map(({ name }) => name)
    .filter((name) => hasLedger(`${root}/${cohortMember(name).ledger}`, files));
}

/** Throws a UsageError when a data root belongs to a cohort: nothing is done to all of it at once. */
export function assertNoCohort(root: string, files: Files): void {
  const members = cohortMembers(root, files).length;
  if (members === 0) return;
  throw new UsageError(
    `Cannot work on all of "${root}": it belongs to a cohort, with a ` +
      `ledger for each participant (there ${members === 1 ? "is" : "are"} ${members})`,
    "Run deno task cohort with the list of participants; status and verify take --participant",
  );
}

/** An empty file is what a run leaves that was killed before it wrote anything. */
function hasLedger(path: string, files: Files): boolean {
  return (files.size(path) ?? 0) > 0;
}

function openToLook(path: string, files: Files): Ledger {
  try {
    return new Ledger(path, { readOnly: true });
  } catch (error) {
    // The journal of a killed run has to be played back first, which needs the right to write.
    if (files.size(`${path}-journal`) === undefined) throw error;
    throw new UserError(`A run was interrupted while it wrote the ledger "${path}"`, {
      hint: "Run the same command again, or deno task verify: the ledger is put right by either",
      cause: error,
    });
  }
}
