/** What the client asks for activity, and what it makes of the answers before they are kept. */

import assert from "node:assert/strict";
import { fitbitWebSource } from "../../../pipeline/sources/fitbit_web/client.ts";
import { fitbitWebLive } from "../../../pipeline/sources/fitbit_web/streams.ts";
import type { Account, LiveStream, Window } from "../../../pipeline/sources/source.ts";
import { givenToken } from "../../../pipeline/sources/tokens.ts";
import { LeapingClock } from "../../support/leaping_clock.ts";
import { failureOf, type Scripted, ScriptedFetch } from "../../support/scripted_fetch.ts";

const account: Account = {
  userId: "ABC123",
  timeZone: "Europe/Berlin",
  memberSince: "2015-03-09",
  lastSync: undefined,
  scopes: undefined,
};

function sourceOf(answer: (url: URL) => Scripted) {
  const script = new ScriptedFetch(answer);
  const source = fitbitWebSource({
    baseUrl: "https://api.fitbit.com",
    token: givenToken("CANARYtoken", "EVERYSECOND_FITBIT_WEB_TOKEN"),
    fetch: script.fetch,
    clock: new LeapingClock("2026-10-30T12:40:00Z"),
    signal: new AbortController().signal,
    random: () => 0,
  });
  return { source, script };
}

function live(name: string): LiveStream {
  const stream = fitbitWebLive.find((stream) => stream.name === name);
  assert.ok(stream, name);
  return stream;
}

const day: Window = { first: "2026-10-24", last: "2026-10-24" };
const year: Window = { first: "2026-01-01", last: "2026-10-30" };
const user = "GET /1/user/-/activities";

const points = (value: number) => ({ dataset: [{ time: "08:00:00", value }] });
const daily = [{ dateTime: "2026-10-24", value: "0" }];
const zoneMinutes = "activities-active-zone-minutes";

/** Of each answer what was asked, and whether there is nothing in it. */
const answers: readonly (readonly [string, Window, object, string, boolean])[] = [
  [
    "activities/steps/1min",
    day,
    { "activities-steps": daily, "activities-steps-intraday": points(3) },
    `${user}/steps/date/2026-10-24/1d/1min.json`,
    false,
  ],
  [
    "activities/floors/1min",
    day,
    { "activities-floors": [], "activities-floors-intraday": points(0) },
    `${user}/floors/date/2026-10-24/1d/1min.json`,
    true,
  ],
  [
    "activities/active-zone-minutes/1min",
    day,
    { [`${zoneMinutes}-intraday`]: [{ dateTime: "2026-10-24", minutes: [] }] },
    `${user}/active-zone-minutes/date/2026-10-24/1d/1min.json`,
    true,
  ],
  [
    "activities/active-zone-minutes/1min",
    day,
    { [`${zoneMinutes}-intraday`]: [{ dateTime: "2026-10-24", minutes: [{}] }] },
    `${user}/active-zone-minutes/date/2026-10-24/1d/1min.json`,
    false,
  ],
  [
    "activities/steps",
    year,
    { "activities-steps": daily },
    `${user}/steps/date/2026-01-01/2026-10-30.json`,
    false,
  ],
  [
    "activities/active-zone-minutes",
    year,
    { [zoneMinutes]: [] },
    `${user}/active-zone-minutes/date/2026-01-01/2026-10-30.json`,
    true,
  ],
  [
    "activities/date",
    day,
    { activities: [], summary: { steps: 0 } },
    `${user}/date/2026-10-24.json`,
    true,
  ],
  ["activities/date", day, { summary: { steps: 7 } }, `${user}/date/2026-10-24.json`, false],
  [
    "activities/list",
    year,
    { pagination: { next: "" } },
    `${user}/list.json?afterDate=2026-01-01&sort=asc&offset=0&limit=100`,
    true,
  ],
];

for (const [name, window, body, asked, empty] of answers) {
  const what = JSON.stringify(body).slice(0, 60);
  Deno.test(`${name} is asked for, and ${what} is ${empty ? "nothing" : "something"}`, async () => {
    const { source, script } = sourceOf(() => body);
    const answer = await source.ask(live(name), window, account);
    assert.deepEqual(script.seen, [asked]);
    assert.equal(answer.empty, empty);
  });
}

Deno.test("a list is followed by the addresses it gives, and left when it has passed the days", async () => {
  const entry = (startTime: string) => ({ startTime: `${startTime}T10:00:00.000+02:00` });
  const next = (offset: number) =>
    `https://elsewhere.example/1/user/-/activities/list.json?offset=${offset}&limit=2&cursor=a%2Bb`;
  const pages: Readonly<Record<string, object>> = {
    "0": { activities: [entry("2026-01-05")], pagination: { next: next(2) } },
    "2": { activities: [entry("2026-09-30")], pagination: { next: next(4) } },
    "4": { activities: [entry("2026-11-01")], pagination: { next: next(6) } },
  };
  const cursors: (string | null)[] = [];
  const { source, script } = sourceOf((url) => {
    cursors.push(url.searchParams.get("cursor"));
    return pages[url.searchParams.get("offset") ?? ""] ?? {};
  });
  const answer = await source.ask(live("activities/list"), year, account);
  assert.deepEqual(script.seen, [
    `${user}/list.json?afterDate=2026-01-01&sort=asc&offset=0&limit=100`,
    `${user}/list.json?offset=2&limit=2&cursor=a+b`,
    `${user}/list.json?offset=4&limit=2&cursor=a+b`,
  ]);
  assert.deepEqual(cursors, [null, "a+b", "a+b"]);
  assert.equal(answer.bodies.length, 3);
});

Deno.test("a list that leads to itself fails, and does not go on for ever", async () => {
  const next = "https://api.fitbit.com/1/user/-/activities/list.json?offset=2";
  const { source, script } = sourceOf(() => ({ activities: [], pagination: { next } }));
  const error = await failureOf(source.ask(live("activities/list"), year, account));
  assert.match(error.message, /leads to itself/);
  assert.equal(script.seen.length, 3);
});

Deno.test("days before somebody had an account are not asked for", async () => {
  const { source, script } = sourceOf(() => ({ "activities-steps": [] }));
  const window = { first: "2015-01-01", last: "2015-12-31" };
  await source.ask(live("activities/steps"), window, account);
  assert.deepEqual(script.seen, [`${user}/steps/date/2015-03-09/2015-12-31.json`]);
});

for (
  const [name, window, body, error, message] of [
    [
      "activities/steps/1min",
      day,
      { "activities-steps": daily },
      "StreamRefused",
      /type Personal/,
    ],
    ["activities/active-zone-minutes/1min", day, {}, "StreamRefused", /type Personal/],
    [
      "activities/active-zone-minutes/1min",
      day,
      { [`${zoneMinutes}-intraday`]: [{ dateTime: "2026-10-23", minutes: [] }] },
      "UserError",
      /is of 2026-10-23/,
    ],
    [
      "activities/steps",
      { first: "2026-10-25", last: "2026-10-30" },
      { "activities-steps": daily },
      "UserError",
      /^Asked for 2026-10-25 to 2026-10-30, but .* is of 2026-10-24/,
    ],
    ["activities/date", day, { activities: [] }, "UserError", /^Cannot read the answer .*summary/],
    ["activities/list", year, { activities: [] }, "UserError", /pagination/],
  ] as const
) {
  Deno.test(`${name} refuses ${JSON.stringify(body).slice(0, 60)}`, async () => {
    const { source } = sourceOf(() => body);
    const found = await failureOf(source.ask(live(name), window, account));
    assert.equal(found.name, error);
    assert.match(found.message, message);
  });
}
