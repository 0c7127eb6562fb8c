/** One person's export in the layouts of all generations: each imports to the same tables. */

import assert from "node:assert/strict";
import { exportOf, tenDays } from "../generate/export/export_of.ts";
import { type Generation, generations } from "../generate/export/layouts.ts";
import { imported } from "../support/exports.ts";
import type { PlainRow } from "../support/rows.ts";

/** Tables whose rows differ between generations, and why. */
const differing: Readonly<Record<string, string>> = {};

const of = exportOf(tenDays);
const seen = new Map<string, { generation: Generation; rows: readonly PlainRow[] }>();

for (const generation of generations) {
  Deno.test(`a ${generation} export imports to the tables that all generations give`, async () => {
    await imported(generation, of, (_, tables) => {
      for (const [name, rows] of tables) {
        const before = seen.get(name);
        if (before === undefined) seen.set(name, { generation, rows });
        else if (differing[name] === undefined) {
          assert.deepEqual(rows, before.rows, `${name} of ${generation} and ${before.generation}`);
        }
      }
      for (const [name, { generation: first }] of seen) {
        assert.ok(tables.has(name), `${name}, which ${first} gives, is missing in ${generation}`);
      }
    });
  });
}
