/**
 * The import: everything is looked at first, since the clock of one file is worked out from all of
 * them; then each document is kept. The order in which paths are given changes nothing.
 */

import type { Clock, Talk } from "../effects.ts";
import { UsageError } from "../errors.ts";
import type { Manifest } from "../raw/manifest.ts";
import type { RawStore } from "../raw/store.ts";
import { type ClockHistory, clockHistory } from "../sources/takeout/clock_history.ts";
import type { InputReader } from "./input_reader.ts";
import { openInputs } from "./inputs.ts";
import { keepMember, undecided } from "./keep_archives.ts";
import { keepDay, savedDays, SavedReader } from "./keep_saved.ts";
import type { ImportLine, ImportReport } from "./report.ts";
import { type Survey, survey } from "./survey.ts";

export interface ImportOptions {
  /** ZIP files, folders, single files. */
  readonly paths: readonly string[];
  readonly participant: string;
  /** The zone the watch was worn in, a valid IANA name; overrules what files say. */
  readonly timeZone: string | undefined;
  /** This computer's zone, for an example in a message; never used for data. */
  readonly ownTimeZone: string;
}

export interface ImportEffects {
  readonly store: RawStore;
  readonly reader: InputReader;
  readonly clock: Clock;
  readonly talk: Talk;
  /** Aborted by Ctrl-C: the import stops between two files. */
  readonly signal: AbortSignal;
  /** Told of every current document, also of one that was there already, so that it can be noted. */
  readonly onDocument: (path: string, manifest: Manifest) => void;
}

/**
 * Imports; the report says of every file what became of it. Throws a UsageError, having kept
 * nothing, when a path does not exist, or when saved answers are among the files (their times are
 * local) and no zone was given.
 */
export async function runImport(
  options: ImportOptions,
  effects: ImportEffects,
): Promise<ImportReport> {
  const { talk, signal } = effects;
  const inputs = await openInputs(options.paths, effects.reader);
  try {
    const surveyed = await survey(inputs.archives, talk, signal);
    const { candidates, saved, interrupted } = surveyed;
    const days = savedDays(saved);
    const { timeZone } = options;
    if (days.length > 0 && timeZone === undefined && !interrupted) {
      throw needsZone(days.length, options.ownTimeZone);
    }
    const history = historyOf(surveyed, timeZone);
    const context = { history, nights: surveyed.nights };
    const lines: ImportLine[] = [...inputs.lines, ...surveyed.lines];
    const total = candidates.length + days.length;
    const tell = (done: number) =>
      talk.progress({ what: "Importing", done, total, unit: "documents" });
    let done = 0;
    for (const candidate of candidates) {
      if (interrupted || signal.aborted) break;
      tell(done++);
      lines.push(await keepMember(candidate, context, options.participant, effects));
    }
    const reader = new SavedReader();
    for (const day of days) {
      if (interrupted || signal.aborted || timeZone === undefined) break;
      tell(done++);
      lines.push(...await keepDay(day, timeZone, options.participant, reader, effects));
    }
    tell(done);
    return {
      lines: sorted(lines),
      clock: history.spans,
      notes: history.notes,
      needsTimeZone: lines.some(({ reason }) => reason === undecided),
      interrupted: interrupted || done < total,
    };
  } finally {
    inputs.close();
  }
}

function needsZone(days: number, ownTimeZone: string): UsageError {
  return new UsageError(
    `Cannot tell when the samples of ${days} saved ${
      days === 1 ? "day" : "days"
    } were taken: their times are local, without a zone`,
    `Add the zone of the Fitbit account at that time, for example --timezone ${ownTimeZone} ` +
      "(this computer's)",
  );
}

/** The clock over all instants that the files span; empty when none does. */
function historyOf(surveyed: Survey, timeZone: string | undefined): ClockHistory {
  let first = Infinity;
  let last = -Infinity;
  for (const { summary: { span } } of surveyed.candidates) {
    if (span.kind === "days") continue;
    first = Math.min(first, span.first);
    last = Math.max(last, span.last);
  }
  if (first > last) return { spans: [], evidenced: undefined, notes: [] };
  const { days, known, profileZones } = surveyed;
  return clockHistory({ days, known, profileZones, givenZone: timeZone, first, last });
}

/** By input, then by member, so that the same files give the same report. */
function sorted(lines: readonly ImportLine[]): ImportLine[] {
  const key = ({ input, member }: ImportLine) => `${input}\0${member ?? ""}`;
  return lines.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
