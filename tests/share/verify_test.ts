import assert from "node:assert/strict";
import { aggregates } from "../../pipeline/aggregate/catalog.ts";
import type { TableSpec } from "../../pipeline/catalog.ts";
import type { Columns } from "../../pipeline/columns.ts";
import { diskFiles } from "../../pipeline/effects.ts";
import { aggregateFile } from "../../pipeline/layout.ts";
import { writeDurably } from "../../pipeline/raw/durable.ts";
import { leaksOf } from "../../pipeline/share/verify.ts";
import { ColumnsBuilder } from "../../pipeline/sources/records/columns_builder.ts";
import { writeParquet } from "../../pipeline/transform/parquet/write.ts";
import { inTemporaryFolder } from "../support/effects.ts";

const textsOf = ({ columns }: TableSpec) =>
  columns.filter(({ type }) => type === "string").map(({ name }) => name);

/** One row with that in every column of text, and nothing else. */
function saying(table: TableSpec, text: string): Columns {
  const rows = new ColumnsBuilder(table);
  const texts = Object.fromEntries(textsOf(table).map((name) => [name, text]));
  rows.add({ date: 20_000, ...texts });
  return rows.columns();
}

for (const table of aggregates.filter((table) => textsOf(table).length > 0)) {
  Deno.test(`leaksOf() knows what every text of the aggregate ${table.name} may say`, () =>
    inTemporaryFolder(async (root) => {
      const path = aggregateFile(table.name, "p01", "year=2024");
      for (const [text, expected] of [["other", 0], ["Ada's", 1]] as const) {
        writeDurably(diskFiles, `${root}/${path}`, writeParquet(table, saying(table, text)));
        const leaks = await leaksOf(root, diskFiles);
        assert.equal(leaks.length, expected * textsOf(table).length, JSON.stringify(leaks));
      }
    }));
}
