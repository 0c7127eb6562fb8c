/** Files with answers of the Fitbit Web API that lie among what is imported. */

import { DocumentError } from "../errors.ts";
import { compress, decompress } from "../raw/zstd.ts";
import { looksSaved, savedAnswers, type SavedFile } from "../sources/fitbit_web/saved_files.ts";
import type { Archive, Member } from "../sources/takeout/archive.ts";
import { baseName, classify, type Verdict } from "../sources/takeout/classify.ts";
import type { Family } from "../sources/takeout/family.ts";
import { readMember } from "../sources/takeout/unpack.ts";
import { type ImportLine, type ImportOutcome, memberLine } from "./report.ts";

/** A file with answers; the answers themselves are read again when kept. */
export interface SavedCandidate {
  readonly archive: Archive;
  readonly member: Member;
  readonly answers: readonly Omit<SavedFile["answers"][number], "body">[];
}

/** Collects the files with answers. */
export class SavedLook {
  readonly files: SavedCandidate[] = [];
  readonly lines: ImportLine[] = [];
  readonly #seen = new Set<Member>();

  /**
   * Looks at a member that no family takes; whether it was one for here. Rejects with a
   * DocumentError when it cannot be read.
   */
  async lookAt(archive: Archive, member: Member, verdict: Verdict): Promise<boolean> {
    if (verdict.kind === "hint" || (verdict.kind === "skip" && verdict.known)) return false;
    if (!maySave(archive, member)) return false;
    if (verdict.kind === "take" && !isOfNone(verdict.families, member)) return false;
    if (this.#seen.has(member)) return true;
    const document = await readMember(member);
    const { answers, missing, skipped } = savedAnswers(document, baseName(member.path));
    // Without an answer it stays what its place in the archive says it is.
    const isKept = verdict.kind === "take" && verdict.families.every(isUntabulated);
    if (answers.length === 0 && isKept) return false;
    this.#seen.add(member);
    const bytes = answers.length === 0 ? { bytes: document.length } : {};
    const tell = (outcome: ImportOutcome, reason: string) =>
      this.lines.push(memberLine(archive, member, { outcome, reason, ...bytes }));
    const isMissed = isMeant(member, document);
    for (const reason of missing) {
      if (isMissed) tell("failed", `It holds ${reason}`);
      else tell("skipped", reason);
    }
    for (const reason of skipped) tell("skipped", reason);
    if (answers.length > 0) {
      this.files.push({
        archive,
        member: archive.listed === undefined ? held(member, document) : member,
        answers: answers.map(({ body: _, ...answer }) => answer),
      });
    }
    return true;
  }
}

/**
 * Looks through all archives whose members can be had in any order, before anything is kept: answers
 * without a zone stop the whole import.
 */
export async function lookForSaved(
  archives: readonly Archive[],
  signal: AbortSignal,
): Promise<SavedLook> {
  const saved = new SavedLook();
  for (const archive of archives) {
    for (const member of archive.listed ?? []) {
      if (signal.aborted) return saved;
      try {
        await saved.lookAt(archive, member, classify(member.path));
      } catch (error) {
        // It is told of when all files are taken in.
        if (!(error instanceof DocumentError)) throw error;
      }
    }
  }
  return saved;
}

const utf8 = new TextDecoder();

/** Whether a file is of none of the families it has the name of, as its beginning says. */
function isOfNone(families: readonly Family[], { head }: Member): boolean {
  if (head === undefined) return false;
  const beginning = utf8.decode(head());
  return families.every((family) => isUntabulated(family) || family.header?.(beginning) === false);
}

function isUntabulated({ untabulated }: Family): boolean {
  return untabulated === true;
}

/** Whether a file was meant to hold answers, so that what stands in their place is missing. */
function isMeant(member: Member, document: Uint8Array): boolean {
  return isNamedSaved(member) || looksSaved(document.subarray(0, 4096));
}

/** Whether it is named as the script of 2016 named its files. */
function isNamedSaved({ path }: Member): boolean {
  return /^hr.*\.json$/i.test(baseName(path));
}

/** A file given singly is looked into; of others those whose name or beginning is that of answers. */
function maySave(archive: Archive, member: Member): boolean {
  if (archive.input === "" || isNamedSaved(member)) return true;
  return /\.(json|txt)$/i.test(member.path) && member.head !== undefined &&
    looksSaved(member.head());
}

/** A member of a stream, which can be read but once. */
function held(member: Member, document: Uint8Array): Member {
  const frame = compress(document);
  return {
    ...member,
    packed: () => Promise.resolve({ bytes: decompress(frame), isDeflated: false }),
  };
}
