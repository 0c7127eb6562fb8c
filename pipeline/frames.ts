/**
 * Tables as polars frames, for looking at them. The only module that imports polars, so that another
 * engine could take its place.
 *
 * A frame holds native memory that the garbage collector does not know of, about a megabyte a day of
 * heart rate: loops over many parts read with `read_columns.ts` instead, or scan lazily.
 */

import pl, { type DataFrame, type Expr, type LazyDataFrame, type Series } from "nodejs-polars";
import { Buffer } from "node:buffer";
import type { TableSpec } from "./catalog.ts";
import type { Column, Columns, ColumnType } from "./columns.ts";
import { type Day, dayNumber, MS_PER_DAY } from "./day.ts";
import type { Files } from "./effects.ts";
import { aggregateFile, partFile, partitionOf } from "./layout.ts";
import { writeParquet } from "./transform/parquet/write.ts";

/** Polars itself, for the expressions of a notebook. */
export { pl };

/** Rows in memory. */
export type Frame = DataFrame;

/** A query that opens files only when it is collected, and of them only what it needs. */
export type LazyFrame = LazyDataFrame;

/** Which rows: of whom, and the civil days from first to last, both included. */
export interface Span {
  readonly participant: string;
  readonly first: Day;
  readonly last: Day;
}

/** A table's rows of those days; files of other days are not opened. */
export function scanTable(root: string, files: Files, table: TableSpec, span: Span): LazyFrame {
  return scan(root, files, table, span, partFile);
}

/** The same of an aggregate (`minute`, `hour`, `day`, `week`, `month`). */
export function scanAggregate(
  root: string,
  files: Files,
  table: TableSpec,
  span: Span,
): LazyFrame {
  return scan(root, files, table, span, aggregateFile);
}

function scan(
  root: string,
  files: Files,
  table: TableSpec,
  { participant, first, last }: Span,
  fileOf: typeof partFile,
): LazyFrame {
  const firstPartition = partitionOf(table, first);
  const lastPartition = partitionOf(table, last);
  const pathOf = (partition: string) => `${root}/${fileOf(table.name, participant, partition)}`;
  const folder = pathOf(firstPartition).split("/").slice(0, -2).join("/");
  const paths = files.list(folder)
    .map((entry) => entry.name)
    .filter((partition) => partition >= firstPartition && partition <= lastPartition)
    .map(pathOf)
    .filter((path) => files.size(path) !== undefined);
  if (paths.length === 0) return emptyFrame(table).lazy();
  // The path is taken as it is: a star in it is a star, and a `year=` folder adds no column.
  const rows = pl.concat(
    paths.map((path) => pl.scanParquet(path, { glob: false, hivePartitioning: false })),
  );
  if (table.partition === "date") return rows;
  const local = localTime(table);
  const start = dayNumber(first) * MS_PER_DAY;
  const end = (dayNumber(last) + 1) * MS_PER_DAY;
  return rows.filter(local.gtEq(start).and(local.lt(end)));
}

/**
 * The answer to a question in SQL on frames by name. Throws an Error with what polars says when it
 * cannot be answered.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { pl, sql } from "./frames.ts";
 *
 * const days = pl.DataFrame({ steps: [9000, 12000] });
 * assert.equal(sql("select max(steps) as most from days", { days }).getColumn("most").get(0), 12000);
 * ```
 */
export function sql(
  query: string,
  frames: Readonly<Record<string, Frame | LazyFrame>>,
): Frame {
  const answer = pl.SQLContext({ ...frames }).execute(query);
  // It hands out a failure as if it were a frame.
  const held: unknown = Reflect.get(answer, "_ldf");
  if (held instanceof Error) throw new Error(`Cannot answer "${query}": ${held.message}`);
  return answer.collectSync();
}

/** A row's wall-clock time, or the midnight its civil day begins with, in ms since 1970. */
function localTime(table: TableSpec): Expr {
  if (table.columns.some((column) => column.name === "date")) {
    return pl.col("date").cast(pl.Int32).cast(pl.Int64).mul(MS_PER_DAY);
  }
  return pl.col("time").cast(pl.Int64).add(pl.col("utc_offset_s").cast(pl.Int64).mul(1000));
}

/** No rows, with the columns of the table. */
function emptyFrame(table: TableSpec): Frame {
  const columns = table.columns.map(({ name, type }) => [name, columnOf(type, pl.Series([]))]);
  const bytes = writeParquet(table, { rows: 0, columns: Object.fromEntries(columns) });
  return pl.readParquet(Buffer.from(bytes.buffer));
}

/**
 * The named columns of a frame as typed arrays: times in milliseconds, dates in days since 1970.
 * Throws a RangeError when the frame has no such column.
 */
export function columnsOf(frame: Frame, types: Readonly<Record<string, ColumnType>>): Columns {
  const columns = Object.entries(types).map(([name, type]) => {
    if (frame.columns.includes(name)) return [name, columnOf(type, frame.getColumn(name))] as const;
    const known = frame.columns.join(", ");
    throw new RangeError(`Cannot find a column "${name}": the frame has ${known}`);
  });
  return { rows: frame.height, columns: Object.fromEntries(columns) };
}

function columnOf(type: ColumnType, series: Series): Column {
  const valid = series.nullCount() === 0
    ? {}
    : { valid: new Uint8Array(numbersOf(series.isNotNull())) };
  switch (type) {
    case "timestamp_ms":
      return { type, values: numbersOf(series.cast(pl.Int64)), ...valid };
    case "float64":
      return { type, values: numbersOf(series), ...valid };
    case "int32":
      return { type, values: new Int32Array(numbersOf(series)), ...valid };
    case "date":
      return { type, values: new Int32Array(numbersOf(series.cast(pl.Int32))), ...valid };
    case "boolean":
      return { type, values: new Uint8Array(numbersOf(series)), ...valid };
    case "string": {
      const codeOf = new Map<string, number>();
      const codes = Int32Array.from(series.toArray(), (value) => {
        const text = String(value ?? "");
        const code = codeOf.get(text) ?? codeOf.size;
        codeOf.set(text, code);
        return code;
      });
      return { type, dictionary: Array.from(codeOf.keys()), codes, ...valid };
    }
  }
}

/** The series as numbers, 0 for null: polars hands out no array of times, flags, or anything null. */
function numbersOf(series: Series): Float64Array {
  const numbers: unknown = series.cast(pl.Float64).fillNull("zero").toTypedArray();
  if (numbers instanceof Float64Array) return numbers;
  throw new TypeError(`Cannot read "${series.name}" as numbers: polars gave no Float64Array`);
}
