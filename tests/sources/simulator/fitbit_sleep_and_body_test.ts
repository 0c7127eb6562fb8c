/** Sleep, vitals, body, clinical lists and devices: the client makes of what is served what was measured. */

import assert from "node:assert/strict";
import { z } from "zod";
import { tableNamed } from "../../../pipeline/catalog.ts";
import { daysBetween } from "../../../pipeline/day.ts";
import { jsonArray } from "../../../pipeline/fetch/bodies.ts";
import { windowsOf } from "../../../pipeline/fetch/plan.ts";
import type { Manifest } from "../../../pipeline/raw/manifest.ts";
import { fitbitWebSource } from "../../../pipeline/sources/fitbit_web/client.ts";
import {
  sleepAndBodyLive,
  sleepAndBodyStreams,
} from "../../../pipeline/sources/fitbit_web/sleep_and_body_streams.ts";
import { demoPerson } from "../../../pipeline/sources/simulator/demo_person.ts";
import { sleepAndBodyTruth } from "../../../pipeline/sources/simulator/fitbit/sleep_and_body_truth.ts";
import { createSimulator } from "../../../pipeline/sources/simulator/simulator.ts";
import type { Flattened, Stream, Window } from "../../../pipeline/sources/source.ts";
import { givenToken } from "../../../pipeline/sources/tokens.ts";
import { arrange } from "../../../pipeline/transform/arrange.ts";
import { LeapingClock } from "../../support/leaping_clock.ts";
import { type PlainRow, plainRows } from "../../support/rows.ts";
import { ask } from "./ask.ts";

/** Somebody who stays at home: on a journey the service's local times are not to be placed. */
const atHome = {
  ...demoPerson,
  zones: [{ from: null, timeZone: "Europe/Berlin" }],
} as const;

/** The month in which the clocks of Berlin go back, long past; the person is a member since its first day. */
const month: Window = { first: "2026-10-02", last: "2026-10-31" };

function clientAt(now: string) {
  const clock = new LeapingClock(now);
  const simulator = createSimulator({ clock, person: atHome });
  const source = fitbitWebSource({
    baseUrl: "http://127.0.0.1:1",
    token: givenToken(simulator.issue("fitbit-web").accessToken, "TOKEN"),
    fetch: (input, init) => simulator.handle(new Request(input, init)),
    clock,
    signal: new AbortController().signal,
    random: () => 0,
  });
  return { simulator, source };
}

type Client = ReturnType<typeof clientAt>;

/** What a stream makes of the answers about all windows of some days. */
async function flattenedOf(
  { source }: Client,
  stream: Stream,
  { first, last }: Window,
): Promise<Flattened[]> {
  const live = source.streams.find(({ name }) => name === stream.name);
  assert.ok(live !== undefined, stream.name);
  const account = await source.account();
  const found: Flattened[] = [];
  for (const window of windowsOf(live, first, last)) {
    const answer = await source.ask(live, window, account);
    assert.ok(answer.bodies.length <= live.cost.requests, `${stream.name}: pages`);
    const manifest: Manifest = {
      ...{ format: 1, participant: "me", source: "fitbit-web", stream: stream.name },
      ...{ first_day: window.first, last_day: window.last, sha256: "", bytes: 0, origin: [] },
      ...{ received_at: "", asked_at: "", synced_to: null, empty: false, account: "0" },
      clock: answer.clock,
    };
    found.push(stream.flatten(jsonArray(answer.bodies), manifest));
  }
  return found;
}

function truthOf({ simulator }: Client, table: string, { first, last }: Window): PlainRow[] {
  const names = tableNamed(table).columns.map(({ name }) => name)
    .filter((name) => name !== "source");
  return daysBetween(first, last)
    .flatMap((day) => simulator.truthRows("fitbit-web", table, day))
    .map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null])));
}

const live = sleepAndBodyStreams.filter(({ name }) =>
  sleepAndBodyLive.some((asked) => asked.name === name)
);

for (const stream of live) {
  const isOfPresent = sleepAndBodyLive.some(({ name, window }) =>
    name === stream.name && window === "today"
  );
  const span = isOfPresent ? { first: "2026-11-20", last: "2026-11-20" } : month;
  // Streams of one series hold a table's rows together.
  const together = live.filter(({ name, table, series }) =>
    name === stream.name ? table === stream.table : series !== undefined && series === stream.series
  );
  Deno.test(`a month of ${stream.name} becomes the truth of ${stream.table}`, async () => {
    const client = clientAt("2026-11-20T12:00:00Z");
    const flattened = (await Promise.all(together.map((each) => flattenedOf(client, each, span))))
      .flat();
    for (const { unknown } of flattened) assert.deepEqual(unknown, new Map());
    const table = tableNamed(stream.table);
    const arranged = arrange(table, flattened, span);
    assert.equal(arranged.conflicts, 0);
    const truth = truthOf(client, stream.table, span);
    assert.ok(truth.length > 0, "the month has some");
    assert.deepEqual(plainRows(table, arranged.columns), truth);
  });
}

Deno.test("every table of the truth is asked for", () => {
  assert.deepEqual(
    Object.keys(sleepAndBodyTruth).sort(),
    [...new Set(live.map(({ table }) => table))].sort(),
  );
});

const level = z.object({ dateTime: z.string(), level: z.string(), seconds: z.number() });
const logSchema = z.object({
  duration: z.number(),
  minutesAsleep: z.number(),
  minutesAwake: z.number(),
  startTime: z.string(),
  endTime: z.string(),
  timeInBed: z.number(),
  type: z.enum(["stages", "classic"]),
  levels: z.object({
    data: z.array(level),
    shortData: z.array(level).optional(),
    summary: z.record(z.string(), z.object({ count: z.number(), minutes: z.number() })),
  }),
});

async function get({ simulator }: Client, path: string) {
  const token = simulator.issue("fitbit-web").accessToken;
  return await ask(simulator, path, { token });
}

Deno.test("sleep logs keep the invariants of recorded ones", async () => {
  const client = clientAt("2026-11-20T12:00:00Z");
  const { json } = await get(client, "/1.2/user/-/sleep/date/2026-10-01/2026-11-15.json");
  const { sleep } = z.object({ sleep: z.array(logSchema) }).parse(json);
  assert.deepEqual(new Set(sleep.map(({ type }) => type)), new Set(["stages", "classic"]));
  for (const log of sleep) {
    const { data, shortData, summary } = log.levels;
    const at = (text: string) => Date.parse(`${text}Z`);
    let end = at(log.startTime);
    for (const { dateTime, seconds } of data) {
      assert.equal(at(dateTime), end);
      end += seconds * 1000;
    }
    assert.equal(end, at(log.startTime) + log.duration);
    const lost = at(log.endTime) - end;
    assert.ok(log.type === "stages" ? lost === 0 : lost === 0 || lost === 30_000);
    assert.equal(log.timeInBed, Math.floor(log.duration / 60_000));
    assert.equal(log.minutesAsleep + log.minutesAwake, log.timeInBed);
    assert.equal(shortData === undefined, log.type === "classic");
    const minutes = Object.values(summary).reduce((sum, { minutes }) => sum + minutes, 0);
    assert.equal(minutes, log.timeInBed);
    if (log.type === "classic") {
      assert.equal(summary["asleep"]?.count, 0);
      continue;
    }
    const line: string[] = [];
    for (const { dateTime, level, seconds } of [...data, ...shortData ?? []]) {
      const first = (at(dateTime) - at(log.startTime)) / 30_000;
      for (let i = first; i < first + seconds / 30; i++) line[i] = level;
    }
    for (const [name, { count, minutes }] of Object.entries(summary)) {
      const measured = line.filter((level) => level === name).length / 2;
      assert.ok(Math.abs(measured - minutes) <= 0.5, `${name}: ${measured} is not ${minutes}`);
      assert.equal(line.filter((level, i) => level === name && line[i - 1] !== name).length, count);
    }
  }
});

Deno.test("sleep that has just ended is pending, which is no answer", async () => {
  const probe = clientAt("2026-11-20T12:00:00Z");
  const [night] = truthOf(probe, "sleep", { first: "2026-11-05", last: "2026-11-05" });
  const woken = Date.parse(String(night?.["end_time"]));
  // Watches sync every quarter of an hour.
  const now = Array.from({ length: 20 }, (_, i) => new Date(woken + i * 60_000).toISOString())
    .find((now) => {
      const synced = clientAt(now).simulator.syncedTo();
      return synced >= woken && synced < woken + 20 * 60_000;
    });
  assert.ok(now !== undefined);
  const client = clientAt(now);
  const { json } = await get(client, "/1.2/user/-/sleep/date/2026-11-05.json");
  assert.deepEqual(json, { meta: { retryDuration: 3000, state: "pending" } });
  const stream = sleepAndBodyLive.find(({ name }) => name === "sleep");
  assert.ok(stream !== undefined);
  await assert.rejects(
    flattenedOf(client, stream, { first: "2026-11-05", last: "2026-11-05" }),
    /still working/,
  );
});

const shapes: readonly (readonly [path: string, status: number, start: RegExp])[] = [
  ["/1/user/-/spo2/date/2026-10-05/all.json", 200, /^\{"minutes":\[/],
  ["/1/user/-/spo2/date/2026-10-05/2026-10-06/all.json", 200, /^\[\{"minutes":\[/],
  ["/1/user/-/spo2/date/2027-10-05.json", 200, /^\{\}$/],
  ["/1/user/-/spo2/date/2027-10-05/2027-10-06.json", 200, /^\[\]$/],
  ["/1/user/-/hrv/date/2027-10-05.json", 200, /^\{"hrv":\[\]\}$/],
  [
    "/1/user/-/br/date/2026-10-01/2026-10-30/all.json",
    200,
    /"remSleepSummary":\{"breathingRate":-1\}/,
  ],
  ["/1/user/-/hrv/date/2026-10-01/2026-10-31.json", 400, /"validation"/],
  ["/1.2/user/-/sleep/date/2026-01-01/2026-10-31.json", 400, /"validation"/],
  ["/1/user/-/temp/skin/date/2026-10-05/all.json", 400, /"validation"/],
  ["/1.2/user/-/sleep/date/2027-10-05.json", 200, /"totalSleepRecords":0/],
  ["/1/user/-/body/log/weight/date/2026-10-31/30d.json", 200, /^\{"weight":\[\{"bmi":/],
];

for (const [path, status, start] of shapes) {
  Deno.test(`${path} answers ${status} as ${start.source}`, async () => {
    const reply = await get(clientAt("2026-11-20T12:00:00Z"), path);
    assert.equal(reply.status, status);
    assert.match(reply.text, start);
  });
}
