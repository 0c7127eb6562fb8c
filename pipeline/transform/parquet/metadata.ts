/**
 * Parquet's own structures: page headers, schema and footer.
 * https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */

import type { ColumnSpec, StoredInteger, TableSpec } from "../../catalog.ts";
import type { ColumnType } from "../../columns.ts";
import type { ByteWriter } from "./bytes.ts";
import type { Chunk } from "./chunk.ts";
import { StructWriter } from "./thrift.ts";

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
export function writeDictionaryPageHeader(
  out: ByteWriter,
  sizes: PageSizes,
  entries: number,
): void {
  const header = pageHeader(out, 2, sizes);
  const page = header.struct(7);
  page.i32(1, entries);
  page.i32(2, encodingId.plain);
  page.end();
  header.end();
}

/** A data page of the first version, which every reader knows; `rows` counts nulls too. */
export function writeDataPageHeader(
  out: ByteWriter,
  sizes: PageSizes,
  rows: number,
  encoding: number,
): void {
  const header = pageHeader(out, 0, sizes);
  const page = header.struct(5);
  page.i32(1, rows);
  page.i32(2, encoding);
  page.i32(3, encodingId.rle);
  page.i32(4, encodingId.rle);
  page.end();
  header.end();
}

function pageHeader(out: ByteWriter, type: number, sizes: PageSizes): StructWriter {
  const header = new StructWriter(out);
  header.i32(1, type);
  header.i32(2, sizes.plain);
  header.i32(3, sizes.stored);
  return header;
}

/** How a column is stored: physical type, the older note of its meaning, and the newer one. */
interface Stored {
  readonly physical: number;
  readonly converted?: number;
  readonly logical?: (type: StructWriter) => void;
}

const physicalType = { boolean: 0, int32: 1, int64: 2, double: 5, byteArray: 6 } as const;

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
    logical(type) {
      const timestamp = type.struct(8);
      timestamp.bool(1, true);
      const unit = timestamp.struct(2);
      unit.struct(1).end();
      unit.end();
      timestamp.end();
    },
  },
  date: {
    physical: physicalType.int32,
    converted: 6,
    logical: (type) => type.struct(6).end(),
  },
  float64: { physical: physicalType.double },
  string: {
    physical: physicalType.byteArray,
    converted: 0,
    logical: (type) => type.struct(1).end(),
  },
  boolean: { physical: physicalType.boolean },
};

function integer(converted: number, bits: number, signed: boolean): Stored {
  return {
    physical: physicalType.int32,
    converted,
    logical(type) {
      const integer = type.struct(10);
      integer.i8(1, bits);
      integer.bool(2, signed);
      integer.end();
    },
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
export function writeFooter(
  out: ByteWriter,
  table: TableSpec,
  rows: number,
  groups: readonly RowGroup[],
): void {
  const footer = new StructWriter(out);
  footer.i32(1, 2);
  footer.structs(2, [undefined, ...table.columns], (element, column) => {
    if (column === undefined) rootElement(element, table);
    else schemaElement(element, column);
  });
  footer.i64(3, rows);
  footer.structs(4, groups, rowGroup);
  const keyValues = [
    ["everysecond.table", table.name],
    ["everysecond.table_version", String(table.version)],
  ] as const;
  footer.structs(5, keyValues, (keyValue, [key, value]) => {
    keyValue.text(1, key);
    keyValue.text(2, value);
  });
  footer.text(6, createdBy);
  // Bounds follow each type's own order.
  footer.structs(7, table.columns, (order) => order.struct(1).end());
  footer.end();
}

function rootElement(element: StructWriter, table: TableSpec): void {
  element.text(4, table.name);
  element.i32(5, table.columns.length);
}

function schemaElement(element: StructWriter, column: ColumnSpec): void {
  const { physical, converted, logical } = storedAs(column);
  element.i32(1, physical);
  element.i32(3, column.nullable ? 1 : 0);
  element.text(4, column.name);
  if (converted !== undefined) element.i32(6, converted);
  if (logical === undefined) return;
  const type = element.struct(10);
  logical(type);
  type.end();
}

function rowGroup(struct: StructWriter, { offset, rows, chunks }: RowGroup, ordinal: number): void {
  let end = offset;
  struct.structs(1, chunks, (column, chunk) => {
    columnChunk(column, chunk, end);
    end += chunk.bytes.length;
  });
  struct.i64(2, chunks.reduce((sum, chunk) => sum + chunk.uncompressedSize, 0));
  struct.i64(3, rows);
  struct.i64(5, offset);
  struct.i64(6, end - offset);
  struct.i16(7, ordinal);
}

function columnChunk(column: StructWriter, chunk: Chunk, offset: number): void {
  const hasDictionary = chunk.dataPageAt > 0;
  column.i64(2, 0);
  const metadata = column.struct(3);
  metadata.i32(1, storedAs(chunk.spec).physical);
  metadata.i32s(
    2,
    hasDictionary
      ? [encodingId.rle, chunk.encoding, encodingId.plain]
      : [encodingId.rle, chunk.encoding],
  );
  metadata.texts(3, [chunk.spec.name]);
  metadata.i32(4, chunk.codec);
  metadata.i64(5, chunk.rows);
  metadata.i64(6, chunk.uncompressedSize);
  metadata.i64(7, chunk.bytes.length);
  metadata.i64(9, offset + chunk.dataPageAt);
  if (hasDictionary) metadata.i64(11, offset);
  statistics(metadata.struct(12), chunk);
  metadata.end();
}

function statistics(struct: StructWriter, { nulls, bounds }: Chunk): void {
  struct.i64(3, nulls);
  if (bounds !== undefined) {
    struct.binary(5, bounds.max);
    struct.binary(6, bounds.min);
  }
  struct.end();
}
