/** The data root: is it there, whose is it, who uses it, is its ledger whole. */

import { diskFiles } from "../effects.ts";
import { UserError } from "../errors.ts";
import { ledgerFile, lockFile } from "../layout.ts";
import { Ledger } from "../raw/ledger.ts";
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
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The folder itself. */
export function checkDataRoot(root: string): Check {
  const isOpen = openToOthers(root);
  if (isOpen === undefined || diskFiles.size(`${root}/${lockFile}`) === undefined) {
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
export function checkLock(root: string): Check {
  const holder = rootHolder(root);
  if (holder === undefined) return ok("lock", "No run is at work");
  return ok("lock", `A run is at work${holder}`);
}

/** Whether the ledger can be read, and SQLite finds nothing wrong in it. */
export function checkLedger(root: string): Check {
  const path = `${root}/${ledgerFile}`;
  if ((diskFiles.size(path) ?? 0) === 0) {
    return diskFiles.list(`${root}/raw`).length === 0
      ? ok("ledger", "None yet: nothing was fetched or imported")
      : warning("ledger", "It is missing", "deno task verify --rebuild makes it again from raw/");
  }
  try {
    using ledger = new Ledger(path, { readOnly: true });
    const damage = ledger.damage();
    if (damage === undefined) return ok("ledger", "Whole");
    return broken(
      "ledger",
      `It is damaged: ${damage}`,
      "deno task verify --rebuild makes it again from raw/",
    );
  } catch (error) {
    if (error instanceof UserError) return ofError("ledger", error);
    throw error;
  }
}
