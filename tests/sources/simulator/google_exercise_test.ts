/** Workouts: what is served is what the person did, and the client makes the same of it. */

import assert from "node:assert/strict";
import { addDays, dayAt, daysBetween } from "../../../pipeline/day.ts";
import { exerciseStreams } from "../../../pipeline/sources/google_health/exercise_streams.ts";
import { createBody } from "../../../pipeline/sources/simulator/body.ts";
import { activity } from "../../../pipeline/sources/simulator/day_plan.ts";
import {
  demoFirstDay,
  demoLastDay,
  demoPerson,
} from "../../../pipeline/sources/simulator/demo_person.ts";
import { zoneBounds } from "../../../pipeline/sources/simulator/heart_zones.ts";
import { type Workout, workoutsOf } from "../../../pipeline/sources/simulator/workouts.ts";
import { ask, at, list, pointsPath } from "./ask.ts";
import { allPoints, answerOf, between, clientAt, flattened, rowsOf, truthOf } from "./sessions.ts";

const month = { first: demoFirstDay, last: demoLastDay };
const start = "exercise.interval.civil_start_time";
const now = "2026-11-07T12:00:00Z";

const body = createBody(demoPerson);
const workouts = daysBetween(month.first, month.last).flatMap((day) => workoutsOf(body, day));
const recorded = workouts.filter(({ manual }) => !manual);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

for (const stream of exerciseStreams) {
  for (const civilTime of ["always", "never"] as const) {
    Deno.test(`a month of exercise becomes the truth of ${stream.table}, civil times ${civilTime}`, async () => {
      const { simulator, source } = clientAt(now, { google: { civilTime } });
      const answer = await answerOf(source, "exercise", month);
      const read = flattened(stream, answer, month);
      assert.deepEqual([read.unknown, read.notes], [new Map(), []]);
      const rows = rowsOf(stream, [read], month);
      assert.deepEqual(rows, truthOf(simulator, stream.table, month));
      assert.ok(rows.length > 10);
    });
  }
}

Deno.test("a month has every kind of workout, with ids past 2^53", () => {
  const kinds = new Set(workouts.map(({ type }) => type));
  assert.deepEqual([...kinds].sort(), ["elliptical", "running", "swimming_pool", "yoga"]);
  assert.ok(workouts.some(({ pauses }) => pauses.length > 0));
  assert.ok(workouts.some(({ splits, laps }) => splits.length > 0 && laps.length > 0));
  assert.equal(new Set(workouts.map(({ id }) => id)).size, workouts.length);
  for (const { id } of workouts) {
    assert.ok(/^\d{19}$/.test(id) && !Number.isSafeInteger(Number(id)));
  }
  for (const { from_ms, from_offset_s, date } of workouts) {
    assert.equal(dayAt(from_ms, from_offset_s), date);
  }
});

/** Heart rate of the samples of a workout, and what the person did at each. */
function samplesOf({ from_ms, to_ms, date }: Workout): { bpm: number; doing: number }[] {
  return [date, addDays(date, 1)].flatMap((day) => {
    const { time_ms, bpm, activity: doing } = body.ofDay(day);
    return Array.from(time_ms).flatMap((time, i) =>
      time >= from_ms && time < to_ms ? [{ bpm: bpm[i] ?? NaN, doing: doing[i] ?? NaN }] : []
    );
  });
}

Deno.test("mean heart rate and zones are those of the samples", () => {
  for (const workout of recorded) {
    const samples = samplesOf(workout);
    assert.ok(samples.every(({ doing }) => doing === activity.exercise));
    assert.equal(workout.mean_bpm, Math.round(sum(samples.map(({ bpm }) => bpm)) / samples.length));
    const seconds = (workout.to_ms - workout.from_ms) / 1000;
    assert.equal(sum(workout.zone_s ?? []), samples.length);
    assert.ok(Math.abs(seconds - samples.length) <= 10, `${seconds} ${samples.length}`);
    const resting = body.restingHeartRate(workout.date);
    assert.ok(resting);
    const [, , vigorous = 0, peak = 0] = zoneBounds(demoPerson.age, resting.bpm).min_bpm;
    assert.equal(
      workout.zone_s?.[2],
      samples.filter(({ bpm }) => bpm >= vigorous && bpm < peak).length,
    );
  }
});

Deno.test("steps, distance and swim lengths are those of the other tables", () => {
  const { simulator } = clientAt(now);
  for (const workout of recorded) {
    const within = (table: string, column: string) =>
      sum(
        [workout.date, addDays(workout.date, 1)]
          .flatMap((day) => simulator.truthRows("google-health", table, day))
          .filter(({ time }) => {
            const ms = Date.parse(`${time}`);
            return ms >= workout.from_ms && ms < workout.to_ms;
          })
          .map((row) => column === "" ? 1 : Number(row[column])),
      );
    if (workout.type === "swimming_pool") {
      assert.equal(within("swim_lengths", ""), workout.lengths.length);
      assert.equal(workout.distance_mm, workout.lengths.length * 25_000);
      assert.equal(workout.steps, undefined);
    } else {
      assert.equal(within("steps", "steps"), workout.steps);
    }
    if (workout.type === "running") {
      assert.equal(Math.round(within("distance", "distance_m") * 1000), workout.distance_mm);
    }
    assert.ok(Math.abs(within("calories", "energy_kcal") - workout.energy_kcal) <= 0.5);
  }
});

Deno.test("splits are whole kilometres one after the other, laps cover the workout", () => {
  for (const { from_ms, to_ms, distance_mm, active_s, splits, laps, type } of recorded) {
    splits.forEach((split, i) => {
      assert.equal(split.from_ms, i === 0 ? from_ms : splits[i - 1]?.to_ms);
      assert.deepEqual([split.type, split.distance_mm], ["distance", 1_000_000]);
      assert.ok(split.to_ms <= to_ms);
    });
    if (type === "running") assert.equal(splits.length, Math.floor((distance_mm ?? 0) / 1_000_000));
    if (laps.length === 0) continue;
    laps.forEach((lap, i) => assert.equal(lap.from_ms, i === 0 ? from_ms : laps[i - 1]?.to_ms));
    assert.equal(laps.at(-1)?.to_ms, to_ms);
    assert.equal(sum(laps.map((lap) => lap.active_s)), active_s);
  }
});

Deno.test("events tell the pauses, which the active time leaves out", async () => {
  const { simulator } = clientAt(now);
  const filter = between(start, month.first, "2026-10-31");
  const { points } = await allPoints(simulator, "exercise", filter, "reconcile");
  assert.deepEqual(
    points.map((point) => at(point, "dataPointName")),
    workouts.toReversed().map(({ id }) => `users/me/dataTypes/exercise/dataPoints/${id}`),
  );
  for (const point of points) {
    const events = list(point, "exercise", "exerciseEvents");
    if (events.length === 0) continue;
    const time = (i: number) => Date.parse(`${at(events[i], "eventTime")}`);
    const types = events.map((event) => at(event, "exerciseEventType"));
    let active = 0;
    types.forEach((type, i) => {
      if (type === "PAUSE" || type === "STOP") active += (time(i) - time(i - 1)) / 1000;
    });
    assert.equal(at(point, "exercise", "activeDuration"), `${active}s`);
  }
});

Deno.test("list has the strap's workouts and what was written down, each with its source", async () => {
  const { simulator } = clientAt(now);
  const filter = between(start, month.first, "2026-10-31");
  const { points, pages } = await allPoints(simulator, "exercise", filter, "list", {
    pageSize: "10000",
  });
  const methods = points.map((point) => at(point, "dataSource", "recordingMethod"));
  const count = (method: string) => methods.filter((one) => one === method).length;
  assert.equal(count("PASSIVELY_MEASURED"), recorded.length);
  assert.equal(count("ACTIVELY_MEASURED"), recorded.length);
  assert.equal(count("MANUAL"), workouts.length - recorded.length);
  assert.equal(pages, Math.ceil(points.length / 25));
  const wearables = await allPoints(simulator, "exercise", filter, "list", {
    dataSourceFamily: "users/me/dataSourceFamilies/google-wearables",
  });
  assert.equal(wearables.points.length, recorded.length);
});

const member = "INVALID_DATA_POINT_FILTER_DATA_TYPE_MEMBER";
const filters: readonly { filter: string; reason?: string; points?: number }[] = [
  { filter: between(start, "2026-10-12", "2026-10-13"), points: ofDay("2026-10-12") },
  { filter: between(start, "2026-10-08", "2026-10-09"), points: 0 },
  {
    filter: between(
      "exercise.interval.start_time",
      `${month.first}T00:00:00Z`,
      "2026-10-31T00:00:00Z",
    ),
    reason: member,
  },
  {
    filter: between("exercise.interval.civil_end_time", month.first, "2026-10-31"),
    reason: member,
  },
  {
    filter: `${start} >= "2026-10-01" OR ${start} < "2026-10-02"`,
    reason: "INVALID_DATA_POINT_FILTER",
  },
];

function ofDay(day: string): number {
  return workouts.filter(({ date }) => date === day).length;
}

for (const { filter, reason, points } of filters) {
  Deno.test(`exercise filtered by ${filter} ${reason ?? `gives ${points}`}`, async () => {
    const { simulator } = clientAt(now);
    const token = simulator.issue("google-health").accessToken;
    const { status, json } = await ask(simulator, pointsPath("exercise", { filter }), { token });
    assert.equal(status, reason === undefined ? 200 : 400);
    if (reason === undefined) assert.equal(list(json, "dataPoints").length, points);
    else assert.equal(at(json, "error", "details", 0, "reason"), reason);
  });
}

Deno.test("a workout is shown once the watch has synced past its end", async () => {
  const [first] = recorded;
  assert.ok(first);
  const filter = between(start, first.date, addDays(first.date, 1));
  for (const [minutes, shown] of [[-10, false], [20, true]] as const) {
    const { simulator } = clientAt(new Date(first.to_ms + minutes * 60_000).toISOString());
    const { points } = await allPoints(simulator, "exercise", filter, "reconcile");
    const names = points.map((point) => String(at(point, "dataPointName")));
    assert.equal(names.some((name) => name.endsWith(first.id)), shown);
  }
});
