/**
 * Parts read back as columns, in plain JavaScript. For loops over many parts: a polars frame holds
 * native memory that the garbage collector does not know of, about a megabyte a day of heart rate,
 * so a loop over years would grow by gigabytes (see pola-rs/polars#23109).
 */

import { type FileMetaData, parquetMetadata, parquetRead } from "hyparquet";
import type { TableSpec } from "./catalog.ts";
import type { Column, Columns, ColumnType } from "./columns.ts";
import { reasonOf, UserError } from "./errors.ts";
import { decompressTo } from "./raw/zstd.ts";

/**
 * The columns of a part, or those named. Throws a UserError that names `path` when the file is
 * damaged or is not of this table.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { restingHeartRate } from "./catalog.ts";
 * import { constantText } from "./columns.ts";
 * import { readColumns } from "./read_columns.ts";
 * import { writeParquet } from "./transform/parquet/write.ts";
 *
 * const part = writeParquet(restingHeartRate, {
 *   rows: 1,
 *   columns: {
 *     date: { type: "date", values: Int32Array.of(20_751) },
 *     bpm: { type: "float64", values: Float64Array.of(58) },
 *     error_bpm: { type: "float64", values: new Float64Array(1), valid: Uint8Array.of(0) },
 *     method: { ...constantText("", 1), valid: Uint8Array.of(0) },
 *     source: constantText("google-health", 1),
 *   },
 * });
 * const { columns } = await readColumns(restingHeartRate, part, "part.parquet", ["bpm"]);
 * assert.deepEqual(columns, { bpm: { type: "float64", values: Float64Array.of(58) } });
 * ```
 */
export async function readColumns(
  table: TableSpec,
  part: Uint8Array,
  path: string,
  names: readonly string[] = table.columns.map((column) => column.name),
): Promise<Columns> {
  try {
    const file = new Uint8Array(part).buffer;
    const metadata = plainNumbers(parquetMetadata(file));
    const rows = Number(metadata.num_rows);
    const collectors = new Map(
      table.columns.filter(({ name }) => names.includes(name))
        .map(({ name, type }) => [name, new Collector(type, rows)]),
    );
    await parquetRead({
      file,
      metadata,
      columns: Array.from(collectors.keys()),
      compressors: { ZSTD: (page, bytes) => decompressTo(memoryOf, page, bytes) },
      onChunk: ({ columnName, columnData, rowStart }) =>
        collectors.get(columnName)?.add(columnData, rowStart),
    });
    const columns = Array.from(collectors, ([name, found]) => [name, found.column()] as const);
    return { rows, columns: Object.fromEntries(columns) };
  } catch (error) {
    throw new UserError(
      `Cannot read "${path}" as a part of table "${table.name}": ${reasonOf(error)}`,
      {
        hint: "Run deno task verify: it names what is damaged, and how to make it again",
        cause: error,
      },
    );
  }
}

/** As many as there are, and no more: a page of a year is a few bytes. */
const memoryOf = (bytes: number) => new Uint8Array(bytes);

/**
 * Times and dates as the whole numbers that they are in the file, which come as typed arrays: what they
 * mean stands in the catalogue, and the reader would turn them into something else value by value.
 */
function plainNumbers(metadata: FileMetaData): FileMetaData {
  const schema = metadata.schema.map((element) => {
    if (element.type !== "INT32" && element.type !== "INT64") return element;
    const { converted_type: _, logical_type: __, ...plain } = element;
    return plain;
  });
  return { ...metadata, schema };
}

/** A column that is filled chunk by chunk. */
class Collector {
  readonly #type: ColumnType;
  /** The values, or codes into the dictionary. */
  readonly #numbers: Float64Array;
  readonly #valid: Uint8Array;
  readonly #codeOf = new Map<string, number>();
  #filled = 0;
  #nulls = 0;

  constructor(type: ColumnType, rows: number) {
    this.#type = type;
    this.#numbers = new Float64Array(rows);
    this.#valid = new Uint8Array(rows).fill(1);
  }

  add(values: ArrayLike<unknown>, from: number): void {
    this.#filled += values.length;
    if (values instanceof Int32Array || values instanceof Float64Array) {
      this.#numbers.set(values, from);
      return;
    }
    if (values instanceof BigInt64Array) return this.#addWide(values, from);
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (typeof value === "number") this.#numbers[from + i] = value;
      else if (value === null || value === undefined) {
        this.#valid[from + i] = 0;
        this.#nulls++;
      } else {
        this.#numbers[from + i] = typeof value === "string" ? this.#code(value) : Number(value);
      }
    }
  }

  /** By their halves: an element of such an array is an object of its own. */
  #addWide({ buffer, byteOffset, length }: BigInt64Array, from: number): void {
    const low = new Uint32Array(buffer, byteOffset, 2 * length);
    const high = new Int32Array(buffer, byteOffset, 2 * length);
    const numbers = this.#numbers;
    for (let i = 0; i < length; i++) numbers[from + i] = high[2 * i + 1]! * 2 ** 32 + low[2 * i]!;
  }

  #code(text: string): number {
    let code = this.#codeOf.get(text);
    if (code === undefined) {
      code = this.#codeOf.size;
      this.#codeOf.set(text, code);
    }
    return code;
  }

  column(): Column {
    const numbers = this.#numbers;
    if (this.#filled !== numbers.length) {
      throw new RangeError(`expected ${numbers.length} rows, found ${this.#filled}`);
    }
    const rest = this.#nulls === 0 ? {} : { valid: this.#valid };
    const type = this.#type;
    switch (type) {
      case "timestamp_ms":
      case "float64":
        return { type, values: numbers, ...rest };
      case "int32":
      case "date":
        return { type, values: new Int32Array(numbers), ...rest };
      case "boolean":
        return { type, values: new Uint8Array(numbers), ...rest };
      case "string":
        return {
          type,
          dictionary: Array.from(this.#codeOf.keys()),
          codes: new Int32Array(numbers),
          ...rest,
        };
    }
  }
}
