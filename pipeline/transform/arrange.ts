/**
 * From the flattened documents of one series to the rows of one part: the days asked for, sorted by
 * the table's key, no key twice. Pure, and the same whatever order documents and rows come in.
 */

import type { ColumnSpec, TableSpec } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import { dayNumber } from "../day.ts";
import { isAscending, isDescending, stepsOf } from "../kernels/numbers.ts";
import type { Flattened, Window } from "../sources/source.ts";
import { chooseRecorders, type DayRows } from "./choose_recorders.ts";
import { civilDays, isTimed, rowsOfDays } from "./civil_days.ts";
import { columnNamed, comparison, join, reversed, sortKeys } from "./column_rows.ts";
import { filledRows, type KeptRow, measuredRows, putTogether } from "./put_together.ts";

const MS_PER_MINUTE = 60_000;

/** A flattened document of a series. */
export interface SeriesDocument extends Flattened {
  /**
   * Where its stream stands among those of the series: of two rows with the same key that of the
   * earlier stream is kept, and the other fills what is null in it.
   */
  readonly order?: number;
}

/** How many rows of one document were left out because another one has their key. */
export interface LeftOut {
  /** The document's place among those that were given. */
  readonly document: number;
  readonly duplicates: number;
  readonly conflicts: number;
}

/** The rows of a part, and what became of the others. */
export interface Arranged {
  /** Every column of the catalogue but `source`, sorted by the key. */
  readonly columns: Columns;
  /** Rows left out because they equal one that was kept. */
  readonly duplicates: number;
  /**
   * Rows left out because they contradict one that was kept, with the same key. Kept is the row with
   * the larger values, the table's last column deciding first, any value before null. Rows that have
   * other columns of the same key contradict nothing: they are put together.
   */
  readonly conflicts: number;
  /** The same by document; only those of which rows were left out, in their order. */
  readonly leftOutOf: readonly LeftOut[];
  /** Rows of other days than those asked for. */
  readonly outside: number;
  /** Rows of recorders that were not chosen for their day. */
  readonly leftOut: number;
  /** Distinct UTC minutes with a row; for tables of daily values the number of rows. */
  readonly minutes: number;
  /** Which recorder was chosen over which, where there was a choice. */
  readonly notes: readonly string[];
}

/**
 * The rows of the documents that are of the civil days of `window`, ready to be written.
 *
 * @example
 * ```ts
 * import { arrange } from "./arrange.ts";
 * import { heartRate } from "../catalog.ts";
 * import { heartRateColumns } from "../sources/heart_rate_columns.ts";
 * import assert from "node:assert/strict";
 * const columns = heartRateColumns(
 *   Float64Array.of(2000, 1000, 2000),
 *   new Int32Array(3),
 *   Int32Array.of(61, 60, 61),
 * );
 * const day = { first: "1970-01-01", last: "1970-01-01" };
 * const { columns: { rows }, duplicates } = arrange(
 *   heartRate,
 *   [{ columns, unknown: new Map(), notes: [] }],
 *   day,
 * );
 * assert.deepEqual([rows, duplicates], [2, 1]);
 * ```
 */
export function arrange(
  table: TableSpec,
  documents: readonly SeriesDocument[],
  window: Window,
): Arranged {
  const specs = table.columns.filter(({ name }) => name !== "source");
  const received = documents.reduce((sum, { columns }) => sum + columns.rows, 0);
  const inside = documents.map((document) => rowsWithin(table, document, window));
  const { chosen, leftOut, notes } = chooseRecorders(inside);
  const joined = join(
    chosen.map(({ document, rows }) => ({ columns: document.columns, rows })),
    specs,
  );
  const { duplicates, conflicts, columns: sorted } = sortedByKey(
    table,
    specs,
    joined,
    ordersOf(documents, chosen),
  );
  const measured = measuredRows(table, sorted);
  const columns = measured === undefined
    ? sorted
    : join([{ columns: sorted, rows: measured }], specs);
  return {
    columns,
    duplicates: duplicates.length,
    conflicts: conflicts.length,
    leftOutOf: leftOutOf(chosen, duplicates, conflicts),
    outside: received - leftOut - joined.rows,
    leftOut,
    minutes: minutesOf(table, columns),
    notes,
  };
}

/** Rows of the joined documents by the document they are of. */
function leftOutOf(
  chosen: readonly DayRows[],
  duplicates: readonly number[],
  conflicts: readonly number[],
): LeftOut[] {
  if (duplicates.length + conflicts.length === 0) return [];
  const ends: number[] = [];
  for (const { rows, document } of chosen) {
    ends.push((ends.at(-1) ?? 0) + (rows?.length ?? document.columns.rows));
  }
  const counted = (rows: readonly number[]) => {
    const counts = chosen.map(() => 0);
    for (const row of rows) counts[ends.findIndex((end) => row < end)]!++;
    return counts;
  };
  const twice = counted(duplicates);
  const contradicting = counted(conflicts);
  return chosen.map((_, document) => ({
    document,
    duplicates: twice[document] ?? 0,
    conflicts: contradicting[document] ?? 0,
  })).filter(({ duplicates, conflicts }) => duplicates + conflicts > 0);
}

/** For each row the order of its document's stream; undefined when there is only one. */
function ordersOf(
  documents: readonly SeriesDocument[],
  chosen: readonly DayRows[],
): Int32Array | undefined {
  const orders = documents.map(({ order = 0 }) => order);
  if (new Set(orders).size < 2) return undefined;
  return Int32Array.from(
    chosen.flatMap(({ document, rows }, index) =>
      new Array<number>(rows?.length ?? document.columns.rows).fill(orders[index] ?? 0)
    ),
  );
}

function rowsWithin(table: TableSpec, document: Flattened, window: Window): DayRows {
  const { columns } = document;
  const rows = rowsOfDays(table, columns, dayNumber(window.first), dayNumber(window.last));
  return { document, rows, dayOf: civilDays(table, columns) };
}

/** Rows of which no two have the same key, and the numbers of those left out. */
interface OneOfEachKey {
  readonly columns: Columns;
  readonly duplicates: readonly number[];
  readonly conflicts: readonly number[];
}

/** The rows sorted by the table's key, one of each key. */
function sortedByKey(
  table: TableSpec,
  specs: readonly ColumnSpec[],
  columns: Columns,
  orders: Int32Array | undefined,
): OneOfEachKey {
  const keyOf = ({ name, type }: ColumnSpec) => sortKeys(columnNamed(columns, name, type));
  const isKey = ({ name }: ColumnSpec) => table.key.includes(name);
  const keys = table.key.flatMap((key) => specs.filter(({ name }) => name === key)).map(keyOf);
  const byKey = comparison(keys);
  const { rows } = columns;
  const [only] = keys;
  if (only instanceof Float64Array && keys.length === 1) {
    // As documents nearly always come: oldest or newest first.
    if (isAscending(only)) return { columns, duplicates: [], conflicts: [] };
    if (isDescending(only)) return { columns: reversed(columns), duplicates: [], conflicts: [] };
  }
  // Newest first turned round is nearly sorted, which the sort makes use of.
  const newestFirst = rows > 0 && byKey(0, rows - 1) > 0;
  const order = Array.from({ length: rows }, (_, row) => newestFirst ? rows - 1 - row : row);
  order.sort(byKey);

  const others = specs.filter((spec) => !isKey(spec));
  const byValues = comparison(others.map(keyOf).reverse());
  const valid = others.map(({ name, type }) => columnNamed(columns, name, type).valid);
  const hasValue = (column: number, row: number) => valid[column]?.[row] !== 0;
  const kept: KeptRow[] = [];
  const duplicates: number[] = [];
  const conflicts: number[] = [];
  for (let start = 0, end = 0; start < order.length; start = end) {
    const first = order[start]!;
    while (end < order.length && byKey(first, order[end]!) === 0) end++;
    if (end === start + 1) {
      kept.push({ row: first, fills: [] });
      continue;
    }
    const orderOf = (row: number) => orders?.[row] ?? 0;
    const same = order.slice(start, end)
      .sort((a, b) => orderOf(a) - orderOf(b) || byValues(b, a));
    const { row, fills, leftOver } = putTogether(same, hasValue, others.length);
    const twins = leftOver.filter((other) => orderOf(other) !== orderOf(row));
    kept.push({ row, fills: [...fills, ...twins] });
    duplicates.push(...twins);
    for (const other of leftOver) {
      if (twins.includes(other)) continue;
      const isSame = [row, ...fills].some((part) => byValues(other, part) === 0);
      (isSame ? duplicates : conflicts).push(other);
    }
  }
  return { columns: filledRows(columns, specs, kept), duplicates, conflicts };
}

function minutesOf(table: TableSpec, columns: Columns): number {
  if (!isTimed(table)) return columns.rows;
  const { values } = columnNamed(columns, "time", "timestamp_ms");
  return stepsOf(values, MS_PER_MINUTE);
}
