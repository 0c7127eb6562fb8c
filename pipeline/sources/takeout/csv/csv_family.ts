/**
 * A family of CSV files as an entry of a table: its names, the clock of its times, and for each
 * column of which of our tables the column of the file, by name, with how it is read.
 */

import type { TableSpec } from "../../../catalog.ts";
import type { CellValue } from "../../records/columns_builder.ts";
import type { Stream } from "../../source.ts";
import type { Family, Span } from "../family.ts";
import type { TwinSpec } from "../twin_marks.ts";
import type { WantedColumn } from "./columns.ts";

/** Where a column of ours stands in the file. */
export interface Cell {
  readonly wanted: WantedColumn;
  /** Numbers: what the file's are divided by; 1000 reads millimetres as metres. */
  readonly per: number;
  /** Text: what stands for it in the table; the text itself where nothing is said. */
  readonly word: (text: string) => string | undefined;
  /** A row without it makes no row. */
  readonly needed: boolean;
}

interface Rest {
  /** Names that other exports give the column. */
  readonly or?: readonly string[];
  /** A row without it makes no row. */
  readonly needed?: true;
  /** The file need not have the column. */
  readonly optional?: true;
}

function wanted(
  name: string,
  kind: WantedColumn["kind"],
  { or = [], optional }: Rest,
): WantedColumn {
  return { names: [name, ...or], kind, required: optional !== true };
}

/**
 * A column of numbers.
 * @param absent Numbers that stand for no value.
 */
export function number(
  name: string,
  { per = 1, absent = [], ...rest }: Rest & { per?: number; absent?: readonly number[] } = {},
): Cell {
  return {
    wanted: { ...wanted(name, "number", rest), absent },
    per,
    word: (text) => text,
    needed: rest.needed === true,
  };
}

/** A column of text, as it stands; empty cells are null. */
export function text(name: string, rest: Rest = {}): Cell {
  return {
    wanted: wanted(name, "text", rest),
    per: 1,
    word: (text) => text === "" || text === "null" ? undefined : text,
    needed: rest.needed === true,
  };
}

/**
 * A column of words of a fixed set, in small letters with underscores; `..._UNSPECIFIED` is
 * `otherwise`, null where nothing is said.
 */
export function word(
  name: string,
  { otherwise, ...rest }: Rest & { otherwise?: string } = {},
): Cell {
  return {
    wanted: wanted(name, "text", rest),
    per: 1,
    word: (text) =>
      text === "" || text === "null" || text.endsWith("_UNSPECIFIED")
        ? otherwise
        : text.toLowerCase().replaceAll(" ", "_"),
    needed: rest.needed === true,
  };
}

/** The rows that a line of the file makes: one each. */
export interface RowPart {
  readonly columns: Readonly<Record<string, Cell>>;
  /** Columns that are the same in all its rows. */
  readonly constants?: Readonly<Record<string, CellValue>>;
  /** Only lines whose number in this column of ours is above 0 make a row. */
  readonly above0?: string;
}

export interface CsvFamily {
  /** The stream; where several families have the same, they feed several tables from one file. */
  readonly stream: string;
  /** The member's base name, in lower case. */
  readonly name: RegExp;
  readonly table: TableSpec;
  /** Raise when the same document would give other rows. */
  readonly version: number;
  /** What the times are: see {@link Span}. */
  readonly clock: Span["kind"];
  /** See {@link Span}. */
  readonly ofSleeps?: true;
  /** The column of the time, or of the label of the day. */
  readonly stamp: string;
  /** Tables of intervals: how long each lasts. */
  readonly duration_s?: number;
  readonly parts: readonly RowPart[];
  /** Where another file has the same on another clock: what is compared, and in which of our columns. */
  readonly twin?: TwinSpec & { readonly column: string };
  /** Columns that are known and not read. */
  readonly known?: readonly string[];
  /** See {@link Family}. */
  readonly header?: Family["header"];
  /** The column of who recorded a row: of several, one supplies a day. */
  readonly recorder?: string;
  /** See {@link Stream}. */
  readonly series?: string;
  /** See {@link Stream}. */
  readonly fallback?: true;
}

/** The stream's members that have nothing to do with the file. */
export function streamOf(
  { stream, table, version, series, fallback }: Pick<
    CsvFamily,
    "stream" | "table" | "version" | "series" | "fallback"
  >,
): Omit<Stream, "flatten"> {
  return {
    source: "takeout",
    name: stream,
    table: table.name,
    version,
    ...(series === undefined ? {} : { series }),
    ...(fallback === undefined ? {} : { fallback }),
  };
}
