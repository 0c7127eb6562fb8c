/** The careful reader of the archive's CSV files: any order of columns, quotes understood. */

import { parse } from "../../../csv.ts";
import { DocumentError, reasonOf } from "../../../errors.ts";
import {
  countUnknown,
  decodeDocument,
  type UnknownFields,
  unreadable,
} from "../../json/document.ts";
import { RowBuffer } from "./row_buffer.ts";
import {
  absentWords,
  type CsvCells,
  headerNames,
  missingColumn,
  placesIn,
  readNumber,
  type WantedColumn,
} from "./columns.ts";
import { stampMs } from "./stamp.ts";

/** A CSV file as text. */
export interface CsvText {
  /** In lower case. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether the last line breaks off; it is not among the rows. */
  readonly cut: boolean;
}

/** What empty categories have for a body. */
const noData = /^\s*(no data)?\s*$/;

/**
 * The lines of a document, however long each is; none for an empty one and for one that says
 * `no data`. Throws a DocumentError when it is no CSV.
 */
export function csvText(document: Uint8Array): CsvText {
  const text = decodeDocument(document);
  if (noData.test(text)) return { header: [], rows: [], cut: false };
  const { lines: [first = [], ...rows], cut } = parsed(text);
  const header = headerNames(first);
  if (cut) return { header, rows, cut };
  const breaksOff = (rows.at(-1)?.length ?? header.length) < header.length && !text.endsWith("\n");
  return { header, rows: breaksOff ? rows.slice(0, -1) : rows, cut: breaksOff };
}

/** The lines; where only the last one is no CSV because it breaks off, those before it. */
function parsed(text: string): { lines: string[][]; cut: boolean } {
  try {
    return { lines: parse(text), cut: false };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const lastLine = text.lastIndexOf("\n") + 1;
    if (lastLine > 0 && lastLine < text.length) {
      try {
        return { lines: parse(text.slice(0, lastLine)), cut: true };
      } catch (other) {
        if (!(other instanceof SyntaxError)) throw other;
      }
    }
    throw new DocumentError(`Cannot parse the document as CSV: ${reasonOf(error)}`);
  }
}

/** Throws a DocumentError for a line that is longer or shorter than the header. */
export function requireEven({ header, rows }: CsvText): void {
  rows.forEach(({ length }, index) => {
    if (length === header.length) return;
    throw new DocumentError(
      `Cannot read row ${index + 1}: expected ${header.length} cells, found ${length}`,
    );
  });
}

/**
 * The wanted cells. Throws a DocumentError, naming the place, when a column is missing or a cell not
 * as it must be.
 */
export function readCells(document: Uint8Array, wanted: readonly WantedColumn[]): CsvCells {
  const text = csvText(document);
  const { header, rows: lines, cut } = text;
  requireEven(text);
  const places = placesIn(header, wanted);
  requireColumns(header, wanted);
  const rows = new RowBuffer(wanted.length);
  const dictionaries = wanted.map(() => new Map<string, number>());
  lines.forEach((line, index) => {
    const base = rows.next();
    wanted.forEach(({ kind, absent = [] }, column) => {
      const place = places[column] ?? -1;
      const cell = place < 0 ? "" : line[place] ?? "";
      rows.values[base + column] = kind === "text"
        ? codeOf(place < 0 ? undefined : cell, dictionaries[column])
        : valueOf(cell, kind, absent, `${header[place]} of row ${index + 1}`);
    });
    rows.rows++;
  });
  const unknown: UnknownFields = new Map();
  header.forEach((name, place) => {
    if (places.includes(place)) return;
    for (let i = 0; i < lines.length; i++) countUnknown(unknown, name);
  });
  return {
    rows,
    words: dictionaries.map((words) => Array.from(words.keys())),
    has: places.map((place) => place >= 0),
    unknown,
    cut,
  };
}

/** Throws a DocumentError when a header, if there is one, lacks a required column. */
export function requireColumns(
  header: readonly string[],
  wanted: readonly WantedColumn[],
): void {
  const missing = header.length === 0 ? undefined : missingColumn(header, wanted);
  if (missing === undefined) return;
  throw new DocumentError(`Cannot find the column "${missing}": the header is ${header.join(",")}`);
}

function valueOf(
  cell: string,
  kind: "stamp" | "number",
  absent: readonly number[],
  place: string,
): number {
  if (absentWords.has(cell)) return NaN;
  if (kind === "stamp") {
    const stamp = stampMs(cell);
    if (stamp !== undefined) return stamp;
    throw unreadable(place, 'a time such as "2026-10-01T12:00:05Z"', cell);
  }
  const number = readNumber(cell);
  if (number === undefined) throw unreadable(place, "a number", cell);
  return absent.includes(number) ? NaN : number;
}

function codeOf(cell: string | undefined, words: Map<string, number> | undefined): number {
  if (cell === undefined || words === undefined) return NaN;
  const code = words.get(cell) ?? words.size;
  words.set(cell, code);
  return code;
}
