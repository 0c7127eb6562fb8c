/** The printed form of an import's report. Pure. */

import { counted } from "../terminal/counted.ts";
import { byteSize, grouped, textTable } from "../terminal/table.ts";
import { offsetText } from "../terminal/offset.ts";
import type { ImportLine, ImportOutcome, ImportReport } from "./report.ts";

/** The lines a person reads: what was taken and skipped, the clock, what failed and what to do. */
export function reportLines(report: ImportReport): string[] {
  return [
    ...keptLines(report.lines),
    ...byReason(report.lines, "kept, not tabulated", "Kept, not tabulated"),
    ...byReason(report.lines, "skipped", "Skipped"),
    ...clockLines(report),
    ...lineSection(report.lines, "kept beside", "Kept beside a document that holds more:"),
    ...lineSection(report.lines, "failed", "Not taken:"),
    ...report.notes.map((note) => `Note: ${note}`),
    ...adviceLines(report),
    ...inFull(report),
  ];
}

/** A stream's documents of one import. */
interface Kept {
  taken: number;
  unchanged: number;
  rows: number;
  first: string;
  last: string;
}

function keptLines(lines: readonly ImportLine[]): string[] {
  const streams = new Map<string, Kept>();
  for (const { outcome, document } of lines) {
    if (document === undefined || (outcome !== "taken" && outcome !== "unchanged")) continue;
    const { source, stream, samples, first_day, last_day } = document;
    const name = `${source} ${stream}`;
    const kept = streams.get(name) ??
      { taken: 0, unchanged: 0, rows: 0, first: first_day, last: last_day };
    kept[outcome]++;
    kept.rows += samples;
    if (first_day < kept.first) kept.first = first_day;
    if (last_day > kept.last) kept.last = last_day;
    streams.set(name, kept);
  }
  if (streams.size === 0) return [];
  const sums = Array.from(streams).sort(([a], [b]) => (a < b ? -1 : 1));
  const shown = keptColumns.filter(([, value]) => sums.some(([, kept]) => value(kept) !== 0));
  return textTable(
    ["", ...shown.map(([title]) => title)],
    sums.map(([name, kept]) => [name, ...shown.map(([, value]) => value(kept) || undefined)]),
  );
}

const keptColumns: readonly (readonly [title: string, (kept: Kept) => string | number])[] = [
  ["taken", ({ taken }) => taken],
  ["unchanged", ({ unchanged }) => unchanged],
  ["rows", ({ rows }) => rows],
  ["first day", ({ first }) => first],
  ["last day", ({ last }) => last],
];

/** A reason's files are named by so many patterns at most. */
const mostNames = 6;

/**
 * The reasons of an outcome, with the number of its files, and their size where any tells it; alike
 * names share a word.
 */
function byReason(lines: readonly ImportLine[], of: ImportOutcome, title: string): string[] {
  const own = lines.filter(({ outcome }) => outcome === of);
  return byFrequency(Map.groupBy(own, ({ reason }) => reason ?? "")).flatMap((
    [reason, files],
  ) => {
    const sizes = files.flatMap(({ bytes }) => bytes ?? []);
    const size = sizes.length === 0 ? "" : `, ${byteSize(sizes.reduce((sum, of) => sum + of, 0))}`;
    const names = alike(files.map(({ input, member }) => (member ?? input).replace(/^.*\//, "")));
    const more = names.length > mostNames
      ? `, and ${counted(names.length - mostNames, "other name")}`
      : "";
    return [
      `${title} ${grouped(files.length)}${size}: ${reason}`,
      `  ${names.slice(0, mostNames).join(", ")}${more}`,
    ];
  });
}

/** `steps-*.json (12)` for twelve such names, the most frequent first. */
function alike(names: readonly string[]): string[] {
  return byFrequency(Map.groupBy(names, (name) => name.replace(/\d[\d-]*/g, "*"))).map((
    [pattern, [first = "", ...more]],
  ) => more.length === 0 ? first : `${pattern} (${grouped(more.length + 1)})`);
}

function byFrequency<T>(groups: Map<string, T[]>): [string, T[]][] {
  return Array.from(groups).sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1));
}

/** So many changes of the clock are told of at the beginning and at the end. */
const changesTold = 6;

function clockLines({ clock }: ImportReport): string[] {
  if (clock.length === 0) return [];
  const lines = clock.map(({ at, offset_s, evidence, decided }) => {
    const from = at === -Infinity ? "from the beginning" : `from ${utcMinute(at)} UTC`;
    return decided ? `  ${from}: UTC${offsetText(offset_s)} (${evidence})` : `  ${from}: not known`;
  });
  const left = lines.length - 2 * changesTold;
  if (left > 1) lines.splice(changesTold, left, `  ... ${counted(left, "more change")} ...`);
  return ["Clock of the wearer:", ...lines];
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

function inFull({ reports }: ImportReport): string[] {
  const [first] = reports;
  if (first === undefined) return [];
  const more = reports.length > 1 ? `, and ${reports.length - 1} beside it` : "";
  return [`Every file, and the clock it was read by: ${first}.csv (and .json)${more}`];
}

/** Where a file lies, for a person. */
export function placeOf(input: string, member: string | undefined): string {
  return member === undefined ? input : `${input} > ${member}`;
}

function utcMinute(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}
