/** What an import did, file by file, and its printed form. Pure. */

import { type ExitCode, exitCode } from "../errors.ts";
import type { ClockSpan } from "../sources/takeout/clock_history.ts";

export type ImportOutcome =
  /** Kept, or its clock is known better than before. */
  | "taken"
  /** It was there already. */
  | "unchanged"
  /** Another document of the same name or day holds more; this one is kept beside it, not used. */
  | "kept beside"
  /** Not for us; the reason says why. */
  | "skipped"
  /** Something of it is missing now; the reason says what. */
  | "failed";

/** What became of one file. */
export interface ImportLine {
  /** The ZIP, folder or file that was given. */
  readonly input: string;
  /** The member's path in it; absent when the line is about the input. */
  readonly member?: string;
  readonly outcome: ImportOutcome;
  /** Why, or what else to know. */
  readonly reason?: string;
  readonly document?: DocumentLine;
}

/** The document a file became. */
export interface DocumentLine {
  /** In the raw store. */
  readonly path: string;
  readonly source: string;
  readonly stream: string;
  readonly samples: number;
  readonly first_day: string;
  readonly last_day: string;
  /** Instants of the first and last sample, ISO; absent where the document holds days. */
  readonly first?: string;
  readonly last?: string;
}

export interface ImportReport {
  readonly lines: readonly ImportLine[];
  /** The wearer's clock as it was worked out for the archives. */
  readonly clock: readonly ClockSpan[];
  /** Contradictions in the evidence. */
  readonly notes: readonly string[];
  /** Some documents can only be understood with `--timezone`. */
  readonly needsTimeZone: boolean;
  /** Stopped by Ctrl-C; the next import continues. */
  readonly interrupted: boolean;
}

/** `done` when every file that was meant for us is in; else `incomplete`. */
export function importExitCode({ lines, interrupted }: ImportReport): ExitCode {
  const kept = lines.some(({ outcome }) => outcome !== "skipped" && outcome !== "failed");
  const failed = lines.some(({ outcome }) => outcome === "failed");
  return kept && !failed && !interrupted ? exitCode.done : exitCode.incomplete;
}

/** The lines a person reads: what was taken and skipped, the clock, what failed and what to do. */
export function reportLines(report: ImportReport): string[] {
  return [
    ...keptLines(report.lines),
    ...skippedLines(report.lines),
    ...clockLines(report),
    ...lineSection(report.lines, "kept beside", "Kept beside a document that holds more:"),
    ...lineSection(report.lines, "failed", "Not taken:"),
    ...report.notes.map((note) => `Note: ${note}`),
    ...adviceLines(report),
  ];
}

function keptLines(lines: readonly ImportLine[]): string[] {
  const streams = new Map<
    string,
    { taken: number; unchanged: number; samples: number; unit: string }
  >();
  for (const { outcome, document } of lines) {
    if (document === undefined || (outcome !== "taken" && outcome !== "unchanged")) continue;
    const name = `${document.source} ${document.stream}`;
    const unit = document.first !== undefined
      ? "samples"
      : document.source === "takeout"
      ? "days"
      : "records";
    const counts = streams.get(name) ?? { taken: 0, unchanged: 0, samples: 0, unit };
    counts[outcome]++;
    counts.samples += document.samples;
    streams.set(name, counts);
  }
  return Array.from(streams).sort(([a], [b]) => (a < b ? -1 : 1)).map(
    ([name, { taken, unchanged, samples, unit }]) =>
      `${name}: ${
        [
          ...(taken > 0 ? [`${number(taken)} taken`] : []),
          ...(unchanged > 0 ? [`${number(unchanged)} unchanged`] : []),
        ].join(", ")
      }, ${number(samples)} ${unit}`,
  );
}

/** Every skipped file by its reason; files that differ in numbers alone share a line. */
function skippedLines(lines: readonly ImportLine[]): string[] {
  const skipped = lines.filter(({ outcome }) => outcome === "skipped");
  return byFrequency(Map.groupBy(skipped, ({ reason }) => reason ?? "")).flatMap((
    [reason, files],
  ) => [
    `Skipped ${number(files.length)}: ${reason}`,
    ...alike(files.map(({ input, member }) => (member ?? input).replace(/^.*\//, "")))
      .map((name) => `  ${name}`),
  ]);
}

/** `steps-*.json (12)` for twelve such names, the most frequent first. */
function alike(names: readonly string[]): string[] {
  return byFrequency(Map.groupBy(names, (name) => name.replace(/\d[\d-]*/g, "*"))).map((
    [pattern, [first = "", ...more]],
  ) => more.length === 0 ? first : `${pattern} (${number(more.length + 1)})`);
}

function byFrequency<T>(groups: Map<string, T[]>): [string, T[]][] {
  return Array.from(groups).sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1));
}

function clockLines({ clock }: ImportReport): string[] {
  if (clock.length === 0) return [];
  return [
    "Clock of the wearer:",
    ...clock.map(({ at, offset_s, evidence, decided }) => {
      const from = at === -Infinity ? "from the beginning" : `from ${utcMinute(at)} UTC`;
      return decided
        ? `  ${from}: UTC${offsetText(offset_s)} (${evidence})`
        : `  ${from}: not known`;
    }),
  ];
}

function lineSection(lines: readonly ImportLine[], of: ImportOutcome, title: string): string[] {
  const own = lines.filter(({ outcome }) => outcome === of);
  if (own.length === 0) return [];
  return [
    title,
    ...own.map(({ input, member, reason }) =>
      `  ${placeOf(input, member)}${reason === undefined ? "" : `: ${reason}`}`
    ),
  ];
}

function adviceLines({ lines, needsTimeZone, interrupted }: ImportReport): string[] {
  const advice: string[] = [];
  if (needsTimeZone) {
    advice.push(
      "Add --timezone with the zone the watch was worn in, or import these files together with " +
        "the export's heart_rate-*.json files",
    );
  }
  if (!interrupted && lines.every(({ outcome }) => outcome === "skipped")) {
    advice.push(
      "Nothing here is a file we read: give the export's ZIP as it was downloaded, or the folder " +
        "that holds heart_rate-*.json or heart_rate_*.csv files",
    );
  }
  if (interrupted) advice.push("Interrupted: run the same import again to continue");
  return advice;
}

/** Where a file lies, for a person. */
export function placeOf(input: string, member: string | undefined): string {
  return member === undefined ? input : `${input} > ${member}`;
}

/** `+05:30`. */
function offsetText(offset_s: number): string {
  const minutes = Math.abs(offset_s) / 60;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${offset_s < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function utcMinute(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

function number(value: number): string {
  return value.toLocaleString("en-GB");
}
