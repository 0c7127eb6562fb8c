import assert from "node:assert/strict";
import { tableNamed } from "../../pipeline/catalog.ts";
import type { Columns } from "../../pipeline/columns.ts";
import { choiceOf, disagrees, mainValue } from "../../pipeline/transform/choices.ts";

const steps = tableNamed("steps");

function day(values: readonly number[], valid?: readonly number[]): Columns {
  return {
    rows: values.length,
    columns: {
      steps: {
        type: "int32",
        values: Int32Array.from(values),
        ...valid === undefined ? {} : { valid: Uint8Array.from(valid) },
      },
    },
  };
}

Deno.test("choiceOf() gives each series' rows, sum and mean of the main value", () => {
  const series = [
    { rows: 3, minutes: 3, columns: day([10, 0, 20]), ofDay: undefined },
    { rows: 0, minutes: 0, columns: day([]), ofDay: undefined },
    { rows: 2, minutes: 2, columns: day([1, 10, 99, 20], [1, 1, 0, 1]), ofDay: [1, 2, 3] },
  ];
  assert.deepEqual(choiceOf(steps, 19_723, series, 0), {
    day: "2024-01-01",
    chosen: 0,
    why: "covers most",
    accounts: [
      { series: 0, rows: 3, minutes: 3, sum: 30, mean: 10 },
      { series: 2, rows: 2, minutes: 2, sum: 30, mean: 15 },
    ],
  });
});

const account = (sum: number | null, mean: number | null) => ({
  series: 0,
  rows: 1,
  minutes: 1,
  sum,
  mean,
});

const pairs = [
  ["the same", account(100, 10), account(100, 10), false],
  ["a rounding apart", account(1000, 10), account(1001, 10.01), false],
  ["the same sum of fewer rows", account(100, 10), account(100, 20), false],
  ["the same mean of more rows", account(100, 10), account(200, 10), false],
  ["another day", account(100, 10), account(200, 20), true],
  ["nothing against something", account(null, null), account(100, 10), true],
] as const;

for (const [what, a, b, expected] of pairs) {
  Deno.test(`disagrees() of ${what}: ${expected}`, () => assert.equal(disagrees(a, b), expected));
}

Deno.test("mainValue() is a measured number, not a key or an offset", () => {
  const names = ["heart_rate", "steps", "resting_heart_rate"].map((name) =>
    mainValue(tableNamed(name))?.name
  );
  assert.deepEqual(names, ["bpm", "steps", "bpm"]);
});
