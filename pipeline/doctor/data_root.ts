/** The data root: is it there, whose is it, who uses it, is its ledger whole. */

import { diskFiles, type Files, isAbsent } from "../effects.ts";
import { UserError } from "../errors.ts";
import { cohortMember, type Holding, wholeRoot } from "../layout.ts";
import { cohortMembers, lookIntoDataRoot } from "../raw/data_root.ts";
import type { DocumentRow, FailureRow, PartRow } from "../raw/ledger.ts";
import { rootHolder } from "../raw/lock.ts";
import { broken, type Check, ofError, ok, warning } from "./check.ts";

/** Mode bits that let others than the owner in. */
const others = 0o077;

/** Whether a folder or file is its owner's alone; undefined when it is not there. */
export function openToOthers(path: string): boolean | undefined {
  try {
    const { mode } = Deno.statSync(path);
    return Deno.build.os !== "windows" && mode !== null && (mode & others) !== 0;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** What a data root is made of: one ledger for all, or one for each participant of a cohort. */
export function holdingsOf(root: string, files: Files): readonly Holding[] {
  const members = cohortMembers(root, files);
  return members.length === 0 ? [wholeRoot] : members.map(cohortMember);
}

/** The folder itself. */
export function checkDataRoot(root: string, holdings: readonly Holding[]): Check {
  const isOpen = openToOthers(root);
  const isUsed = holdings.some(({ lock }) => diskFiles.size(`${root}/${lock}`) !== undefined);
  if (isOpen === undefined || !isUsed) {
    return ok("data-root", `Nothing was kept at "${root}" yet: deno task start shows the ways in`);
  }
  if (isOpen) {
    return warning(
      "data-root",
      `Others on this machine can look into "${root}"`,
      `chmod 700 "${root}"`,
    );
  }
  return ok("data-root", `"${root}", its owner's alone`);
}

/** Whether a run is at work. */
export function checkLock(root: string, holdings: readonly Holding[]): Check {
  const holders = holdings.flatMap((holding) => rootHolder(root, holding) ?? []);
  return ok(
    "lock",
    holders.length === 0 ? "No run is at work" : `A run is at work${holders.join("")}`,
  );
}

/** What the ledgers of a data root know. */
export interface Known {
  readonly documents: readonly DocumentRow[];
  readonly failures: readonly FailureRow[];
  readonly parts: readonly PartRow[];
}

/**
 * Whether the ledgers can be read, and SQLite finds nothing wrong in them; and what they know, where
 * that is so and there are any.
 */
export function examineLedgers(
  root: string,
  holdings: readonly Holding[],
  files: Files,
): { readonly check: Check; readonly known: Known[] } {
  const missing = holdings.filter(({ ledger }) => (files.size(`${root}/${ledger}`) ?? 0) === 0);
  if (missing.length > 0) {
    const check = files.list(`${root}/raw`).length === 0
      ? ok("ledger", "None yet: nothing was fetched or imported")
      : warning("ledger", "It is missing", rebuilding);
    return { check, known: [] };
  }
  const known: Known[] = [];
  try {
    for (const holding of holdings) {
      using data = lookIntoDataRoot(root, files, holding);
      const { ledger } = data;
      const damage = ledger.damage();
      if (damage !== undefined) {
        const check = broken("ledger", `"${holding.ledger}" is damaged: ${damage}`, rebuilding);
        return { check, known: [] };
      }
      known.push({
        documents: ledger.documents(),
        failures: ledger.failures(),
        parts: ledger.parts(),
      });
    }
  } catch (error) {
    if (error instanceof UserError) return { check: ofError("ledger", error), known: [] };
    throw error;
  }
  const says = known.length === 1 ? "Whole" : `All ${known.length} are whole`;
  return { check: ok("ledger", says), known };
}

const rebuilding = "deno task verify --rebuild makes it again from raw/";
