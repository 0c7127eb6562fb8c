import assert from "node:assert/strict";
import { aggregateDay } from "../../pipeline/aggregate/aggregate_day.ts";
import { day, month, week } from "../../pipeline/aggregate/catalog.ts";
import { together } from "../../pipeline/aggregate/together.ts";
import { hourlyStatistics } from "../../pipeline/aggregate/statistics.ts";
import { cardioLoad, skinConductance, snore } from "../../pipeline/catalog/scores.ts";
import { deviceTemperature, oxygenVariation } from "../../pipeline/catalog/vitals.ts";
import { columnsOfRows, type Row, rowsOfColumns } from "../support/number_rows.ts";
import { onBench } from "./harness.ts";

const midnight = Date.parse("2026-05-05");

/** At so many minutes after midnight. */
function at(minute: number, rest: Row): Row {
  return { time: midnight + minute * 60_000, utc_offset_s: 0, source: "takeout", ...rest };
}

/** Those columns of rows that are not null, as [minute of the day, values ...]. */
function cells(rows: readonly Row[], ...names: readonly string[]): unknown[] {
  return rows.filter((row) => names.some((name) => row[name] !== null))
    .map((row) => [(Number(row["time"]) - midnight) / 60_000, ...names.map((name) => row[name])]);
}

Deno.test("aggregateDay() has the temperature of the watch per minute, hour and day", () => {
  const own = columnsOfRows(deviceTemperature, [
    at(0, { temperature_c: 33, relative_c: null, sensor: null }),
    at(1, { temperature_c: 34, relative_c: null, sensor: null }),
    at(1.5, { temperature_c: 35, relative_c: -1, sensor: null }),
    at(70, { temperature_c: 21, relative_c: null, sensor: null }),
  ]);
  const found = aggregateDay("2026-05-05", new Map([["device_temperature", { own }]]));
  const names = ["device_temperature_mean_c", "device_temperature_relative_mean_c"];
  assert.deepEqual(cells(rowsOfColumns(found.minute), ...names), [
    [0, 33, null],
    [1, 34.5, -1],
    [70, 21, null],
  ]);
  assert.deepEqual(cells(rowsOfColumns(found.hour), ...names, "device_temperature_n"), [
    [0, 34, -1, 3],
    [60, 21, null, 1],
  ]);
  const [ofDay] = rowsOfColumns(found.day);
  assert.deepEqual([ofDay?.["device_temperature_min_c"], ofDay?.["device_temperature_n"]], [21, 4]);
});

Deno.test("aggregateDay() has the oxygen variation, a ratio, per minute", () => {
  const own = columnsOfRows(oxygenVariation, [
    at(3, { signal_ratio: -12 }),
    at(4, { signal_ratio: 8 }),
  ]);
  const found = aggregateDay("2026-05-05", new Map([["oxygen_variation", { own }]]));
  assert.deepEqual(cells(rowsOfColumns(found.minute), "oxygen_variation_mean_ratio"), [
    [3, -12],
    [4, 8],
  ]);
});

Deno.test("aggregateDay() adds cardio load up, its parts where they are known", () => {
  const load = (minute: number, total: number, workout: number | null) =>
    at(minute, { duration_s: 60, total, workout, background: null });
  const own = columnsOfRows(cardioLoad, [load(10, 0.5, 0.25), load(11, 0.75, null)]);
  const found = aggregateDay("2026-05-05", new Map([["cardio_load", { own }]]));
  const names = ["cardio_load", "cardio_load_workout", "cardio_load_background"];
  assert.deepEqual(cells(rowsOfColumns(found.minute), ...names), [
    [10, 0.5, 0.25, null],
    [11, 0.75, null, null],
  ]);
  assert.deepEqual(cells(rowsOfColumns(found.hour), ...names), [[0, 1.25, 0.25, null]]);
});

Deno.test("aggregateDay() shares snores out over midnight, and has noise where it was measured", () => {
  const heard = (minute: number, mean_dba: number, snoring_events: number) =>
    at(minute, { duration_s: 60, mean_dba, events: 4, snoring_events, snoring: 1 });
  const found = aggregateDay(
    "2026-05-05",
    new Map([["snore", {
      before: columnsOfRows(snore, [heard(-0.5, 70, 4)]),
      own: columnsOfRows(snore, [heard(0.5, 40, 1), heard(1.5, 50, 3)]),
    }]]),
  );
  const [ofDay] = rowsOfColumns(found.day);
  const names = ["snore_events", "snore_snoring_events", "snore_noise_n", "snore_noise_mean_dba"];
  assert.deepEqual(names.map((name) => ofDay?.[name]), [10, 6, 2, 45]);
});

Deno.test("together() puts ways to aggregate one table alone into one", () => {
  const of = (table: typeof snore, column: string) =>
    hourlyStatistics(table, [{ column, prefix: table.name, suffix: column }]);
  assert.throws(() => together(of(snore, "mean_dba"), of(skinConductance, "level")), RangeError);
  assert.throws(() => together(), RangeError);
});

Deno.test("runAggregate() has the scores of days, weeks and months, null where there are none", () =>
  onBench(async (bench) => {
    const date = (label: string) => Date.parse(label) / 86_400_000;
    bench.put("sleep_score", "2026-05-05", [
      {
        date: date("2026-05-05"),
        time: midnight + 25_200_000,
        sleep_id: 1,
        overall_score: 80,
        composition_score: null,
      },
      { date: date("2026-05-05"), time: midnight + 60_000_000, sleep_id: 2, overall_score: 40 },
      { date: date("2026-05-06"), time: midnight + 110_000_000, sleep_id: 3, overall_score: 60 },
    ]);
    bench.put("readiness", "2026-05-05", [{ date: date("2026-05-07"), score: 55 }]);
    bench.put("stress_score", "2026-05-05", [
      { date: date("2026-05-07"), score: 71, sleep_points: 20 },
    ]);
    bench.put("cardio_load_range", "2026-05-05", [
      { date: date("2026-05-07"), lower: 10, upper: 30 },
    ]);
    bench.put("cardio_load_ratio", "2026-05-05", [{ date: date("2026-05-07"), ratio: 1.25 }]);
    bench.put("body_response", "2026-05-05", [{ time: midnight, duration_s: 300 }]);
    await bench.run();
    const days = await bench.rows(day, "year=2026");
    const names = [
      "sleep_score_overall",
      "sleep_score_composition",
      "readiness_score",
      "stress_score",
      "stress_score_sleep_points",
      "cardio_load_range_upper",
      "cardio_load_ratio",
      "body_response_count",
      "body_response_min",
    ];
    assert.deepEqual(
      days.map((row) => names.map((name) => row[name])),
      [
        [80, null, null, null, null, null, null, 1, 5],
        [60, null, null, null, null, null, null, null, null],
        [null, null, 55, 71, 20, 30, 1.25, null, null],
      ],
    );
    for (const long of [week, month]) {
      const [row] = await bench.rows(long, "year=2026");
      assert.deepEqual(
        ["sleep_score_overall", "sleep_score_overall_days", "readiness_score", "body_response_min"]
          .map((name) => row?.[name]),
        [70, 2, 55, 5],
      );
    }
  }));
