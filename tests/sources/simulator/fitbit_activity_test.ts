/** Activity as the simulated Fitbit Web API shows it: what is known of the real one's numbers. */

import assert from "node:assert/strict";
import { z } from "zod";
import { standingClock } from "../../../pipeline/sources/simulator/clock.ts";
import type { FitbitSettings } from "../../../pipeline/sources/simulator/fitbit/settings.ts";
import { createSimulator } from "../../../pipeline/sources/simulator/simulator.ts";
import { ask, at } from "./ask.ts";

const user = "/1/user/-/activities";
const day = "2026-10-06";
const unworn = "2026-10-08";

interface Options {
  readonly language?: string;
  readonly now?: string;
  readonly fitbit?: Partial<FitbitSettings>;
}

async function read(path: string, { language, now, fitbit }: Options = {}) {
  const simulator = createSimulator({
    ...now === undefined ? {} : { clock: standingClock(Date.parse(now)) },
    fitbit: fitbit ?? {},
  });
  const token = simulator.issue("fitbit-web").accessToken;
  return await ask(simulator, `${user}/${path}`, {
    token,
    ...language === undefined ? {} : { language },
  });
}

const pointSchema = z.object({
  time: z.string(),
  value: z.number(),
  level: z.int().optional(),
  mets: z.int().optional(),
});

async function series(resource: string, on = day, options: Options = {}, detail = "1min") {
  const { json } = await read(`${resource}/date/${on}/1d/${detail}.json`, options);
  const name = `activities-${resource}`;
  const points = z.array(pointSchema).parse(at(json, `${name}-intraday`, "dataset"));
  return {
    points,
    daily: at(json, name, 0, "value"),
    sum: points.reduce((total, { value }) => total + value, 0),
  };
}

for (const resource of ["steps", "floors"]) {
  Deno.test(`a day of ${resource} has 1440 minutes that add up to its value`, async () => {
    const { points, daily, sum } = await series(resource);
    assert.equal(points.length, 1440);
    assert.deepEqual([points[0]?.time, points.at(-1)?.time], ["00:00:00", "23:59:00"]);
    assert.equal(daily, String(sum));
    assert.ok(sum > 0);
    const coarse = await series(resource, day, {}, "15min");
    assert.deepEqual([coarse.points.length, coarse.sum], [96, sum]);
  });
}

Deno.test("strokes of a swim lie within its exercise, and add up to the value of the day", async () => {
  const swimDay = "2026-10-29";
  const { points, daily, sum } = await series("swimming-strokes", swimDay);
  assert.deepEqual([points.length, daily], [1440, String(sum)]);
  const { json } = await read(
    `list.json?afterDate=${swimDay}&sort=asc&limit=100&offset=0`,
  );
  const swims = z.array(z.object({
    activityName: z.string(),
    startTime: z.string(),
    duration: z.int(),
    swimLengths: z.int().optional(),
  })).parse(at(json, "activities"))
    .filter(({ activityName, startTime }) =>
      activityName === "Swim" && startTime.startsWith(swimDay)
    );
  const [swim] = swims;
  assert.ok(swim !== undefined && swims.length === 1);
  const start = Date.parse(`${swim.startTime.slice(0, 19)}Z`) % 86_400_000 / 1000;
  const end = start + swim.duration / 1000;
  for (const { time, value } of points.filter(({ value }) => value > 0)) {
    const second = Date.parse(`1970-01-01T${time}Z`) / 1000;
    assert.ok(second >= start && second < end, `${value} strokes at ${time}`);
  }
  // Of a length at least a dozen.
  assert.ok(sum >= 12 * (swim.swimLengths ?? NaN), `${sum} strokes`);
  const { sum: ashore } = await series("swimming-strokes", "2026-10-06");
  assert.equal(ashore, 0);
});

Deno.test("calories follow from METs, and add up to the value of the day", async () => {
  const { points, daily, sum } = await series("calories");
  assert.equal(points.length, 1440);
  assert.equal(daily, String(Math.round(sum)));
  const resting = points.find(({ mets }) => mets === 10)?.value ?? NaN;
  for (const { value, mets = NaN, level = NaN } of points) {
    assert.ok(Math.abs(value - resting * mets / 10) < 1e-4);
    assert.ok(mets >= 10 && level >= 0 && level <= 3);
  }
});

Deno.test("distances and heights follow the language, the day's distance not quite its minutes", async () => {
  const metric = await series("distance");
  const miles = await series("distance", day, { language: "en_US" });
  assert.ok(Math.abs(metric.sum / miles.sum - 1.609344) < 1e-9);
  assert.notEqual(Number(metric.daily), metric.sum);
  assert.ok(Math.abs(Number(metric.daily) / metric.sum - 1) < 0.01);
  const { sum: floors } = await series("floors");
  const feet = await series("elevation", day, { language: "en_US" });
  assert.deepEqual([feet.sum, feet.daily], [floors * 10, String(floors * 10)]);
  const metres = await series("elevation");
  assert.ok(Math.abs(metres.sum - floors * 3.048) < 1e-9);
  assert.equal(metres.daily, String(Math.floor(floors * 3.048)));
});

Deno.test("a day without the watch is zeros, and of calories the service has no value", async () => {
  const steps = await series("steps", unworn);
  assert.deepEqual([steps.points.length, steps.sum, steps.daily], [1440, 0, "0"]);
  const calories = await series("calories", unworn);
  assert.deepEqual([calories.points.length, calories.sum, calories.daily], [1440, 0, undefined]);
  assert.ok(calories.points.every(({ mets }) => mets === 0));
  const { json } = await read(`minutesSedentary/date/${unworn}/1d.json`);
  assert.equal(at(json, "activities-minutesSedentary", 0, "value"), "1440");
});

Deno.test("of today there is what the watch has handed over", async () => {
  const { points, daily, sum } = await series("steps", day, { now: `${day}T12:20:00Z` });
  // Synced at 12:15 UTC, 14:15 in Berlin.
  assert.equal(points.at(-1)?.time, "14:14:00");
  assert.equal(daily, String(sum));
});

const autumn = "2026-10-25";

for (
  const [repeatedHour, count] of [["duplicate", 1500], ["skip", 1440], ["merge", 1440]] as const
) {
  Deno.test(`the repeated hour of steps shown by ${repeatedHour} makes ${count} minutes`, async () => {
    const { points } = await series("steps", autumn, { fitbit: { repeatedHour } });
    assert.equal(points.length, count);
  });
}

Deno.test("active zone minutes are minutes that have some, their zones doubled already", async () => {
  const { json } = await read(`active-zone-minutes/date/${day}/1d/1min.json`);
  const [only] = z.array(z.object({
    dateTime: z.string(),
    minutes: z.array(z.object({
      minute: z.string(),
      value: z.record(z.string(), z.int()),
    })),
  })).parse(at(json, "activities-active-zone-minutes-intraday"));
  assert.equal(only?.dateTime, day);
  assert.ok((only?.minutes.length ?? 0) > 0);
  for (const { minute, value } of only?.minutes ?? []) {
    assert.match(minute, /^2026-10-06T\d\d:\d\d:00$/);
    const [[zone, earned] = ["", 0]] = Object.entries(value)
      .filter(([name]) => name !== "activeZoneMinutes");
    assert.equal(value["activeZoneMinutes"], earned);
    assert.equal(earned, zone.startsWith("fatBurn") ? 1 : 2);
  }
  const total = only?.minutes.reduce(
    (sum, { value }) => sum + (value["activeZoneMinutes"] ?? 0),
    0,
  );
  const { json: days } = await read(`active-zone-minutes/date/${day}/${unworn}.json`);
  assert.equal(at(days, "activities-active-zone-minutes", 0, "value", "activeZoneMinutes"), total);
  const dates = z.array(z.object({ dateTime: z.string() }))
    .parse(at(days, "activities-active-zone-minutes")).map(({ dateTime }) => dateTime);
  assert.ok(dates.includes(day) && !dates.includes(unworn));
});

Deno.test("the summary agrees with the series, and does not say its day", async () => {
  const { json, text } = await read(`date/${day}.json`);
  const of = async (resource: string) => (await series(resource)).daily;
  assert.equal(String(at(json, "summary", "steps")), await of("steps"));
  assert.equal(String(at(json, "summary", "caloriesOut")), await of("calories"));
  assert.ok(!text.slice(text.indexOf('"summary"')).includes(day));
  const { json: heart } = await read(`heart/date/${day}/1d.json`);
  assert.deepEqual(
    at(json, "summary", "heartRateZones"),
    at(heart, "activities-heart", 0, "value", "heartRateZones"),
  );
});

const pageSchema = z.object({
  activities: z.array(z.object({ startTime: z.string() })),
  pagination: z.object({ next: z.string() }),
});

Deno.test("the list of exercises goes on page by page, ids written with all their digits", async () => {
  const all: string[] = [];
  let query = "afterDate=2026-10-01&sort=asc&limit=3&offset=0";
  for (let pages = 0; query !== ""; pages++) {
    assert.ok(pages < 30);
    const { json, text } = await read(`list.json?${query}`);
    const { activities, pagination } = pageSchema.parse(json);
    assert.ok(activities.length <= 3);
    for (const [, id] of text.matchAll(/"logId":(\d+)/g)) assert.ok((id ?? "").length >= 19);
    all.push(...activities.map(({ startTime }) => startTime));
    query = pagination.next === "" ? "" : new URL(pagination.next).search.slice(1);
  }
  assert.ok(all.length > 9);
  assert.equal(new Set(all).size, all.length);
  assert.ok(all.every((start) => /^2026-1\d-\d\dT\d\d:\d\d:\d\d\.000[+-]\d\d:00$/.test(start)));
  const { json } = await read("list.json?beforeDate=2026-10-20&sort=desc&limit=100&offset=0");
  const before = pageSchema.parse(json).activities.map(({ startTime }) => startTime);
  assert.deepEqual(before, all.filter((start) => start < "2026-10-20").reverse());
});

for (
  const [path, status] of [
    ["list.json?sort=asc&limit=3&offset=0", 400],
    ["list.json?afterDate=2026-10-01&sort=asc&limit=101&offset=0", 400],
    ["list.json?afterDate=2026-10-01&sort=up&limit=3&offset=0", 400],
    ["steps/date/2026-10-06/1d/1sec.json", 400],
    ["minutesSedentary/date/2026-10-06/1d/1min.json", 400],
    ["activityCalories/date/2026-08-01/2026-10-06.json", 400],
    ["steps/date/2026-08-01/2026-10-06.json", 200],
    ["date/2026-13-06.json", 400],
  ] as const
) {
  Deno.test(`${path} is answered with ${status}`, async () => {
    assert.equal((await read(path)).status, status);
  });
}

Deno.test("an app that is not Personal sees the daily part alone", async () => {
  const fitbit = { appType: "Server" } as const;
  const { json } = await read(`steps/date/${day}/1d/1min.json`, { fitbit });
  assert.notEqual(at(json, "activities-steps", 0, "value"), undefined);
  assert.equal(at(json, "activities-steps-intraday"), undefined);
  const bounded = await read(`steps/date/${day}/1d/1min/time/08:00/09:00.json`, { fitbit });
  assert.equal(bounded.status, 403);
});
