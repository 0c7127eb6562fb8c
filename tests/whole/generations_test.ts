/** One person's export in the layouts of all generations: each imports to the same tables. */

import assert from "node:assert/strict";
import { exportOf, tenDays } from "../generate/export/export_of.ts";
import { type Generation, generations } from "../generate/export/layouts.ts";
import { imported } from "../support/exports.ts";
import type { PlainRow } from "../support/rows.ts";

/** Tables that not every generation can fill alike: the columns in which all of them agree. */
const common: Readonly<Record<string, readonly string[]>> = {
  // Only the CSV files name the scale as it is called now.
  body_fat: ["time", "utc_offset_s", "percent", "source"],
  // Grams in CSV files, tenths of a pound in JSON.
  weight: ["time", "utc_offset_s", "bmi", "source"],
  // JSON has no time of day.
  height: ["height_m", "source"],
};

const agreed = (name: string, rows: readonly PlainRow[]) =>
  common[name] === undefined
    ? rows
    : rows.map((row) =>
      Object.fromEntries((common[name] ?? []).map((column) => [column, row[column]]))
    );

const of = exportOf(tenDays);
const seen = new Map<string, { generation: Generation; rows: readonly PlainRow[] }>();

for (const generation of generations) {
  Deno.test(`a ${generation} export imports to the tables that all generations give`, async () => {
    await imported(generation, of, (_, tables) => {
      for (const [name, rows] of tables) {
        const before = seen.get(name);
        if (before === undefined) seen.set(name, { generation, rows });
        else {
          const which = `${name} of ${generation} and ${before.generation}`;
          assert.deepEqual(agreed(name, rows), agreed(name, before.rows), which);
        }
      }
      for (const [name, { generation: first }] of seen) {
        assert.ok(tables.has(name), `${name}, which ${first} gives, is missing in ${generation}`);
      }
    });
  });
}
