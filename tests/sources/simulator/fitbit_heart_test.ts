/** Heart rate of the Fitbit Web API: both shapes, their arithmetic, windows, time zones, empty days. */

import assert from "node:assert/strict";
import { standingClock } from "../../../pipeline/sources/simulator/clock.ts";
import { demoNow } from "../../../pipeline/sources/simulator/demo_person.ts";
import { type FitbitSettings } from "../../../pipeline/sources/simulator/fitbit/settings.ts";
import { type Json } from "../../../pipeline/sources/simulator/json.ts";
import { createSimulator } from "../../../pipeline/sources/simulator/simulator.ts";
import { ask, at, list } from "./ask.ts";

const heart = "/1/user/-/activities/heart/date";

/** The answer to a path of heart rate at some time. */
async function get(
  path: string,
  options: { readonly now?: string; readonly fitbit?: Partial<FitbitSettings> } = {},
) {
  const clock = standingClock(options.now === undefined ? demoNow : Date.parse(options.now));
  const simulator = createSimulator({ clock, fitbit: options.fitbit ?? {} });
  const token = simulator.issue("fitbit-web").accessToken;
  return { simulator, ...await ask(simulator, `${heart}/${path}`, { token }) };
}

interface Point {
  readonly time: string;
  readonly value: number;
}

function dataset(json: Json | undefined): Point[] {
  return list(json, "activities-heart-intraday", "dataset").map((point) => ({
    time: String(at(point, "time")),
    value: Number(at(point, "value")),
  }));
}

/** `HH:mm:ss` of the wall clock at each sample of a day. */
function wallClock(simulator: ReturnType<typeof createSimulator>, day: string): Point[] {
  const { time_ms, utc_offset_s, bpm } = simulator.truthOf(day);
  return Array.from(time_ms, (time, i) => ({
    time: new Date(time + (utc_offset_s[i] ?? 0) * 1000).toISOString().slice(11, 19),
    value: bpm[i] ?? 0,
  }));
}

const wholeDays = [
  "2026-10-06/1d/1sec.json",
  "2026-10-06/2026-10-06/1sec.json",
  "2026-10-06/1d/1sec/time/00:00:00/23:59:59.json",
];

for (const path of wholeDays) {
  Deno.test(`${path} gives every sample of the day by the wall clock`, async () => {
    const { simulator, json } = await get(path);
    assert.deepEqual(dataset(json), wallClock(simulator, "2026-10-06"));
    assert.deepEqual(
      [
        at(json, "activities-heart-intraday", "datasetInterval"),
        at(json, "activities-heart-intraday", "datasetType"),
      ],
      [1, "second"],
    );
  });
}

Deno.test("without a window zones and resting heart rate lie inside value", async () => {
  const { simulator, json } = await get("2026-10-06/1d/1min.json");
  const day = at(json, "activities-heart", 0);
  assert.deepEqual(Object.keys(Object(day)), ["dateTime", "value"]);
  assert.deepEqual(
    [at(day, "dateTime"), at(day, "value", "restingHeartRate")],
    ["2026-10-06", simulator.restingTruthOf("2026-10-06")?.bpm],
  );
  assert.deepEqual(Object.keys(Object(at(day, "value"))), [
    "customHeartRateZones",
    "heartRateZones",
    "restingHeartRate",
  ]);
});

const details = [
  { detail: "1sec", interval: 1, type: "second", most: 20_000 },
  { detail: "1min", interval: 1, type: "minute", most: 1440 },
  { detail: "5min", interval: 5, type: "minute", most: 288 },
  { detail: "15min", interval: 15, type: "minute", most: 96 },
];

for (const { detail, interval, type, most } of details) {
  Deno.test(`with a window at ${detail}: value is the mean of the points, zones count minutes`, async () => {
    const { json } = await get(`2026-10-06/1d/${detail}/time/00:00/23:59.json`);
    const day = at(json, "activities-heart", 0);
    assert.deepEqual(Object.keys(Object(day)), [
      "customHeartRateZones",
      "dateTime",
      "heartRateZones",
      "value",
    ]);
    const points = dataset(json);
    assert.ok(points.length > most * 0.8 && points.length <= most, String(points.length));
    const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length;
    // Two decimals, trailing zeros dropped, as text.
    assert.equal(at(day, "value"), String(Number(mean.toFixed(2))));
    const minutes = dataset((await get("2026-10-06/1d/1min/time/00:00/23:59.json")).json);
    for (const zone of list(day, "heartRateZones")) {
      const [min, max] = [Number(at(zone, "min")), Number(at(zone, "max"))];
      const inside = minutes.filter(({ value }) => value >= min && value < max);
      assert.equal(at(zone, "minutes"), inside.length, String(at(zone, "name")));
      assert.equal(at(zone, "caloriesOut") === 0, inside.length === 0);
    }
    assert.deepEqual(
      [
        at(json, "activities-heart-intraday", "datasetInterval"),
        at(json, "activities-heart-intraday", "datasetType"),
      ],
      [interval, type],
    );
  });
}

Deno.test("gaps are absent, and minutes are rounded means stamped with their beginning", async () => {
  const { simulator, json } = await get("2026-10-06/1d/1min.json");
  const minutes = new Map<string, number[]>();
  for (const { time, value } of wallClock(simulator, "2026-10-06")) {
    const minute = `${time.slice(0, 5)}:00`;
    minutes.set(minute, [...(minutes.get(minute) ?? []), value]);
  }
  const expected = [...minutes].map(([time, values]) => ({
    time,
    value: Math.round(values.reduce((sum, value) => sum + value, 0) / values.length),
  }));
  assert.deepEqual(dataset(json), expected);
  assert.ok(expected.length < 1440);
});

const windows = [
  { window: "08:00/08:59", inclusive: false, first: "08:00:00", last: "08:59:00" },
  { window: "08:00/08:59", inclusive: true, first: "08:00:00", last: "08:59:59" },
  { window: "8:00/8:59", inclusive: true, first: "08:00:00", last: "08:59:59" },
  { window: "18:30:10/18:31:20", inclusive: false, first: "18:30:10", last: "18:31:20" },
  { window: "18:30:10/18:31:20", inclusive: true, first: "18:30:10", last: "18:31:20" },
];

for (const { window, inclusive, first, last } of windows) {
  Deno.test(`/time/${window} at 1sec reaches from ${first} to ${last} (${inclusive})`, async () => {
    const { simulator, json } = await get(`2026-10-06/1d/1sec/time/${window}.json`, {
      fitbit: { endMinuteInclusive: inclusive },
    });
    const expected = wallClock(simulator, "2026-10-06")
      .filter(({ time }) => time >= first && time <= last);
    assert.ok(expected.length > 10);
    assert.deepEqual(dataset(json), expected);
  });
}

Deno.test("/time/00:00/23:59 at 1sec can lose the last minute, at 1min it does not", async () => {
  const { simulator, json } = await get("2026-10-06/1d/1sec/time/00:00/23:59.json");
  const all = wallClock(simulator, "2026-10-06");
  assert.ok(all.some(({ time }) => time > "23:59:00"));
  assert.ok(dataset(json).every(({ time }) => time <= "23:59:00"));
  const minutes = await get("2026-10-06/1d/1min/time/00:00/23:59.json");
  assert.equal(dataset(minutes.json).at(-1)?.time, "23:59:00");
});

Deno.test("a window over two dates lists times only", async () => {
  const { simulator, json } = await get("2026-10-06/2026-10-07/1sec/time/23:00/00:30.json");
  const before = wallClock(simulator, "2026-10-06").filter(({ time }) => time >= "23:00:00");
  const after = wallClock(simulator, "2026-10-07").filter(({ time }) => time <= "00:30:00");
  assert.deepEqual(dataset(json), [...before, ...after]);
  assert.deepEqual(
    list(json, "activities-heart").map((day) => at(day, "dateTime")),
    ["2026-10-06", "2026-10-07"],
  );
});

const mistakes = [
  { path: "2026-10-06/2026-10-07/1sec.json", errorType: "request" },
  { path: "2026-10-06/2026-10-07/1min/time/08:00/09:00.json", errorType: "request" },
  { path: "2026-10-06/1d/1min/time/09:00/08:00.json", errorType: "validation" },
  { path: "2026-10-06/1d/2min.json", errorType: "validation" },
  { path: "2026-10-06/1d/1min/time/24:00/25:00.json", errorType: "validation" },
  { path: "2026-10-06/1d/1min/time/08:00.json", errorType: "validation" },
  { path: "2026-10-06/1d/1min/clock/08:00/09:00.json", errorType: "validation" },
  { path: "2026-02-30/1d/1min.json", errorType: "validation" },
  { path: "yesterday/1d/1min.json", errorType: "validation" },
  { path: "2026-10-06/1d/1min.json?timezone=Europe/Berlin", errorType: "validation" },
  { path: "2026-10-06/2025-10-06.json", errorType: "validation" },
  { path: "2025-10-01/2026-10-06.json", errorType: "validation" },
];

for (const { path, errorType } of mistakes) {
  Deno.test(`${path} is refused: ${errorType}`, async () => {
    const { status, json } = await get(path);
    assert.deepEqual([status, at(json, "errors", 0, "errorType")], [400, errorType]);
  });
}

Deno.test("timezone=UTC gives UTC days and times, which have no repeated hour", async () => {
  const { simulator, json } = await get("2026-10-25/1d/1sec.json?timezone=UTC");
  const expected = ["2026-10-25", "2026-10-26"].flatMap((day) => {
    const { time_ms, bpm } = simulator.truthOf(day);
    return Array.from(
      time_ms,
      (time, i) => ({ instant: new Date(time).toISOString(), value: bpm[i] }),
    );
  }).filter(({ instant }) => instant.startsWith("2026-10-25"));
  assert.deepEqual(
    dataset(json),
    expected.map(({ instant, value }) => ({ time: instant.slice(11, 19), value })),
  );
});

const modes = [
  { repeatedHour: "duplicate", twice: true, falls: 1 },
  { repeatedHour: "skip", twice: false, falls: 0 },
  { repeatedHour: "merge", twice: true, falls: 0 },
] as const;

for (const { repeatedHour, twice, falls } of modes) {
  Deno.test(`the repeated hour of 25 October, mode ${repeatedHour}`, async () => {
    const { simulator, json } = await get("2026-10-25/1d/1sec.json", { fitbit: { repeatedHour } });
    const truth = wallClock(simulator, "2026-10-25");
    const { utc_offset_s } = simulator.truthOf("2026-10-25");
    const firstPass = truth.filter(({ time }, i) =>
      time >= "02:00:00" && time < "03:00:00" && utc_offset_s[i] === 7200
    );
    const found = dataset(json);
    const hour = found.filter(({ time }) => time >= "02:00:00" && time < "03:00:00");
    assert.ok(firstPass.length > 300);
    if (twice) assert.ok(hour.length > firstPass.length * 1.4);
    else assert.deepEqual(hour, firstPass);
    const drops = found.filter(({ time }, i) => i > 0 && time < (found[i - 1]?.time ?? ""));
    assert.equal(drops.length, falls);
    if (repeatedHour === "duplicate") assert.deepEqual(found, truth);
    // Every value comes once under its second, whatever was merged.
    if (repeatedHour === "merge") {
      assert.equal(new Set(found.map(({ time }) => time)).size, found.length);
    }
  });
}

Deno.test("an empty day: 200 with zones that lack minutes, in both shapes", async () => {
  for (const day of ["2026-10-08", "2027-01-01"]) {
    const bounded = (await get(`${day}/1d/1sec/time/00:00/23:59.json`)).json;
    const unbounded = (await get(`${day}/1d/1sec.json`)).json;
    assert.equal(at(bounded, "activities-heart", 0, "value"), "0");
    assert.equal(at(unbounded, "activities-heart", 0, "value", "restingHeartRate"), undefined);
    for (
      const zones of [
        list(bounded, "activities-heart", 0, "heartRateZones"),
        list(unbounded, "activities-heart", 0, "value", "heartRateZones"),
      ]
    ) {
      assert.equal(zones.length, 4);
      assert.ok(zones.every((zone) => Object.keys(Object(zone)).join(" ") === "max min name"));
    }
    assert.deepEqual([dataset(bounded), dataset(unbounded)], [[], []]);
  }
});

Deno.test("today is partial, provisional, and echoed only with a window", async () => {
  const now = "2026-10-06T12:10:00Z";
  const { simulator, json } = await get("today/1d/1sec.json", { now });
  const known = wallClock(simulator, "2026-10-06").filter(({ time }) => time < "14:00:00");
  assert.deepEqual(dataset(json), known);
  assert.equal(at(json, "activities-heart", 0, "dateTime"), "2026-10-06");
  const zones = list(json, "activities-heart", 0, "value", "heartRateZones");
  assert.deepEqual(zones.map((zone) => at(zone, "minutes")), [1440, 0, 0, 0]);
  const bounded = await get("today/1d/1sec/time/00:00/23:59.json", { now });
  assert.equal(at(bounded.json, "activities-heart", 0, "dateTime"), "today");
  assert.equal(dataset(bounded.json).length, known.length);
});

Deno.test("today is a day of the profile's zone", async () => {
  const late = await get("today/1d/1min.json", { now: "2026-10-06T22:30:00Z" });
  assert.equal(at(late.json, "activities-heart", 0, "dateTime"), "2026-10-07");
  const west = await get("today/1d/1min.json", { now: "2026-10-15T02:00:00Z" });
  assert.equal(at(west.json, "activities-heart", 0, "dateTime"), "2026-10-14");
});

Deno.test("a day whose watch was not synced looks short and fills in later", async () => {
  const path = "2026-10-14/1d/1sec.json";
  const early = await get(path, { now: "2026-10-16T12:00:00Z" });
  const late = await get(path, { now: "2026-10-17T12:00:00Z" });
  assert.deepEqual(dataset(late.json), wallClock(late.simulator, "2026-10-14"));
  assert.deepEqual(dataset(early.json), dataset(late.json).slice(0, dataset(early.json).length));
  assert.ok(dataset(early.json).length < dataset(late.json).length / 2);
  const between = await get("2026-10-15/1d/1sec.json", { now: "2026-10-16T12:00:00Z" });
  assert.deepEqual(dataset(between.json), []);
});

Deno.test("an app that is not Personal sees the daily part alone, and no window at all", async () => {
  for (const appType of ["Server", "Client"] as const) {
    const unbounded = await get("2026-10-06/1d/1sec.json", { fitbit: { appType } });
    assert.equal(unbounded.status, 200);
    assert.deepEqual(Object.keys(Object(unbounded.json)), ["activities-heart"]);
    const bounded = await get("2026-10-06/1d/1sec/time/00:00/23:59.json", { fitbit: { appType } });
    assert.deepEqual(
      [bounded.status, at(bounded.json, "errors", 0, "errorType")],
      [403, "insufficient_permissions"],
    );
  }
});

const series = [
  { path: "2026-10-09/7d.json", first: "2026-10-03", days: 7 },
  { path: "2026-10-09/1w.json", first: "2026-10-03", days: 7 },
  { path: "2026-10-30/30d.json", first: "2026-10-01", days: 30 },
  { path: "2026-10-09/1d.json", first: "2026-10-09", days: 1 },
  { path: "2026-10-05/2026-10-09.json", first: "2026-10-05", days: 5 },
];

for (const { path, first, days } of series) {
  Deno.test(`the daily series ${path} has ${days} days from ${first}`, async () => {
    const { simulator, json } = await get(path);
    assert.deepEqual(Object.keys(Object(json)), ["activities-heart"]);
    const found = list(json, "activities-heart");
    assert.deepEqual([at(found[0], "dateTime"), found.length], [first, days]);
    for (const day of found) {
      const resting = simulator.restingTruthOf(String(at(day, "dateTime")))?.bpm;
      assert.equal(at(day, "value", "restingHeartRate"), resting);
    }
  });
}

for (const version of ["1", "1.1", "1.2"]) {
  Deno.test(`the path may begin with /${version}/ and name the user`, async () => {
    const simulator = createSimulator();
    const token = simulator.issue("fitbit-web").accessToken;
    const path = `/${version}/user/9SIM42/activities/heart/date/2026-10-06/1d/1min.json`;
    assert.equal((await ask(simulator, path, { token })).status, 200);
  });
}

const recorded = new URL("../../../../shared/data/fitbit-web-api/", import.meta.url);

function readRecorded(name: string): Json | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(new URL(name, recorded)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Names and types of all members; of lists, those of the first element. */
function shapeOf(json: Json | undefined): unknown {
  if (Array.isArray(json)) return json.length === 0 ? [] : [shapeOf(json[0])];
  if (typeof json !== "object" || json === null) return typeof json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]): [string, unknown] => [name, shapeOf(value)]).sort(),
  );
}

const recordings = [
  {
    file: "heart-intraday-1min-time-bounded-2017-07-31.json",
    path: "2026-10-06/1d/1min/time/00:00/23:59.json",
  },
  { file: "heart-intraday-1min-1d-partial-day-2021-10-31.json", path: "2026-10-06/1d/1min.json" },
  { file: "heart-daily-time-series-2017-08.json", path: "2026-10-15/7d.json" },
  { file: "error-400-invalid-resource-path.json", path: "2026-10-06/1d/1min/clock/1/2.json" },
];

for (const { file, path } of recordings) {
  const genuine = readRecorded(file);
  Deno.test({
    name: genuine === undefined
      ? `${file} is not here: nothing to compare with`
      : `the answer has the shape of the recorded ${file}`,
    ignore: genuine === undefined,
    async fn() {
      assert.deepEqual(shapeOf((await get(path)).json), shapeOf(genuine));
    },
  });
}
