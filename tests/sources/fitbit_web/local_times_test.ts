import assert from "node:assert/strict";
import fc from "fast-check";
import { addDays, dayBounds, zoneOffset } from "../../../pipeline/day.ts";
import { placeLocalTimes, stretchesOf } from "../../../pipeline/sources/fitbit_web/local_times.ts";

/** Places wall-clock texts; gives each instant as ISO text, its offset in hours, and the doubts. */
function place(day: string, timeZone: string, texts: readonly string[]) {
  const seconds = Float64Array.from(texts, (text) => {
    const [hours = 0, minutes = 0, rest = 0] = text.split(":").map(Number);
    return hours * 3600 + minutes * 60 + rest;
  });
  const times = new Float64Array(texts.length);
  const offsets = new Int32Array(texts.length);
  const range = { first: 0, end: texts.length };
  const doubts = placeLocalTimes(day, timeZone, seconds, range, times, offsets);
  const placed = Array.from(
    times,
    (time, i) => `${new Date(time).toISOString().slice(5, 19)} ${offsets[i]! / 3600}`,
  );
  return { placed, doubts };
}

Deno.test("stretchesOf() cuts a civil day where its offset changes", () => {
  const cases: [string, string, number[][]][] = [
    ["2026-10-01", "Europe/Berlin", [[0, 86_400, 7200]]],
    ["2020-04-05", "Australia/Melbourne", [[0, 10_800, 39_600], [7200, 86_400, 36_000]]],
    ["2016-03-27", "Europe/Berlin", [[0, 7200, 3600], [10_800, 86_400, 7200]]],
    // The clocks go forward at midnight: the day begins at one.
    ["2018-11-04", "America/Sao_Paulo", [[3600, 86_400, -7200]]],
    // They go back at midnight: the last hour of the day before occurs twice.
    ["2018-02-17", "America/Sao_Paulo", [[0, 86_400, -7200], [82_800, 86_400, -10_800]]],
    ["2026-11-01", "America/Havana", [[0, 3600, -14_400], [0, 86_400, -18_000]]],
    // Half an hour.
    ["2026-04-05", "Australia/Lord_Howe", [[0, 7200, 39_600], [5400, 86_400, 37_800]]],
    // A day that the zone skipped to change sides of the date line.
    ["2011-12-30", "Pacific/Apia", []],
    ["2026-03-29", "Asia/Kathmandu", [[0, 86_400, 20_700]]],
  ];
  for (const [day, timeZone, expected] of cases) {
    const found = stretchesOf(day, timeZone)
      .map(({ startS, endS, offsetS }) => [startS, endS, offsetS]);
    assert.deepEqual(found, expected, `${day} ${timeZone}`);
  }
});

Deno.test("placeLocalTimes() tells the passes of a repeated hour by a step back", () => {
  const { placed, doubts } = place("2016-11-06", "America/New_York", [
    "00:59:58",
    "01:00:03",
    "01:59:57",
    "01:00:02",
    "01:30:00",
    "02:00:01",
  ]);
  assert.deepEqual(placed, [
    "11-06T04:59:58 -4",
    "11-06T05:00:03 -4",
    "11-06T05:59:57 -4",
    "11-06T06:00:02 -5",
    "11-06T06:30:00 -5",
    "11-06T07:00:01 -5",
  ]);
  assert.deepEqual(doubts, { ambiguous: 0, skipped: 0 });
});

Deno.test("placeLocalTimes() takes one pass, or two that are merged, as the first, and says so", () => {
  const skip = place("2016-10-30", "Europe/Berlin", [
    "01:59:59",
    "02:10:00",
    "02:50:00",
    "03:00:00",
  ]);
  assert.deepEqual(skip.placed, [
    "10-29T23:59:59 2",
    "10-30T00:10:00 2",
    "10-30T00:50:00 2",
    "10-30T02:00:00 1",
  ]);
  assert.deepEqual(skip.doubts, { ambiguous: 2, skipped: 0 });

  const merged = place("2016-10-30", "Europe/Berlin", ["02:00:00", "02:00:00", "02:00:05"]);
  assert.deepEqual(merged.placed, ["10-30T00:00:00 2", "10-30T01:00:00 1", "10-30T00:00:05 2"]);
  assert.deepEqual(merged.doubts, { ambiguous: 1, skipped: 0 });
});

Deno.test("placeLocalTimes() reads times that the clocks skipped with the offset before the change", () => {
  const spring = place("2016-03-13", "America/New_York", ["01:59:59", "02:30:00", "03:00:00"]);
  assert.deepEqual(spring.placed, ["03-13T06:59:59 -5", "03-13T07:30:00 -5", "03-13T07:00:00 -4"]);
  assert.deepEqual(spring.doubts, { ambiguous: 0, skipped: 1 });

  const midnight = place("2018-11-04", "America/Sao_Paulo", ["00:30:00", "01:00:00"]);
  assert.deepEqual(midnight.placed, ["11-04T03:30:00 -3", "11-04T03:00:00 -2"]);
  assert.equal(midnight.doubts.skipped, 1);

  const skippedDay = place("2011-12-30", "Pacific/Apia", ["12:00:00"]);
  assert.deepEqual(skippedDay.placed, ["12-30T22:00:00 -10"]);
  assert.equal(skippedDay.doubts.skipped, 1);
});

Deno.test("placeLocalTimes() places only the range it is given", () => {
  const times = new Float64Array(3);
  const offsets = new Int32Array(3);
  const range = { first: 1, end: 2 };
  placeLocalTimes("1970-01-02", "UTC", Float64Array.of(1, 2, 3), range, times, offsets);
  assert.deepEqual(times, Float64Array.of(0, 86_402_000, 0));
});

Deno.test("placeLocalTimes() gives back every instant of a day whose samples are in order", () => {
  const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana"];
  const changes = [
    "2026-03-29",
    "2026-10-25",
    "2026-03-08",
    "2026-11-01",
    "2026-04-05",
    "2026-10-04",
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...changes),
      fc.integer({ min: -1, max: 1 }),
      fc.array(fc.integer({ min: 1, max: 1700 }), { minLength: 60, maxLength: 80 }),
      (timeZone, around, shift, gaps) => {
        const day = addDays(around, shift);
        const { start, end } = dayBounds(day, timeZone);
        const instants: number[] = [];
        for (let at = start, i = 0; at < end && i < gaps.length; at += gaps[i++]! * 1000) {
          instants.push(at);
        }
        const midnight = Date.parse(`${day}T00:00:00Z`);
        const seconds = Float64Array.from(
          instants,
          (at) => (at - midnight) / 1000 + zoneOffset(at, timeZone),
        );
        const times = new Float64Array(instants.length);
        const offsets = new Int32Array(instants.length);
        const range = { first: 0, end: instants.length };
        const doubts = placeLocalTimes(day, timeZone, seconds, range, times, offsets);
        assert.equal(doubts.skipped, 0);
        // Where a pass had no sample, nothing can tell; else every instant comes back.
        if (doubts.ambiguous > 0) return;
        assert.deepEqual(Array.from(times), instants);
        times.forEach((time, i) => assert.equal(offsets[i], zoneOffset(time, timeZone)));
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});
