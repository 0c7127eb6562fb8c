/**
 * One run at a time in a data root. The lock is the operating system's own on an open file, so it
 * ends with the process, however that ends; the file's text says who holds it. Text that is still
 * there when the lock is free tells that the run before was killed: its temporary files are swept.
 */

import { z } from "zod";
import type { Files } from "../effects.ts";
import { exitCode, isFull, reasonOf, UsageError, UserError } from "../errors.ts";
import { foldersOf, type Holding, reportFile, wholeRoot } from "../layout.ts";
import { sweepTemporaries, sweepTemporary } from "./durable.ts";

const holder = z.object({ pid: z.number(), command: z.string(), since: z.string() });

/** A held data root; dispose of it to let others in. */
export interface HeldRoot {
  /** Temporary files of a killed run that were removed. */
  readonly swept: number;
  [Symbol.dispose](): void;
}

/**
 * Takes the data root for this process, making the folder when there is none.
 * Throws a UserError with exit code 5 that names the run that holds it, and a UsageError when there
 * can be no such folder.
 */
export function holdRoot(
  root: string,
  command: string,
  nowMs: number,
  files: Files,
  holding: Holding = wholeRoot,
): HeldRoot {
  const path = `${root}/${holding.lock}`;
  const file = openLockFile(root, path, files, holding);
  if (!file.tryLockSync(true)) {
    file.close();
    const what = holding.participant === undefined
      ? "the data root"
      : `participant ${holding.participant} in`;
    throw new UserError(`Another run holds ${what} "${root}"${whoHolds(path)}`, {
      exitCode: exitCode.locked,
      hint: "Wait until it has finished, or stop it; what it has done so far is kept",
    });
  }
  const swept = file.statSync().size > 0 ? sweep(files, root, holding) : 0;
  const text = JSON.stringify({
    pid: Deno.pid,
    command,
    since: new Date(nowMs).toISOString(),
  });
  file.truncateSync(0);
  file.writeSync(new TextEncoder().encode(text + "\n"));
  return {
    swept,
    [Symbol.dispose]() {
      file.truncateSync(0);
      file.unlockSync();
      file.close();
    },
  };
}

/**
 * Who holds a data root, in words that go on a sentence (`: fetch, process 12, since ...`); undefined
 * when nobody does. Looks only.
 */
export function rootHolder(root: string, holding: Holding = wholeRoot): string | undefined {
  const path = `${root}/${holding.lock}`;
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path, { read: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  try {
    return file.tryLockSync(false) ? undefined : whoHolds(path);
  } finally {
    // Closing ends the lock too.
    file.close();
  }
}

function sweep(files: Files, root: string, holding: Holding): number {
  const { participant } = holding;
  // The folder of the pages is everybody's.
  const page = participant === undefined
    ? 0
    : sweepTemporary(files, `${root}/${reportFile(participant)}`);
  return foldersOf(holding, (folder) => files.list(`${root}/${folder}`))
    .reduce((removed, folder) => removed + sweepTemporaries(files, `${root}/${folder}`), page);
}

function openLockFile(root: string, path: string, files: Files, holding: Holding): Deno.FsFile {
  try {
    // Health data: the folder is the owner's alone.
    Deno.mkdirSync(root, { recursive: true, mode: 0o700 });
    if (holding.participant === undefined) closeToOthers(root, path, files);
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    return Deno.openSync(path, { read: true, write: true, create: true });
  } catch (error) {
    if (isFull(error)) throw error;
    throw new UsageError(
      `Cannot use "${root}" as a data root: ${reasonOf(error)}`,
      "Give --data a folder that may be written to",
    );
  }
}

/**
 * At its first run a folder that was there before becomes its owner's alone. Later it stays as the
 * person wants it.
 */
function closeToOthers(root: string, path: string, files: Files): void {
  if (Deno.build.os === "windows" || files.size(path) !== undefined) return;
  try {
    Deno.chmodSync(root, 0o700);
  } catch (error) {
    // The folder is somebody else's, such as a container's mount: who may look in is theirs to say.
    if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
  }
}

function whoHolds(path: string): string {
  try {
    const { pid, command, since } = holder.parse(JSON.parse(Deno.readTextFileSync(path)));
    return `: ${command}, process ${pid}, since ${since}`;
  } catch {
    // The holder has taken the lock but not yet written its name; the lock alone is what counts.
    return "";
  }
}
