/** The CSV files of an export: those by category, and those of Google's data. */

import { type Day, dayAt } from "../../../pipeline/day.ts";
import { fitbitDefaults } from "../../../pipeline/sources/simulator/fitbit/settings.ts";
import { googleDefaults } from "../../../pipeline/sources/simulator/google/settings.ts";
import { type TruthRow, truthRows } from "../../../pipeline/sources/simulator/truth.ts";
import { bodyFiles } from "./csv_body.ts";
import { categoryFiles } from "./csv_categories.ts";
import { eventFiles } from "./csv_events.ts";
import type { Export } from "./export_of.ts";
import { googleFilesOf } from "./csv_google.ts";
import { type ExportFile, type Generation, layouts, type Place } from "./layouts.ts";

/** A line of a file: when it was and its cells. */
export interface CsvLine {
  /** Ms since 1970, and the wall clock's distance from UTC then; of days the midnight in UTC. */
  readonly time_ms: number;
  readonly utc_offset_s: number;
  readonly cells: readonly (string | number)[];
}

/** A family: where its files are, how they are cut, and what stands in them. */
export interface CsvFamily {
  readonly place: Place;
  /** By the first day of the file's window, or that of its only line. */
  readonly name: (window: Day) => string;
  readonly window: "utc day" | "utc month" | "wall day" | "wall month" | "one file";
  readonly header: readonly string[];
  readonly lines: (of: Export, generation: Generation) => readonly CsvLine[];
  readonly lineEnd: "\n" | "\r\n";
  /** Who recorded a line: the last column of newer exports. */
  readonly recorder?: (line: CsvLine) => string;
}

/** Rows of the truth about a table, of all days, that were over when the export was made. */
export function truthOf(of: Export, table: string, days = of.days): TruthRow[] {
  const google = { ...googleDefaults };
  const from = { world: of.world, google, fitbit: { ...fitbitDefaults } };
  return days.flatMap((day) => truthRows(from, "google-health", table, day))
    .filter((row) => endOf(row) <= of.made);
}

function endOf(row: TruthRow): number {
  const start = Date.parse(String(row["time"] ?? row["date"]));
  return start + Number(row["duration_s"] ?? 0) * 1000;
}

/** Every CSV file there can be; the layout of the generation leaves out what it has not. */
export function csvTree(of: Export, generation: Generation): ExportFile[] {
  return [...categoryFiles, ...googleFilesOf(generation), ...bodyFiles, ...eventFiles]
    .flatMap((family) => filesOf(family, of, generation));
}

function filesOf(family: CsvFamily, of: Export, generation: Generation): ExportFile[] {
  const { place, name, window, header, lineEnd, recorder } = family;
  const { hasDataSource } = layouts[generation];
  const withRecorder = hasDataSource && recorder !== undefined;
  const columns = withRecorder ? [...header, "data source"] : header;
  const files = Map.groupBy(family.lines(of, generation), (line) => windowOf(line, window));
  return Array.from(files, ([first, lines]) => {
    const texts = lines.map((line) =>
      [...line.cells, ...(withRecorder ? [recorder(line)] : [])].join(",")
    );
    // Many files lack the last line end.
    const text = [columns.join(","), ...texts].join(lineEnd) + (lineEnd === "\n" ? "\n" : "");
    return { place, name: name(first), text };
  });
}

function windowOf({ time_ms, utc_offset_s }: CsvLine, window: CsvFamily["window"]): Day {
  switch (window) {
    case "utc day":
      return dayAt(time_ms, 0);
    case "wall day":
      return dayAt(time_ms, utc_offset_s);
    case "utc month":
      return `${dayAt(time_ms, 0).slice(0, 8)}01`;
    case "wall month":
      return `${dayAt(time_ms, utc_offset_s).slice(0, 8)}01`;
    case "one file":
      return "";
  }
}

/** A line for each row: when it was, and the cells of these columns, empty where there is none. */
export function linesOf(
  rows: readonly TruthRow[],
  cellsOf: (row: TruthRow, line: Omit<CsvLine, "cells">) => CsvLine["cells"],
): CsvLine[] {
  return rows.map((row) => {
    const line = {
      time_ms: Date.parse(String(row["time"] ?? row["date"])),
      utc_offset_s: Number(row["utc_offset_s"] ?? 0),
    };
    return { ...line, cells: cellsOf(row, line) };
  });
}

/** A value as text; `absent` for null. */
export function cell(row: TruthRow, column: string, absent = ""): string {
  return String(row[column] ?? absent);
}

/** `YYYY-MM-DDThh:mm:ss.sss` on the wall clock. */
export function wallStamp({ time_ms, utc_offset_s }: Omit<CsvLine, "cells">): string {
  return new Date(time_ms + utc_offset_s * 1000).toISOString().slice(0, -1);
}

/** `YYYY-MM-DDThh:mm:ssZ`. */
export function utcStamp({ time_ms }: Omit<CsvLine, "cells">): string {
  return new Date(time_ms).toISOString().replace(".000Z", "Z");
}
