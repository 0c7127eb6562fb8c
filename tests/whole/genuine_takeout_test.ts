/**
 * The genuine archive of 2020, imported and transformed to every value that was worked out
 * independently, in every table that the JSON tree fills.
 */

import assert from "node:assert/strict";
import { tableNamed } from "../../pipeline/catalog.ts";
import { daysBetween } from "../../pipeline/day.ts";
import { aggregatesOf } from "../support/aggregates.ts";
import { type House, inHouse } from "../support/house.ts";
import type { PlainRow } from "../support/rows.ts";
import { sharedPath, testWithSharedData } from "../support/shared_data.ts";
import { partRows } from "../support/parts.ts";

const export2020 = sharedPath("takeout/mit-innergalileo-2020/MyFitbitData");

/** All rows of a table from March to August 2020. */
async function rowsOf(house: House, table: string): Promise<PlainRow[]> {
  if (tableNamed(table).partition === "year") {
    return await partRows(house.root, table, "2020-01-01");
  }
  const days = daysBetween("2020-03-01", "2020-08-10");
  return (await Promise.all(days.map((day) => partRows(house.root, table, day)))).flat();
}

function sum(rows: readonly PlainRow[], column: string, digits: number): string {
  return rows.reduce((total, row) => total + Number(row[column]), 0).toFixed(digits);
}

/** Of each civil day in Melbourne: steps, metres, from the README beside the files. */
const moved = [
  ["2020-03-10", "1540", "1148.6"],
  ["2020-04-04", "10258", "7649.4"],
  ["2020-04-05", "8101", "6040.2"],
  ["2020-04-06", "2114", "1575.2"],
] as const;

const burned = [
  ["2020-07-07", "1976.69"],
  ["2020-07-08", "2452.67"],
  ["2020-07-21", "2927.81"],
] as const;

async function assertOracle(house: House): Promise<void> {
  const { root } = house;
  for (const [day, steps, metres] of moved) {
    assert.equal(sum(await partRows(root, "steps", day), "steps", 0), steps, day);
    assert.equal(sum(await partRows(root, "distance", day), "distance_m", 1), metres, day);
  }
  const steps = await rowsOf(house, "steps");
  assert.deepEqual([steps.length, sum(steps, "steps", 0)], [26_507, "286193"]);
  assert.equal(sum(await rowsOf(house, "distance"), "distance_m", 2), "115142.20");

  for (const [day, kcal] of burned) {
    assert.equal(sum(await partRows(root, "calories", day), "energy_kcal", 2), kcal, day);
  }
  const calories = await rowsOf(house, "calories");
  assert.deepEqual([calories.length, sum(calories, "energy_kcal", 1)], [22_442, "38603.6"]);
  assert.equal(calories.at(-1)?.["time"], "2020-07-22T04:01:00.000Z");

  const sleep = await rowsOf(house, "sleep");
  assert.deepEqual([sleep.length, sum(sleep, "asleep_min", 0)], [53, "25854"]);
  const autumn = sleep.find(({ date }) => date === "2020-04-05");
  // The clocks went back that night; the log goes on by the clock it began with.
  assert.deepEqual(
    [
      autumn?.["time"],
      autumn?.["utc_offset_s"],
      autumn?.["end_time"],
      autumn?.["end_utc_offset_s"],
    ],
    ["2020-04-04T12:30:00.000Z", 39_600, "2020-04-04T22:19:00.000Z", 36_000],
  );
  assert.deepEqual([autumn?.["duration_s"], autumn?.["asleep_min"]], [35_340, 519]);
  const stages = (await rowsOf(house, "sleep_stage"))
    .filter((stage) => stage["sleep_id"] === autumn?.["sleep_id"] && stage["short"] === false);
  assert.equal(sum(stages, "duration_s", 0), "35340");

  const resting = new Map(
    (await rowsOf(house, "resting_heart_rate")).map((row) => [row["date"], Number(row["bpm"])]),
  );
  assert.equal(resting.size, 135);
  assert.equal(resting.get("2020-04-04")?.toFixed(3), "65.862");
  assert.equal(resting.get("2020-04-05")?.toFixed(3), "66.663");

  const activity = new Map((await rowsOf(house, "activity_day")).map((row) => [row["date"], row]));
  const changed = activity.get("2020-04-05");
  assert.deepEqual(
    ["sedentary_min", "lightly_active_min", "fairly_active_min", "very_active_min"]
      .map((column) => changed?.[column]),
    [548, 263, 36, 4],
  );
  // Neither the day before the first one worn nor those after the export.
  assert.deepEqual(
    [activity.has("2020-03-09"), activity.has("2020-07-22"), activity.has("2020-07-23")],
    [false, true, false],
  );
  const zones = (await rowsOf(house, "heart_rate_zones"))
    .filter(({ date }) => date === "2020-04-05").map(({ zone, minutes }) => [zone, minutes]);
  assert.deepEqual(Object.fromEntries(zones), {
    out_of_range: 1177,
    fat_burn: 240,
    cardio: 0,
    peak: 0,
  });

  const exercises = await rowsOf(house, "exercise");
  assert.equal(exercises.length, 62);
  assert.equal((await rowsOf(house, "exercise_zone")).length, 4 * 62);
  const last = exercises.at(-1);
  assert.deepEqual(
    [last?.["time"], last?.["utc_offset_s"], last?.["distance_m"], last?.["elevation_gain_m"]],
    ["2020-07-21T06:58:17.000Z", 36_000, 9353.32, 197.149],
  );
  assert.equal((await rowsOf(house, "run_vo2_max")).length, 6);
  assert.equal((await rowsOf(house, "daily_vo2_max")).length, 135);

  await house.must("aggregate");
  const { day } = await aggregatesOf(root, "2020-04-05");
  assert.equal(day?.["steps"], 8101);
  assert.equal(day?.["activity_day_sedentary_min"], 548);
}

for (const zone of ["Australia/Melbourne", undefined]) {
  const how = zone === undefined ? "with the zone left to be worked out" : `with ${zone}`;
  testWithSharedData(
    `the export of 2020 has its oracle's values in every table, ${how}`,
    () =>
      inHouse(async (house) => {
        await house.must("import", export2020, ...zone === undefined ? [] : ["--timezone", zone]);
        const { said } = await house.must("transform");
        assert.doesNotMatch(said, /put aside/);
        await assertOracle(house);
      }),
  );
}

/** What the extracts of 2018 and 2019 hold, counted in them by eye: rows, and one value of the first. */
const extracts:
  readonly (readonly [table: string, rows: number, column: string, value: unknown])[] = [
    ["distance", 5, "distance_m", 41.1],
    ["activity_day", 3, "lightly_active_min", 266],
    ["heart_rate_zones", 8, "minutes", 20],
    ["exercise", 3, "elevation_gain_m", 9.144],
    ["sleep", 2, "efficiency", 68],
  ];

testWithSharedData(
  "the extracts of 2018, whose names lost their dates, are read too",
  () =>
    inHouse(async (house) => {
      const folder = sharedPath("takeout/apache-fitbit-to-sqlite-2018/zip_contents");
      await house.must("import", folder, "--timezone", "America/New_York");
      await house.must("transform");
      for (const [table, rows, column, value] of extracts) {
        const found = (await Promise.all(
          ["2017-12-31", "2018-01-01"].map((day) => partRows(house.root, table, day)),
        )).flat();
        assert.deepEqual([found.length, found[0]?.[column]], [rows, value], table);
      }
    }),
);
