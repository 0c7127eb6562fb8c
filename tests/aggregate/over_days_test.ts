import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import pl from "nodejs-polars";
import { day as dayTable, month, week } from "../../pipeline/aggregate/catalog.ts";
import { firstDayOf } from "../../pipeline/aggregate/first_days.ts";
import { lastDayOfWeeks, overDays } from "../../pipeline/aggregate/over_days.ts";
import { type Day, dayNumber, dayOfNumber } from "../../pipeline/day.ts";
import { writeParquet } from "../../pipeline/transform/parquet/write.ts";
import { columnsOfRows, type Row, rowsOfColumns } from "../support/number_rows.ts";

const daysOf = (rows: readonly (Row & { date: number })[]) => columnsOfRows(dayTable, rows);
const row = (day: Day, values: Row) => ({ date: dayNumber(day), ...values });

const weeks = [
  { day: "2025-12-28", monday: "2025-12-22", first: "2025-12-01" },
  { day: "2025-12-29", monday: "2025-12-29", first: "2025-12-01" },
  { day: "2026-01-04", monday: "2025-12-29", first: "2026-01-01" },
  { day: "2026-01-05", monday: "2026-01-05", first: "2026-01-01" },
  { day: "1970-01-01", monday: "1969-12-29", first: "1970-01-01" },
  { day: "1969-12-28", monday: "1969-12-22", first: "1969-12-01" },
  { day: "2024-02-29", monday: "2024-02-26", first: "2024-02-01" },
];

Deno.test("firstDayOf tells the Monday and the first of the month", () => {
  for (const { day, monday, first } of weeks) {
    assert.equal(dayOfNumber(firstDayOf.week(dayNumber(day))), monday, day);
    assert.equal(dayOfNumber(firstDayOf.month(dayNumber(day))), first, day);
  }
});

Deno.test("lastDayOfWeeks() is the Sunday of the year's last week", () => {
  const years = {
    "2023": "2023-12-31",
    "2024": "2025-01-05",
    "2025": "2026-01-04",
    "2018": "2019-01-06",
  };
  for (const [year, sunday] of Object.entries(years)) assert.equal(lastDayOfWeeks(year), sunday);
});

Deno.test("overDays() sums sums, and means the days that have a value", () => {
  const days = daysOf([
    row("2025-12-31", { steps: 1000, weight_kg: 70, heart_rate_max_bpm: 150, heart_rate_n: 5 }),
    row("2026-01-01", {
      steps: 500,
      weight_kg: null,
      heart_rate_max_bpm: 160,
      heart_rate_n: 30_000,
    }),
    row("2026-01-03", { steps: 0, weight_kg: 71, heart_rate_max_bpm: null }),
    row("2026-01-05", { weight_kg: 72 }),
  ]);
  const pick = (rows: Row[]) =>
    rows.map((of) => [
      dayOfNumber(Number(of["date"])),
      of["steps"],
      of["steps_days"],
      of["weight_kg"],
      of["weight_kg_days"],
      of["heart_rate_max_bpm"],
      of["heart_rate_n"],
      of["heart_rate_days"],
    ]);
  assert.deepEqual(pick(rowsOfColumns(overDays("week", "2025", days))), [
    ["2025-12-29", 1500, 3, 70.5, 2, 160, 30_005, 2],
  ]);
  assert.deepEqual(pick(rowsOfColumns(overDays("week", "2026", days))), [
    ["2026-01-05", null, 0, 72, 1, null, null, 0],
  ]);
  assert.deepEqual(pick(rowsOfColumns(overDays("month", "2026", days))), [
    ["2026-01-01", 500, 2, 71.5, 2, 160, 30_000, 1],
  ]);
  assert.equal(overDays("week", "2024", days).rows, 0);
});

/** Rows of days with values here and there. */
const randomDays = fc.uniqueArray(
  fc.record({
    date: fc.integer({ min: dayNumber("2025-12-01"), max: dayNumber("2027-02-01") }),
    steps: fc.option(fc.integer({ min: 0, max: 30_000 })),
    resting_heart_rate_bpm: fc.option(fc.integer({ min: 40, max: 80 })),
    heart_rate_n: fc.option(fc.integer({ min: 1, max: 40_000 })),
    heart_rate_min_bpm: fc.option(fc.integer({ min: 30, max: 60 })),
    spo2_max_percent: fc.option(fc.integer({ min: 90, max: 100 })),
  }),
  { selector: ({ date }) => date, minLength: 1, maxLength: 200 },
).map((rows) => rows.toSorted((a, b) => a.date - b.date));

Deno.test("overDays() agrees with polars", () => {
  const columns = {
    steps: (of: pl.Expr) => of.sum(),
    resting_heart_rate_bpm: (of: pl.Expr) => of.mean(),
    heart_rate_n: (of: pl.Expr) => of.sum(),
    heart_rate_min_bpm: (of: pl.Expr) => of.min(),
    spo2_max_percent: (of: pl.Expr) => of.max(),
  };
  const units = [["week", week, "%G-%V"], ["month", month, "%Y-%m"]] as const;
  fc.assert(
    fc.property(randomDays, (rows) => {
      const days = daysOf(rows);
      const frame = pl.readParquet(Buffer.from(writeParquet(dayTable, days).buffer));
      for (const [unit, table, format] of units) {
        const expected = frame.withColumns(
          pl.col("date").dt.strftime(format).alias("key"),
        )
          .groupBy("key").agg(
            ...Object.entries(columns).map(([name, rule]) => rule(pl.col(name)).alias(name)),
            ...Object.keys(columns).map((name) =>
              pl.col(name).isNotNull().sum().alias(`${name} n`)
            ),
          ).sort("key").toRecords();
        const found = ["2025", "2026", "2027"]
          .flatMap((year) => rowsOfColumns(overDays(unit, year, days)));
        assert.equal(found.length, expected.length);
        writeParquet(table, overDays(unit, "2026", days));
        found.forEach((ours, i) => {
          const theirs = expected[i] ?? {};
          for (const name of Object.keys(columns)) {
            if (Number(theirs[`${name} n`]) === 0) assert.equal(ours[name], null);
            else assert.ok(Math.abs(Number(ours[name]) - Number(theirs[name])) < 1e-9, name);
          }
          assert.equal(ours["steps_days"], Number(theirs["steps n"]));
        });
      }
    }),
    { seed: 21, numRuns: 30 },
  );
});
