/**
 * What goes wrong with archives elsewhere, a small archive each: what the tables hold in the end. A
 * claim is a line: its files, and the cells they come to.
 */

import assert from "node:assert/strict";
import { zipOf } from "../generate/zip_writer.ts";
import { inHouse } from "../support/house.ts";
import { partRows } from "../support/parts.ts";

interface Claim {
  readonly files: Readonly<Record<string, string>>;
  readonly table: string;
  /** Of the part that holds this day. */
  readonly day: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

const noon = "2026-03-02T12:00:00.000Z";
const minute = "03/02/26 12:00:00";

const sample = (dateTime: string, value: unknown) => ({ dateTime, value });
const json = (...records: readonly unknown[]) => JSON.stringify(records, null, 2);
const lines = (...rows: readonly string[]) => rows.join("\n");

/** A night as the JSON files have it; its id is of eleven digits, as they are. */
const night = (thirtyDayAvgMinutes: number) => ({
  logId: 26646587879,
  dateOfSleep: "2026-03-02",
  startTime: "2026-03-01T23:30:00.000",
  endTime: "2026-03-02T07:30:00.000",
  duration: 28_800_000,
  minutesToFallAsleep: 0,
  minutesAsleep: 450,
  minutesAwake: 30,
  minutesAfterWakeup: 0,
  timeInBed: 480,
  efficiency: 95,
  type: "stages",
  infoCode: 0,
  levels: {
    summary: { deep: { count: 1, minutes: 450, thirtyDayAvgMinutes } },
    data: [
      { dateTime: "2026-03-01T23:30:00.000", level: "deep", seconds: 27_000 },
      { dateTime: "2026-03-02T07:00:00.000", level: "wake", seconds: 1800 },
    ],
    shortData: [],
  },
  mainSleep: true,
});

/** Four files a day of the level of activity, in windows that go on after the export. */
function activeMinutes(days: Readonly<Record<string, readonly number[]>>) {
  const levels = ["sedentary", "lightly_active", "moderately_active", "very_active"];
  return Object.fromEntries(levels.map((level, n) => [
    `${level}_minutes-2026-03-01.json`,
    json(
      ...Object.entries(days).map(([day, minutes]) => sample(`${day} 00:00:00`, `${minutes[n]}`)),
    ),
  ]));
}

const sleeps = [
  "sleep_id,sleep_type,minutes_in_sleep_period,minutes_after_wake_up,minutes_to_fall_asleep," +
  "minutes_asleep,minutes_awake,start_utc_offset,sleep_start,end_utc_offset,sleep_end,data_source," +
  "algorithm_version",
  ...[["3234567890123456789", "v1", "00"], ["3234567890123456790", "v2", "04"]].map((
    [id, version, second],
  ) =>
    `${id},STAGES,440,0,4,396,45,+01:00,2026-03-01T23:${second}:00Z,+01:00,2026-03-02T06:30:00Z,` +
    `DERIVED,sleep_session_${version}`
  ),
];

const readiness = (header: string, row: string): Claim => ({
  files: { "daily_readiness.csv": lines(header, row) },
  table: "readiness",
  day: "2026-03-02",
  columns: ["date", "score", "level", "sleep_level"],
  rows: [["2026-03-02", 71, "high", "medium"]],
});

/** A CSV file, however its lines end. */
const stress = (lineEnd: string, last: string): Claim => ({
  files: {
    "Stress Score.csv": [
      "DATE,UPDATED_AT,STRESS_SCORE,SLEEP_POINTS,MAX_SLEEP_POINTS,RESPONSIVENESS_POINTS," +
      "MAX_RESPONSIVENESS_POINTS,EXERTION_POINTS,MAX_EXERTION_POINTS,STATUS,CALCULATION_FAILED",
      "2026-03-01T00:00:00,2026-03-01T07:00:00.1,0,0,0,0,0,0,0,NO_DATA,true",
      "2026-03-02T00:00:00,2026-03-02T07:00:00.1,78,20,30,25,30,30,40,READY,false",
    ].join(lineEnd) + last,
  },
  table: "stress_score",
  day: "2026-03-02",
  columns: ["date", "score", "most_exertion_points", "status"],
  rows: [["2026-03-02", 78, 40, "ready"]],
});

const steps = (...values: readonly string[]): Claim => ({
  files: { "steps-2026-03-01.json": json(...values.map((value) => sample(minute, value))) },
  table: "steps",
  day: "2026-03-02",
  columns: ["time", "steps"],
  rows: [[noon, 7]],
});

const claims: Readonly<Record<string, Claim>> = {
  "days after the export are no days, and days without any sign of wear neither": {
    files: activeMinutes({
      "03/01/26": [1440, 0, 0, 0],
      "03/02/26": [700, 200, 30, 10],
      "03/06/26": [1440, 0, 0, 0],
      "03/09/26": [1, 2, 3, 4],
    }),
    table: "activity_day",
    day: "2026-03-02",
    columns: ["date", "sedentary_min", "very_active_min"],
    rows: [["2026-03-02", 700, 10]],
  },
  "a minute that is there twice has the larger value": steps("7", "0"),
  "a minute that is there twice has the larger value, in any order": steps("0", "7"),
  "a minute without steps is one, a minute that is not there none": {
    files: {
      "steps-2026-03-01.json": json(
        sample(minute, "0"),
        sample("03/02/26 12:02:00", "5"),
      ),
    },
    table: "steps",
    day: "2026-03-02",
    columns: ["time", "steps"],
    rows: [[noon, 0], ["2026-03-02T12:02:00.000Z", 5]],
  },
  "a night at the boundary of two files is one night": {
    files: {
      "sleep-2026-02-01.json": json(night(60)),
      "sleep-2026-03-01.json": json(night(0)),
    },
    table: "sleep",
    day: "2026-03-02",
    columns: ["date", "time", "sleep_id", "asleep_min"],
    rows: [["2026-03-02", "2026-03-01T22:30:00.000Z", "26646587879", 450]],
  },
  "the stages of a night at the boundary of two files are there once": {
    files: {
      "sleep-2026-02-01.json": json(night(60)),
      "sleep-2026-03-01.json": json(night(0)),
    },
    table: "sleep_stage",
    day: "2026-03-02",
    columns: ["time", "stage", "duration_s"],
    rows: [
      ["2026-03-01T22:30:00.000Z", "deep", 27_000],
      ["2026-03-02T06:00:00.000Z", "awake", 1800],
    ],
  },
  "of the two versions of a night one is there, with all digits of its id": {
    files: { "UserSleeps_2026-01-01.csv": lines(...sleeps) },
    table: "sleep",
    day: "2026-03-02",
    columns: ["time", "sleep_id"],
    rows: [["2026-03-01T23:00:00.000Z", "3234567890123456789"]],
  },
  "the version of a night in the JSON files wins over both others": {
    files: {
      "UserSleeps_2026-01-01.csv": lines(...sleeps),
      "sleep-2026-03-01.json": json(night(0)),
    },
    table: "sleep",
    day: "2026-03-02",
    columns: ["time", "sleep_id"],
    rows: [["2026-03-01T22:30:00.000Z", "26646587879"]],
  },
  "distance is in centimetres in JSON": {
    files: { "distance-2026-03-01.json": json(sample(minute, "5250")) },
    table: "distance",
    day: "2026-03-02",
    columns: ["time", "distance_m"],
    rows: [[noon, 52.5]],
  },
  "altitude is in feet in JSON, on the wall clock": {
    files: { "altitude-2026-03-01.json": json(sample(minute, "10")) },
    table: "altitude",
    day: "2026-03-02",
    columns: ["time", "gain_m"],
    rows: [["2026-03-02T11:00:00.000Z", 3.048]],
  },
  "weight is in pounds in JSON, whatever the account's unit": {
    files: {
      "weight-2026-03-01.json": json({
        logId: 1,
        weight: 154.3,
        bmi: 26.51,
        date: "03/02/26",
        time: "08:39:59",
      }),
    },
    table: "weight",
    day: "2026-03-02",
    columns: ["time", "weight_kg"],
    rows: [["2026-03-02T07:39:59.000Z", 69.989302691]],
  },
  "height is in millimetres": {
    files: { "height-2026-03-01.json": json(sample("03/02/26 00:00:00", "1625")) },
    table: "height",
    day: "2026-03-02",
    columns: ["height_m"],
    rows: [[1.625]],
  },
  "pace is in millimetres, in UTC": {
    files: {
      "live_pace_2026-03-02.csv": lines(
        "timestamp,steps,distance millimeters,altitude gain millimeters",
        "2026-03-02T12:00:00Z,2,1500,304",
      ),
    },
    table: "live_pace",
    day: "2026-03-02",
    columns: ["time", "distance_m", "gain_m"],
    rows: [[noon, 1.5, 0.304]],
  },
  "one quantity of two trees is never added up": {
    files: {
      "steps-2026-03-01.json": json(sample(minute, "40")),
      "steps_2026-03-01.csv": lines(
        "timestamp,steps,data source",
        "2026-03-02T12:00:00Z,40,Inspire 3",
        "2026-03-02T12:05:00Z,99,MobileTrack",
        "2026-03-02T12:06:00Z,99,Some App Health Connect",
      ),
    },
    table: "steps",
    day: "2026-03-02",
    columns: ["time", "steps"],
    rows: [[noon, 40]],
  },
  "of several recorders in one file one counts": {
    files: {
      "steps_2026-03-01.csv": lines(
        "timestamp,steps,data source",
        "2026-03-02T12:00:00Z,40,Inspire 3",
        "2026-03-02T12:00:00Z,41,Some App Health Connect",
      ),
    },
    table: "steps",
    day: "2026-03-02",
    columns: ["time", "steps"],
    rows: [[noon, 40]],
  },
  "a sleep score's Z is false": {
    files: {
      "sleep_score.csv": lines(
        "sleep_log_entry_id,timestamp,overall_score,composition_score,revitalization_score," +
          "duration_score,deep_sleep_in_minutes,resting_heart_rate,restlessness",
        "26646587879,2026-03-02T07:30:00Z,78,,20,,89,58,0.08",
      ),
    },
    table: "sleep_score",
    day: "2026-03-02",
    columns: ["time", "overall_score", "composition_score"],
    rows: [["2026-03-02T06:30:00.000Z", 78, null]],
  },
  "the label of a day passes through no zone": {
    files: {
      "daily_resting_heart_rate.csv": lines(
        "timestamp,beats per minute",
        "2026-03-02T00:00:00Z,58.5",
      ),
    },
    table: "resting_heart_rate",
    day: "2026-03-02",
    columns: ["date", "bpm"],
    rows: [["2026-03-02", 58.5]],
  },
  "what stands for nothing is null or no row": {
    files: {
      "Minute SpO2 - 2026-03-02.csv": lines(
        "timestamp,value",
        "2026-03-02T12:00:00Z,50.0",
        "2026-03-02T12:01:00Z,96.5",
      ),
    },
    table: "spo2",
    day: "2026-03-02",
    columns: ["time", "percent"],
    rows: [["2026-03-02T12:01:00.000Z", 96.5]],
  },
  "lines end with LF": stress("\n", "\n"),
  "lines end with CR LF": stress("\r\n", "\r\n"),
  "the last line has no end": stress("\r\n", ""),
  "columns as they were in 2025": readiness(
    "timestamp,score,type,sleep readiness,heart rate variability readiness," +
      "resting heart rate readiness",
    "2026-03-02,71,HIGH,MEDIUM,LOW,LOW",
  ),
  "a column inserted in 2026, and one that nobody knows": readiness(
    "timestamp,score,type,readiness level,novelty,sleep readiness," +
      "heart rate variability readiness,resting heart rate readiness,data source",
    "2026-03-02,71,HIGH,READINESS_LEVEL_UNSPECIFIED,1,MEDIUM,LOW,LOW,Inspire 3",
  ),
  "columns in another order": readiness(
    "resting heart rate readiness,type,sleep readiness,heart rate variability readiness," +
      "score,timestamp",
    "LOW,HIGH,MEDIUM,LOW,71,2026-03-02",
  ),
  "a column under another name": {
    files: {
      "demographic_vo2max.csv": lines("timestamp,demographic vo2 max", "2026-03-02T00:00:00Z,41.5"),
    },
    table: "daily_vo2_max",
    day: "2026-03-02",
    columns: ["date", "vo2_max_ml_per_kg_min"],
    rows: [["2026-03-02", 41.5]],
  },
  "words written otherwise in 2025 and 2026": {
    files: {
      "active_zone_minutes_2026-03-01.csv": lines(
        "timestamp,heart rate zone,total minutes",
        "2026-03-02T12:00:00Z,fat burn,1",
        "2026-03-02T12:01:00Z,FAT_BURN,1",
      ),
    },
    table: "active_zone_minutes",
    day: "2026-03-02",
    columns: ["time", "zone"],
    rows: [[noon, "fat_burn"], ["2026-03-02T12:01:00.000Z", "fat_burn"]],
  },
};

/** Always there: files of categories that have nothing, which are no failure. */
const empty = {
  "Glucose 202603.csv": "no data",
  "Minute SpO2 - 2026-03-09.csv": "timestamp,value\n",
  "floors_2026-03-01.csv": "timestamp,floors,data source\r\n",
  "calories-2026-03-01.json": "[ ]",
};

const exported = "takeout-20260305T120000Z-1-001.zip";

for (const [what, { files, table, day, columns, rows }] of Object.entries(claims)) {
  Deno.test(`in an archive ${what}`, () =>
    inHouse(async (house) => {
      const zip = house.root.replace(/[^/]*$/, exported);
      const utf8 = new TextEncoder();
      const members = Object.entries({ ...empty, ...files }).map(([name, text]) => ({
        path: `Takeout/Google Health/Any Folder/${name}`,
        bytes: utf8.encode(text),
      }));
      await Deno.writeFile(zip, zipOf(members));
      await house.must("import", zip, "--timezone", "Europe/Berlin");
      await house.must("transform");
      const found = await partRows(house.root, table, day);
      assert.deepEqual(found.map((row) => columns.map((column) => row[column])), rows);
    }));
}
