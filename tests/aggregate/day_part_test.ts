import assert from "node:assert/strict";
import { aggregateDay, denseDayColumns } from "../../pipeline/aggregate/aggregate_day.ts";
import { dayPart } from "../../pipeline/aggregate/day_part.ts";
import { tableNamed } from "../../pipeline/catalog.ts";
import { dayNumber, dayOfNumber } from "../../pipeline/day.ts";
import { join } from "../../pipeline/transform/column_rows.ts";
import { columnsOfRows, type Row, rowsOfColumns } from "../support/number_rows.ts";

const at = (text: string) => Date.parse(text);
const date = dayNumber;
const nothing = join([], denseDayColumns);

/** The row of each day, with the values that are there. */
function daysOf(tables: Record<string, Row[]>, counted = nothing): Record<string, Row> {
  const daily = new Map(
    Object.entries(tables).map(([name, rows]) => [name, columnsOfRows(tableNamed(name), rows)]),
  );
  return Object.fromEntries(
    rowsOfColumns(dayPart(counted, daily)).map(({ date, ...row }) => [
      dayOfNumber(Number(date)),
      Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
    ]),
  );
}

const cases: { what: string; tables: Record<string, Row[]>; expected: Record<string, Row> }[] = [
  {
    what: "daily values as they are, of tables that have them",
    tables: {
      resting_heart_rate: [{ date: date("2026-01-02"), bpm: 57.5, source: "takeout" }],
      daily_spo2: [
        { date: date("2026-01-02"), mean_percent: 96, lower_percent: 93, upper_percent: null },
      ],
      skin_temperature: [{ date: date("2026-01-04"), relative_c: -0.3 }],
      activity_day: [{ date: date("2026-01-02"), steps: 0 }],
    },
    expected: {
      "2026-01-02": {
        resting_heart_rate_bpm: 57.5,
        resting_heart_rate_source: "takeout",
        daily_spo2_mean_percent: 96,
        daily_spo2_lower_percent: 93,
        activity_day_steps: 0,
      },
      "2026-01-04": { skin_temperature_relative_c: -0.3 },
    },
  },
  {
    what: "no row of a day that has no value",
    tables: { skin_temperature: [{ date: date("2026-01-04"), sensor: "other_sensors" }] },
    expected: {},
  },
  {
    what: "the last weighing of the day, by the clock of the wearer",
    tables: {
      weight: [
        { time: at("2026-01-02T07:00:00Z"), utc_offset_s: 3600, weight_kg: 70.2 },
        { time: at("2026-01-02T22:59:00Z"), utc_offset_s: 3600, weight_kg: 70.9 },
        { time: at("2026-01-02T23:01:00Z"), utc_offset_s: 3600, weight_kg: 71.4 },
      ],
    },
    expected: { "2026-01-02": { weight_kg: 70.9 }, "2026-01-03": { weight_kg: 71.4 } },
  },
  {
    what: "what was eaten and drunk, added up; what is null left out",
    tables: {
      hydration: [
        { time: at("2026-01-02T07:00:00Z"), utc_offset_s: 0, volume_ml: 250 },
        { time: at("2026-01-02T08:00:00Z"), utc_offset_s: 0, volume_ml: null },
        { time: at("2026-01-02T09:00:00Z"), utc_offset_s: 0, volume_ml: 500 },
      ],
      nutrition: [{ time: at("2026-01-02T07:00:00Z"), utc_offset_s: 0, energy_kcal: null }],
    },
    expected: { "2026-01-02": { hydration_ml: 750 } },
  },
  {
    what: "exercises of the day they began on",
    tables: {
      exercise: [
        { time: at("2026-01-02T23:30:00Z"), utc_offset_s: 0, duration_s: 3600, energy_kcal: 400 },
        { time: at("2026-01-02T08:00:00Z"), utc_offset_s: 0, duration_s: 900, distance_m: 2000 },
      ],
    },
    expected: {
      "2026-01-02": {
        exercise_count: 2,
        exercise_min: 75,
        exercise_kcal: 400,
        exercise_distance_m: 2000,
      },
    },
  },
  {
    what: "minutes of the old heart-rate zones",
    tables: {
      heart_rate_zones: [
        { date: date("2026-01-02"), zone: "fat_burn", minutes: 30 },
        { date: date("2026-01-02"), zone: "Custom", minutes: 7 },
        { date: date("2026-01-02"), zone: "peak", minutes: 0 },
        { date: date("2026-01-03"), zone: "light", min_bpm: 100 },
      ],
    },
    expected: { "2026-01-02": { heart_rate_zones_fat_burn_min: 30, heart_rate_zones_peak_min: 0 } },
  },
  {
    what: "statistics of measurements that are few",
    tables: {
      blood_glucose: [90, 110, 130].map((glucose_mg_per_dl, i) => ({
        time: at("2026-01-02T07:00:00Z") + i * 3_600_000,
        utc_offset_s: 0,
        glucose_mg_per_dl,
      })),
    },
    expected: {
      "2026-01-02": {
        blood_glucose_n: 3,
        blood_glucose_mean_mg_per_dl: 110,
        blood_glucose_min_mg_per_dl: 90,
        blood_glucose_max_mg_per_dl: 130,
      },
    },
  },
];

for (const { what, tables, expected } of cases) {
  Deno.test(`dayPart() has ${what}`, () => assert.deepEqual(daysOf(tables), expected));
}

/** A sleep from one instant to another; Berlin in winter unless said. */
function sleep(start: string, end: string, rest: Row = {}): Row {
  const end_utc_offset_s = Number(rest["end_utc_offset_s"] ?? 3600);
  return {
    time: at(start),
    utc_offset_s: 3600,
    duration_s: (at(end) - at(start)) / 1000,
    end_time: at(end),
    end_utc_offset_s,
    date: Math.floor((at(end) / 1000 + end_utc_offset_s) / 86_400),
    ...rest,
  };
}

const night = sleep("2026-01-01T22:00:00Z", "2026-01-02T06:00:00Z", {
  main_sleep: 1,
  nap: 0,
  asleep_min: 430,
  awake_min: 50,
  deep_min: 80,
  efficiency: 91,
});
const nap = sleep("2026-01-02T13:00:00Z", "2026-01-02T13:45:00Z", {
  main_sleep: 0,
  nap: 1,
  asleep_min: 40,
});

Deno.test("dayPart() has the night that ended on a day, and the naps apart", () => {
  assert.deepEqual(daysOf({ sleep: [night, nap] }), {
    "2026-01-02": {
      sleep_start: at("2026-01-01T22:00:00Z"),
      sleep_end: at("2026-01-02T06:00:00Z"),
      sleep_start_local_min: -60,
      sleep_middle_local_min: 180,
      sleep_end_local_min: 420,
      sleep_duration_min: 480,
      sleep_asleep_min: 430,
      sleep_awake_min: 50,
      sleep_deep_min: 80,
      sleep_efficiency_percent: 91,
      other_sleep_count: 1,
      other_sleep_asleep_min: 40,
    },
  });
});

Deno.test("dayPart() tells a night by both clocks when they change in it", () => {
  // Berlin, 2026-10-25: from 23:00 +2 to 7:00 +1, nine hours.
  const autumn = sleep("2026-10-24T21:00:00Z", "2026-10-25T06:00:00Z", { utc_offset_s: 7200 });
  const row = daysOf({ sleep: [autumn] })["2026-10-25"];
  assert.deepEqual(
    [row?.["sleep_start_local_min"], row?.["sleep_middle_local_min"], row?.["sleep_end_local_min"]],
    [-60, 150, 420],
  );
  assert.equal(row?.["sleep_duration_min"], 540);
});

const mains: { what: string; sleeps: Row[]; asleep: number | undefined; others?: number }[] = [
  {
    what: "the longest where none is called so",
    sleeps: [
      { ...nap, main_sleep: null, nap: null },
      { ...night, main_sleep: null, nap: null },
    ],
    asleep: 430,
    others: 40,
  },
  { what: "none where all are naps", sleeps: [nap], asleep: undefined, others: 40 },
  {
    what: "the one called so, though another is longer",
    sleeps: [{ ...night, main_sleep: 0 }, { ...nap, main_sleep: 1, nap: 0 }],
    asleep: 40,
    others: 430,
  },
];

for (const { what, sleeps, asleep, others } of mains) {
  Deno.test(`dayPart() takes as main sleep ${what}`, () => {
    const row = daysOf({ sleep: sleeps })["2026-01-02"];
    assert.deepEqual([row?.["sleep_asleep_min"], row?.["other_sleep_asleep_min"]], [
      asleep,
      others,
    ]);
  });
}

Deno.test("dayPart() puts daily values beside what was counted, by date", () => {
  const counted = ["2026-01-03", "2026-01-01"].map((day, i) =>
    aggregateDay(
      day,
      new Map([["steps", {
        own: columnsOfRows(tableNamed("steps"), [
          { time: at(`${day}T10:00:00Z`), utc_offset_s: 0, duration_s: 60, steps: 10 + i },
        ]),
      }]]),
    ).day
  );
  const dense = join(counted.map((columns) => ({ columns, rows: undefined })), denseDayColumns);
  const weight = [{ time: at("2026-01-02T07:00:00Z"), utc_offset_s: 0, weight_kg: 70 }];
  const found = daysOf({ weight }, dense);
  assert.deepEqual(Object.keys(found), ["2026-01-01", "2026-01-02", "2026-01-03"]);
  assert.equal(found["2026-01-01"]?.["steps"], 11);
  assert.deepEqual(found["2026-01-02"], { weight_kg: 70 });
  assert.equal(found["2026-01-03"]?.["steps"], 10);
});
