/** Roll-ups: windows of physical time and civil days over the reconciled stream. */

import assert from "node:assert/strict";
import { type Json, type JsonObject } from "../../../pipeline/sources/simulator/json.ts";
import { createSimulator } from "../../../pipeline/sources/simulator/simulator.ts";
import { ask, at, list } from "./ask.ts";

const rollUpPath = "/v4/users/me/dataTypes/heart-rate/dataPoints:rollUp";
const dailyPath = "/v4/users/me/dataTypes/heart-rate/dataPoints:dailyRollUp";

function date(day: number, month = 10): JsonObject {
  return { date: { year: 2026, month, day } };
}

async function post(path: string, body: Json) {
  const simulator = createSimulator();
  const token = simulator.issue("google-health").accessToken;
  return await ask(simulator, path, { token, body });
}

Deno.test("rollUp gives mean, least and most of every window with data, newest first", async () => {
  const range = { startTime: "2026-10-06T04:00:00Z", endTime: "2026-10-06T06:59:30Z" };
  const answer = await post(rollUpPath, { range, windowSize: "60s" });
  const simulator = createSimulator();
  const windows = new Map<number, number[]>();
  const { time_ms, bpm } = simulator.truthOf("2026-10-06");
  time_ms.forEach((time, i) => {
    if (time < Date.parse(range.startTime) || time >= Date.parse(range.endTime)) return;
    const minute = Math.floor(time / 60_000);
    windows.set(minute, [...(windows.get(minute) ?? []), bpm[i] ?? 0]);
  });
  const expected = [...windows].sort(([a], [b]) => b - a).map(([minute, values]) => ({
    startTime: new Date(minute * 60_000).toISOString().replace(".000Z", "Z"),
    endTime: new Date(Math.min((minute + 1) * 60_000, Date.parse(range.endTime)))
      .toISOString().replace(".000Z", "Z"),
    heartRate: {
      beatsPerMinuteAvg: values.reduce((sum, value) => sum + value, 0) / values.length,
      beatsPerMinuteMax: Math.max(...values),
      beatsPerMinuteMin: Math.min(...values),
    },
  }));
  assert.deepEqual(at(answer.json, "rollupDataPoints"), expected);
  // Off the wrist for a while: windows without data have no element.
  assert.ok(expected.length < 180 && expected.length > 120, String(expected.length));
});

Deno.test("rollUp pages with a token", async () => {
  const simulator = createSimulator();
  const token = simulator.issue("google-health").accessToken;
  const range = { startTime: "2026-10-06T00:00:00Z", endTime: "2026-10-07T00:00:00Z" };
  const body = { range, windowSize: "3600s", pageSize: 20 };
  const first = await ask(simulator, rollUpPath, { token, body });
  const pageToken = String(at(first.json, "nextPageToken"));
  const second = await ask(simulator, rollUpPath, { token, body: { ...body, pageToken } });
  const starts = [first, second].flatMap(({ json }) =>
    list(json, "rollupDataPoints").map((point) => String(at(point, "startTime")))
  );
  assert.equal(starts.length, 24);
  assert.deepEqual(starts, [...starts].sort().reverse());
  assert.equal(at(second.json, "nextPageToken"), undefined);
  const changed = { ...body, pageToken, windowSize: "60s" };
  assert.equal((await ask(simulator, rollUpPath, { token, body: changed })).status, 400);
});

Deno.test("dailyRollUp follows the wall clock, also on the day of 25 hours; unworn days are absent", async () => {
  const answer = await post(dailyPath, { range: { start: date(24), end: date(27) } });
  const points = list(answer.json, "rollupDataPoints");
  assert.deepEqual(points.map((point) => at(point, "civilStartTime", "date", "day")), [26, 25, 24]);
  assert.deepEqual(at(points[0], "civilEndTime"), {
    date: { year: 2026, month: 10, day: 27 },
    time: {},
  });
  const { bpm } = createSimulator().truthOf("2026-10-25");
  const mean = bpm.reduce((sum, value) => sum + value, 0) / bpm.length;
  const rolled = Number(at(points[1], "heartRate", "beatsPerMinuteAvg"));
  assert.ok(Math.abs(rolled - mean) < 1e-9);

  const unworn = await post(dailyPath, { range: { start: date(8), end: date(9) } });
  assert.deepEqual(unworn.json, {});
});

const window = "INVALID_ROLLUP_WINDOW";
const duration = "INVALID_ROLLUP_QUERY_DURATION";
const day = { startTime: "2026-10-06T00:00:00Z", endTime: "2026-10-07T00:00:00Z" };
const refused: readonly { path: string; body: Json; reason: string | undefined }[] = [
  { path: rollUpPath, body: { range: day }, reason: window },
  { path: rollUpPath, body: { range: day, windowSize: "0s" }, reason: window },
  { path: rollUpPath, body: { range: day, windowSize: "0.5s" }, reason: window },
  {
    path: rollUpPath,
    body: { range: { ...day, endTime: "2026-10-21T00:00:00Z" }, windowSize: "60s" },
    reason: duration,
  },
  {
    path: rollUpPath,
    body: { range: { ...day, endTime: day.startTime }, windowSize: "60s" },
    reason: undefined,
  },
  { path: dailyPath, body: { range: { start: date(1), end: date(16) } }, reason: duration },
  {
    path: dailyPath,
    body: { range: { start: date(1), end: date(2) }, pageSize: 15 },
    reason: duration,
  },
  {
    path: dailyPath,
    body: { range: { start: { ...date(1), time: { hours: 1 } }, end: date(2) } },
    reason: undefined,
  },
  {
    path: dailyPath,
    body: { range: { start: date(1), end: date(2) }, window: 1 },
    reason: undefined,
  },
];

for (const { path, body, reason } of refused) {
  Deno.test(`${path.split(":")[1]} refuses ${JSON.stringify(body)}`, async () => {
    const { status, json } = await post(path, body);
    assert.deepEqual([status, at(json, "error", "details", 0, "reason")], [400, reason]);
  });
}

Deno.test("a month written 05 is invalid JSON", async () => {
  const simulator = createSimulator();
  const token = simulator.issue("google-health").accessToken;
  const response = await simulator.handle(
    new Request(`http://simulator.test${dailyPath}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: '{"range":{"start":{"date":{"year":2026,"month":05,"day":1}}}}',
    }),
  );
  assert.equal(response.status, 400);
  assert.match(await response.text(), /Invalid JSON payload/);
});
