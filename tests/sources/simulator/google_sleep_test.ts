/** Nights and naps: what is served is how the person slept, and the client makes the same of it. */

import assert from "node:assert/strict";
import { dayAt, daysBetween } from "../../../pipeline/day.ts";
import { sleepStreams } from "../../../pipeline/sources/google_health/sleep_streams.ts";
import { activity } from "../../../pipeline/sources/simulator/day_plan.ts";
import { createBody } from "../../../pipeline/sources/simulator/body.ts";
import { standingClock } from "../../../pipeline/sources/simulator/clock.ts";
import {
  demoFirstDay,
  demoLastDay,
  demoPerson,
} from "../../../pipeline/sources/simulator/demo_person.ts";
import { epochMs } from "../../../pipeline/sources/simulator/night_stages.ts";
import { nightsOf, type Sleep, stageTotals } from "../../../pipeline/sources/simulator/nights.ts";
import { createSimulator } from "../../../pipeline/sources/simulator/simulator.ts";
import { ask, at, list, pointsPath } from "./ask.ts";
import { allPoints, answerOf, between, clientAt, flattened, rowsOf, truthOf } from "./sessions.ts";

const month = { first: demoFirstDay, last: demoLastDay };
const end = "sleep.interval.civil_end_time";

const body = createBody(demoPerson);
const sleeps = daysBetween(month.first, month.last).flatMap((day) => nightsOf(body, day));

for (const stream of sleepStreams) {
  for (const civilTime of ["always", "never"] as const) {
    Deno.test(`a month of sleep becomes the truth of ${stream.table}, civil times ${civilTime}`, async () => {
      const { simulator, source } = clientAt("2026-11-07T12:00:00Z", { google: { civilTime } });
      const answer = await answerOf(source, "sleep", month);
      assert.equal(answer.completeTo, undefined);
      assert.ok(answer.bodies.length > 1, "a month does not fit on a page of 25");
      const read = flattened(stream, answer, month);
      assert.deepEqual([read.unknown, read.notes], [new Map(), []]);
      const rows = rowsOf(stream, [read], month);
      assert.deepEqual(rows, truthOf(simulator, stream.table, month));
      assert.ok(rows.length > 30);
    });
  }
}

Deno.test("nights are the stretches in which the heart is asleep", () => {
  for (const { date, from_ms, to_ms, nap } of sleeps) {
    if (nap) continue;
    const { time_ms, activity: doing } = body.ofUtcDay(Math.floor(from_ms / 86_400_000));
    const within = Array.from(time_ms).flatMap((time, i) =>
      time >= from_ms && time < to_ms ? [doing[i]] : []
    );
    assert.ok(within.every((kind) => kind === activity.asleep), date);
  }
});

Deno.test("a night is of the civil day it ended on, with both offsets of a clock change", () => {
  const ofDay = (day: string) => sleeps.find(({ date, main }) => date === day && main);
  for (const sleep of sleeps) assert.equal(dayAt(sleep.to_ms, sleep.to_offset_s), sleep.date);
  const [change, flight] = [ofDay("2026-10-25"), ofDay("2026-10-18")];
  assert.deepEqual([change?.from_offset_s, change?.to_offset_s], [7200, 3600]);
  // Asleep over the Atlantic, woken by the wall clock of home: too short for stages.
  assert.deepEqual([flight?.from_offset_s, flight?.to_offset_s], [-14400, 7200]);
  assert.deepEqual([flight?.type, flight?.status, flight?.nap], ["classic", "rejected_nap", false]);
  assert.equal(ofDay("2026-10-21"), undefined, "the watch lay on the charger");
});

Deno.test("stages follow each other on a grid from the beginning to the end", () => {
  for (const sleep of sleeps) {
    const { from_ms, to_ms, stages } = sleep;
    assert.equal(stages[0]?.from_ms, from_ms);
    assert.equal(stages.at(-1)?.to_ms, to_ms);
    stages.slice(1).forEach((stage, i) => assert.equal(stage.from_ms, stages[i]?.to_ms));
    for (const stage of stages) {
      assert.ok(stage.to_ms > stage.from_ms);
      assert.equal((stage.from_ms - from_ms) % (sleep.type === "stages" ? epochMs : 60_000), 0);
    }
    const total = [...stageTotals(sleep).values()].reduce((sum, { seconds }) => sum + seconds, 0);
    assert.equal(total, (to_ms - from_ms) / 1000);
    const names = new Set(stages.map(({ stage }) => stage));
    const known = sleep.type === "stages"
      ? ["deep", "light", "rem", "awake"]
      : ["asleep", "restless", "awake"];
    assert.ok([...names].every((name) => known.includes(name)));
  }
});

/** Whether a stretch lies within a stage of that name and off its ends. */
function within({ stages }: Sleep, stage: string, from_ms: number, to_ms: number): boolean {
  return stages.some((one) => one.stage === stage && one.from_ms < from_ms && one.to_ms > to_ms);
}

Deno.test("short awakenings lie within light sleep, time out of bed within being awake", () => {
  let short = 0;
  let out = 0;
  for (const sleep of sleeps) {
    for (const { stage, from_ms, to_ms } of sleep.shortAwakenings) {
      short++;
      assert.equal(stage, "awake");
      assert.ok(to_ms - from_ms >= 30_000 && to_ms - from_ms <= 150_000);
      assert.ok(within(sleep, "light", from_ms, to_ms));
    }
    for (const { from_ms, to_ms } of sleep.outOfBed) {
      out++;
      assert.ok(to_ms > from_ms && within(sleep, "awake", from_ms, to_ms));
    }
    if (sleep.type === "classic") assert.equal(sleep.shortAwakenings.length, 0);
  }
  assert.ok(short > 100 && out > 10, `${short} ${out}`);
});

Deno.test("a month has every kind of sleep, one main sleep a day, and ids past 2^53", () => {
  const count = (test: (sleep: Sleep) => boolean) => sleeps.filter(test).length;
  assert.ok(count(({ status }) => status === "succeeded") > 15);
  assert.ok(count(({ status }) => status === "rejected_coverage") > 0);
  assert.ok(count(({ nap }) => nap) > 3);
  assert.ok(count(({ edited }) => edited) > 0);
  for (const day of daysBetween(month.first, month.last)) {
    const ofDay = sleeps.filter(({ date }) => date === day);
    assert.equal(ofDay.filter(({ main }) => main).length, Math.min(1, ofDay.length), day);
    // Not even a longer classic sleep is the main one beside a sleep with stages.
    if (ofDay.some(({ type }) => type === "stages")) {
      assert.equal(ofDay.find(({ main }) => main)?.type, "stages");
    }
  }
  assert.equal(new Set(sleeps.map(({ id }) => id)).size, sleeps.length);
  for (const { id } of sleeps) assert.ok(/^\d{19}$/.test(id) && !Number.isSafeInteger(Number(id)));
});

Deno.test("reconcile names each point once, newest first; the summary takes short awakenings for light", async () => {
  const { simulator } = clientAt("2026-11-07T12:00:00Z");
  const filter = between(end, month.first, "2026-10-31");
  const { points, pages } = await allPoints(simulator, "sleep", filter, "reconcile", {
    pageSize: "10000",
  });
  assert.equal(points.length, sleeps.length);
  assert.equal(pages, Math.ceil(sleeps.length / 25));
  assert.deepEqual(
    points.map((point) => at(point, "dataPointName")),
    sleeps.toReversed().map(({ id }) => `users/me/dataTypes/sleep/dataPoints/${id}`),
  );
  for (const point of points) {
    const seconds = new Map<string, number>();
    for (const stage of list(point, "sleep", "stages")) {
      const type = String(at(stage, "type"));
      const lasting = Date.parse(`${at(stage, "endTime")}`) -
        Date.parse(`${at(stage, "startTime")}`);
      seconds.set(type, (seconds.get(type) ?? 0) + lasting / 1000);
    }
    const summary = list(point, "sleep", "summary", "stagesSummary");
    assert.deepEqual(
      summary.map((stage) => [at(stage, "type"), at(stage, "minutes")]),
      Array.from(seconds, ([type, of]) => [type, String(Math.round(of / 60))]),
    );
  }
  const civil = points.filter((point) => at(point, "sleep", "interval", "civilEndTime"));
  assert.ok(civil.length > 0 && civil.length < points.length, "civil times are not always sent");
});

Deno.test("list has the phone's guesses beside the watch's nights, which may not be cut by family", async () => {
  const { simulator } = clientAt("2026-11-07T12:00:00Z");
  const filter = between(end, "2026-10-20", "2026-10-21");
  const { points } = await allPoints(simulator, "sleep", filter, "list");
  const forms = points.map((point) => at(point, "dataSource", "device", "formFactor"));
  assert.deepEqual(forms.toSorted(), ["FITNESS_BAND", "PHONE"]);
  assert.ok(points.every((point) => typeof at(point, "name") === "string"));
  const token = simulator.issue("google-health").accessToken;
  const family = { filter, dataSourceFamily: "users/me/dataSourceFamilies/google-wearables" };
  const refused = await ask(simulator, pointsPath("sleep", family, "list"), { token });
  assert.equal(refused.status, 400);
  assert.equal((await ask(simulator, pointsPath("sleep", family), { token })).status, 200);
});

const member = "INVALID_DATA_POINT_FILTER_DATA_TYPE_MEMBER";
const filters: readonly { filter: string; reason?: string; points?: number }[] = [
  { filter: between(end, "2026-10-25", "2026-10-26"), points: sleepsOf("2026-10-25") },
  {
    filter: `${end} >= "2026-10-25T00:00:00" AND ${end} < "2026-10-25T12:00:00"`,
    points: 1,
  },
  {
    filter: between("sleep.interval.end_time", "2026-10-25T00:00:00Z", "2026-10-25T12:00:00Z"),
    points: 1,
  },
  // The night began on the 24th and is not found there.
  { filter: between(end, "2026-10-24T18:00:00", "2026-10-25T00:00:00"), points: 0 },
  {
    filter: between("sleep.interval.start_time", "2026-10-25T00:00:00Z", "2026-10-26T00:00:00Z"),
    reason: member,
  },
  {
    filter: between("sleep.interval.civil_start_time", "2026-10-25", "2026-10-26"),
    reason: member,
  },
  { filter: between("sleep.date", "2026-10-25", "2026-10-26"), reason: member },
  { filter: `${end} > "2026-10-25"`, reason: "INVALID_DATA_POINT_FILTER" },
];

function sleepsOf(day: string): number {
  return sleeps.filter(({ date }) => date === day).length;
}

for (const { filter, reason, points } of filters) {
  Deno.test(`sleep filtered by ${filter} ${reason ?? `gives ${points}`}`, async () => {
    const { simulator } = clientAt("2026-11-07T12:00:00Z");
    const token = simulator.issue("google-health").accessToken;
    const { status, json } = await ask(simulator, pointsPath("sleep", { filter }), { token });
    assert.equal(status, reason === undefined ? 200 : 400);
    if (reason === undefined) assert.equal(list(json, "dataPoints").length, points);
    else assert.equal(at(json, "error", "details", 0, "reason"), reason);
  });
}

/** The night of which the states below are. */
const night = sleeps.find(({ date, main }) => date === "2026-10-20" && main);
const at0 = (minutes: number, from: "from_ms" | "to_ms") =>
  new Date((night?.[from] ?? NaN) + minutes * 60_000).toISOString();

const states = [
  { what: "not noticed yet", now: at0(30, "from_ms"), points: 0 },
  { what: "going on", now: at0(200, "from_ms"), points: 1, rows: 0, unfinished: true },
  { what: "not processed yet", now: at0(17, "to_ms"), points: 1, rows: 1, unfinished: true },
  { what: "processed", now: at0(60, "to_ms"), points: 1, rows: 1, unfinished: false },
];

for (const { what, now, points, rows = 0, unfinished = false } of states) {
  Deno.test(`a night ${what} gives ${rows} rows and leaves its day ${unfinished ? "young" : "final"}`, async () => {
    const { simulator, source } = clientAt(now);
    const window = { first: "2026-10-20", last: "2026-10-20" };
    const filter = between(end, window.first, "2026-10-21");
    assert.equal((await allPoints(simulator, "sleep", filter, "reconcile")).points.length, points);
    const answer = await answerOf(source, "sleep", window);
    assert.equal(answer.completeTo, unfinished ? night?.from_ms : undefined);
    const [ofSleep, ofStages] = sleepStreams.map((stream) => {
      const read = flattened(stream, answer, window);
      assert.equal(read.notes.length, what === "going on" ? 1 : 0);
      return rowsOf(stream, [read], window);
    });
    assert.equal(ofSleep?.length, rows);
    const processed = rows > 0 && !unfinished;
    assert.equal((ofStages?.length ?? 0) > 0, processed);
    if (rows === 0) return;
    const [{ processed: said, asleep_min }] = [ofSleep?.[0] ?? {}];
    assert.equal(said, processed);
    assert.equal(asleep_min === null, !processed);
  });
}

Deno.test("no scope, no sleep", async () => {
  const simulator = createSimulator({ clock: standingClock(Date.parse("2026-11-07T12:00:00Z")) });
  const token = simulator.issue("google-health", ["activity_and_fitness.readonly"]).accessToken;
  const { status, json } = await ask(simulator, pointsPath("sleep"), { token });
  assert.equal(status, 403);
  assert.equal(at(json, "error", "details", 0, "reason"), "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
});
