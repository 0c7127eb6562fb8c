/** Data types of moving about: what is served is what the body did, minute by minute. */

import assert from "node:assert/strict";
import { tableNamed } from "../../../pipeline/catalog.ts";
import { type Day, dayBounds, daysBetween, MS_PER_DAY } from "../../../pipeline/day.ts";
import { jsonArray } from "../../../pipeline/fetch/bodies.ts";
import { activityStreams } from "../../../pipeline/sources/google_health/activity_streams.ts";
import { googleHealthSource } from "../../../pipeline/sources/google_health/client.ts";
import { createBody } from "../../../pipeline/sources/simulator/body.ts";
import { standingClock } from "../../../pipeline/sources/simulator/clock.ts";
import { activity } from "../../../pipeline/sources/simulator/day_plan.ts";
import {
  demoFirstDay,
  demoLastDay,
  demoPerson,
  demoTimeZone,
} from "../../../pipeline/sources/simulator/demo_person.ts";
import { zoneBounds, zoneNames } from "../../../pipeline/sources/simulator/heart_zones.ts";
import type { Json } from "../../../pipeline/sources/simulator/json.ts";
import {
  activeKcal,
  basalKcal,
  eachMinute,
  noZone,
  runningStride_mm,
  totalKcal,
  walkingStride_mm,
  zoneMinutes,
} from "../../../pipeline/sources/simulator/minutes.ts";
import {
  createSimulator,
  type Simulator,
  type SimulatorOptions,
} from "../../../pipeline/sources/simulator/simulator.ts";
import { activityTruth } from "../../../pipeline/sources/simulator/google/activity_truth.ts";
import { activityTypes } from "../../../pipeline/sources/simulator/google/activity_types.ts";
import { givenToken } from "../../../pipeline/sources/tokens.ts";
import { LeapingClock } from "../../support/leaping_clock.ts";
import { plainRows } from "../../support/rows.ts";
import { type Answered, ask, at, list, pointsPath } from "./ask.ts";

/** Off the wrist, a flight west, one east, 25 hours, a swim, an ordinary day with a run. */
const days: readonly Day[] = [
  "2026-10-06",
  "2026-10-08",
  "2026-10-12",
  "2026-10-18",
  "2026-10-25",
  "2026-10-29",
];

const worn = days.filter((day) => !demoPerson.unwornDays.includes(day));

function clientOf(options: SimulatorOptions = {}) {
  const clock = new LeapingClock("2026-11-07T12:00:00Z");
  const simulator = createSimulator({ clock, ...options });
  const source = googleHealthSource({
    baseUrl: "http://127.0.0.1:1",
    token: givenToken(simulator.issue("google-health").accessToken, "TOKEN"),
    fetch: (input, init) => simulator.handle(new Request(input, init)),
    clock,
    signal: new AbortController().signal,
    random: () => 0,
  });
  return { simulator, source };
}

for (const { name, table } of activityStreams) {
  Deno.test(`${name}, asked by the client and flattened, is the truth of ${table}`, async () => {
    const { simulator, source } = clientOf({ google: { basalEnergy: true } });
    const stream = source.streams.find((stream) => stream.name === name);
    assert.ok(stream);
    const account = await source.account();
    let rows = 0;
    for (const day of days) {
      const window = { first: day, last: day };
      const answer = await source.ask(stream, window, account);
      const flattened = stream.flatten(jsonArray(answer.bodies), {
        ...{ format: 1, participant: "me", source: "google-health", stream: name },
        ...{ first_day: day, last_day: day, sha256: "", bytes: 0, empty: answer.empty, origin: [] },
        ...{ received_at: "", asked_at: "", synced_to: null, clock: answer.clock },
      });
      assert.deepEqual(flattened.unknown, new Map());
      const key = tableNamed(table).key;
      const sorted = plainRows(tableNamed(table), flattened.columns).sort((a, b) => {
        const [one, other] = [a, b].map((row) => key.map((column) => `${row[column]}`).join());
        return (one ?? "") < (other ?? "") ? -1 : 1;
      });
      assert.deepEqual(sorted, simulator.truthRows("google-health", table, day), day);
      assert.equal(answer.empty, sorted.length === 0);
      rows += sorted.length;
    }
    assert.ok(rows > 0);
  });
}

Deno.test("every table that a stream gives has its truth, and the other way round", () => {
  assert.deepEqual(
    Object.keys(activityTruth).sort(),
    activityStreams.map(({ table }) => table).sort(),
  );
  assert.deepEqual(
    Object.keys(activityTypes).sort(),
    activityStreams.map(({ name }) => name).sort(),
  );
  const simulator = createSimulator();
  assert.throws(
    () => simulator.truthRows("google-health", "horoscope", "2026-10-06"),
    RangeError,
  );
});

Deno.test("minutes agree with each other and with the samples", () => {
  const body = createBody(demoPerson);
  for (const day of daysBetween(demoFirstDay, demoLastDay)) {
    const resting = body.restingHeartRate(day);
    let counted = 0;
    eachMinute(body, day, (minutes, m) => {
      counted++;
      const steps = minutes.steps[m] ?? NaN;
      const mets10 = minutes.mets10[m] ?? NaN;
      const strides = [walkingStride_mm, runningStride_mm].map((stride) => stride * steps);
      assert.ok(strides.includes(minutes.distance_mm[m] ?? NaN));
      assert.ok(Math.abs(totalKcal(mets10) - basalKcal - activeKcal(mets10)) < 2e-5);
      const bpm = minutes.mean_bpm[m] ?? NaN;
      if (minutes.worn[m] === 0) {
        assert.deepEqual([steps, mets10, minutes.floors[m]], [0, 10, 0]);
        assert.ok(Number.isNaN(bpm));
      }
      if (Number.isNaN(bpm)) assert.equal(minutes.zone[m], noZone);
      else {
        assert.ok(resting);
        const { min_bpm } = zoneBounds(demoPerson.age, resting.bpm);
        const above = min_bpm.filter((least) => bpm >= least).length;
        assert.equal(minutes.zone[m], Math.max(0, above - 1));
      }
      if (minutes.swimming[m] === 1) {
        assert.deepEqual([minutes.activity[m], steps], [activity.exercise, 0]);
      }
    });
    const hours = { "2026-10-12": 30, "2026-10-18": 18, "2026-10-25": 25 }[day] ?? 24;
    assert.equal(counted, hours * 60, day);
  }
});

/** The column of a truth as numbers. */
function numbers(simulator: Simulator, table: string, day: Day, column: string): number[] {
  return simulator.truthRows("google-health", table, day).map((row) => Number(row[column]));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

Deno.test("tables agree with each other: energy, levels, zones, worn minutes", () => {
  const simulator = createSimulator({ google: { basalEnergy: true } });
  for (const day of worn.filter((day) => !["2026-10-12", "2026-10-18"].includes(day))) {
    const total = (table: string, column: string) => sum(numbers(simulator, table, day, column));
    const minutes = numbers(simulator, "steps", day, "steps").length;
    for (const table of ["distance", "floors", "altitude", "calories", "basal_calories"]) {
      assert.equal(simulator.truthRows("google-health", table, day).length, minutes, table);
    }
    const energy = total("basal_calories", "energy_kcal") + total("active_calories", "energy_kcal");
    assert.ok(Math.abs(total("calories", "energy_kcal") - energy) < 0.05);
    assert.equal(
      total("altitude", "gain_m").toFixed(3),
      (3.048 * total("floors", "floors")).toFixed(3),
    );
    // Runs end with the UTC day, so that the first and the last reach over midnight of this one.
    const levels = simulator.truthRows("google-health", "activity_level", day);
    const ends = levels.map(({ time, duration_s }) =>
      Date.parse(`${time}`) + 1000 * Number(duration_s)
    );
    levels.slice(1).forEach(({ time }, i) => assert.ok(Date.parse(`${time}`) >= (ends[i] ?? 0)));
    const zoned = simulator.truthRows("google-health", "calories_in_heart_rate_zone", day);
    const worth = sum(zoned.map(({ zone }) => zoneMinutes[zoneIndex(zone)] ?? NaN));
    assert.equal(total("active_zone_minutes", "active_zone_minutes"), worth);
  }
});

Deno.test("levels of the month last as long as the watch was worn", () => {
  const simulator = createSimulator();
  const month = daysBetween(demoFirstDay, demoLastDay);
  const all = (table: string, column: string) =>
    month.flatMap((day) => numbers(simulator, table, day, column));
  const minutes = all("steps", "duration_s").length;
  // The last run of the month may reach into the next day: the cut is that of the UTC day.
  const tail = simulator.truthRows("google-health", "activity_level", demoLastDay).at(-1);
  const end = Date.parse(`${tail?.["time"]}`) + 1000 * Number(tail?.["duration_s"]);
  const over = Math.max(0, end - dayBounds(demoLastDay, demoTimeZone).end) / 1000;
  assert.equal(sum(all("activity_level", "duration_s")) - over, 60 * minutes);
  assert.ok(all("swim_lengths", "strokes").length > 50);
  assert.ok(all("sedentary_period", "duration_s").every((seconds) => seconds >= 600));
});

function zoneIndex(zone: unknown): number {
  return zoneNames.findIndex((name) => name.toLowerCase() === zone);
}

const day = "2026-10-06";

function filterOf(type: string, from: Day, to: Day): string {
  const member = `${type.replaceAll("-", "_")}.interval.civil_start_time`;
  return `${member} >= "${from}" AND ${member} < "${to}"`;
}

Deno.test("a minute is 60 s long, with int64 as text; zero has no value, off the wrist no point", async () => {
  const simulator = createSimulator({ google: { civilTime: "always" } });
  const token = simulator.issue("google-health").accessToken;
  const filter = filterOf("steps", day, "2026-10-07");
  const path = pointsPath("steps", { filter, pageSize: "10000" });
  const points = list((await ask(simulator, path, { token })).json, "dataPoints");
  assert.ok(points.length > 1300 && points.length < 1440);
  const still = points.filter((point) => at(point, "steps", "count") === undefined);
  assert.ok(still.length > 1000);
  assert.deepEqual(still.at(-1), {
    steps: {
      interval: {
        startTime: "2026-10-05T22:00:00Z",
        startUtcOffset: "7200s",
        endTime: "2026-10-05T22:01:00Z",
        endUtcOffset: "7200s",
        civilStartTime: { date: { year: 2026, month: 10, day: 6 }, time: {} },
        civilEndTime: { date: { year: 2026, month: 10, day: 6 }, time: { minutes: 1 } },
      },
    },
  });
  const counts = points.map((point) => at(point, "steps", "count")).filter((count) => count);
  assert.ok(counts.every((count) => typeof count === "string" && /^[1-9]\d*$/.test(count)));
});

Deno.test("list has the phone's steps again, reconcile and the wearables' family have not", async () => {
  const simulator = createSimulator();
  const token = simulator.issue("google-health").accessToken;
  const filter = filterOf("steps", day, "2026-10-07");
  const stepsOf = (answer: Answered) =>
    sum(list(answer.json, "dataPoints").map((point) => Number(at(point, "steps", "count") ?? 0)));
  const query = { filter, pageSize: "10000" };
  const merged = stepsOf(await ask(simulator, pointsPath("steps", query), { token }));
  const listed = await ask(simulator, pointsPath("steps", query, "list"), { token });
  const dataSourceFamily = "users/me/dataSourceFamilies/google-wearables";
  const wearables = await ask(
    simulator,
    pointsPath("steps", { ...query, dataSourceFamily }, "list"),
    { token },
  );
  assert.equal(merged, sum(numbers(simulator, "steps", day, "steps")));
  assert.ok(stepsOf(listed) > merged + 1000, `${stepsOf(listed)} against ${merged}`);
  assert.equal(stepsOf(wearables), merged);
  const forms = list(listed.json, "dataPoints").map((point) =>
    at(point, "dataSource", "device", "formFactor")
  );
  assert.deepEqual(new Set(forms), new Set(["FITNESS_BAND", "PHONE"]));
});

Deno.test("a minute is shown once the watch has synced past its end", async () => {
  // The phone has stayed at home since 11:20.
  const clock = standingClock(Date.parse("2026-10-14T20:00:00Z"));
  const simulator = createSimulator({ clock });
  const token = simulator.issue("google-health").accessToken;
  const filter = filterOf("steps", "2026-10-14", "2026-10-15");
  const answer = await ask(simulator, pointsPath("steps", { filter }), { token });
  const newest = at(answer.json, "dataPoints", 0, "steps", "interval", "endTime");
  assert.equal(newest, "2026-10-14T11:15:00Z");
  assert.equal(simulator.syncedTo(), Date.parse("2026-10-14T11:15:00Z"));
});

const refused: readonly { path: string; body?: Json; reason?: string }[] = [
  { path: pointsPath("floors", {}, "list") },
  { path: pointsPath("total-calories", {}, "list") },
  { path: pointsPath("total-calories", {}, "reconcile") },
  { path: pointsPath("calories-in-heart-rate-zone", {}, "reconcile") },
  { path: rollUpPath("activity-level"), body: rollUpBody(1) },
  { path: rollUpPath("total-calories"), body: rollUpBody(15), reason: "DURATION" },
  { path: rollUpPath("calories-in-heart-rate-zone"), body: rollUpBody(15), reason: "DURATION" },
  { path: rollUpPath("active-minutes"), body: rollUpBody(15), reason: "DURATION" },
  { path: rollUpPath("steps"), body: rollUpBody(91), reason: "DURATION" },
  {
    path: rollUpPath("total-calories"),
    body: { ...rollUpBody(1), windowSize: "0s" },
    reason: "WINDOW",
  },
];

for (const { path, body, reason } of refused) {
  Deno.test(`the server refuses ${path} ${JSON.stringify(body ?? {})}`, async () => {
    const simulator = createSimulator();
    const token = simulator.issue("google-health").accessToken;
    const { status, json } = await ask(simulator, path, {
      token,
      ...body === undefined ? {} : { body },
    });
    assert.equal(status, 400);
    if (reason !== undefined) {
      assert.match(String(at(json, "error", "details", 0, "reason")), new RegExp(`_${reason}$`));
    }
  });
}

Deno.test("no scope, no minutes", async () => {
  const simulator = createSimulator();
  const token = simulator.issue("google-health", ["sleep.readonly"]).accessToken;
  const { status, json } = await ask(simulator, pointsPath("steps"), { token });
  assert.equal(status, 403);
  assert.equal(at(json, "error", "details", 0, "reason"), "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
});

function rollUpPath(type: string, verb = "rollUp"): string {
  return `/v4/users/me/dataTypes/${type}/dataPoints:${verb}`;
}

function rollUpBody(length: number) {
  const startTime = "2026-10-01T00:00:00Z";
  const endTime = new Date(Date.parse(startTime) + length * MS_PER_DAY).toISOString();
  return { range: { startTime, endTime }, windowSize: "60s" };
}

/** Of each type the sums over a civil day, from its truth. */
const rolledUp: Readonly<Record<string, (simulator: Simulator) => unknown>> = {
  "steps": (of) => ({ countSum: text(of, "steps", "steps") }),
  "floors": (of) => ({ countSum: text(of, "floors", "floors") }),
  "distance": (of) => ({ millimetersSum: text(of, "distance", "distance_m", 1000) }),
  "altitude": (of) => ({ gainMillimetersSum: text(of, "altitude", "gain_m", 1000) }),
  "active-zone-minutes": (of) => ({
    sumInFatBurnHeartZone: text(of, "active_zone_minutes", "active_zone_minutes", 1, "fat_burn"),
    sumInCardioHeartZone: text(of, "active_zone_minutes", "active_zone_minutes", 1, "cardio"),
  }),
  "active-minutes": (of) => ({
    activeMinutesRollupByActivityLevel: ["light", "moderate", "vigorous"].map((level) => ({
      activityLevel: level.toUpperCase(),
      activeMinutesSum: text(of, "active_minutes", "minutes", 1, level),
    })),
  }),
  "swim-lengths-data": (of) => ({ strokeCountSum: text(of, "swim_lengths", "strokes") }),
  "sedentary-period": (of) => ({
    durationSum: `${text(of, "sedentary_period", "duration_s")}s`,
  }),
};

const swimDay = "2026-10-29";

/** The sum of a column on the swim day, of rows with that word where one is given. */
function text(of: Simulator, table: string, column: string, factor = 1, having?: string): string {
  const rows = of.truthRows("google-health", table, swimDay).filter((row) =>
    having === undefined || Object.values(row).includes(having)
  );
  return String(Math.round(sum(rows.map((row) => factor * Number(row[column])))));
}

for (const [type, expected] of Object.entries(rolledUp)) {
  Deno.test(`dailyRollUp of ${type} is the sum of the day`, async () => {
    const simulator = createSimulator();
    const token = simulator.issue("google-health").accessToken;
    const date = (day: number) => ({ date: { year: 2026, month: 10, day } });
    const body = { range: { start: date(29), end: date(30) } };
    const answer = await ask(simulator, rollUpPath(type, "dailyRollUp"), { token, body });
    const [point] = list(answer.json, "rollupDataPoints");
    const field = type.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    assert.deepEqual(at(point, field), expected(simulator));
  });
}

Deno.test("basal-energy-burned is empty, as on every account that was seen", async () => {
  const simulator = createSimulator();
  const token = simulator.issue("google-health").accessToken;
  const filter = filterOf("basal-energy-burned", day, "2026-10-07");
  const { json } = await ask(simulator, pointsPath("basal-energy-burned", { filter }), { token });
  assert.equal(at(json, "dataPoints"), undefined);
  assert.deepEqual(simulator.truthRows("google-health", "basal_calories", day), []);
});
