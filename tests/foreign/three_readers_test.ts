/** The demo's parts, read by three programs that nobody here wrote: polars, hyparquet and DuckDB. */

import assert from "node:assert/strict";
import { aggregates } from "../../pipeline/aggregate/catalog.ts";
import { type ColumnSpec, tables, type TableSpec } from "../../pipeline/catalog.ts";
import type { Column, Columns, ColumnType } from "../../pipeline/columns.ts";
import { diskFiles } from "../../pipeline/effects.ts";
import { columnsOf, pl } from "../../pipeline/frames.ts";
import { readColumns } from "../../pipeline/read_columns.ts";
import { makeDemo } from "../support/demo.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { askDuckdb } from "./duckdb.ts";
import { pythonMissing } from "./installs.ts";

const kinds = [["tables", tables], ["aggregates", aggregates]] as const;

Deno.test({
  name: `polars, hyparquet and DuckDB agree on every value of the demo's parts${pythonMissing}`,
  ignore: pythonMissing !== "",
  fn: () =>
    inTemporaryFolder(async (root) => {
      await makeDemo(root);
      for (const [folder, specs] of kinds) {
        assert.ok(partsBelow(`${root}/${folder}`).length > 0, folder);
        for (const table of specs) {
          const paths = partsBelow(`${root}/${folder}/${table.name}`);
          const answers = await askDuckdb(paths.map((path) => selectAll(table, path)));
          for (const [index, path] of paths.entries()) {
            const bytes = diskFiles.read(path);
            const hyparquet = plainColumns(table, await readColumns(table, bytes, path));
            const polars = plainColumns(table, columnsOf(pl.readParquet(path), typesOf(table)));
            assert.deepEqual(polars, hyparquet, `polars and hyparquet on ${path}`);
            assert.deepEqual(answers[index], [hyparquet], `DuckDB and hyparquet on ${path}`);
          }
        }
      }
    }),
});

function partsBelow(folder: string): string[] {
  return diskFiles.list(folder).flatMap(({ name, isFolder }) =>
    isFolder ? partsBelow(`${folder}/${name}`) : [`${folder}/${name}`]
  );
}

/** One row that holds each column as a list, in the order of the file. */
function selectAll({ columns }: TableSpec, path: string): string {
  const lists = columns.map((column) => `list(${plainSql(column)} order by file_row_number)`);
  return `select ${lists.join(", ")} from read_parquet('${path}', file_row_number = true)`;
}

function plainSql({ name, type }: ColumnSpec): string {
  if (type === "timestamp_ms") return `epoch_ms("${name}")`;
  if (type === "date") return `"${name}" - date '1970-01-01'`;
  return `"${name}"`;
}

function typesOf({ columns }: TableSpec): Record<string, ColumnType> {
  return Object.fromEntries(columns.map(({ name, type }) => [name, type]));
}

function plainColumns(table: TableSpec, { rows, columns }: Columns) {
  return table.columns.map(({ name }) => {
    const column = columns[name];
    assert.ok(column !== undefined, name);
    return Array.from({ length: rows }, (_, row) => plainValue(column, row));
  });
}

function plainValue(column: Column, row: number): number | string | boolean | null {
  if (column.valid?.[row] === 0) return null;
  if (column.type === "string") return column.dictionary[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? null;
  return column.type === "boolean" ? value === 1 : value;
}
