/** Columns held against the catalogue before they are written. */

import { type ColumnSpec, storedRanges, type TableSpec } from "../../catalog.ts";
import type { Column, Columns } from "../../columns.ts";
import { extentOf } from "../../kernels/numbers.ts";

/** What a value may be. */
interface Range {
  readonly least: number;
  readonly most: number;
  /** The array could hold fractions and must not. */
  readonly whole?: boolean;
}

export interface CheckedColumn {
  readonly spec: ColumnSpec;
  readonly column: Column;
}

/**
 * The columns in the order of the table, after checking that they are its columns.
 *
 * Throws a TypeError when a column is missing, unknown, of another type or another length, and a
 * RangeError when a value is null or does not fit; either names the table, column and row.
 */
export function checkedColumns(table: TableSpec, { rows, columns }: Columns): CheckedColumn[] {
  const known = table.columns.map((spec) => spec.name);
  const unknown = Object.keys(columns).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new TypeError(
      `Cannot write table "${table.name}": it has no column "${unknown.join('", "')}", only "${
        known.join('", "')
      }"`,
    );
  }
  return table.columns.map((spec) => {
    const where = `Cannot write column "${spec.name}" of table "${table.name}"`;
    const column = columns[spec.name];
    if (column === undefined) throw new TypeError(`${where}: it is missing`);
    if (column.type !== spec.type) {
      throw new TypeError(`${where}: expected type ${spec.type}, not ${column.type}`);
    }
    const values = column.type === "string" ? column.codes : column.values;
    const { valid } = column;
    if (values.length !== rows) {
      throw new TypeError(`${where}: expected ${rows} values, not ${values.length}`);
    }
    if (valid !== undefined && valid.length !== rows) {
      throw new TypeError(`${where}: expected ${rows} flags of validity, not ${valid.length}`);
    }
    const nullRow = valid?.indexOf(0) ?? -1;
    if (nullRow >= 0 && !spec.nullable) {
      throw new RangeError(`${where}: row ${nullRow} is null, expected a value`);
    }
    const broken = column.type === "string"
      ? column.dictionary.find((text) => !text.isWellFormed())
      : undefined;
    if (broken !== undefined) {
      throw new RangeError(`${where}: ${JSON.stringify(broken)} is not well-formed Unicode`);
    }
    const range = rangeOf(spec, column);
    const row = firstOutside(range, values, valid);
    if (row >= 0) {
      const { least, most, whole } = range;
      throw new RangeError(
        `${where}: row ${row} is ${values[row]}, expected ${
          whole ? "a whole number" : "a number"
        } from ${least} to ${most}`,
      );
    }
    return { spec, column };
  });
}

function rangeOf(spec: ColumnSpec, column: Column): Range {
  switch (column.type) {
    case "timestamp_ms":
      // As far as a JavaScript date goes.
      return { least: -8.64e15, most: 8.64e15, whole: true };
    case "float64":
      // Where there is no number there is null; NaN and infinity are neither.
      return { least: -Number.MAX_VALUE, most: Number.MAX_VALUE };
    case "int32":
      return storedRanges[spec.stored ?? "int32"];
    case "date":
      return storedRanges.int32;
    case "boolean":
      return { least: 0, most: 1 };
    case "string":
      return { least: 0, most: column.dictionary.length - 1 };
  }
}

/** The first row whose value is there and outside the range; -1 when there is none. */
function firstOutside(
  range: Range,
  values: Float64Array | Int32Array | Uint8Array,
  valid: Uint8Array | undefined,
): number {
  const { least, most, whole } = range;
  // What lies under a null hardly ever matters, but may be anything.
  if (!(values instanceof Uint8Array)) {
    const extent = extentOf(values);
    const isWithin = extent.min >= least && extent.max <= most && (!whole || extent.whole);
    if (isWithin || values.length === 0) return -1;
  }
  return values.findIndex((value, row) =>
    !(value >= least && value <= most && (!whole || Math.floor(value) === value)) &&
    valid?.[row] !== 0
  );
}
