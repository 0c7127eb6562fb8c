/**
 * A table's rows held as columns of typed arrays: what every flattener returns, what the Parquet and
 * CSV writers take. No row object exists on the way from the received bytes to the part.
 */

/** Milliseconds since 1970-01-01T00:00:00Z, whole numbers. Float64 holds them exactly and is fast. */
export interface TimestampColumn {
  readonly type: "timestamp_ms";
  readonly values: Float64Array;
  /** One byte a row, 0 where the value is null; absent when no value is null. */
  readonly valid?: Uint8Array;
}

/** Whole numbers within 32 bits; the catalogue says how narrow the Parquet type is. */
export interface Int32Column {
  readonly type: "int32";
  readonly values: Int32Array;
  readonly valid?: Uint8Array;
}

export interface Float64Column {
  readonly type: "float64";
  readonly values: Float64Array;
  readonly valid?: Uint8Array;
}

/** Civil dates as days since 1970-01-01. */
export interface DateColumn {
  readonly type: "date";
  readonly values: Int32Array;
  readonly valid?: Uint8Array;
}

/** Text as codes into a dictionary of the distinct values, in order of first appearance. */
export interface StringColumn {
  readonly type: "string";
  readonly dictionary: readonly string[];
  readonly codes: Int32Array;
  readonly valid?: Uint8Array;
}

export interface BooleanColumn {
  readonly type: "boolean";
  readonly values: Uint8Array;
  readonly valid?: Uint8Array;
}

export type Column =
  | TimestampColumn
  | Int32Column
  | Float64Column
  | DateColumn
  | StringColumn
  | BooleanColumn;

/** The type words of {@link Column}. */
export type ColumnType = Column["type"];

/** `rows` rows of a table; every array in `columns` is exactly that long. */
export interface Columns {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** A text column with one value in all its rows. */
export function constantText(value: string, rows: number): StringColumn {
  return { type: "string", dictionary: [value], codes: zeros(rows) };
}

/** Shared by all who need only zeros. */
let sharedZeros = new Int32Array();
/** Their memory, that of earlier ones too. */
const sharedMemory = new WeakSet<ArrayBufferLike>([sharedZeros.buffer]);

/** So many zeros, to be read only: columns that are one value, or null, all through take no memory. */
export function zeros(rows: number): Int32Array {
  if (sharedZeros.length < rows) {
    sharedZeros = new Int32Array(2 * rows);
    sharedMemory.add(sharedZeros.buffer);
  }
  return sharedZeros.subarray(0, rows);
}

/** Whether others may have views of the array's memory. */
export function isShared({ buffer }: { readonly buffer: ArrayBufferLike }): boolean {
  return sharedMemory.has(buffer);
}
