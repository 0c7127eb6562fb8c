/**
 * Rows of one key that each hold other columns of it - a day's minutes of activity come in four files -
 * are one row. Pure.
 */

import type { ColumnSpec, TableSpec } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import { columnNamed, join } from "./column_rows.ts";

/** A row that was kept, and the rows that fill what it lacks, those that come first before others. */
export interface KeptRow {
  readonly row: number;
  readonly fills: readonly number[];
}

/**
 * What becomes of rows with the same key, the one to be kept first: the others either fill columns
 * that are null in all before them, or are left over.
 */
export function putTogether(
  rows: readonly number[],
  hasValue: (column: number, row: number) => boolean,
  columns: number,
): KeptRow & { readonly leftOver: readonly number[] } {
  const [row = 0, ...others] = rows;
  const parts = [row];
  const leftOver: number[] = [];
  for (const other of others) {
    let isOther = true;
    for (let column = 0; column < columns && isOther; column++) {
      isOther = !hasValue(column, other) || !parts.some((part) => hasValue(column, part));
    }
    (isOther ? parts : leftOver).push(other);
  }
  return { row, fills: parts.slice(1), leftOver };
}

/** The kept rows with what fills them. */
export function filledRows(
  columns: Columns,
  specs: readonly ColumnSpec[],
  kept: readonly KeptRow[],
): Columns {
  const rows = kept.map(({ row }) => row);
  if (kept.every(({ fills }) => fills.length === 0)) return join([{ columns, rows }], specs);
  return {
    rows: kept.length,
    columns: Object.fromEntries(
      specs.flatMap((spec) => {
        const { valid } = columnNamed(columns, spec.name, spec.type);
        const own = valid === undefined ? rows : kept.map(({ row, fills }) => {
          if (valid[row] !== 0) return row;
          return fills.find((fill) => valid[fill] !== 0) ?? row;
        });
        return Object.entries(join([{ columns, rows: own }], [spec]).columns);
      }),
    ),
  };
}

/** The rows of a table that say more than that nothing was measured; undefined when all do. */
export function measuredRows(table: TableSpec, columns: Columns): number[] | undefined {
  const { unmeasured } = table;
  if (unmeasured === undefined) return undefined;
  const values = table.columns.filter(({ name }) => name !== "source" && !table.key.includes(name))
    .map(({ name }) => ({ column: columns.columns[name], blank: unmeasured[name] }));
  const isMeasured = (row: number) =>
    values.some(({ column, blank }) => {
      if (column === undefined || column.valid?.[row] === 0) return false;
      return column.type === "string" || column.values[row] !== blank;
    });
  const rows: number[] = [];
  for (let row = 0; row < columns.rows; row++) if (isMeasured(row)) rows.push(row);
  return rows.length === columns.rows ? undefined : rows;
}
