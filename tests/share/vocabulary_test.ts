import assert from "node:assert/strict";
import { tables } from "../../pipeline/catalog.ts";
import {
  droppedColumns,
  droppedTables,
  mayBeShared,
  numberedColumns,
  textRule,
} from "../../pipeline/share/vocabulary.ts";

const texts = new Set(
  tables.flatMap(({ columns }) =>
    columns.filter(({ type }) => type === "string").map(({ name }) => name)
  ),
);

Deno.test("textRule() has a rule for every text column of the catalogue", () => {
  for (const name of texts) textRule(name);
  assert.throws(() => textRule("diary"), /Cannot tell whether "diary" may be shared/);
});

Deno.test("no rule is for a column that no table has", () => {
  for (const name of [...droppedColumns, ...numberedColumns]) assert.ok(texts.has(name), name);
});

Deno.test("no table that tells places may be shared", () => {
  const placed = tables.filter(({ columns }) =>
    columns.some(({ name }) => name === "latitude_deg")
  );
  assert.ok(placed.length > 0);
  for (const { name } of placed) assert.ok(droppedTables.includes(name), name);
});

Deno.test("mayBeShared() lets words of the lists pass, and nothing that a person typed", () => {
  const cases: [string, string, boolean][] = [
    ["source", "takeout", true],
    ["source", "my laptop", false],
    ["stage", "deep", true],
    ["stage", "Ada's nap", false],
    ["zone", "fat_burn", true],
    ["zone", "ada", false],
    ["zone", "other", true],
    ["type", "running", true],
    ["type", "outdoor_bike", true],
    ["type", "to_work_via_baker_street", false],
    ["type", "auto_pause", true],
    ["type", "interval_rest", true],
    ["unit", "kg/m²", true],
    ["unit", "%", true],
    ["unit", "min after midnight", true],
    ["unit", "ada", false],
    ["sleep_id", "12", true],
    ["sleep_id", "1793224380309742246", false],
    ["resource", "tracker/swimming-strokes", true],
    ["resource", "ada/steps", false],
    ["name", "", true],
    ["name", "Run", false],
  ];
  for (const [column, text, expected] of cases) {
    assert.equal(mayBeShared(column, text), expected, `${column} ${text}`);
  }
});
