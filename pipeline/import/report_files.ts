/**
 * The report of an import as files in the data root, a JSON and a CSV file for each archive: what
 * each of its files became, and by which clock. They tell the state, not what one run did: the parts
 * of an archive come together in it, and the same import again writes nothing.
 */

import { z } from "zod";
import type { Files } from "../effects.ts";
import { importReportFile } from "../layout.ts";
import { holds, writeAllDurably } from "../raw/durable.ts";
import type { ClockHistory } from "../sources/takeout/clock_history.ts";
import { csvText, jsonList } from "../row_texts.ts";
import type { Recorded } from "./documents.ts";
import type { ImportLine } from "./report.ts";
import { clockText, instants } from "./settled_lines.ts";

/** One file, in the order of the CSV's columns; null where there is nothing to say. */
const fileSchema = z.object({
  /** The ZIP or tar file, or folder, without the folders it lies in. */
  input: z.string(),
  member: z.string(),
  outcome: z.enum(["kept", "kept, not tabulated", "kept beside", "skipped", "failed"]),
  /** Why, or what else to know. */
  reason: z.string().nullable(),
  bytes: z.number().nullable(),
  stream: z.string().nullable(),
  rows: z.number().nullable(),
  first_day: z.string().nullable(),
  last_day: z.string().nullable(),
  first: z.string().nullable(),
  last: z.string().nullable(),
  /** The clock that was applied, and how it was decided. */
  clock: z.string().nullable(),
});

type FileRow = z.infer<typeof fileSchema>;

const reportSchema = z.object({ files: z.array(fileSchema) });

/** What a report is made of. */
export interface ReportInput {
  readonly participant: string;
  readonly lines: readonly ImportLine[];
  /** Documents of earlier imports that are placed anew. */
  readonly placedAnew: readonly Recorded[];
  /** The clock of an archive. */
  clockOf(archive: string): ClockHistory;
}

/**
 * Writes the reports of all archives that the lines tell of, where they come out different; returns
 * where they lie below the data root, without `.json` and `.csv`.
 */
export function writeReports(input: ReportInput, root: string, files: Files): string[] {
  const archives = new Set([
    ...input.lines.map(({ archive }) => archive),
    ...input.placedAnew.map(({ manifest }) => manifest.archive),
  ]);
  const named = Array.from(archives).filter((archive) => archive !== undefined).sort();
  for (const archive of named) writeReport(archive, input, root, files);
  return named.map((archive) =>
    importReportFile(input.participant, archive, "csv").replace(/\.csv$/, "")
  );
}

function writeReport(
  archive: string,
  { participant, lines, placedAnew, clockOf }: ReportInput,
  root: string,
  files: Files,
): void {
  const pathOf = (ending: "json" | "csv") =>
    `${root}/${importReportFile(participant, archive, ending)}`;
  const rows = new Map(earlierRows(pathOf("json"), files).map((row) => [keyOf(row), row]));
  for (const line of lines) {
    if (line.archive !== archive) continue;
    const row = rowOf(line);
    rows.set(keyOf(row), row);
  }
  const anew = new Map(placedAnew.map(({ manifest }) => [manifest.member, manifest]));
  const all = Array.from(rows).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => {
    const manifest = row.outcome === "skipped" ? undefined : anew.get(row.member);
    if (manifest === undefined) return row;
    const { stream, first_day, last_day, clock, look } = manifest;
    const seen = look === undefined ? {} : { rows: look.samples, ...instants(look, clock) };
    const placed = { ...row, stream, ...seen, first_day, last_day, clock: clockText(clock) };
    // What waited for its clock, or for a table, is a document now.
    return row.outcome === "failed" || row.outcome === "kept, not tabulated"
      ? { ...placed, outcome: "kept" as const, reason: look?.note ?? null }
      : placed;
  });
  const contents = [
    { path: pathOf("json"), bytes: json(archive, participant, clockOf(archive), all) },
    { path: pathOf("csv"), bytes: utf8.encode(csvText(columns, all)) },
  ];
  writeAllDurably(files, contents.filter((content) => !holds(files, content)));
}

function keyOf({ input, member }: FileRow): string {
  return `${input}\0${member}`;
}

function rowOf({ input, member, outcome, reason, bytes, document }: ImportLine): FileRow {
  const isKept = outcome === "taken" || outcome === "unchanged";
  return {
    input: input.replace(/[/\\]+$/, "").replace(/^.*[/\\]/, ""),
    member: member ?? "",
    outcome: isKept ? "kept" : outcome,
    // Of what is kept only what is true of it whenever it is asked.
    reason: (isKept && document !== undefined ? document.note : reason) ?? null,
    bytes: bytes ?? null,
    stream: document?.stream ?? null,
    rows: document?.samples ?? null,
    first_day: document?.first_day ?? null,
    last_day: document?.last_day ?? null,
    first: document?.first ?? null,
    last: document?.last ?? null,
    clock: document?.clock ?? null,
  };
}

/** What imports before this one wrote. */
function earlierRows(path: string, files: Files): FileRow[] {
  if (files.size(path) === undefined) return [];
  try {
    return reportSchema.parse(JSON.parse(new TextDecoder().decode(files.read(path)))).files;
  } catch (error) {
    // It is no more than a report: a new one takes the place of what somebody changed.
    if (error instanceof SyntaxError || error instanceof z.ZodError) return [];
    throw error;
  }
}

const utf8 = new TextEncoder();

/** A line for each file, so that two reports compare well. */
function json(
  archive: string,
  participant: string,
  { spans, notes }: ClockHistory,
  rows: readonly FileRow[],
): Uint8Array {
  const clock = spans.map(({ at, offset_s, evidence, decided }) => ({
    from: at === -Infinity ? null : new Date(at).toISOString(),
    utc_offset_s: decided ? offset_s : null,
    evidence,
  }));
  return utf8.encode(
    `{"format":1,"archive":${JSON.stringify(archive)},"participant":${
      JSON.stringify(participant)
    },\n"clock":${jsonList(clock)},\n"notes":${jsonList(notes)},\n"files":${jsonList(rows)}}\n`,
  );
}

const columns = Object.keys(fileSchema.shape);
