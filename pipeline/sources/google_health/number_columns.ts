/**
 * Numbers of points that are scanned: from a table's fields to the shape of what is scanned, and from
 * what was scanned to columns.
 */

import { type ColumnSpec, storedRanges, type TableSpec } from "../../catalog.ts";
import type { Column } from "../../columns.ts";
import { extentOf, int32sOf } from "../../kernels/numbers.ts";
import type { ColumnBuffer, RowRange } from "../json/column_buffer.ts";
import { decimal, object, type ObjectShape, type Shape, whole } from "../json/record_shape.ts";
import { numberOf } from "../records/readings.ts";
import type { Field } from "../records/record_reader.ts";

/** What the scanner reads at most: 9 digits of a whole number. */
const mostWhole = 999_999_999;
const mostReal = 1e15;

/** A column that a number of a point goes to. */
interface Value {
  readonly column: ColumnSpec;
  readonly place: number;
  readonly divisor: number;
  /** What it is where the number is absent; null where nothing is said. */
  readonly absent: number | undefined;
}

/** A member of a point by its path. */
export type Member = readonly [path: string, shape: Shape];

/** The columns that are filled from numbers, and those that stay null. */
export interface NumberColumns {
  readonly members: readonly Member[];
  /** The columns of the rows that were scanned. */
  columns(rows: ColumnBuffer, ranges: readonly RowRange[], length: number): Record<string, Column>;
}

/**
 * The columns of a table from numbers of a point; undefined where a field is something else, or a
 * column that nothing fills could not be null throughout.
 * @param first Where their numbers go, one after the other.
 * @param others Columns that are filled in another way.
 */
export function numberColumns(
  table: TableSpec,
  fields: Readonly<Record<string, Field>>,
  first: number,
  others: readonly string[],
): NumberColumns | undefined {
  const found = Object.entries(fields).map(([name, of], index) =>
    valueOf(table.columns.find((column) => column.name === name), of, first + index)
  );
  if (!found.every((value) => value !== undefined)) return undefined;
  const values = found.map(({ value }) => value);
  const made = [...others, "source", ...values.map(({ column }) => column.name)];
  const nulls = table.columns.filter(({ name }) => !made.includes(name));
  if (nulls.some(({ type, nullable }) => type !== "float64" || !nullable)) return undefined;
  return {
    members: found.map(({ member }) => member),
    columns: (rows, ranges, length) =>
      Object.fromEntries([
        ...values.map((value) =>
          [value.column.name, columnOf(value, rows.float64(value.place, ranges))] as const
        ),
        ...nulls.map(({ name }) => [name, nullColumn(length)] as const),
      ]),
  };
}

function valueOf(
  column: ColumnSpec | undefined,
  { path, read, absent }: Field,
  at: number,
): { value: Value; member: Member } | undefined {
  const number = numberOf(read);
  const isBelow = !path.startsWith("^") && !path.startsWith("@");
  if (column === undefined || number === undefined || !isBelow) return undefined;
  if (column.type !== "float64" && !(column.type === "int32" && number.isWhole)) return undefined;
  if (absent !== undefined && typeof absent !== "number") return undefined;
  const required = absent === undefined && !column.nullable;
  const most = column.type === "int32" ? storedRanges[column.stored ?? "int32"].most : mostReal;
  const shape = number.isWhole
    ? whole(at, { required, quoted: "either", min: 0, max: Math.min(most, mostWhole) })
    : decimal(at, { required, quoted: "either", min: 0, max: mostReal });
  return {
    value: { column, place: at, divisor: number.divisor, absent },
    member: [path, shape],
  };
}

/** Objects within objects, from the paths of what they hold. */
export function nested(members: readonly Member[]): ObjectShape {
  return object(membersOf(members));
}

/** The same, as the members of an object by their keys. */
export function membersOf(members: readonly Member[]): Readonly<Record<string, Shape>> {
  const groups = Map.groupBy(members, ([path]) => path.split(".")[0] ?? "");
  return Object.fromEntries(
    Array.from(groups, ([key, group]): Member => {
      const [only] = group;
      if (only !== undefined && only[0] === key) return only;
      return [key, nested(group.map(([path, shape]) => [path.slice(key.length + 1), shape]))];
    }),
  );
}

/** What the data type does not give. */
function nullColumn(rows: number): Column {
  const valid = rows === 0 ? {} : { valid: new Uint8Array(rows) };
  return { type: "float64", values: new Float64Array(rows), ...valid };
}

function columnOf({ column, divisor, absent }: Value, read: Float64Array): Column {
  const isAbsent = (number: number) => Number.isNaN(number);
  const someAbsent = read.length > 0 && isAbsent(extentOf(read).min);
  const numbers = someAbsent || divisor !== 1
    ? read.map((number) => isAbsent(number) ? absent ?? 0 : number / divisor)
    : read;
  const valid = someAbsent && absent === undefined
    ? { valid: Uint8Array.from(read, (number) => Number(!isAbsent(number))) }
    : {};
  return column.type === "int32"
    ? { type: "int32", values: int32sOf(numbers), ...valid }
    : { type: "float64", values: numbers, ...valid };
}
