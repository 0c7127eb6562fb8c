import assert from "node:assert/strict";
import fc from "fast-check";
import { activityDay } from "../../pipeline/catalog/activity.ts";
import { dayNumber } from "../../pipeline/day.ts";
import { type CellValue, ColumnsBuilder } from "../../pipeline/sources/records/columns_builder.ts";
import { arrange } from "../../pipeline/transform/arrange.ts";
import { plainRows } from "../support/rows.ts";

type Cells = Readonly<Record<string, CellValue>>;

const date = dayNumber("2020-04-05");

/** The rows that come out, without what is null, and how many were left out. */
function arranged(documents: readonly (readonly Cells[])[]) {
  const flattened = documents.map((rows) => {
    const builder = new ColumnsBuilder(activityDay);
    for (const row of rows) builder.add(row);
    return { columns: builder.columns(), unknown: new Map<string, number>(), notes: [] };
  });
  const window = { first: "2020-01-01", last: "2020-12-31" };
  const { columns, duplicates, conflicts } = arrange(activityDay, flattened, window);
  const rows = plainRows(activityDay, columns)
    .map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
  return { rows, duplicates, conflicts };
}

const parts: readonly Cells[] = [
  { date, sedentary_min: 548 },
  { date, lightly_active_min: 263 },
  { date, fairly_active_min: 36 },
  { date, very_active_min: 4 },
];

const whole = {
  date: "2020-04-05",
  sedentary_min: 548,
  lightly_active_min: 263,
  fairly_active_min: 36,
  very_active_min: 4,
};

Deno.test("arrange() puts rows together that have other columns of one key, in any order", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...parts], { minLength: 4 }), (shuffled) => {
      const expected = { rows: [whole], duplicates: 0, conflicts: 0 };
      assert.deepEqual(arranged(shuffled.map((part) => [part])), expected);
      assert.deepEqual(arranged([shuffled]), expected);
    }),
    { seed: 1, numRuns: 24 },
  );
});

Deno.test("arrange() takes the larger of two values of one column, whatever fills the others", () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...parts, { date, very_active_min: 3 }, { date, sedentary_min: 548 }], {
        minLength: 6,
      }),
      (shuffled) => {
        const expected = { rows: [whole], duplicates: 1, conflicts: 1 };
        assert.deepEqual(arranged(shuffled.map((part) => [part])), expected);
      },
    ),
    { seed: 2, numRuns: 50 },
  );
});

Deno.test("arrange() leaves out a row that only says that nothing was measured", () => {
  const unworn = [
    { date, sedentary_min: 1440 },
    { date, lightly_active_min: 0 },
    { date, fairly_active_min: 0 },
    { date, very_active_min: 0 },
  ];
  assert.deepEqual(arranged([unworn]).rows, []);
  assert.equal(arranged([[...unworn, { date, steps: 12 }]]).rows.length, 1);
  assert.equal(arranged([[...unworn.slice(1), { date, sedentary_min: 1439 }]]).rows.length, 1);
  assert.equal(arranged([[...unworn.slice(0, 3), { date, very_active_min: 1 }]]).rows.length, 1);
});

Deno.test("arrange() keeps the row of the earlier stream, and fills what is null in it", () => {
  const rowsOf = (rows: readonly Cells[], order: number) => {
    const builder = new ColumnsBuilder(activityDay);
    for (const row of rows) builder.add(row);
    return { columns: builder.columns(), unknown: new Map<string, number>(), notes: [], order };
  };
  const window = { first: "2020-01-01", last: "2020-12-31" };
  const precise = rowsOf([{ date, distance_m: 7649.4 }], 4);
  const rounded = rowsOf([{ date, distance_m: 7650, steps: 10_258 }, { date: date + 1 }], 7);
  for (const documents of [[precise, rounded], [rounded, precise]]) {
    const { columns, duplicates, conflicts } = arrange(activityDay, documents, window);
    const [first, second] = plainRows(activityDay, columns);
    assert.deepEqual([first?.["distance_m"], first?.["steps"]], [7649.4, 10_258]);
    assert.deepEqual([second, duplicates, conflicts], [undefined, 1, 0]);
  }
});
