/** Columns held against the catalogue before they are written. */

import type { ColumnSpec, StoredInteger, TableSpec } from "../../catalog.ts";
import type { Column, Columns } from "../../columns.ts";

/** The furthest a JavaScript date goes from 1970, in milliseconds. */
const furthestMs = 8.64e15;

const integerRange: Record<StoredInteger, readonly [number, number]> = {
  uint8: [0, 255],
  int16: [-32_768, 32_767],
  int32: [-2_147_483_648, 2_147_483_647],
};

/**
 * Checks that the columns are those of the table.
 *
 * Throws a TypeError when a column is missing, unknown, of another type or another length, and a
 * RangeError when a value is null or does not fit; either names the table, column and row.
 */
export function checkColumns(table: TableSpec, { rows, columns }: Columns): void {
  const known = table.columns.map((spec) => spec.name);
  const unknown = Object.keys(columns).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new TypeError(
      `Cannot write table "${table.name}": it has no column ${quoted(unknown)}, only ${
        quoted(known)
      }`,
    );
  }
  for (const spec of table.columns) {
    const fail = (what: string) =>
      `Cannot write column "${spec.name}" of table "${table.name}": ${what}`;
    const column = columns[spec.name];
    if (column === undefined) throw new TypeError(fail("the column is missing"));
    if (column.type !== spec.type) {
      throw new TypeError(fail(`expected type ${spec.type}, not ${column.type}`));
    }
    const length = (column.type === "string" ? column.codes : column.values).length;
    if (length !== rows) throw new TypeError(fail(`expected ${rows} values, not ${length}`));
    const { valid } = column;
    if (valid !== undefined && valid.length !== rows) {
      throw new TypeError(fail(`expected ${rows} flags of validity, not ${valid.length}`));
    }
    const nullRow = valid?.findIndex((flag) => flag === 0) ?? -1;
    if (nullRow >= 0 && !spec.nullable) throw new RangeError(fail(`row ${nullRow} is null`));
    checkValues(spec, column, fail);
  }
}

function checkValues(spec: ColumnSpec, column: Column, fail: (what: string) => string): void {
  switch (column.type) {
    case "timestamp_ms":
      return each(
        column.values,
        column.valid,
        isTime,
        (value, row) =>
          fail(`row ${row} is ${value}, expected whole milliseconds within ${furthestMs}`),
      );
    case "int32": {
      const stored = spec.stored ?? "int32";
      if (stored === "int32") return;
      const [least, most] = integerRange[stored];
      return each(
        column.values,
        column.valid,
        (value) => value >= least && value <= most,
        (value, row) => fail(`row ${row} is ${value}, expected ${least} to ${most} (${stored})`),
      );
    }
    case "float64":
      return each(
        column.values,
        column.valid,
        Number.isFinite,
        (value, row) =>
          fail(`row ${row} is ${value}, expected a finite number, or null for no value`),
      );
    case "boolean":
      return each(
        column.values,
        column.valid,
        (value) => value <= 1,
        (value, row) => fail(`row ${row} is ${value}, expected 0 or 1`),
      );
    case "string": {
      const broken = column.dictionary.find((text) => !text.isWellFormed());
      if (broken !== undefined) {
        throw new RangeError(fail(`${JSON.stringify(broken)} is no well-formed Unicode`));
      }
      const size = column.dictionary.length;
      return each(
        column.codes,
        column.valid,
        (code) => code >= 0 && code < size,
        (code, row) => fail(`row ${row} has code ${code}, expected one below ${size}`),
      );
    }
    case "date":
      return;
  }
}

function isTime(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= furthestMs;
}

function each(
  values: Float64Array | Int32Array | Uint8Array,
  valid: Uint8Array | undefined,
  fits: (value: number) => boolean,
  message: (value: number, row: number) => string,
): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!fits(value) && valid?.[row] !== 0) throw new RangeError(message(value, row));
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
