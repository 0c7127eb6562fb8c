import assert from "node:assert/strict";
import { aggregates } from "../../pipeline/aggregate/catalog.ts";
import { contributions } from "../../pipeline/aggregate/contributions.ts";
import { tables } from "../../pipeline/catalog.ts";

Deno.test("every table contributes at most once, dense ones by the day", () => {
  const names = contributions.map(({ table }) => table.name);
  assert.deepEqual(names, Array.from(new Set(names)));
  for (const { kind, table } of contributions) {
    assert.ok(tables.includes(table), table.name);
    assert.equal(table.partition, kind === "dense" ? "date" : "year", table.name);
  }
});

Deno.test("contributions read columns that their tables have", () => {
  for (const contribution of contributions) {
    const reads = contribution.kind === "dense"
      ? contribution.reads
      : contribution.columns.flatMap(({ rule }) => rule.reads);
    const known = contribution.table.columns.map(({ name }) => name);
    for (const name of reads) {
      assert.ok(known.includes(name), `${contribution.table.name} has no column ${name}`);
    }
  }
});

/** What a name must end with where the column has that unit. */
const endings: Record<string, RegExp> = {
  "min": /_min$|minutes(_|$)/,
  "kcal": /_kcal$/,
  "m": /_m$/,
  "ms": /_ms$/,
  "s": /_s$/,
  "kg": /_kg$/,
  "ml": /_ml$/,
  "%": /_percent$/,
  "°C": /_c$/,
  "dBA": /_dba$/,
  "mg/dl": /_mg_per_dl$/,
  "ml/kg/min": /_ml_per_kg_min$/,
  "beats/min": /_bpm$/,
  "breaths/min": /_breaths_per_min$/,
  "d": /_days$/,
};

for (const table of aggregates) {
  Deno.test(`the columns of aggregate ${table.name} have one name each, with its unit in it`, () => {
    const names = table.columns.map(({ name }) => name);
    assert.deepEqual(names, Array.from(new Set(names)));
    for (const { name, unit, about } of table.columns) {
      assert.match(name, /^[a-z][a-z0-9_]*$/);
      assert.notEqual(about, "", name);
      if (unit === undefined || unit === "UTC") continue;
      assert.match(name, endings[unit] ?? /unknown unit/, `${name} in ${unit}`);
    }
  });
}
