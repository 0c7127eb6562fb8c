import assert from "node:assert/strict";
import { heartRate, tableNamed } from "../../pipeline/catalog.ts";
import { dayNumber } from "../../pipeline/day.ts";
import { exercisesOf, zoneBoundsOf } from "../../pipeline/report/exercises.ts";
import {
  dayFile,
  dayText,
  readDayFile,
  secondDayOf,
  secondsOfText,
} from "../../pipeline/report/seconds.ts";
import { columnsOfRows, type Row } from "../support/number_rows.ts";

const steps = tableNamed("steps");
const morning = Date.UTC(2026, 9, 25);

function beat(time: number, utc_offset_s: number, bpm: number): Row {
  return { time, utc_offset_s, bpm, source: "google-health" };
}

function walk(time: number, utc_offset_s: number, count: number): Row {
  return { time, utc_offset_s, duration_s: 60, steps: count, source: "google-health" };
}

Deno.test("secondDayOf() has the day's samples, its walks, and the clocks at both ends", () => {
  const found = secondDayOf(
    columnsOfRows(heartRate, [beat(morning, 7200, 60), beat(morning + 5000, 7200, 61)]),
    columnsOfRows(steps, [
      walk(morning - 60_000, 7200, 0),
      walk(morning + 60_000, 7200, 12),
      walk(morning + 20 * 3_600_000, 3600, 30),
    ]),
  );
  assert.ok(found !== undefined);
  assert.deepEqual(found.clock, { atStart_s: 7200, atEnd_s: 3600 });
  assert.deepEqual(Array.from(found.seconds.bpm), [60, 61]);
  assert.deepEqual(Array.from(found.seconds.steps), [12, 30]);
  assert.deepEqual(secondsOfText(dayText(found.seconds)), found.seconds);
});

Deno.test("secondDayOf() is undefined where nothing was measured", () => {
  assert.equal(secondDayOf(undefined, undefined), undefined);
  assert.equal(secondDayOf(columnsOfRows(heartRate, []), undefined), undefined);
});

Deno.test("readDayFile() gives back what dayFile() wrote, and knows no other", () => {
  const file = {
    day: "2026-10-25",
    text: "q1bKK83JUbIyNNBRSq0oUVBSslJKLMpMTCpJVQIA",
    digest: "1-0a1b-2c3d",
    clock: { atStart_s: 7200, atEnd_s: -12_600 },
    curves: [null, { step_s: 20, bpm: "ZGVm", max_bpm: 102, recovery_bpm: null }],
  };
  assert.deepEqual(readDayFile(dayFile(file)), file);
  assert.equal(readDayFile('everysecondDay("2026-10-25","AAAA");\n'), undefined);
  for (
    const damaged of ["", dayFile(file).replace("102", "x"), dayFile(file).replace("102", '"x"')]
  ) {
    assert.equal(readDayFile(damaged), undefined, damaged);
  }
});

Deno.test("exercisesOf() calls an exercise by its name, else by its kind", () => {
  const row = (more: Row): Row => ({
    time: morning,
    utc_offset_s: -3600,
    duration_s: 60,
    end_time: morning + 60_000,
    exercise_id: "1",
    source: "google-health",
    ...more,
  });
  const found = exercisesOf(columnsOfRows(tableNamed("exercise"), [
    row({ name: "Abendlauf", type: "running" }),
    row({ type: "outdoor_bike" }),
    row({}),
  ]));
  assert.deepEqual(found.map(({ name }) => name), ["Abendlauf", "Outdoor bike", "Exercise"]);
  // By the wearer's clock it was still the day before.
  assert.deepEqual(new Set(found.map(({ day }) => day)), new Set([dayNumber("2026-10-24")]));
});

Deno.test("zoneBoundsOf() tells bounds once for all days on which they stay", () => {
  const zone = (date: number, zone: string, min_bpm: number | null): Row => ({
    date,
    zone,
    min_bpm,
    source: "google-health",
  });
  const found = zoneBoundsOf(columnsOfRows(tableNamed("heart_rate_zones"), [
    zone(1, "peak", 160),
    zone(1, "light", 30),
    zone(2, "light", 30),
    zone(2, "peak", 160),
    zone(3, "light", 30),
    zone(3, "peak", 158),
    zone(4, "light", null),
  ]));
  assert.deepEqual(found, [
    { from: 1, zones: [["light", 30], ["peak", 160]] },
    { from: 3, zones: [["light", 30], ["peak", 158]] },
  ]);
});
