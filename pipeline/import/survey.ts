/**
 * The first look at everything that is to be imported: each file classified, those we read
 * summarised, the evidence for the wearer's clock collected. Nothing is kept yet, of the files
 * themselves nothing is held.
 */

import { createHash } from "node:crypto";
import type { Talk } from "../effects.ts";
import { DocumentError } from "../errors.ts";
import { looksSaved, savedAnswers, type SavedFile } from "../sources/fitbit_web/saved_files.ts";
import type { Archive, Member } from "../sources/takeout/archive.ts";
import { classify } from "../sources/takeout/classify.ts";
import type { DayEvidence } from "../sources/takeout/day_evidence.ts";
import type {
  Evidence,
  Family,
  HintFamily,
  MemberSummary,
  Night,
} from "../sources/takeout/family.ts";
import type { KnownOffset } from "../sources/takeout/clock_pieces.ts";
import type { ImportLine } from "./report.ts";

/** Enough of a file for every header. */
const beginningBytes = 4096;

/** A member that is to become a document. */
export interface Candidate {
  readonly archive: Archive;
  readonly member: Member;
  readonly family: Family;
  readonly summary: MemberSummary;
  readonly sha256: string;
  readonly bytes: number;
  /** What a person should know of it. */
  readonly note: string | undefined;
}

/** A file with answers of the Fitbit Web API; the answers themselves are read again when kept. */
export interface SavedCandidate {
  readonly archive: Archive;
  readonly member: Member;
  readonly answers: readonly Omit<SavedFile["answers"][number], "body">[];
}

export interface Survey {
  readonly candidates: readonly Candidate[];
  readonly saved: readonly SavedCandidate[];
  /** The best evidence for each day. */
  readonly days: readonly DayEvidence[];
  readonly known: readonly KnownOffset[];
  /** Sleeps on the wall clock, in order of their start. */
  readonly nights: readonly Night[];
  /** Zones that profiles name, that of the newest export first. */
  readonly profileZones: readonly string[];
  /** What is not going to be kept, and why. */
  readonly lines: readonly ImportLine[];
  readonly interrupted: boolean;
}

/** Looks through all archives, member by member; stops between two when the signal says so. */
export async function survey(
  archives: readonly Archive[],
  talk: Talk,
  signal: AbortSignal,
): Promise<Survey> {
  const collected = new Collector();
  const total = archives.reduce((sum, { members }) => sum + members.length, 0);
  let done = 0;
  for (const archive of archives) {
    for (const { path, reason } of archive.bad) collected.line(archive, path, "failed", reason);
    const paths = new Set<string>();
    for (const member of archive.members) {
      if (signal.aborted) return collected.survey(true);
      talk.progress({ what: "Looking through the files", done: done++, total, unit: "files" });
      const repeated = archive.input !== "" && paths.has(member.path);
      paths.add(member.path);
      try {
        await look(archive, member, repeated, collected);
      } catch (error) {
        if (!(error instanceof DocumentError)) throw error;
        collected.line(archive, member, "failed", error.message);
      }
    }
  }
  talk.progress({ what: "Looking through the files", done, total, unit: "files" });
  return collected.survey(false);
}

async function look(
  archive: Archive,
  member: Member,
  repeated: boolean,
  collected: Collector,
): Promise<void> {
  const verdict = classify(member.path);
  if (verdict.kind === "take") {
    await lookAtFamily(archive, member, verdict.families, repeated, collected);
  } else if (verdict.kind === "hint") {
    await lookForHints(archive, member, verdict.family, collected);
  } else if (!verdict.known && maySave(archive, member)) {
    await lookForAnswers(archive, member, collected);
  } else collected.line(archive, member, "skipped", verdict.reason);
}

async function lookAtFamily(
  archive: Archive,
  member: Member,
  families: readonly Family[],
  repeated: boolean,
  collected: Collector,
): Promise<void> {
  const document = await member.read();
  const family = familyOf(families, document);
  if (family === undefined) {
    // Saved answers may have the name of an export's file: those have another beginning.
    if (maySave(archive, member)) return await lookForAnswers(archive, member, collected);
    throw headerOfNone(document);
  }
  const summary = family.summarise(document, baseName(member));
  if (summary === undefined) {
    collected.line(archive, member, "skipped", "there is nothing in it");
    return;
  }
  collected.candidates.push({
    archive,
    member,
    family,
    summary,
    sha256: createHash("sha256").update(document).digest("hex"),
    bytes: document.length,
    note: repeated ? "the archive holds this name twice" : summary.note,
  });
  if (summary.evidence !== undefined) collected.evidence(summary.evidence, summary.samples);
}

const utf8 = new TextDecoder();

const beginningOf = (document: Uint8Array) => utf8.decode(document.subarray(0, beginningBytes));

/** The family a file's beginning says it is of; undefined when it is of none. */
function familyOf(families: readonly Family[], document: Uint8Array): Family | undefined {
  const beginning = beginningOf(document);
  return families.find(({ header }) => header === undefined || header(beginning));
}

function headerOfNone(document: Uint8Array): DocumentError {
  const [line = ""] = beginningOf(document).split(/\r?\n/, 1);
  return new DocumentError(
    `Its header is none that a file of this name has: it begins with "${line.slice(0, 100)}"`,
  );
}

async function lookForHints(
  archive: Archive,
  member: Member,
  family: HintFamily,
  collected: Collector,
): Promise<void> {
  const { zone, known } = family.hints(await member.read());
  if (zone !== undefined) collected.zone(zone);
  if (known !== undefined) collected.known.push(...known);
  collected.line(archive, member, "skipped", "read for the time zone alone, not kept");
}

/** A file given singly is looked into; of others those whose name or beginning is that of answers. */
function maySave(archive: Archive, member: Member): boolean {
  if (archive.input === "" || /^hr.*\.json$/i.test(baseName(member))) return true;
  return /\.(json|txt)$/i.test(member.path) && member.head !== undefined &&
    looksSaved(member.head());
}

async function lookForAnswers(
  archive: Archive,
  member: Member,
  collected: Collector,
): Promise<void> {
  const { answers, skipped } = savedAnswers(await member.read(), baseName(member));
  for (const reason of skipped) collected.line(archive, member, "skipped", reason);
  if (answers.length === 0) return;
  collected.saved.push({
    archive,
    member,
    answers: answers.map(({ body: _, ...answer }) => answer),
  });
}

/** The member's name without folders. */
export function baseName({ path }: Member): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A line of the report about a member. */
export function memberLine(
  archive: Archive,
  member: Member,
  line: Omit<ImportLine, "input" | "member">,
): ImportLine {
  return member.file === undefined
    ? { input: archive.input, member: member.path, ...line }
    : { input: member.file, ...line };
}

class Collector {
  readonly candidates: Candidate[] = [];
  readonly saved: SavedCandidate[] = [];
  readonly known: KnownOffset[] = [];
  #zones: string[] = [];
  readonly #nights: Night[] = [];
  readonly #days = new Map<string, { evidence: DayEvidence; samples: number }>();
  readonly #lines: ImportLine[] = [];

  line(
    archive: Archive,
    member: Member | string,
    outcome: "skipped" | "failed",
    reason: string,
  ): void {
    if (typeof member !== "string") {
      this.#lines.push(memberLine(archive, member, { outcome, reason }));
    } else {
      const path = member === "" ? {} : { member };
      this.#lines.push({ input: archive.input, ...path, outcome, reason });
    }
  }

  /** Archives come oldest first, so the zone seen last is where the person lives now. */
  zone(zone: string): void {
    this.#zones = [zone, ...this.#zones.filter((other) => other !== zone)];
  }

  evidence({ day, known, nights }: Evidence, samples: number): void {
    if (known !== undefined) this.known.push(...known);
    if (nights !== undefined) this.#nights.push(...nights);
    if (day === undefined) return;
    // Of two files of one day the one with more samples says more.
    const before = this.#days.get(day.day);
    if (before === undefined || samples > before.samples) {
      this.#days.set(day.day, { evidence: day, samples });
    }
  }

  survey(interrupted: boolean): Survey {
    return {
      candidates: this.candidates,
      saved: this.saved,
      days: Array.from(this.#days.values(), ({ evidence }) => evidence),
      known: this.known,
      nights: this.#nights.toSorted((a, b) => a.start - b.start || a.end - b.end),
      profileZones: this.#zones,
      lines: this.#lines,
      interrupted,
    };
  }
}
