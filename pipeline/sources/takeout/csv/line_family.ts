/**
 * Families of CSV files whose rows take more than a column for a column: spans with an end, lists in
 * a cell, two versions of one night. For files that are few or small: read line by line.
 */

import type { Manifest } from "../../../raw/manifest.ts";
import { countUnknown, type UnknownFields } from "../../json/document.ts";
import { type CellValue, ColumnsBuilder } from "../../records/columns_builder.ts";
import type { Flattened, Stream } from "../../source.ts";
import type { Evidence, Family } from "../family.ts";
import { instantBy } from "../instants.ts";
import { recordersOf } from "../recorders.ts";
import type { WantedColumn } from "./columns.ts";
import { type CsvFamily, streamOf } from "./csv_family.ts";
import { stampSummary } from "./first_look_csv.ts";
import { type InstantOf, Line } from "./line.ts";
import { type CsvText, csvText, requireColumns, requireEven } from "./read_cells.ts";

/** A row of a table; columns it does not name are null. */
export type Row = Readonly<Record<string, CellValue>>;

export interface LineFamily extends
  Pick<
    CsvFamily,
    | "stream"
    | "name"
    | "table"
    | "version"
    | "clock"
    | "stamp"
    | "recorder"
    | "series"
    | "fallback"
  > {
  /** Columns that a file of the family has, beside that of the time. */
  readonly required: readonly string[];
  /** Other columns that are known; `all` where they are read whatever their names. */
  readonly known?: readonly string[] | "all";
  /** The rows, each with the line it is of. Notes get why lines make none. */
  readonly rows: (
    lines: readonly Line[],
    instantOf: InstantOf,
    notes: string[],
  ) => readonly LineRow[];
}

export type LineRow = readonly [Line, Row];

/** Where every line makes rows of its own. */
export function each(
  rowsOf: (line: Line, instantOf: InstantOf) => readonly Row[],
): LineFamily["rows"] {
  return (lines, instantOf) =>
    lines.flatMap((line) => rowsOf(line, instantOf).map((row): LineRow => [line, row]));
}

/**
 * The lines of a document, also such as cannot be read; throws a DocumentError when it is no CSV or
 * lacks a column.
 */
export function linesOf(
  document: Uint8Array,
  family: Pick<LineFamily, "stamp" | "required">,
): CsvText & { readonly lines: readonly Line[] } {
  const text = csvText(document);
  requireColumns(text.header, requiredOf(family));
  const places = new Map(text.header.map((name, place) => [name, place]));
  const lines = text.rows.map((cells, index) => new Line(index, places, cells));
  return { ...text, lines };
}

/** The stream of a family. */
export function lineStream(family: LineFamily): Stream {
  return {
    ...streamOf(family),
    flatten: (document, manifest) => flattened(family, document, manifest),
  };
}

function flattened(family: LineFamily, document: Uint8Array, manifest: Manifest): Flattened {
  const { table, recorder } = family;
  const text = linesOf(document, family);
  const { header, lines, cut } = text;
  requireEven(text);
  const notes = cut ? ["the last line breaks off, and makes no row"] : [];
  // Labels of days have no clock that could place them.
  let at: ReturnType<typeof instantBy> | undefined;
  const instantOf: InstantOf = (written, line) =>
    (at ??= instantBy(manifest.clock))(written, line.index);
  const needed = table.columns.filter(({ name, nullable }) => !nullable && name !== "source");
  const builder = new ColumnsBuilder(table);
  const recorders: string[] = [];
  for (const [line, row] of family.rows(lines, instantOf, notes)) {
    for (const { name } of needed) {
      if (row[name] === undefined) throw line.unreadable(family.stamp, `a row with ${name}`);
    }
    builder.add(row);
    if (recorder !== undefined) recorders.push(line.text(recorder) ?? "");
  }
  const names = Array.from(new Set(recorders));
  const codeOf = new Map(names.map((name, code) => [name, code]));
  return {
    columns: builder.columns(),
    ...(recorder !== undefined && header.includes(recorder) && {
      recorders: recordersOf(names, Int32Array.from(recorders, (name) => codeOf.get(name) ?? 0)),
    }),
    unknown: unknownOf(family, header, lines.length),
    notes: Array.from(new Set(notes)),
  };
}

function unknownOf(
  { stamp, required, known = [], recorder }: LineFamily,
  header: readonly string[],
  lines: number,
): UnknownFields {
  const unknown: UnknownFields = new Map();
  if (known === "all") return unknown;
  const names = new Set([stamp, ...required, ...known, ...(recorder ? [recorder] : [])]);
  for (const name of header) {
    if (names.has(name)) continue;
    for (let i = 0; i < lines; i++) countUnknown(unknown, name);
  }
  return unknown;
}

/** The entry of a family in the table of all families. */
export function lineFile(
  family: LineFamily,
  { evidence, ...more }: Pick<Family, "header" | "wallRows"> & {
    readonly evidence?: (document: Uint8Array) => Evidence;
  } = {},
): Family {
  return {
    stream: family.stream,
    name: family.name,
    ...more,
    summarise(document) {
      const summary = stampSummary(document, family.clock, requiredOf(family));
      if (summary === undefined || evidence === undefined) return summary;
      return { ...summary, evidence: evidence(document) };
    },
  };
}

function requiredOf({ stamp, required }: Pick<LineFamily, "stamp" | "required">): WantedColumn[] {
  return [
    { names: [stamp], kind: "stamp", required: true },
    ...required.map((name): WantedColumn => ({ names: [name], kind: "text", required: true })),
  ];
}
