/** The careful reader of the archive's CSV files: columns found by their name, quotes understood. */

import { parse } from "../../csv.ts";
import { DocumentError, reasonOf } from "../../errors.ts";
import { countUnknown, decodeDocument, type UnknownFields } from "../json/document.ts";

/** A CSV file with the columns that were asked for. */
export interface CsvTable {
  readonly rows: readonly (readonly string[])[];
  has(column: string): boolean;
  /** The cell of a row in a named column; undefined when the file has no such column. */
  cell(row: readonly string[], column: string): string | undefined;
  /** Columns nobody asked for, with the number of their cells. */
  readonly unknown: UnknownFields;
}

/** What empty categories have for a body. */
const noData = "no data";

/**
 * The rows of a CSV document, without its header; none for an empty one and for one that says
 * `no data`. Throws a DocumentError when it is no CSV or a required column is missing.
 */
export function csvTable(
  document: Uint8Array,
  columns: { readonly required: readonly string[]; readonly optional: readonly string[] },
): CsvTable {
  const text = decodeDocument(document);
  const unknown: UnknownFields = new Map();
  if (text.trim() === "" || text.trim() === noData) {
    return { rows: [], has: () => false, cell: () => undefined, unknown };
  }
  const [header = [], ...rows] = parsed(text);
  for (const name of columns.required) {
    if (!header.includes(name)) {
      throw new DocumentError(
        `Cannot find the column "${name}": the header is ${header.join(",")}`,
      );
    }
  }
  for (const name of header) {
    if (columns.required.includes(name) || columns.optional.includes(name)) continue;
    for (let i = 0; i < rows.length; i++) countUnknown(unknown, name);
  }
  return {
    rows,
    has: (column) => header.includes(column),
    cell: (row, column) => row[header.indexOf(column)],
    unknown,
  };
}

function parsed(text: string): string[][] {
  try {
    return parse(text, { fieldsPerRecord: 0 });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DocumentError(`Cannot parse the document as CSV: ${reasonOf(error)}`);
  }
}
