/**
 * The import: one pass over everything, then the documents are placed, since the clock of one file
 * is worked out from all of them. The order in which paths are given changes nothing.
 */

import type { Clock, Files, Talk } from "../effects.ts";
import { UsageError } from "../errors.ts";
import type { RawStore } from "../raw/store.ts";
import { counted } from "../terminal/counted.ts";
import { ClockFiles } from "./clock_file.ts";
import { Documents, type Recorded } from "./documents.ts";
import type { InputReader } from "./input_reader.ts";
import { openInputs } from "./inputs.ts";
import { takeIn } from "./intake.ts";
import { keepDay, type SavedDay, savedDays, SavedReader } from "./keep_saved.ts";
import { type ImportLine, type ImportReport, memberLine } from "./report.ts";
import { writeReports } from "./report_files.ts";
import { lookForSaved } from "./saved_look.ts";
import { settledLines, undecided } from "./settled_lines.ts";

export interface ImportOptions {
  /** ZIP and tar files, folders, single files. */
  readonly paths: readonly string[];
  readonly participant: string;
  /** The zone the watch was worn in, a valid IANA name; overrules what files say. */
  readonly timeZone: string | undefined;
  /** This computer's zone, for an example in a message; never used for data. */
  readonly ownTimeZone: string;
  /** Whether files that tell where somebody was are taken too. */
  readonly withLocation: boolean;
  /** Threads that look at files; by default as many as are worth it. One means: in this thread. */
  readonly threads?: number;
}

export interface ImportEffects {
  /** The data root. */
  readonly root: string;
  readonly files: Files;
  readonly store: RawStore;
  readonly reader: InputReader;
  readonly clock: Clock;
  readonly talk: Talk;
  /** Aborted by Ctrl-C: the import stops between two files, and keeps what it has. */
  readonly signal: AbortSignal;
  /** Told of every current document, also of one that was there already, so that it can be noted. */
  readonly onDocuments: (documents: readonly Recorded[]) => void;
}

/** What is said of answers in a stream that came without a zone. */
const needsZoneReason = "its times are local, without a zone: add --timezone";

/**
 * Imports; the report says of every file what became of it. Throws a UsageError, having kept
 * nothing, when a path does not exist, or when saved answers are among the files (their times are
 * local) and no zone was given.
 */
export async function runImport(
  options: ImportOptions,
  effects: ImportEffects,
): Promise<ImportReport> {
  const { signal } = effects;
  const { timeZone, participant } = options;
  const inputs = await openInputs(options.paths, effects.reader);
  try {
    const saved = await lookForSaved(inputs.archives, signal);
    if (timeZone === undefined && !signal.aborted) {
      const days = savedDays(saved.files);
      if (days.length > 0) throw needsZone(days.length, options.ownTimeZone);
    }
    const intake = await takeIn(inputs.archives, saved, options, effects);
    const zones = new ClockFiles(effects.root, participant, effects.files);
    for (const { name } of inputs.archives) {
      zones.add(name, intake.profileZones.get(name) ?? [], timeZone);
    }
    const documents = new Documents(participant, intake, zones, effects);
    const lines: ImportLine[] = [...inputs.lines, ...intake.lines, ...saved.lines];
    for await (const settled of documents.settle()) lines.push(...settledLines(settled));
    const { spans, notes } = documents.evidence.context(timeZone).history;
    const kept = await keepSaved(savedDays(saved.files), options, effects);
    lines.push(...kept.lines);
    const all = sorted(lines);
    const reports = writeReports(
      {
        participant,
        lines: all,
        placedAnew: documents.placedAnew,
        clockOf: (archive) => documents.evidence.context(zones.of(archive).givenZone).history,
      },
      effects.root,
      effects.files,
    );
    return {
      lines: all,
      reports,
      clock: spans,
      notes: [...notes, ...notesOn(documents)],
      needsTimeZone: lines.some(({ reason }) =>
        reason?.endsWith(undecided) === true || reason === needsZoneReason
      ),
      interrupted: intake.interrupted || documents.interrupted || kept.interrupted,
    };
  } finally {
    inputs.close();
  }
}

function notesOn({ placedAnew, damaged }: Documents): string[] {
  const notes: string[] = [];
  if (placedAnew.length > 0) {
    notes.push(
      `Placed anew, as more is known of the clock now: ${
        counted(placedAnew.length, "document")
      } of earlier imports`,
    );
  }
  const [first] = damaged;
  if (first !== undefined) {
    notes.push(
      `Damaged: ${
        counted(damaged.size, "document")
      } of earlier imports, ${first} among them: deno task verify`,
    );
  }
  return notes;
}

/** Keeps the days of saved answers. */
async function keepSaved(
  days: readonly SavedDay[],
  { timeZone, participant }: ImportOptions,
  effects: ImportEffects,
): Promise<{ lines: ImportLine[]; interrupted: boolean }> {
  const { talk, signal } = effects;
  const lines: ImportLine[] = [];
  const reader = new SavedReader();
  let done = 0;
  for (const day of days) {
    if (signal.aborted) return { lines, interrupted: true };
    if (timeZone === undefined) {
      for (const { archive, member } of day.files) {
        lines.push(memberLine(archive, member, { outcome: "failed", reason: needsZoneReason }));
      }
      continue;
    }
    lines.push(...await keepDay(day, timeZone, participant, reader, effects));
    talk.progress({ what: "Keeping answers", done: ++done, total: days.length, unit: "days" });
  }
  return { lines, interrupted: false };
}

function needsZone(days: number, ownTimeZone: string): UsageError {
  return new UsageError(
    `Cannot tell when the samples of ${counted(days, "saved day")} were taken: their times are ` +
      "local, without a zone",
    `Add the zone of the Fitbit account at that time, for example --timezone ${ownTimeZone} ` +
      "(this computer's)",
  );
}

/** By input, then by member, so that the same files give the same report. */
function sorted(lines: readonly ImportLine[]): ImportLine[] {
  const key = ({ input, member }: ImportLine) => `${input}\0${member ?? ""}`;
  return lines.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
