/** Recorded answers about sleep, vitals, body and devices, from import to tables, with what their README says. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { diskFiles } from "../../pipeline/effects.ts";
import { inHouse } from "../support/house.ts";
import type { House } from "../support/house.ts";
import { partRows } from "../support/parts.ts";
import type { PlainRow } from "../support/rows.ts";
import { hasSharedData } from "../support/shared_data.ts";

const folder = fileURLToPath(new URL("../../../shared/data/fitbit-web-api/", import.meta.url));
const timeZone = "America/Chicago";

/** Runs with one file imported, under another name where one is given, and transformed. */
function genuine(
  name: string,
  file: string,
  work: (house: House, file: string) => Promise<void>,
  as = file,
): void {
  Deno.test({
    name: hasSharedData ? name : `${name} (ignored: no shared/data beside the repository)`,
    ignore: !hasSharedData,
    fn: () =>
      inHouse(async (house) => {
        const saved = `${house.root}-saved`;
        await Deno.mkdir(saved);
        await Deno.copyFile(`${folder}${file}.json`, `${saved}/${as}.json`);
        await house.must("import", `${saved}/${as}.json`, "--timezone", timeZone);
        await house.must("transform");
        await work(house, file);
      }),
  });
}

const level = z.object({ count: z.number(), minutes: z.number() });
const logSchema = z.object({
  duration: z.number(),
  timeInBed: z.number(),
  minutesAsleep: z.number(),
  minutesAwake: z.number(),
  logId: z.number(),
  startTime: z.string(),
  endTime: z.string(),
  levels: z.object({ summary: z.record(z.string(), level) }),
});

async function logsOf(file: string): Promise<z.infer<typeof logSchema>[]> {
  const text = await Deno.readTextFile(`${folder}${file}.json`);
  return z.object({ sleep: z.array(logSchema) }).parse(JSON.parse(text)).sleep;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const seconds = (row: PlainRow) => Number(row["duration_s"]);

/** Wall-clock time of a row, from its own offset. */
function wall(row: PlainRow | undefined, time = "time", offset = "utc_offset_s"): string {
  const ms = Date.parse(String(row?.[time])) + Number(row?.[offset]) * 1000;
  return new Date(ms).toISOString().slice(0, -1);
}

/** What a night was like with its short awakenings laid over the stages: a stage each half minute. */
function overlaid(stages: readonly PlainRow[]): string[] {
  const start = Math.min(...stages.map(({ time }) => Date.parse(String(time))));
  const epochs: string[] = [];
  for (const short of [false, true]) {
    for (const row of stages.filter((row) => row["short"] === short)) {
      const first = (Date.parse(String(row["time"])) - start) / 30_000;
      for (let i = first; i < first + seconds(row) / 30; i++) epochs[i] = String(row["stage"]);
    }
  }
  return epochs;
}

genuine(
  "the stages of a recorded night add up to its length and, overlaid, to its summary",
  "sleep-v1.2-stages-by-date-2017-02-27",
  async (house, file) => {
    const [log] = await logsOf(file);
    assert.ok(log !== undefined);
    const [row, ...others] = await partRows(house.root, "sleep", "2017-02-27");
    assert.deepEqual(others, []);
    assert.equal(row?.["sleep_id"], "20000000000");
    assert.equal(row?.["date"], "2017-02-27");
    assert.equal(row?.["utc_offset_s"], -21_600);
    assert.equal(wall(row), log.startTime);
    assert.equal(wall(row, "end_time", "end_utc_offset_s"), log.endTime);
    assert.equal(row?.["in_bed_min"], log.timeInBed);
    assert.equal(row?.["stages_status"], "succeeded");
    assert.equal(row?.["main_sleep"], true);
    const stages = await partRows(house.root, "sleep_stage", "2017-02-27");
    const whole = stages.filter(({ short }) => short === false);
    assert.equal(sum(whole.map(seconds)), log.duration / 1000);
    assert.equal(seconds(row ?? {}), log.duration / 1000);
    whole.slice(1).forEach((stage, i) => {
      const before = whole[i] ?? {};
      assert.equal(
        Date.parse(String(stage["time"])),
        Date.parse(String(before["time"])) + seconds(before) * 1000,
        "stages follow each other without a gap",
      );
    });
    const epochs = overlaid(stages);
    const runs = epochs.filter((stage, i) => stage !== epochs[i - 1]);
    for (const [name, { count, minutes }] of Object.entries(log.levels.summary)) {
      const stage = name === "wake" ? "awake" : name;
      assert.equal(runs.filter((run) => run === stage).length, count, `${name} runs`);
      const measured = epochs.filter((epoch) => epoch === stage).length / 2;
      assert.ok(Math.abs(measured - minutes) <= 0.5, `${name}: ${measured} is not ${minutes}`);
      assert.equal(row?.[name === "wake" ? "wake_min" : `${name}_min`], minutes);
    }
  },
);

genuine(
  "recorded classic sleep keeps its half minute in the end and not in the length",
  "sleep-v1.2-classic-by-date-2016-12-13",
  async (house, file) => {
    const logs = await logsOf(file);
    const rows = await partRows(house.root, "sleep", "2016-12-13");
    const stages = await partRows(house.root, "sleep_stage", "2016-12-13");
    assert.equal(rows.length, logs.length);
    for (const log of logs) {
      const row = rows.find(({ sleep_id }) => sleep_id === String(log.logId));
      assert.equal(wall(row), log.startTime);
      assert.equal(wall(row, "end_time", "end_utc_offset_s"), log.endTime);
      assert.equal(row?.["duration_s"], log.duration / 1000);
      assert.equal(row?.["type"], "classic");
      assert.equal(row?.["stages_status"], null);
      assert.equal(row?.["deep_min"], null);
      assert.equal(row?.["restless_min"], log.levels.summary["restless"]?.minutes);
      const own = stages.filter(({ sleep_id }) => sleep_id === String(log.logId));
      assert.equal(sum(own.map(seconds)), log.duration / 1000);
      assert.ok(own.every(({ short }) => short === false));
    }
    const nap = rows.find(({ main_sleep }) => main_sleep === false);
    const length = Date.parse(String(nap?.["end_time"])) - Date.parse(String(nap?.["time"]));
    assert.deepEqual([length / 60_000, nap?.["in_bed_min"]], [63.5, 63]);
  },
);

genuine(
  "the minutes of a recorded night of version 1 become stages",
  "sleep-v1-minute-data-2021-10-31",
  async (house) => {
    const [row, ...others] = await partRows(house.root, "sleep", "2021-10-31");
    assert.deepEqual(others, []);
    assert.deepEqual(
      ["sleep_id", "asleep_min", "awake_min", "in_bed_min", "restless_min", "type"]
        .map((column) => row?.[column]),
      ["34370402569", 252, 11, 263, 8, null],
    );
    assert.deepEqual(
      ["deep_min", "light_min", "rem_min", "wake_min"].map((column) => row?.[column]),
      [49, 118, 64, 32],
    );
    assert.equal(wall(row), "2021-10-31T02:32:30.000");
    const stages = await partRows(house.root, "sleep_stage", "2021-10-31");
    assert.equal(sum(stages.map(seconds)), 15_780);
    const minutesOf = (stage: string) =>
      sum(stages.filter((row) => row["stage"] === stage).map(seconds)) / 60;
    assert.deepEqual(["asleep", "restless", "awake"].map(minutesOf), [252, 8, 3]);
    assert.equal(stages.filter(({ stage }) => stage === "restless").length, 5);
  },
);

for (const file of ["sleep-v1.2-by-date-empty", "sleep-v1.2-by-range-empty"]) {
  genuine(`${file} is an empty answer, not an error`, file, async (house) => {
    assert.deepEqual(await partRows(house.root, "sleep", "2016-12-14"), []);
    const [document] = house.ledger((ledger) =>
      ledger.documents({ participant: "me", source: "fitbit-web" })
    );
    assert.deepEqual([document?.stream, document?.first_day, document?.empty], [
      "sleep",
      "2016-12-14",
      1,
    ]);
  }, "sleep-2016-12-14");
}

Deno.test({
  name: "a recorded series of sleep start times is left out, with the reason",
  ignore: !hasSharedData,
  fn: () =>
    inHouse(async (house) => {
      const { said, results } = await house.run(
        "import",
        `${folder}sleep-start-time-series-max-2013-2016.json`,
        "--timezone",
        timeZone,
      );
      assert.match(said + results, /says less than the sleep logs/);
    }),
});

/** Files of which every row is told here, without its source and its nulls. */
const smallFiles: readonly {
  readonly file: string;
  readonly table: string;
  readonly day: string;
  readonly rows: readonly PlainRow[];
}[] = [
  {
    file: "body-weight-log-2015",
    table: "weight",
    day: "2015-05-13",
    rows: [
      { time: "2015-05-13T23:28:59.000Z", utc_offset_s: -18_000, weight_kg: 56.7, bmi: 21.48 },
      { time: "2015-05-14T16:51:57.000Z", utc_offset_s: -18_000, weight_kg: 55.9, bmi: 21.17 },
      { time: "2015-05-22T23:12:06.000Z", utc_offset_s: -18_000, weight_kg: 58.1, bmi: 21.99 },
      { time: "2015-05-24T20:15:25.000Z", utc_offset_s: -18_000, weight_kg: 57.2, bmi: 21.65 },
    ],
  },
  {
    file: "cardioscore-by-interval-2023-10",
    table: "daily_vo2_max",
    day: "2023-10-15",
    rows: [
      { date: "2023-10-15", low_ml_per_kg_min: 42, high_ml_per_kg_min: 46 },
      { date: "2023-10-16", low_ml_per_kg_min: 41, high_ml_per_kg_min: 45 },
    ],
  },
  {
    file: "devices-tracker-and-scale-2014",
    table: "device",
    day: "2014-07-17",
    rows: [
      {
        date: "2014-07-17",
        device_id: "5656777",
        type: "scale",
        model: "Aria",
        battery_percent: 70,
        battery: "high",
        last_sync: "2014-07-17T18:38:13.000Z",
      },
      {
        date: "2014-07-17",
        device_id: "5656888",
        type: "tracker",
        model: "Zip",
        battery_percent: 65,
        battery: "high",
        last_sync: "2014-07-17T18:38:13.000Z",
      },
    ],
  },
  {
    file: "docs-hrv-intraday-by-date",
    table: "heart_rate_variability",
    day: "2021-10-25",
    rows: [
      [0, 26.617, 0.935, 126.514, 471.897],
      [5, 34.845, 0.988, 344.342, 1422.947],
      [10, 36.893, 0.981, 328.704, 298.071],
      [15, 65.946, 0.972, 1088.794, 979.685],
    ].map(([minute = 0, rmssd_ms = 0, coverage = 0, high = 0, low = 0]) => ({
      time: new Date(Date.parse("2021-10-25T14:10:00Z") + minute * 60_000).toISOString(),
      utc_offset_s: -18_000,
      rmssd_ms,
      low_frequency_power_ms2: low,
      high_frequency_power_ms2: high,
      coverage,
    })),
  },
  {
    file: "docs-hrv-summary-by-interval",
    table: "daily_heart_rate_variability",
    day: "2021-10-25",
    rows: [
      { date: "2021-10-25", rmssd_ms: 62.887, deep_sleep_rmssd_ms: 64.887 },
      { date: "2021-10-26", rmssd_ms: 61.887, deep_sleep_rmssd_ms: 64.887 },
      { date: "2021-10-27", rmssd_ms: 60.887, deep_sleep_rmssd_ms: 64.887 },
    ],
  },
  {
    file: "docs-spo2-intraday-by-date",
    table: "spo2",
    day: "2021-10-04",
    rows: [
      { time: "2021-10-04T09:02:17.000Z", utc_offset_s: -18_000, percent: 95.7 },
      { time: "2021-10-04T09:03:17.000Z", utc_offset_s: -18_000, percent: 99.5 },
      { time: "2021-10-04T09:04:17.000Z", utc_offset_s: -18_000, percent: 99 },
    ],
  },
  {
    file: "docs-spo2-intraday-by-interval",
    table: "spo2",
    day: "2021-10-02",
    rows: [
      { time: "2021-10-02T09:25:38.000Z", utc_offset_s: -18_000, percent: 96 },
      { time: "2021-10-02T09:26:38.000Z", utc_offset_s: -18_000, percent: 98.6 },
    ],
  },
  {
    file: "docs-spo2-summary-by-interval",
    table: "daily_spo2",
    day: "2021-10-01",
    rows: [94.7, 97.7, 99.2, 96.7].map((mean_percent, i) => ({
      date: `2021-10-0${i + 1}`,
      mean_percent,
      lower_percent: 94,
      upper_percent: 100,
    })),
  },
  {
    file: "docs-breathing-rate-intraday-by-date",
    table: "breathing_rate_by_stage",
    day: "2021-10-25",
    rows: [{
      date: "2021-10-25",
      full_breaths_per_min: 17.8,
      deep_breaths_per_min: 16.8,
      light_breaths_per_min: 16.8,
    }],
  },
  {
    file: "docs-breathing-rate-summary-by-interval",
    table: "breathing_rate",
    day: "2021-10-25",
    rows: [
      { date: "2021-10-25", breaths_per_min: 17.8 },
      { date: "2021-10-26", breaths_per_min: 17.9 },
    ],
  },
];

for (const { file, table, day, rows } of smallFiles) {
  genuine(`${file} becomes rows of ${table}`, file, async (house) => {
    const found = (await partRows(house.root, table, day)).map((row) =>
      Object.fromEntries(
        Object.entries(row).filter(([column, value]) => value !== null && column !== "source"),
      )
    );
    assert.deepEqual(found, rows);
  });
}

Deno.test({
  name: "every recorded file about sleep, vitals and the body is read here",
  ignore: !hasSharedData,
  fn() {
    const here = new Set([
      ...smallFiles.map(({ file }) => file),
      "sleep-v1.2-stages-by-date-2017-02-27",
      "sleep-v1.2-classic-by-date-2016-12-13",
      "sleep-v1.2-by-date-empty",
      "sleep-v1.2-by-range-empty",
      "sleep-v1-minute-data-2021-10-31",
      "sleep-start-time-series-max-2013-2016",
    ]);
    const others = diskFiles.list(folder).map(({ name }) => name.replace(/\.json$/, ""))
      .filter((name) => /^(sleep|docs|body|cardio|devices)/.test(name) && !here.has(name));
    assert.deepEqual(others, []);
  },
});
