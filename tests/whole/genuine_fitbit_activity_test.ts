/** Recorded answers about activity, from import to tables, with what their README says of them. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { inHouse } from "../support/house.ts";
import { partRows } from "../support/parts.ts";
import { hasSharedData } from "../support/shared_data.ts";
import type { House } from "../support/house.ts";
import type { PlainRow } from "../support/rows.ts";

const folder = fileURLToPath(new URL("../../../shared/data/fitbit-web-api/", import.meta.url));
const timeZone = "America/Chicago";

/** Runs with the files imported, under another name where one is given, and transformed. */
function genuine(
  name: string,
  files: readonly (string | readonly [file: string, as: string])[],
  work: (house: House) => Promise<void>,
): void {
  Deno.test({
    name: hasSharedData ? name : `${name} (ignored: no shared/data beside the repository)`,
    ignore: !hasSharedData,
    fn: () =>
      inHouse(async (house) => {
        const saved = `${house.root}-saved`;
        await Deno.mkdir(saved);
        const paths = await Promise.all(files.map(async (file) => {
          const [from, as] = typeof file === "string" ? [file, file] : file;
          await Deno.copyFile(`${folder}${from}.json`, `${saved}/${as}.json`);
          return `${saved}/${as}.json`;
        }));
        await house.must("import", ...paths, "--timezone", timeZone);
        await house.must("transform");
        await work(house);
      }),
  });
}

const dayValue = z.object({ value: z.string() });

/** The daily value that an answer states. */
async function statedValue(file: string, resource: string): Promise<number> {
  const text = await Deno.readTextFile(`${folder}${file}.json`);
  const answer = z.record(z.string(), z.unknown()).parse(JSON.parse(text.replace(/^\ufeff/, "")));
  const [day] = z.array(dayValue).parse(answer[`activities-${resource}`]);
  return Number(day?.value);
}

const numbers = (rows: readonly PlainRow[], column: string) =>
  rows.map((row) => Number(row[column]));

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Wall-clock minute of a row, from its own offset. */
function wallMinute(row: PlainRow | undefined): string {
  const ms = Date.parse(String(row?.["time"])) + Number(row?.["utc_offset_s"]) * 1000;
  return new Date(ms).toISOString().slice(0, 16);
}

/** Series of a count that add up to the value of the day. */
const series = [
  {
    file: "steps-intraday-1min-time-bounded-2017-07-31",
    resource: "steps",
    day: "2017-07-31",
    points: 1440,
    total: 8889,
    last: "23:59",
  },
  {
    file: "steps-intraday-1min-1d-partial-day-2021-10-31",
    resource: "steps",
    day: "2021-10-31",
    points: 857,
    total: 7058,
    last: "14:16",
  },
  {
    file: "floors-intraday-1min-1d-partial-day-2021-10-31",
    resource: "floors",
    day: "2021-10-31",
    points: 857,
    total: 10,
    last: "14:16",
  },
] as const;

for (const { file, resource, day, points, total, last } of series) {
  genuine(
    `recorded ${resource} of ${day} add up to the value of the day`,
    [file],
    async (house) => {
      const rows = await partRows(house.root, resource, day);
      assert.equal(rows.length, points);
      assert.equal(sum(numbers(rows, resource)), total);
      assert.equal(await statedValue(file, resource), total);
      assert.deepEqual(new Set(numbers(rows, "utc_offset_s")), new Set([-18_000]));
      assert.equal(wallMinute(rows[0]), `${day}T00:00`);
      assert.equal(wallMinute(rows.at(-1)), `${day}T${last}`);
      assert.deepEqual(new Set(numbers(rows, "duration_s")), new Set([60]));
    },
  );
}

genuine(
  "recorded calories add up to the value of the day, and agree with their METs",
  ["calories-intraday-1min-2015-03-20"],
  async (house) => {
    const rows = await partRows(house.root, "calories", "2015-03-20");
    assert.equal(rows.length, 1440);
    const total = sum(numbers(rows, "energy_kcal"));
    assert.equal(total.toFixed(2), "2601.07");
    assert.equal(
      Math.round(total),
      await statedValue("calories-intraday-1min-2015-03-20", "calories"),
    );
    // Energy is the resting part times the metabolic equivalent.
    const resting = Number(rows[0]?.["energy_kcal"]);
    assert.equal(rows[0]?.["met"], 1);
    for (const row of rows) {
      const expected = resting * Number(row["met"]);
      assert.ok(Math.abs(Number(row["energy_kcal"]) - expected) < 1e-3, JSON.stringify(row));
    }
    const levels = await partRows(house.root, "activity_level", "2015-03-20");
    assert.equal(levels.length, 1440);
    const levelOf = new Map(levels.map((row) => [row["time"], row["level"]]));
    // Levels rise with the metabolic equivalent.
    const least = new Map<unknown, number>();
    for (const row of rows) {
      const level = levelOf.get(row["time"] ?? null);
      least.set(level, Math.min(least.get(level) ?? Infinity, Number(row["met"])));
    }
    const inOrder = ["sedentary", "lightly_active", "moderately_active", "very_active"]
      .flatMap((level) => least.get(level) ?? []);
    assert.ok(inOrder.length >= 3);
    assert.deepEqual(inOrder, inOrder.toSorted((a, b) => a - b));
  },
);

genuine(
  "a recorded day without data gives no row",
  [["calories-intraday-1min-no-data-day", "calories-2015-03-21"]],
  async (house) => {
    assert.deepEqual(await partRows(house.root, "calories", "2015-03-21"), []);
    assert.deepEqual(await partRows(house.root, "activity_level", "2015-03-21"), []);
  },
);

genuine(
  "recorded zones hold the minutes with min <= bpm < max",
  ["heart-intraday-1min-time-bounded-2017-07-31"],
  async (house) => {
    const bpm = numbers(await partRows(house.root, "heart_rate", "2017-07-31"), "bpm");
    const zones = await partRows(house.root, "heart_rate_zones", "2017-07-31");
    assert.deepEqual(zones.map(({ zone }) => zone), ["cardio", "fat_burn", "out_of_range", "peak"]);
    for (const { zone, min_bpm, max_bpm, minutes } of zones) {
      const inside = bpm.filter((value) => value >= Number(min_bpm) && value < Number(max_bpm));
      assert.equal(minutes, inside.length, String(zone));
    }
    assert.equal(sum(numbers(zones, "minutes")), 1397);
    const lowest = zones.find(({ zone }) => zone === "out_of_range");
    assert.equal(lowest?.["energy_kcal"], 2028.2781);
  },
);

genuine(
  "the recorded summary of a day in miles and feet has its zones, and takes them from itself",
  [
    "daily-activity-summary-partial-day-2021-10-31",
    "heart-intraday-1min-1d-partial-day-2021-10-31",
  ],
  async (house) => {
    const day = "2021-10-31";
    assert.deepEqual(await partRows(house.root, "activity_day", day), [{
      date: day,
      steps: 7058,
      distance_m: 3.28 * 1609.344,
      floors: 10,
      elevation_gain_m: 30.48,
      energy_kcal: 2047,
      active_energy_kcal: 1179,
      basal_energy_kcal: 1091,
      sedentary_min: 344,
      lightly_active_min: 188,
      fairly_active_min: 61,
      very_active_min: 1,
      swimming_strokes: null,
      active_zone_minutes: null,
      source: "fitbit-web",
    }]);
    const zones = await partRows(house.root, "heart_rate_zones", day);
    // Every minute with a heart rate is in one of them; the daily answer beside it has 1440 in one.
    assert.equal(
      sum(numbers(zones, "minutes")),
      (await partRows(house.root, "heart_rate", day)).length,
    );
    assert.deepEqual(zones.map(({ zone, minutes }) => [zone, minutes]), [
      ["cardio", 0],
      ["fat_burn", 129],
      ["out_of_range", 704],
      ["peak", 0],
    ]);
    const [resting] = await partRows(house.root, "resting_heart_rate", day);
    assert.equal(resting?.["bpm"], 65);
    const exercises = await partRows(house.root, "exercise", day);
    assert.deepEqual(
      exercises.map(({ time, duration_s, exercise_id, type, steps }) => ({
        time,
        duration_s,
        exercise_id,
        type,
        steps,
      })),
      [{
        time: "2021-10-31T14:00:00.000Z",
        duration_s: 2700,
        exercise_id: "43891083715",
        type: "weights",
        steps: 1040,
      }],
    );
  },
);

genuine(
  "provisional zones of a day that is not over have no minutes",
  ["heart-intraday-1min-1d-partial-day-2021-10-31"],
  async (house) => {
    const zones = await partRows(house.root, "heart_rate_zones", "2021-10-31");
    assert.equal(zones.length, 4);
    assert.ok(zones.every(({ minutes, energy_kcal }) => minutes === null && energy_kcal === null));
    const lowest = zones.find(({ zone }) => zone === "out_of_range");
    assert.deepEqual([lowest?.["min_bpm"], lowest?.["max_bpm"]], [30, 115]);
  },
);

genuine(
  "the recorded summary of a device without heart rate is in kilometres",
  [["daily-activity-summary-no-activities-2015", "summary-2015-05-13"]],
  async (house) => {
    const [row] = await partRows(house.root, "activity_day", "2015-05-13");
    assert.equal(row?.["steps"], 12_517);
    assert.equal(row?.["distance_m"], 8560);
    assert.equal(row?.["floors"], null);
    assert.equal(row?.["elevation_gain_m"], null);
    assert.deepEqual(await partRows(house.root, "heart_rate_zones", "2015-05-13"), []);
  },
);

genuine(
  "a recorded week of zones and resting heart rates",
  ["heart-daily-time-series-2017-08"],
  async (house) => {
    const resting = await partRows(house.root, "resting_heart_rate", "2017-08-15");
    assert.equal(resting.length, 7);
    assert.deepEqual([resting[0]?.["date"], resting[0]?.["bpm"]], ["2017-08-15", 51]);
    const zones = await partRows(house.root, "heart_rate_zones", "2017-08-15");
    assert.equal(zones.length, 28);
    const first = zones.filter(({ date }) => date === "2017-08-15");
    assert.ok(sum(numbers(first, "minutes")) <= 1440);
    assert.equal(first.find(({ zone }) => zone === "out_of_range")?.["minutes"], 1264);
  },
);

genuine(
  "recorded active zone minutes of a day add up from its zones",
  ["active-zone-minutes-daily-2025-03"],
  async (house) => {
    const rows = await partRows(house.root, "activity_series", "2025-03-26");
    assert.deepEqual(new Set(rows.map(({ unit }) => unit)), new Set(["min"]));
    const days = Map.groupBy(rows, ({ date }) => date);
    assert.equal(days.size, 4);
    for (const [date, values] of days) {
      const of = (resource: string) =>
        Number(values.find((row) => row["resource"] === resource)?.["value"] ?? 0);
      const zones = ["fatBurn", "cardio", "peak"].map((zone) => of(`${zone}ActiveZoneMinutes`));
      assert.equal(of("activeZoneMinutes"), sum(zones), String(date));
    }
    assert.equal(days.get("2025-03-26")?.length, 3);
  },
);

genuine(
  "recorded exercises have the speed and pace of their own distance",
  ["activity-log-list-2017-09"],
  async (house) => {
    const rows = await partRows(house.root, "exercise", "2017-09-01");
    assert.equal(rows.length, 20);
    assert.equal(new Set(rows.map(({ exercise_id }) => exercise_id)).size, 20);
    const run = rows.find(({ exercise_id }) => exercise_id === "9675733775");
    assert.deepEqual(
      [run?.["time"], run?.["utc_offset_s"], run?.["end_time"], run?.["type"], run?.["device"]],
      ["2017-09-02T01:54:51.000Z", -25_200, "2017-09-02T02:29:54.000Z", "run", "Surge"],
    );
    assert.equal(run?.["elevation_gain_m"], 54.864);
    assert.equal(run?.["active_duration_s"], 1834);
    let checked = 0;
    for (const row of rows) {
      if (row["distance_m"] === null || row["speed_m_per_s"] === null) continue;
      const seconds = Number(row["active_duration_s"]);
      const metres = Number(row["distance_m"]);
      assert.ok(Math.abs(Number(row["speed_m_per_s"]) - metres / seconds) < 0.005);
      assert.ok(Math.abs(Number(row["pace_s_per_m"]) - seconds / metres) < 0.005);
      checked++;
    }
    assert.ok(checked > 0);
    const zones = await partRows(house.root, "exercise_zone", "2017-09-01");
    for (const { exercise_id, duration_s } of rows) {
      const own = zones.filter((zone) => zone["exercise_id"] === exercise_id);
      const minutes = sum(numbers(own, "minutes"));
      assert.ok(minutes <= Number(duration_s) / 60 + 2, `${exercise_id}: ${minutes} minutes`);
    }
    assert.ok(zones.length > 0);
  },
);
