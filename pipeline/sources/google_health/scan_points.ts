/**
 * The fast reader of data types whose points are one moment or stretch and a few numbers each, a
 * thousand and more a day: steps, distance, energy. It takes what is written as it nearly always is,
 * and leaves every other document to the careful reader of `points.ts`, which it agrees with.
 */

import { type ColumnSpec, storedRanges } from "../../catalog.ts";
import type { Column, Columns } from "../../columns.ts";
import { extentOf, int32sOf } from "../../kernels/numbers.ts";
import type { ColumnBuffer, RowRange } from "../json/column_buffer.ts";
import { type RecordPlace, scanDocument } from "../json/open_document.ts";
import {
  decimal,
  object,
  recordOf,
  type Shape,
  time,
  unusedText,
  whole,
} from "../json/record_shape.ts";
import { numberOf } from "../records/readings.ts";
import type { Field } from "../records/record_reader.ts";
import type { Flattened } from "../source.ts";
import { civilTime, pointLists, pointListsOf, pointMembers } from "./pages.ts";
import type { PointSpec } from "./points.ts";
import { fieldName } from "./records.ts";

/** Where the moments go; values after them. */
const place = { start: 0, startOffset: 1, end: 2, values: 3 } as const;

/** What the scanner reads at most: 9 digits of a whole number, 15 of another. */
const mostWhole = 999_999_999;
const mostReal = 1e15;

/** A column that a number of the payload goes to. */
interface Value {
  readonly column: ColumnSpec;
  readonly place: number;
  readonly divisor: number;
  /** What it is where the number is absent; null where nothing is said. */
  readonly absent: number | undefined;
}

/**
 * The scanner of a data type; undefined for those with more than moments and numbers. It gives
 * undefined where the careful reader has to decide.
 */
export function pointScanner(
  spec: PointSpec,
): ((document: Uint8Array) => Flattened | undefined) | undefined {
  const { kind, table, each, known, leaveOut, wasAsked } = spec;
  const isPlain = each === undefined && known === undefined && leaveOut === undefined &&
    wasAsked === undefined;
  if (!isPlain || (kind !== "interval" && kind !== "sample")) return undefined;
  const values = Object.entries(spec.columns).map(([name, of], index) =>
    valueOf(table.columns.find((column) => column.name === name), of, place.values + index)
  );
  if (!values.every((value) => value !== undefined)) return undefined;
  const made = ["time", "utc_offset_s", ...kind === "interval" ? ["duration_s"] : [], "source"]
    .concat(values.map(({ value }) => value.column.name));
  const others = table.columns.filter(({ name }) => !made.includes(name));
  if (others.some(({ type, nullable }) => type !== "float64" || !nullable)) return undefined;
  const records: RecordPlace = {
    lists: pointLists,
    shape: recordOf(place.values + values.length, {
      ...pointMembers,
      [fieldName(spec.name)]: nested([...momentsOf(kind), ...values.map(({ member }) => member)]),
    }),
  };
  return (document) => {
    const opened = scanDocument(document, records);
    if (opened === undefined) return undefined;
    const { envelope, rows, rowsOf, unknown } = opened;
    const ranges = pointListsOf(envelope, unknown)
      .map(({ points, place }) => rowsOf(points, place, "dataPoints"));
    const columns = columnsOf(kind, values.map(({ value }) => value), rows, ranges);
    rows.handOn();
    if (columns === undefined) return undefined;
    const nulls = others.map(({ name }) => [name, nullColumn(columns.rows)] as const);
    return {
      columns: { ...columns, columns: { ...columns.columns, ...Object.fromEntries(nulls) } },
      unknown,
      notes: [],
    };
  };
}

/** A member of the payload by its path. */
type Member = readonly [path: string, shape: Shape];

function momentsOf(kind: "interval" | "sample"): Member[] {
  if (kind === "sample") {
    return [
      ["sampleTime.physicalTime", time("instant", place.start)],
      ["sampleTime.utcOffset", time("utc_offset", place.startOffset)],
      ["sampleTime.civilTime", civilTime],
    ];
  }
  return [
    ["interval.startTime", time("instant", place.start)],
    ["interval.startUtcOffset", time("utc_offset", place.startOffset)],
    ["interval.endTime", time("instant", place.end)],
    ["interval.endUtcOffset", unusedText],
    ["interval.civilStartTime", civilTime],
    ["interval.civilEndTime", civilTime],
  ];
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
function nested(members: readonly Member[]): Shape {
  const groups = Map.groupBy(members, ([path]) => path.split(".")[0] ?? "");
  return object(Object.fromEntries(
    Array.from(groups, ([key, group]): Member => {
      const [only] = group;
      if (only !== undefined && only[0] === key) return only;
      return [key, nested(group.map(([path, shape]) => [path.slice(key.length + 1), shape]))];
    }),
  ));
}

/** The table's columns but `source`; undefined when a stretch ends before it starts. */
function columnsOf(
  kind: "interval" | "sample",
  values: readonly Value[],
  rows: ColumnBuffer,
  ranges: readonly RowRange[],
): Columns | undefined {
  const start = rows.float64(place.start, ranges);
  const columns: { [name: string]: Column; duration_s?: Column } = {
    time: { type: "timestamp_ms", values: start },
    utc_offset_s: { type: "int32", values: rows.int32(place.startOffset, ranges) },
  };
  if (kind === "interval") {
    const duration = rows.float64(place.end, ranges);
    for (let row = 0; row < start.length; row++) {
      duration[row] = (duration[row]! - start[row]!) / 1000;
    }
    if (extentOf(duration).min < 0) return undefined;
    columns.duration_s = { type: "float64", values: duration };
  }
  for (const value of values) {
    columns[value.column.name] = columnOf(value, rows.float64(value.place, ranges));
  }
  return { rows: start.length, columns };
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
