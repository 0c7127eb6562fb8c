/** Columns as rows of plain values, for comparing with expected ones. */

import type { TableSpec } from "../../pipeline/catalog.ts";
import type { Column, Columns } from "../../pipeline/columns.ts";
import { dayOfNumber } from "../../pipeline/day.ts";

/** A row: instants as ISO text, dates as days, null for null. */
export type PlainRow = Record<string, string | number | boolean | null>;

/** Every row, with the columns of the catalogue that are there, in the catalogue's order. */
export function plainRows(table: TableSpec, { rows, columns }: Columns): PlainRow[] {
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(
      table.columns.flatMap(({ name }) => {
        const column = columns[name];
        return column === undefined ? [] : [[name, plainValue(column, row)]];
      }),
    ));
}

function plainValue(column: Column, row: number): string | number | boolean | null {
  if (column.valid?.[row] === 0) return null;
  if (column.type === "string") return column.dictionary[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? NaN;
  switch (column.type) {
    case "timestamp_ms":
      return new Date(value).toISOString();
    case "date":
      return dayOfNumber(value);
    case "boolean":
      return value === 1;
    default:
      return value;
  }
}
