/**
 * Parquet's own structures as Thrift values: page headers, schema and footer.
 * https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */

import type { ColumnSpec, StoredInteger, TableSpec } from "../../catalog.ts";
import type { ColumnType } from "../../columns.ts";
import type { Chunk } from "./chunk.ts";
import {
  binary,
  bool,
  type Field,
  i16,
  i32,
  i64,
  i8,
  list,
  struct,
  text,
  type Value,
} from "./thrift.ts";

/** Encodings of values. */
export const encodingId = { plain: 0, rle: 3, delta: 5, dictionary: 8 } as const;

/** Codecs of pages. */
export const codecId = { uncompressed: 0, zstd: 6 } as const;

/** The program that wrote the file, in the form that readers parse. It stays as it is. */
const createdBy = "everysecond version 1.0.0";

/** Bytes of a page's body, before and after compression. */
export interface PageSizes {
  readonly plain: number;
  readonly stored: number;
}

/** A dictionary page, its entries PLAIN. */
export function dictionaryPageHeader(sizes: PageSizes, entries: number): Value {
  return struct(
    [1, i32(2)],
    [2, i32(sizes.plain)],
    [3, i32(sizes.stored)],
    [7, struct([1, i32(entries)], [2, i32(encodingId.plain)])],
  );
}

/** A data page of the first version, which every reader knows; `rows` counts nulls too. */
export function dataPageHeader(sizes: PageSizes, rows: number, encoding: number): Value {
  return struct(
    [1, i32(0)],
    [2, i32(sizes.plain)],
    [3, i32(sizes.stored)],
    [
      5,
      struct(
        [1, i32(rows)],
        [2, i32(encoding)],
        [3, i32(encodingId.rle)],
        [4, i32(encodingId.rle)],
      ),
    ],
  );
}

/** How a column is stored: physical type, the older note of its meaning, and the newer one. */
interface Stored {
  readonly physical: number;
  readonly converted?: number;
  readonly logical?: Value;
}

const physicalType = { boolean: 0, int32: 1, int64: 2, double: 5, byteArray: 6 } as const;

const empty = struct();

const integers: Record<StoredInteger, Stored> = {
  uint8: integer(11, 8, false),
  int16: integer(16, 16, true),
  int32: integer(17, 32, true),
};

const types: Record<Exclude<ColumnType, "int32">, Stored> = {
  timestamp_ms: {
    physical: physicalType.int64,
    converted: 9,
    // TIMESTAMP, adjusted to UTC, MILLIS
    logical: struct([8, struct([1, bool(true)], [2, struct([1, empty])])]),
  },
  date: { physical: physicalType.int32, converted: 6, logical: struct([6, empty]) },
  float64: { physical: physicalType.double },
  string: { physical: physicalType.byteArray, converted: 0, logical: struct([1, empty]) },
  boolean: { physical: physicalType.boolean },
};

function integer(converted: number, bits: number, signed: boolean): Stored {
  return {
    physical: physicalType.int32,
    converted,
    logical: struct([10, struct([1, i8(bits)], [2, bool(signed)])]),
  };
}

function storedAs(column: ColumnSpec): Stored {
  return column.type === "int32" ? integers[column.stored ?? "int32"] : types[column.type];
}

/** A row group: where its first chunk begins in the file, and one chunk a column. */
export interface RowGroup {
  readonly offset: number;
  readonly rows: number;
  readonly chunks: readonly Chunk[];
}

/** The footer; `key_value_metadata` names the table and the version of its form. */
export function footer(table: TableSpec, rows: number, groups: readonly RowGroup[]): Value {
  return struct(
    [1, i32(2)],
    [2, list("struct", [rootElement(table), ...table.columns.map(schemaElement)])],
    [3, i64(rows)],
    [4, list("struct", groups.map(rowGroup))],
    [
      5,
      list("struct", [
        keyValue("everysecond.table", table.name),
        keyValue("everysecond.table_version", String(table.version)),
      ]),
    ],
    [6, text(createdBy)],
    // Bounds follow each type's own order.
    [7, list("struct", table.columns.map(() => struct([1, empty])))],
  );
}

function rootElement(table: TableSpec): Value {
  return struct([4, text(table.name)], [5, i32(table.columns.length)]);
}

function schemaElement(column: ColumnSpec): Value {
  const { physical, converted, logical } = storedAs(column);
  return struct(
    [1, i32(physical)],
    [3, i32(column.nullable ? 1 : 0)],
    [4, text(column.name)],
    [6, converted === undefined ? undefined : i32(converted)],
    [10, logical],
  );
}

function rowGroup(group: RowGroup, ordinal: number): Value {
  let offset = group.offset;
  const chunks = group.chunks.map((chunk) => {
    const at = offset;
    offset += chunk.bytes.length;
    return columnChunk(chunk, at);
  });
  const uncompressed = group.chunks.reduce((sum, chunk) => sum + chunk.uncompressedSize, 0);
  return struct(
    [1, list("struct", chunks)],
    [2, i64(uncompressed)],
    [3, i64(group.rows)],
    [5, i64(group.offset)],
    [6, i64(offset - group.offset)],
    [7, i16(ordinal)],
  );
}

function columnChunk(chunk: Chunk, offset: number): Value {
  const hasDictionary = chunk.dataPageAt > 0;
  const encodings = [
    encodingId.rle,
    chunk.encoding,
    ...(hasDictionary ? [encodingId.plain] : []),
  ];
  const metadata: Field[] = [
    [1, i32(storedAs(chunk.spec).physical)],
    [2, list("i32", encodings.map(i32))],
    [3, list("binary", [text(chunk.spec.name)])],
    [4, i32(chunk.codec)],
    [5, i64(chunk.rows)],
    [6, i64(chunk.uncompressedSize)],
    [7, i64(chunk.bytes.length)],
    [9, i64(offset + chunk.dataPageAt)],
    [11, hasDictionary ? i64(offset) : undefined],
    [12, statistics(chunk)],
  ];
  return struct([2, i64(0)], [3, struct(...metadata)]);
}

function statistics({ nulls, bounds }: Chunk): Value {
  return struct(
    [3, i64(nulls)],
    [5, bounds && binary(bounds.max)],
    [6, bounds && binary(bounds.min)],
  );
}

function keyValue(key: string, value: string): Value {
  return struct([1, text(key)], [2, text(value)]);
}
