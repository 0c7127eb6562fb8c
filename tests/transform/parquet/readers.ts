/** Parquet files read back by programs that share no code with the writer. */

import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import pl from "nodejs-polars";
import { Buffer } from "node:buffer";
import type { TableSpec } from "../../../pipeline/catalog.ts";
import { MS_PER_DAY } from "../../../pipeline/day.ts";
import type { Cell } from "./made_up_tables.ts";

/** The cells by column, as hyparquet reads them. */
export async function readWithHyparquet(
  table: TableSpec,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Record<string, Cell[]>> {
  const rows = await parquetReadObjects({ file: bytes.buffer, compressors });
  const cells: Record<string, Cell[]> = {};
  for (const { name, type } of table.columns) {
    cells[name] = rows.map((row): Cell => {
      const value: unknown = row[name];
      if (value instanceof Date) {
        return type === "date" ? value.getTime() / MS_PER_DAY : value.getTime();
      }
      if (value === null || value === undefined) return null;
      if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") {
        return value;
      }
      throw new TypeError(`Cannot compare a ${typeof value} in column "${name}"`);
    });
  }
  return cells;
}

/** The same as polars reads them. */
export function readWithPolars(
  table: TableSpec,
  bytes: Uint8Array<ArrayBuffer>,
): Record<string, Cell[]> {
  const frame = pl.readParquet(Buffer.from(bytes.buffer));
  const cells: Record<string, Cell[]> = {};
  for (const { name, type } of table.columns) {
    const series = frame.getColumn(name);
    // Times are compared as the whole numbers behind them.
    const plain = type === "timestamp_ms"
      ? series.cast(pl.Int64).cast(pl.Float64)
      : type === "date"
      ? series.cast(pl.Int32)
      : series;
    cells[name] = Array.from(plain, (value) => {
      if (typeof value === "bigint") throw new TypeError(`Cannot compare column "${name}"`);
      return value ?? null;
    });
  }
  return cells;
}

/** What the footer says, by hyparquet. */
export function footerOf(bytes: Uint8Array<ArrayBuffer>): ReturnType<typeof parquetMetadata> {
  return parquetMetadata(bytes.buffer);
}
