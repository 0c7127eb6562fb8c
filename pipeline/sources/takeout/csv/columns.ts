/**
 * What is read of a CSV file, for both of its readers: which columns, found by their names, and how
 * the cells of each are written.
 */

import type { RowBuffer } from "./row_buffer.ts";
import type { UnknownFields } from "../../json/document.ts";

/**
 * How the cells of a column are written.
 *
 * - `stamp`: a time, see stamp.ts; read as ms since 1970 as written, less an offset other than 0.
 * - `number`: a decimal number.
 * - `text`: anything; read as its number in the column's dictionary.
 */
export type CellKind = "stamp" | "number" | "text";

/** A column that is wanted. */
export interface WantedColumn {
  /** Its name in the header, in lower case; names that other exports give it after it. */
  readonly names: readonly string[];
  readonly kind: CellKind;
  /** Whether a file without it is none of the family. */
  readonly required: boolean;
  /** Numbers that stand for no value, such as -1. */
  readonly absent?: readonly number[];
}

/** The cells of a file: a number each, NaN where there is none. */
export interface CsvCells {
  /** As wide as there are wanted columns, in their order. */
  readonly rows: RowBuffer;
  /** Of each wanted column of text, its distinct cells; the numbers of rows point into it. */
  readonly words: readonly (readonly string[])[];
  /** Of each wanted column, whether the file has it. */
  readonly has: readonly boolean[];
  /** Columns nobody asked for, with the number of their cells. */
  readonly unknown: UnknownFields;
  /** Whether the last line breaks off; it makes no row. */
  readonly cut: boolean;
}

/** What files write where there is no value. */
export const absentWords: ReadonlySet<string> = new Set(["", "NaN", "null", "N/A"]);

/** A header as columns are looked up in it: small letters, no byte-order mark. */
export function headerNames(cells: readonly string[]): string[] {
  return cells.map((cell) => cell.replace(/^\ufeff/, "").trim().toLowerCase());
}

/** For each wanted column where it stands in a header; -1 where it does not. */
export function placesIn(header: readonly string[], wanted: readonly WantedColumn[]): number[] {
  return wanted.map(({ names }) =>
    names.map((name) => header.indexOf(name)).find((place) => place >= 0) ?? -1
  );
}

/** The first required column that a header has not; undefined when it has all. */
export function missingColumn(
  header: readonly string[],
  wanted: readonly WantedColumn[],
): string | undefined {
  return wanted.find(({ names, required }) =>
    required && !names.some((name) => header.includes(name))
  )?.names[0];
}

/** No wearable is older: a row with an earlier time (1970 as a rule) has none. */
export const earliestStamp = Date.UTC(2000, 0, 1);

const numberPattern = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** A decimal number; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  const number = numberPattern.test(text) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : undefined;
}
