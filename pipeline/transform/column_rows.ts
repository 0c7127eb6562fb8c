/** Rows of columns, moved about without ever becoming objects: joined, picked, compared. */

import type { ColumnSpec } from "../catalog.ts";
import {
  type Column,
  type Columns,
  type ColumnType,
  isShared,
  type StringColumn,
} from "../columns.ts";

/** Some rows of some columns, in that order; all of them when `rows` is undefined. */
export interface Selection {
  readonly columns: Columns;
  readonly rows: ArrayLike<number> | undefined;
}

/**
 * The columns of all selections, one after the other. The arrays of a single selection of all rows
 * are handed on, not copied. Throws a RangeError when a document lacks a column or has it as another
 * type than the catalogue says.
 */
export function join(selections: readonly Selection[], specs: readonly ColumnSpec[]): Columns {
  const rows = selections.reduce((sum, selection) => sum + rowsOf(selection), 0);
  const runs = selections.map((selection) => isRun(selection.rows));
  const columns = specs.map(({ name, type }) => {
    const parts = selections.map((selection, index): Part => ({
      column: columnNamed(selection.columns, name, type),
      rows: selection.rows,
      isRun: runs[index] === true,
      count: rowsOf(selection),
    }));
    return [name, joinColumn(type, parts, rows)] as const;
  });
  return { rows, columns: Object.fromEntries(columns) };
}

/** The column of that name and type; throws a RangeError when there is none. */
export function columnNamed<T extends ColumnType>(
  columns: Columns,
  name: string,
  type: T,
): Extract<Column, { type: T }> {
  const column = columns.columns[name];
  if (column !== undefined && isOf(column, type)) return column;
  throw new RangeError(
    `Cannot find a column "${name}" of ${type}: found ${column?.type ?? "none"}`,
  );
}

function isOf<T extends ColumnType>(
  column: Column,
  type: T,
): column is Extract<Column, { type: T }> {
  return column.type === type;
}

type Numbers = Float64Array | Int32Array | Uint8Array;

/** A column's share in a joined one. */
interface Part {
  readonly column: Column;
  readonly rows: ArrayLike<number> | undefined;
  /** Whether the rows follow one another in the column as they do here. */
  readonly isRun: boolean;
  readonly count: number;
}

/** Whether the rows follow one another, as those of a civil day do in a file of a day in UTC. */
function isRun(rows: ArrayLike<number> | undefined): boolean {
  if (rows === undefined) return false;
  for (let i = 1; i < rows.length; i++) if (rows[i] !== rows[i - 1]! + 1) return false;
  return rows.length > 0;
}

function rowsOf({ columns, rows }: Selection): number {
  return rows === undefined ? columns.rows : rows.length;
}

function joinColumn(type: ColumnType, parts: readonly Part[], rows: number): Column {
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && only.rows === undefined) return only.column;
  const valid = parts.some(({ column }) => column.valid !== undefined)
    ? { valid: fill(new Uint8Array(rows), parts, (part) => part.column.valid ?? ones(part)) }
    : {};
  switch (type) {
    case "timestamp_ms":
    case "float64":
      return { type, values: fill(new Float64Array(rows), parts, numbersOf), ...valid };
    case "int32":
    case "date":
      return { type, values: fill(new Int32Array(rows), parts, numbersOf), ...valid };
    case "boolean":
      return { type, values: fill(new Uint8Array(rows), parts, numbersOf), ...valid };
    case "string": {
      const joint = new Map<string, number>();
      const codes = fill(new Int32Array(rows), parts, ({ column }) => {
        return column.type === "string" ? recoded(column, joint) : numbersOf({ column });
      });
      return { type, dictionary: Array.from(joint.keys()), codes, ...valid };
    }
  }
}

function fill<T extends Float64Array | Int32Array | Uint8Array>(
  into: T,
  parts: readonly Part[],
  numbers: (part: Part) => Numbers,
): T {
  let at = 0;
  for (const part of parts) {
    const from = numbers(part);
    const { rows, count } = part;
    if (rows === undefined) into.set(from, at);
    else if (part.isRun) {
      into.set(from.subarray(rows[0], rows[0]! + count), at);
    } else if (into instanceof Float64Array && from instanceof Float64Array) {
      pickFloat64(into, at, from, rows);
    } else if (into instanceof Int32Array && from instanceof Int32Array) {
      pickInt32(into, at, from, rows);
    } else for (let i = 0; i < count; i++) into[at + i] = from[rows[i]!]!;
    at += count;
  }
  return into;
}

// The same loop for each of the two kinds of large arrays: one that meets both takes many times as long.

function pickFloat64(
  into: Float64Array,
  at: number,
  from: Float64Array,
  rows: ArrayLike<number>,
): void {
  for (let i = 0; i < rows.length; i++) into[at + i] = from[rows[i]!]!;
}

function pickInt32(into: Int32Array, at: number, from: Int32Array, rows: ArrayLike<number>): void {
  for (let i = 0; i < rows.length; i++) into[at + i] = from[rows[i]!]!;
}

function numbersOf({ column }: { readonly column: Column }): Numbers {
  return column.type === "string" ? column.codes : column.values;
}

function ones({ column }: Part): Uint8Array {
  return new Uint8Array(numbersOf({ column }).length).fill(1);
}

/** The column's codes into a dictionary that several columns share. */
function recoded({ dictionary, codes }: StringColumn, joint: Map<string, number>): Int32Array {
  const code = dictionary.map((text) => {
    if (!joint.has(text)) joint.set(text, joint.size);
    return joint.get(text) ?? 0;
  });
  return codes.map((old) => code[old] ?? 0);
}

/** The rows from the last to the first. */
export function reversed({ rows, columns }: Columns): Columns {
  return {
    rows,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, reversedColumn(column)]),
    ),
  };
}

function reversedColumn(column: Column): Column {
  const valid = column.valid === undefined ? {} : { valid: reversedNumbers(column.valid) };
  switch (column.type) {
    case "string":
      return { ...column, codes: reversedNumbers(column.codes), ...valid };
    case "boolean":
      return { ...column, values: reversedNumbers(column.values), ...valid };
    case "int32":
    case "date":
      return { ...column, values: reversedNumbers(column.values), ...valid };
    case "timestamp_ms":
    case "float64":
      return { ...column, values: reversedNumbers(column.values), ...valid };
  }
}

/** The numbers from the last to the first, zeros as they are; `toReversed()` takes many times as long. */
function reversedNumbers<T extends Numbers>(numbers: T): T;
function reversedNumbers(numbers: Numbers): Numbers {
  return isShared(numbers) ? numbers : numbers.slice().reverse();
}

/** Numbers that sort as the column's values do: null before everything, text by its code units. */
export function sortKeys(column: Column): ArrayLike<number> {
  let keys = numbersOf({ column });
  if (column.type === "string") {
    const sorted = column.dictionary.toSorted((a, b) => (a < b ? -1 : 1));
    const rankOf = new Map(sorted.map((text, rank) => [text, rank]));
    const ranks = column.dictionary.map((text) => rankOf.get(text) ?? 0);
    keys = column.codes.map((code) => ranks[code] ?? 0);
  }
  const { valid } = column;
  if (valid === undefined) return keys;
  return Float64Array.from(keys, (key, row) => (valid[row] === 0 ? -Infinity : key));
}

/** Compares two rows by columns of {@link sortKeys}, the first one deciding first. */
export function comparison(keys: readonly ArrayLike<number>[]): (a: number, b: number) => number {
  const [only] = keys;
  if (only !== undefined && keys.length === 1) return (a, b) => only[a]! - only[b]!;
  return (a, b) => {
    for (const key of keys) {
      // Not by their difference: two nulls are both -Infinity.
      if (key[a]! !== key[b]!) return key[a]! < key[b]! ? -1 : 1;
    }
    return 0;
  };
}
