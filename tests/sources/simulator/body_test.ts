/** The made-up body: the same for the same seed, within the limits of a real watch. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { addDays, dayAt, daysBetween } from "../../../pipeline/day.ts";
import { createBody, type Samples } from "../../../pipeline/sources/simulator/body.ts";
import { activity } from "../../../pipeline/sources/simulator/day_plan.ts";
import {
  demoFirstDay,
  demoLastDay,
  demoPerson,
} from "../../../pipeline/sources/simulator/demo_person.ts";

function gaps_s({ time_ms }: Samples): number[] {
  return Array.from(time_ms.subarray(1), (time, i) => (time - (time_ms[i] ?? 0)) / 1000);
}

Deno.test("createBody() measures the same whatever was asked before", () => {
  const forwards = createBody(demoPerson);
  const backwards = createBody(demoPerson);
  const days = daysBetween("2026-10-10", "2026-10-13");
  const expected = days.map((day) => forwards.ofDay(day));
  const asked = [...days].reverse().map((day) => backwards.ofDay(day)).reverse();
  assert.deepEqual(asked, expected);
});

Deno.test("createBody() measures something else for another seed", () => {
  const one = createBody(demoPerson).ofDay("2026-10-02");
  const other = createBody({ ...demoPerson, seed: demoPerson.seed + 1 }).ofDay("2026-10-02");
  assert.notDeepEqual(one.bpm, other.bpm);
});

Deno.test("createBody() keeps to its numbers from run to run", () => {
  const { time_ms, bpm } = createBody(demoPerson).ofDay(demoFirstDay);
  // Written down once: a change here changes everybody's demo.
  assert.deepEqual(
    { rows: bpm.length, first: new Date(time_ms[0] ?? 0).toISOString(), bpm: [...bpm.slice(0, 5)] },
    { rows: 15_041, first: "2026-09-30T22:00:00.000Z", bpm: [54, 53, 53, 51, 52] },
  );
});

const counts = [
  { cadence: "usual", least: 12_000, most: 21_000 },
  { cadence: "dense", least: 25_000, most: 36_000 },
] as const;

for (const { cadence, least, most } of counts) {
  Deno.test(`a worn day at the ${cadence} cadence has ${least} to ${most} samples`, () => {
    const body = createBody({ ...demoPerson, cadence });
    const odd = ["2026-10-08", "2026-10-18", "2026-10-20", "2026-10-21"];
    for (const day of daysBetween(demoFirstDay, demoLastDay)) {
      if (odd.includes(day)) continue;
      const rows = body.ofDay(day).bpm.length;
      assert.ok(rows >= least && rows <= most, `${day}: ${rows}`);
    }
  });
}

Deno.test("samples are whole seconds 1 to 15 s apart, but for gaps of a sensor or a charger", () => {
  const body = createBody(demoPerson);
  for (const day of ["2026-10-05", "2026-10-06", "2026-10-25"]) {
    const samples = body.ofDay(day);
    const gaps = gaps_s(samples);
    assert.ok(gaps.every((gap) => Number.isInteger(gap) && gap >= 1));
    const long = gaps.filter((gap) => gap > 15);
    assert.ok(long.length > 0 && long.length < 40, `${long.length} long gaps`);
    assert.ok(Math.max(...gaps) >= 15 * 60, "time on the charger");
    assert.ok(samples.bpm.every((bpm) => bpm >= 38 && bpm <= 205));
  }
});

Deno.test("the heart is slower asleep than awake, and fastest at workouts, second by second", () => {
  const samples = createBody(demoPerson).ofDay("2026-10-06");
  const mean = (kind: number) => {
    const chosen = [...samples.bpm].filter((_, i) => samples.activity[i] === kind);
    return chosen.reduce((sum, bpm) => sum + bpm, 0) / chosen.length;
  };
  assert.ok(mean(activity.asleep) + 8 < mean(activity.awake));
  assert.ok(mean(activity.awake) + 40 < mean(activity.exercise));
  const training = gaps_s(samples).filter((_, i) =>
    samples.activity[i] === activity.exercise && samples.activity[i + 1] === activity.exercise
  );
  assert.ok(training.length > 1500 && training.every((gap) => gap === 1));
});

const lengths = [
  { day: "2026-10-11", hours: 24, why: "an ordinary day" },
  { day: "2026-10-12", hours: 30, why: "a flight west" },
  { day: "2026-10-18", hours: 18, why: "a flight east" },
  { day: "2026-10-25", hours: 25, why: "the clock goes back" },
];

for (const { day, hours, why } of lengths) {
  Deno.test(`${day} has ${hours} hours: ${why}`, () => {
    const body = createBody(demoPerson);
    const { time_ms, utc_offset_s } = body.ofDay(day);
    const start = body.zones.endOfDay(addDays(day, -1));
    assert.equal((body.zones.endOfDay(day) - start) / 3_600_000, hours);
    assert.ok((time_ms[0] ?? 0) >= start && (time_ms.at(-1) ?? 0) < body.zones.endOfDay(day));
    assert.ok(time_ms.every((time, i) => dayAt(time, utc_offset_s[i] ?? 0) === day));
  });
}

Deno.test("every sample belongs to exactly one civil day", () => {
  const body = createBody(demoPerson);
  const days = daysBetween("2026-10-01", "2026-10-31");
  const byDay = days.reduce((sum, day) => sum + body.ofDay(day).bpm.length, 0);
  const start = Date.parse("2026-09-30T22:00:00Z");
  const end = body.zones.endOfDay("2026-10-31");
  let byTime = 0;
  for (const day of daysBetween("2026-09-30", "2026-10-31")) {
    const times = body.ofUtcDay(Date.parse(day) / 86_400_000).time_ms;
    byTime += times.filter((time) => time >= start && time < end).length;
  }
  assert.equal(byDay, byTime);
});

Deno.test("an unworn day is empty, and so is every day before the first", () => {
  const body = createBody(demoPerson);
  for (const day of ["2026-10-08", "2026-09-30"]) {
    assert.equal(body.ofDay(day).bpm.length, 0);
    assert.equal(body.restingHeartRate(day), undefined);
  }
});

Deno.test("a night without the watch leaves a resting heart rate from waking data", () => {
  const body = createBody(demoPerson);
  assert.equal(body.restingHeartRate("2026-10-20")?.withSleep, true);
  assert.equal(body.restingHeartRate("2026-10-21")?.withSleep, false);
  const { activity: kinds, time_ms } = body.ofDay("2026-10-21");
  const noon = Date.parse("2026-10-21T10:00:00Z");
  assert.ok(kinds.every((kind, i) => kind !== activity.asleep || (time_ms[i] ?? 0) > noon));
});

Deno.test("ofDay() cuts at the instant it is told, for any person", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 24 }), (seed, hour) => {
      const body = createBody({ ...demoPerson, seed });
      const until = Date.parse("2026-10-02T22:00:00Z") + hour * 3_600_000;
      const { time_ms } = body.ofDay("2026-10-03");
      const cut = body.ofDay("2026-10-03", until).time_ms;
      assert.deepEqual(cut, time_ms.filter((time) => time < until));
    }),
    { seed: 7, numRuns: 20 },
  );
});
