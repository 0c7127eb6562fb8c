/** `list` and `reconcile`: shapes, order, pages, sources, what is known when. */

import assert from "node:assert/strict";
import { addDays } from "../../../pipeline/day.ts";
import { standingClock } from "../../../pipeline/sources/simulator/clock.ts";
import { demoNow, demoPerson } from "../../../pipeline/sources/simulator/demo_person.ts";
import { type Json } from "../../../pipeline/sources/simulator/json.ts";
import { createSimulator, type Simulator } from "../../../pipeline/sources/simulator/simulator.ts";
import { ask, at, civilDays, list, pointsPath } from "./ask.ts";

interface Walk {
  readonly points: readonly Json[];
  /** Points on each page. */
  readonly pages: readonly number[];
}

/** All pages of a question. */
async function walk(
  simulator: Simulator,
  type: string,
  parameters: Readonly<Record<string, string>>,
  verb: "list" | "reconcile" = "reconcile",
): Promise<Walk> {
  const token = simulator.issue("google-health").accessToken;
  const points: Json[] = [];
  const pages: number[] = [];
  let pageToken = "";
  do {
    const page = {
      ...parameters,
      prettyPrint: "false",
      ...(pageToken === "" ? {} : { pageToken }),
    };
    const answer = await ask(simulator, pointsPath(type, page, verb), { token });
    assert.equal(answer.status, 200, answer.text);
    const found = list(answer.json, "dataPoints");
    points.push(...found);
    pages.push(found.length);
    pageToken = String(at(answer.json, "nextPageToken") ?? "");
  } while (pageToken !== "");
  return { points, pages };
}

const day = "2026-10-06";
const oneDay = { filter: civilDays(day, addDays(day, 1)), pageSize: "10000" };

/** Instant, offset and beats of a point, oldest first. */
function samplesOf(points: readonly Json[]) {
  return points.map((point) => [
    Date.parse(String(at(point, "heartRate", "sampleTime", "physicalTime"))),
    Number(String(at(point, "heartRate", "sampleTime", "utcOffset")).replace("s", "")),
    Number(at(point, "heartRate", "beatsPerMinute")),
  ]).reverse();
}

function truth(simulator: Simulator, civilDay: string, until?: number) {
  const { time_ms, utc_offset_s, bpm } = simulator.truthOf(civilDay, until);
  return Array.from(time_ms, (time, i) => [time, utc_offset_s[i], bpm[i]]);
}

for (const civilDay of [day, "2026-10-12", "2026-10-18", "2026-10-25"]) {
  Deno.test(`reconcile gives all samples of ${civilDay}, newest first, page by page`, async () => {
    const simulator = createSimulator();
    const filter = civilDays(civilDay, addDays(civilDay, 1));
    const { points, pages } = await walk(simulator, "heart-rate", { filter, pageSize: "10000" });
    assert.deepEqual(samplesOf(points), truth(simulator, civilDay));
    assert.ok(pages.length >= 3);
    // The nominal 10,000 are never reached: the server stops near 5,000.
    assert.ok(pages.slice(0, -1).every((found) => found > 4900 && found <= 5000), String(pages));
  });
}

Deno.test("an instant filter cuts at instants, to the second", async () => {
  const simulator = createSimulator();
  const member = "heart_rate.sample_time.physical_time";
  const filter = `${member} >= "2026-10-25T00:30:00Z" AND ${member} < "2026-10-25T02:30:00Z"`;
  const { points } = await walk(simulator, "heart-rate", { filter });
  const expected = truth(simulator, "2026-10-25").filter(([time = 0]) =>
    time >= Date.parse("2026-10-25T00:30:00Z") && time < Date.parse("2026-10-25T02:30:00Z")
  );
  assert.deepEqual(samplesOf(points), expected);
  assert.deepEqual(new Set(expected.map(([, offset]) => offset)), new Set([7200, 3600]));
});

Deno.test("a page has 1440 points when no size is asked, and the size asked when it is", async () => {
  const simulator = createSimulator();
  const filter = oneDay.filter;
  assert.equal((await walk(simulator, "heart-rate", { filter })).pages[0], 1440);
  assert.equal((await walk(simulator, "heart-rate", { filter, pageSize: "0" })).pages[0], 1440);
  assert.equal((await walk(simulator, "heart-rate", { filter, page_size: "200" })).pages[0], 200);
});

Deno.test("a point has int64 as text, a duration as offset, and civil time without zeros", async () => {
  const simulator = createSimulator({ google: { civilTime: "always" } });
  const { points } = await walk(simulator, "heart-rate", oneDay);
  const sampleTime = (point: Json | undefined) => at(point, "heartRate", "sampleTime");
  const sample = points.find((point) =>
    at(sampleTime(point), "civilTime", "time", "seconds") === undefined &&
    at(sampleTime(point), "civilTime", "time", "minutes") !== undefined
  );
  const physicalTime = String(at(sampleTime(sample), "physicalTime"));
  const wall = new Date(Date.parse(physicalTime) + 7_200_000);
  assert.deepEqual(sample, {
    heartRate: {
      sampleTime: {
        physicalTime,
        utcOffset: "7200s",
        civilTime: {
          date: { year: 2026, month: 10, day: 6 },
          time: { hours: wall.getUTCHours(), minutes: wall.getUTCMinutes() },
        },
      },
      beatsPerMinute: String(at(sample, "heartRate", "beatsPerMinute")),
      metadata: at(sample, "heartRate", "metadata") ?? null,
    },
  });
  assert.match(physicalTime, /^2026-10-0[56]T\d\d:\d\d:00Z$/);
});

Deno.test("midnight is an empty time", async () => {
  const simulator = createSimulator({ google: { civilTime: "always" } });
  // The demo's first sample is at 22:00:00Z, midnight in Berlin.
  const { points } = await walk(simulator, "heart-rate", {
    filter: civilDays("2026-10-01", "2026-10-02"),
  });
  assert.deepEqual(
    at(points.at(-1), "heartRate", "sampleTime", "civilTime"),
    { date: { year: 2026, month: 10, day: 1 }, time: {} },
  );
});

const civilShares = [
  { civilTime: "always", least: 1, most: 1 },
  { civilTime: "sometimes", least: 0.9, most: 0.99 },
  { civilTime: "never", least: 0, most: 0 },
] as const;

for (const { civilTime, least, most } of civilShares) {
  Deno.test(`civil times are ${civilTime} sent`, async () => {
    const simulator = createSimulator({ google: { civilTime } });
    const { points } = await walk(simulator, "heart-rate", oneDay);
    const having = points.filter((point) =>
      at(point, "heartRate", "sampleTime", "civilTime") !== undefined
    );
    const share = having.length / points.length;
    assert.ok(share >= least && share <= most, String(share));
  });
}

Deno.test("list shows every source's points; reconcile merges them and names none", async () => {
  const simulator = createSimulator();
  const listed = await walk(simulator, "heart-rate", oneDay, "list");
  const platform = (point: Json) => at(point, "dataSource", "platform");
  const watch = listed.points.filter((point) => platform(point) === "FITBIT");
  const strap = listed.points.filter((point) => platform(point) === "HEALTH_CONNECT");
  assert.deepEqual(samplesOf(watch), truth(simulator, day));
  assert.ok(strap.length > 500);
  assert.equal(watch.length + strap.length, listed.points.length);
  const times = new Set(samplesOf(watch).map(([time]) => time));
  assert.ok(samplesOf(strap).every(([time]) => times.has(time)), "they overlap");
  const merged = await walk(simulator, "heart-rate", oneDay);
  assert.ok(merged.points.every((point) => at(point, "dataSource") === undefined));
});

const familyCases = [
  { family: "users/me/dataSourceFamilies/all-sources", sources: ["FITBIT", "HEALTH_CONNECT"] },
  { family: "users/me/dataSourceFamilies/google-sources", sources: ["FITBIT", "HEALTH_CONNECT"] },
  {
    family: `users/${demoPerson.healthUserId}/dataSourceFamilies/google-wearables`,
    sources: ["FITBIT"],
  },
  { family: "users/me/dataSourceFamilies/self-sources", sources: [] },
];

for (const { family, sources } of familyCases) {
  Deno.test(`${family} cuts a list down to ${sources.join(" and ") || "nothing"}`, async () => {
    const simulator = createSimulator();
    const parameters = { ...oneDay, dataSourceFamily: family };
    const { points } = await walk(simulator, "heart-rate", parameters, "list");
    const found = new Set(points.map((point) => at(point, "dataSource", "platform")));
    assert.deepEqual([...found].sort(), sources);
  });
}

Deno.test("an answer without points is an empty object", async () => {
  const simulator = createSimulator();
  const token = simulator.issue("google-health").accessToken;
  const filter = civilDays("2026-10-08", "2026-10-09");
  for (const type of ["heart-rate", "basal-energy-burned"]) {
    const path = pointsPath(type, type === "heart-rate" ? { filter } : {});
    assert.equal((await ask(simulator, path, { token })).text, "{}\n");
  }
});

Deno.test("the whole history is walked newest first, through empty pages", async () => {
  // Nothing for months: a page on which the server finds nothing still carries a token.
  const person = {
    ...demoPerson,
    offline: [{ from: "2026-10-03T00:00:00Z", to: "2027-10-01T00:00:00Z" }],
  };
  const clock = standingClock(Date.parse("2027-09-01T00:00:00Z"));
  const simulator = createSimulator({ person, clock });
  const member = "heart_rate.sample_time.physical_time";
  const filter = `${member} < "2027-09-01T00:00:00Z"`;
  const { points } = await walk(simulator, "heart-rate", { filter, pageSize: "10000" });
  const expected = [
    ...truth(simulator, "2026-10-01"),
    ...truth(simulator, "2026-10-02"),
    ...truth(simulator, "2026-10-03", simulator.syncedTo()),
  ];
  assert.deepEqual(samplesOf(points), expected);

  const long = createSimulator({
    person: { ...demoPerson, memberSince: "2026-01-01", unwornDays: daysOfSummer() },
  });
  const { points: before, pages } = await walk(long, "heart-rate", {
    filter: civilDays("2026-05-31", "2026-10-01"),
    pageSize: "10000",
  });
  assert.deepEqual(samplesOf(before), truth(long, "2026-05-31"));
  assert.deepEqual(pages.slice(0, 3), [0, 0, 0]);
});

function daysOfSummer(): string[] {
  return Array.from({ length: 122 }, (_, i) => addDays("2026-06-01", i));
}

Deno.test("a page token is good only with the same parameters", async () => {
  const simulator = createSimulator();
  const token = simulator.issue("google-health").accessToken;
  const first = await ask(simulator, pointsPath("heart-rate", oneDay), { token });
  const pageToken = String(at(first.json, "nextPageToken"));
  const changes: readonly Readonly<Record<string, string>>[] = [
    { pageSize: "5000" },
    { filter: civilDays(day, addDays(day, 2)) },
    { dataSourceFamily: "users/me/dataSourceFamilies/all-sources" },
    { pageToken: "made-up" },
    { pageToken: pageToken.slice(0, -2) },
  ];
  for (const change of changes) {
    const path = pointsPath("heart-rate", { ...oneDay, pageToken, ...change });
    assert.equal((await ask(simulator, path, { token })).status, 400, JSON.stringify(change));
  }
  const other = await ask(simulator, pointsPath("heart-rate", { ...oneDay, pageToken }, "list"), {
    token,
  });
  assert.equal(other.status, 400);
  // Not one of the parameters of the walk.
  const pretty = { ...oneDay, pageToken, prettyPrint: "false" };
  assert.equal((await ask(simulator, pointsPath("heart-rate", pretty), { token })).status, 200);
});

Deno.test("settled days are answered byte for byte alike, until page tokens change", async () => {
  const clock = standingClock(demoNow);
  const simulator = createSimulator({ clock });
  const token = simulator.issue("google-health").accessToken;
  const path = pointsPath("heart-rate", oneDay);
  const before = await ask(simulator, path, { token });
  clock.advance(1_000_000);
  assert.equal((await ask(simulator, path, { token })).text, before.text);
  simulator.google.pageTokens = "changing";
  const changed = await ask(simulator, path, { token });
  assert.notEqual(changed.text, before.text);
  assert.deepEqual(at(changed.json, "dataPoints"), at(before.json, "dataPoints"));
});

Deno.test("answers are indented unless asked otherwise", async () => {
  const simulator = createSimulator();
  const token = simulator.issue("google-health").accessToken;
  const path = pointsPath("heart-rate", { ...oneDay, pageSize: "3" });
  const pretty = await ask(simulator, path, { token });
  const compact = await ask(simulator, `${path}&prettyPrint=false`, { token });
  assert.equal(pretty.text, JSON.stringify(compact.json, null, 2) + "\n");
  assert.equal(compact.text, JSON.stringify(pretty.json));
});

Deno.test("what the watch has not synced is not there; later it is", async () => {
  // Offline from 14 October 11:20Z to 16 October 21:05Z.
  const clock = standingClock(Date.parse("2026-10-15T12:00:00Z"));
  const simulator = createSimulator({ clock });
  const asked = { filter: civilDays("2026-10-14", "2026-10-15"), pageSize: "10000" };
  const cut = Date.parse("2026-10-14T11:15:00Z");
  assert.equal(simulator.syncedTo(), cut);
  const early = samplesOf((await walk(simulator, "heart-rate", asked)).points);
  assert.deepEqual(early, truth(simulator, "2026-10-14", cut));
  clock.set(Date.parse("2026-10-17T12:00:00Z"));
  const late = samplesOf((await walk(simulator, "heart-rate", asked)).points);
  assert.deepEqual(late, truth(simulator, "2026-10-14"));
  assert.ok(late.length > early.length + 5000);
});

Deno.test("a walk does not see what is synced while it goes on", async () => {
  const clock = standingClock(Date.parse("2026-10-06T12:00:00Z"));
  const simulator = createSimulator({ clock });
  const token = simulator.issue("google-health").accessToken;
  const known = truth(simulator, day, simulator.syncedTo()).length;
  const first = await ask(simulator, pointsPath("heart-rate", oneDay), { token });
  clock.advance(1_800_000);
  const pageToken = String(at(first.json, "nextPageToken"));
  const second = await ask(simulator, pointsPath("heart-rate", { ...oneDay, pageToken }), {
    token,
  });
  const seen = list(first.json, "dataPoints").length + list(second.json, "dataPoints").length;
  assert.equal(seen, known);
});

Deno.test("daily resting heart rate: one point a worn day, newest first", async () => {
  const simulator = createSimulator();
  const member = "daily_resting_heart_rate.date";
  const filter = `${member} >= "2026-10-07" AND ${member} < "2026-10-10"`;
  const { points } = await walk(simulator, "daily-resting-heart-rate", { filter });
  assert.deepEqual(
    points,
    [9, 7].map((date) => ({
      dailyRestingHeartRate: {
        date: { year: 2026, month: 10, day: date },
        beatsPerMinute: String(simulator.restingTruthOf(`2026-10-0${date}`)?.bpm),
        dailyRestingHeartRateMetadata: { calculationMethod: "WITH_SLEEP" },
      },
    })),
  );
});

Deno.test("daily resting heart rate is published once the day is over and synced", async () => {
  const clock = standingClock(Date.parse("2026-10-06T23:59:00Z"));
  const simulator = createSimulator({ clock });
  const member = "daily_resting_heart_rate.date";
  const filter = `${member} >= "2026-10-06" AND ${member} < "2026-10-07"`;
  const count = async () =>
    (await walk(simulator, "daily-resting-heart-rate", { filter })).points.length;
  assert.equal(await count(), 0);
  clock.set(Date.parse("2026-10-07T00:15:00Z"));
  assert.equal(await count(), 1);
});
