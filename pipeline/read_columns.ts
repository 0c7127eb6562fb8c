/**
 * Parts read back as columns, in plain JavaScript. For loops over many parts: a polars frame holds
 * native memory that the garbage collector does not know of, about a megabyte a day of heart rate,
 * so a loop over years would grow by gigabytes (see pola-rs/polars#23109).
 */

import { parquetMetadata, parquetRead } from "hyparquet";
import type { TableSpec } from "./catalog.ts";
import type { Column, Columns, ColumnType } from "./columns.ts";
import { reasonOf, UserError } from "./errors.ts";
import { decompress } from "./raw/zstd.ts";

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
    const metadata = parquetMetadata(file);
    const rows = Number(metadata.num_rows);
    const collectors = new Map(
      table.columns.filter(({ name }) => names.includes(name))
        .map(({ name, type }) => [name, new Collector(type, rows)]),
    );
    await parquetRead({
      file,
      metadata,
      columns: Array.from(collectors.keys()),
      compressors: { ZSTD: decompress },
      parsers: { timestampFromMilliseconds: Number, dateFromDays: Number },
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
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value === null || value === undefined) {
        this.#valid[from + i] = 0;
        this.#nulls++;
      } else {
        this.#numbers[from + i] = typeof value === "string" ? this.#code(value) : Number(value);
      }
    }
    this.#filled += values.length;
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
