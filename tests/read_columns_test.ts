import assert from "node:assert/strict";
import fc from "fast-check";
import { heartRate } from "../pipeline/catalog.ts";
import { UserError } from "../pipeline/errors.ts";
import { readColumns } from "../pipeline/read_columns.ts";
import { writeParquet } from "../pipeline/transform/parquet/write.ts";
import { columnsOf, oneColumn, tableWithCells } from "./transform/parquet/made_up_tables.ts";

Deno.test("readColumns() gives what was written", async () => {
  await fc.assert(
    fc.asyncProperty(
      tableWithCells,
      fc.integer({ min: 1, max: 500 }),
      async ([table, cells], rowsPerGroup) => {
        const bytes = writeParquet(table, columnsOf(table, cells), { rowsPerGroup });
        const columns = await readColumns(table, bytes, "part.parquet");
        // The writer gives equal bytes for equal rows.
        assert.deepEqual(writeParquet(table, columns, { rowsPerGroup }), bytes);
      },
    ),
    { seed: 6, numRuns: 200 },
  );
});

Deno.test("readColumns() reads the columns it is asked for", async () => {
  const table = oneColumn({ type: "boolean", nullable: true });
  const bytes = writeParquet(table, columnsOf(table, { value: [true, null, false] }));
  assert.deepEqual(await readColumns(table, bytes, "part.parquet", []), { rows: 3, columns: {} });
  assert.deepEqual(await readColumns(table, bytes, "part.parquet", ["value"]), {
    rows: 3,
    columns: {
      value: { type: "boolean", values: Uint8Array.of(1, 0, 0), valid: Uint8Array.of(1, 0, 1) },
    },
  });
});

Deno.test("readColumns() names the file that is damaged or of another table", async () => {
  const table = oneColumn({ type: "float64", nullable: false });
  const value = Array.from({ length: 100 }, (_, i) => i / 7);
  const bytes = writeParquet(table, columnsOf(table, { value }));
  const damaged = [bytes.subarray(0, 60), new Uint8Array(), bytes.slice().fill(7, 60, 400)];
  for (const part of damaged) {
    await assert.rejects(
      readColumns(table, part, "a/part.parquet"),
      (error) => error instanceof UserError && error.message.includes('"a/part.parquet"'),
    );
  }
  await assert.rejects(readColumns(heartRate, bytes, "a/part.parquet"), UserError);
});
