import assert from "node:assert/strict";
import { dayOfNumber } from "../../../pipeline/day.ts";
import { DocumentError } from "../../../pipeline/errors.ts";
import { fitbitRestingHeartRate } from "../../../pipeline/sources/fitbit_web/flatten_resting_heart_rate.ts";
import type { Manifest } from "../../../pipeline/raw/manifest.ts";
import { manifestOf } from "../../generate/documents.ts";
import { sharedFile, testWithSharedData } from "../../support/shared_data.ts";

const clock = { kind: "local", time_zone: "America/Chicago", evidence: "made up" } as const;
const manifest = manifestOf("fitbit-web", "activities/heart/1sec", "2021-10-31", clock);
const [stream] = fitbitRestingHeartRate;
assert.ok(stream !== undefined);

function flatten(text: string, of: Manifest = manifest) {
  assert.ok(stream !== undefined);
  const { columns: { columns }, unknown } = stream.flatten(new TextEncoder().encode(text), of);
  const { date, bpm, error_bpm, method } = columns;
  assert.ok(date?.type === "date" && bpm?.type === "float64");
  // The source gives neither: all null.
  for (const absent of [error_bpm, method]) {
    assert.ok(bpm.values.length === 0 || absent?.valid?.every((flag) => flag === 0));
  }
  return {
    rows: Array.from(date.values, (number, i) => [dayOfNumber(number), bpm.values[i]]),
    unknown: [...unknown],
  };
}

function answer(value: unknown, more: Record<string, unknown> = {}): string {
  const daily = { dateTime: "2021-10-31", value };
  return JSON.stringify([{
    "activities-heart": [{ ...daily, ...more }],
    "activities-heart-intraday": { dataset: [{ time: "00:00:00", value: 60 }], datasetInterval: 1 },
  }]);
}

Deno.test("flatten() takes the resting heart rate of unbounded answers, and none of others", () => {
  const zones = { customHeartRateZones: [], heartRateZones: [] };
  assert.deepEqual(flatten(answer({ ...zones, restingHeartRate: 65 })).rows, [["2021-10-31", 65]]);
  assert.deepEqual(flatten(answer(zones)).rows, []);
  assert.deepEqual(flatten(answer("73.52")).rows, []);
  assert.deepEqual(flatten("[]").rows, []);
});

Deno.test("flatten() counts unknown fields of the daily part only, and refuses mistyped values", () => {
  const { unknown } = flatten(
    answer({ restingHeartRate: 60, heartRateZones: [{ new: 1 }] }, { x: 1 }),
  );
  assert.deepEqual(unknown.sort(), [
    ["activities-heart[].value.heartRateZones[].new", 1],
    ["activities-heart[].x", 1],
  ]);
  for (const resting of ["65", null, 0, 301]) {
    assert.throws(() => flatten(answer({ restingHeartRate: resting })), DocumentError);
  }
  // Samples that cannot be read put the whole document aside, for this table too.
  assert.throws(() => flatten(answer({ restingHeartRate: 60 }).slice(0, -5)), DocumentError);
});

testWithSharedData("flatten() reads the recorded answers", () => {
  const text = (name: string) =>
    `[${new TextDecoder().decode(sharedFile(`fitbit-web-api/${name}`))}]`;
  assert.deepEqual(flatten(text("heart-intraday-1min-1d-partial-day-2021-10-31.json")).rows, [
    ["2021-10-31", 65],
  ]);
  const series = { ...manifest, first_day: "2017-08-15", last_day: "2017-08-21" };
  const { rows, unknown } = flatten(text("heart-daily-time-series-2017-08.json"), series);
  assert.equal(rows.length, 7);
  assert.deepEqual(rows[0], ["2017-08-15", 51]);
  assert.deepEqual(unknown, []);
});
