/** Our Parquet read by DuckDB. */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { ColumnSpec, TableSpec } from "../../pipeline/catalog.ts";
import { writeParquet } from "../../pipeline/transform/parquet/write.ts";
import {
  type Cell,
  columnsOf,
  oneColumn,
  tableWithCells,
} from "../transform/parquet/made_up_tables.ts";
import { askDuckdb } from "./duckdb.ts";
import { pythonMissing } from "./installs.ts";

/** The column as a number or text that JSON can hold. */
function plainSql({ name, type }: ColumnSpec): string {
  if (type === "timestamp_ms") return `epoch_ms("${name}")`;
  if (type === "date") return `"${name}" - date '1970-01-01'`;
  return `"${name}"`;
}

Deno.test({
  name: `writeParquet() writes what DuckDB reads${pythonMissing}`,
  ignore: pythonMissing !== "",
  fn: async () => {
    const folder = await Deno.makeTempDir();
    try {
      const samples: [TableSpec, Record<string, Cell[]>][] = [
        ...fc.sample(tableWithCells, { seed: 5, numRuns: 100 }),
        [oneColumn({ type: "timestamp_ms", nullable: false }), {
          value: Array.from({ length: 3000 }, (_, i) => 1.79e12 + (i * 5 + i % 3) * 1000),
        }],
        [oneColumn({ type: "string", nullable: true }), {
          value: Array.from({ length: 70_000 }, (_, i) => (i % 999 === 5 ? null : `text ${i}`)),
        }],
      ];
      const queries = samples.map(([table, cells], i) => {
        const path = `${folder}/${i}.parquet`;
        Deno.writeFileSync(
          path,
          writeParquet(table, columnsOf(table, cells), { rowsPerGroup: 20_000 }),
        );
        return `select ${table.columns.map(plainSql).join(", ")} from '${path}'`;
      });
      const answers = await askDuckdb(queries);
      samples.forEach(([table, cells], i) => {
        const columns = table.columns.map(({ name }) => cells[name] ?? []);
        const rows = columns[0]?.map((_, row) => columns.map((column) => column[row] ?? null));
        assert.deepEqual(answers[i], rows);
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: `writeParquet() states types and bounds that DuckDB relies on${pythonMissing}`,
  ignore: pythonMissing !== "",
  fn: async () => {
    const table = oneColumn({ type: "timestamp_ms", nullable: false });
    const path = await Deno.makeTempFile({ suffix: ".parquet" });
    try {
      const value = Array.from({ length: 5000 }, (_, i) => (i - 2500) * 1000 + i % 3);
      Deno.writeFileSync(
        path,
        writeParquet(table, columnsOf(table, { value }), { rowsPerGroup: 1000 }),
      );
      const answers = await askDuckdb([
        `select column_type from (describe select * from '${path}')`,
        `select count(*) from '${path}' where value >= '1970-01-01 00:00:00Z'`,
        `select stats_min_value, stats_max_value, stats_null_count, compression
         from parquet_metadata('${path}') order by row_group_id limit 1`,
      ]);
      assert.deepEqual(answers, [
        [["TIMESTAMP WITH TIME ZONE"]],
        [[2500]],
        [["1969-12-31 23:18:20+00", "1969-12-31 23:34:59+00", 0, "ZSTD"]],
      ]);
    } finally {
      await Deno.remove(path);
    }
  },
});
