/** Columns as rows of plain numbers and text, and back: for reading aggregates and making parts. */

import type { TableSpec } from "../../pipeline/catalog.ts";
import type { Column, Columns, ColumnType } from "../../pipeline/columns.ts";

/** A value by column name: times in ms, dates in days since 1970. Undefined is null. */
export type Row = Readonly<Record<string, number | string | null | undefined>>;

/**
 * The rows as columns of the table; values of other names are left out. A null where the table has
 * none stays one, for the writer to refuse.
 */
export function columnsOfRows(table: TableSpec, rows: readonly Row[]): Columns {
  const columns = table.columns.map(({ name, type }) => {
    const cells = rows.map((row) => row[name] ?? null);
    const valid = { valid: Uint8Array.from(cells, (cell) => cell === null ? 0 : 1) };
    return [name, columnOf(type, cells, valid)] as const;
  });
  return { rows: rows.length, columns: Object.fromEntries(columns) };
}

function columnOf(
  type: ColumnType,
  cells: readonly (number | string | null)[],
  valid: { valid?: Uint8Array },
): Column {
  switch (type) {
    case "timestamp_ms":
    case "float64":
      return { type, values: Float64Array.from(cells, Number), ...valid };
    case "int32":
    case "date":
      return { type, values: Int32Array.from(cells, Number), ...valid };
    case "boolean":
      return { type, values: Uint8Array.from(cells, Number), ...valid };
    case "string": {
      const dictionary = Array.from(new Set(cells.map((cell) => String(cell ?? ""))));
      const codeOf = new Map(dictionary.map((text, code) => [text, code]));
      const codes = Int32Array.from(cells, (cell) => codeOf.get(String(cell ?? "")) ?? 0);
      return { type, dictionary, codes, ...valid };
    }
  }
}

/** The rows of the columns. */
export function rowsOfColumns({ rows, columns }: Columns): Row[] {
  const readers = Object.entries(columns).map(([name, column]) => [name, cellsOf(column)] as const);
  return Array.from(
    { length: rows },
    (_, row) => Object.fromEntries(readers.map(([name, cell]) => [name, cell(row)])),
  );
}

function cellsOf(column: Column): (row: number) => number | string | null {
  const { valid } = column;
  const present = column.type === "string"
    ? (row: number) => column.dictionary[column.codes[row] ?? -1] ?? null
    : (row: number) => column.values[row] ?? null;
  return (row) => (valid?.[row] === 0 ? null : present(row));
}
