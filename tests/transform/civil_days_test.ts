import assert from "node:assert/strict";
import { heartRate, tableNamed, tables } from "../../pipeline/catalog.ts";
import type { Column } from "../../pipeline/columns.ts";
import { type Day, dayNumber, dayOfNumber } from "../../pipeline/day.ts";
import { civilDays, isTimed, rowsOfDays } from "../../pipeline/transform/civil_days.ts";

const times = (...instants: string[]): Column => ({
  type: "timestamp_ms",
  values: Float64Array.from(instants, (instant) => Date.parse(instant)),
});
const offsets = (...seconds: number[]): Column => ({
  type: "int32",
  values: Int32Array.from(seconds),
});
const dates = (...days: Day[]): Column => ({
  type: "date",
  values: Int32Array.from(days, dayNumber),
});

const cases = [
  {
    what: "by the wall clock where a table has no date",
    table: heartRate,
    columns: {
      time: times("2026-10-24T22:30:00Z", "2026-10-25T23:30:00Z", "2026-10-13T03:00:00Z"),
      utc_offset_s: offsets(7200, 3600, -14400),
    },
    expected: ["2026-10-25", "2026-10-26", "2026-10-12"],
  },
  {
    what: "by the date where there is one, whatever the wall clock said at the beginning",
    table: tableNamed("sleep"),
    columns: {
      time: times("2026-10-31T22:10:00Z", "2026-10-31T13:00:00Z"),
      utc_offset_s: offsets(3600, 3600),
      date: dates("2026-11-01", "2026-10-31"),
    },
    expected: ["2026-11-01", "2026-10-31"],
  },
  {
    what: "by the date, also in the parts of a night",
    table: tableNamed("sleep_stage"),
    columns: {
      time: times("2026-12-31T22:10:00Z", "2027-01-01T02:00:00Z"),
      utc_offset_s: offsets(3600, 3600),
      date: dates("2027-01-01", "2027-01-01"),
    },
    expected: ["2027-01-01", "2027-01-01"],
  },
  {
    what: "by the date in a table of daily values",
    table: tableNamed("resting_heart_rate"),
    columns: { date: dates("2026-10-01") },
    expected: ["2026-10-01"],
  },
];

for (const { what, table, columns, expected } of cases) {
  Deno.test(`civilDays() counts a row ${what}`, () => {
    const dayOf = civilDays(table, { rows: expected.length, columns });
    assert.deepEqual(expected.map((_, row) => dayOfNumber(dayOf(row))), expected);
  });

  Deno.test(`rowsOfDays() finds a row ${what}`, () => {
    const rows = expected.length;
    for (const day of expected) {
      const found = rowsOfDays(table, { rows, columns }, dayNumber(day), dayNumber(day));
      const wanted = expected.flatMap((each, row) => each === day ? [row] : []);
      assert.deepEqual(found === undefined ? [...expected.keys()] : Array.from(found), wanted);
    }
  });
}

Deno.test("civilDays() finds a date or a time and an offset in every table", () => {
  for (const table of tables) {
    const has = (name: string) => table.columns.some((column) => column.name === name);
    assert.ok(has("date") || (has("time") && has("utc_offset_s")), table.name);
  }
});

Deno.test("civilDays() throws when the column is missing", () => {
  assert.throws(() => civilDays(tableNamed("sleep"), { rows: 0, columns: {} }), RangeError);
});

Deno.test("isTimed() tells tables with an instant from those with a date alone", () => {
  assert.deepEqual(
    ["heart_rate", "sleep", "sleep_stage", "resting_heart_rate"].map((name) =>
      isTimed(tableNamed(name))
    ),
    [true, true, true, false],
  );
});
