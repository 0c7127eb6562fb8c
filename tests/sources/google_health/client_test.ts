import assert from "node:assert/strict";
import { googleHealthSource } from "../../../pipeline/sources/google_health/client.ts";
import { googleHealthLive } from "../../../pipeline/sources/google_health/streams.ts";
import type { Account, LiveStream } from "../../../pipeline/sources/source.ts";
import { givenToken, type TokenSource } from "../../../pipeline/sources/tokens.ts";
import { LeapingClock } from "../../support/leaping_clock.ts";
import { googleError, sample, sourceOf } from "../../support/google_health.ts";
import { failureOf, ScriptedFetch } from "../../support/scripted_fetch.ts";

const day = { first: "2026-10-25", last: "2026-10-25" };
const month = { first: "2026-10-01", last: "2026-10-31" };

const account: Account = {
  userId: "1234567890",
  timeZone: "Europe/Berlin",
  memberSince: undefined,
  lastSync: undefined,
  scopes: undefined,
};

function streamNamed(name: string): LiveStream {
  const stream = googleHealthLive.find((stream) => stream.name === name);
  assert.ok(stream);
  return stream;
}

/** A sample within the day. */
const inDay = sample("2026-10-25T10:00:00Z", "3600s");

const heartRate = streamNamed("heart-rate");
const resting = streamNamed("daily-resting-heart-rate");

Deno.test("ask() walks every page, also past empty ones, and keeps each byte for byte", async () => {
  const pages: Record<string, string> = {
    "": '{ "nextPageToken":"a" }',
    a: JSON.stringify({ dataPoints: [inDay], nextPageToken: "b" }),
    b: '{"dataPoints":[],"nextPageToken":"c"}',
    c: JSON.stringify({ dataPoints: [inDay, inDay], nextPageToken: "" }),
  };
  const { source, script } = sourceOf((url) =>
    new Response(pages[url.searchParams.get("pageToken") ?? ""])
  );
  const answer = await source.ask(heartRate, day, account);
  assert.deepEqual(answer.bodies.map((body) => new TextDecoder().decode(body)), [
    ...Object.values(pages),
  ]);
  assert.deepEqual(answer.pageTokens, ["a", "b", "c", undefined]);
  assert.equal(answer.empty, false);
  assert.deepEqual(answer.clock, { kind: "explicit" });
  const first = "GET /v4/users/me/dataTypes/heart-rate/dataPoints:reconcile?" +
    'filter=heart_rate.sample_time.civil_time >= "2026-10-25" AND ' +
    'heart_rate.sample_time.civil_time < "2026-10-26"&pageSize=10000&prettyPrint=false';
  assert.deepEqual(script.seen, [first, ...["a", "b", "c"].map((t) => `${first}&pageToken=${t}`)]);
  const shown = answer.origin.map((line) => decodeURIComponent(line.replaceAll("+", " ")));
  assert.deepEqual(shown, [first, ...Array<string>(3).fill(`${first}&pageToken=*`)]);
});

Deno.test("ask() filters daily types by date and knows an empty window", async () => {
  for (const body of ["{}", '{"dataPoints":[]}']) {
    const { source, script } = sourceOf(() => new Response(body));
    const answer = await source.ask(resting, month, account);
    assert.equal(answer.empty, true);
    assert.deepEqual(script.seen, [
      "GET /v4/users/me/dataTypes/daily-resting-heart-rate/dataPoints:reconcile?" +
      'filter=daily_resting_heart_rate.date >= "2026-10-01" AND ' +
      'daily_resting_heart_rate.date < "2026-11-01"&pageSize=10000&prettyPrint=false',
    ]);
  }
});

Deno.test("ask() refuses a page token that comes again", async () => {
  const { source, script } = sourceOf((url) => ({
    dataPoints: [inDay],
    nextPageToken: url.searchParams.get("pageToken") === "a" ? "b" : "a",
  }));
  const error = await failureOf(source.ask(heartRate, day, account));
  assert.match(error.message, /page 3 repeats the token of an earlier one/);
  assert.equal(script.seen.length, 3);
});

Deno.test("ask() ends where empty pages name ever new ones", async () => {
  let page = 0;
  const { source, script } = sourceOf(() => ({
    dataPoints: ++page === 3 ? [inDay] : [],
    nextPageToken: `page ${page}`,
  }));
  const error = await failureOf(source.ask(heartRate, day, account));
  assert.match(error.message, /Cannot get all pages of .*: the last 200 were empty/);
  assert.equal(script.seen.length, 203);
});

Deno.test("ask() refuses an answer of another day, at either end of a page", async () => {
  const others: [object, string][] = [
    [sample("2026-10-24T21:59:59.999Z", "7200s"), "2026-10-24"],
    [sample("2026-10-25T23:00:00Z", "3600s"), "2026-10-26"],
    [sample("2026-10-25T23:00:00.123456789Z", "+01:00"), "2026-10-26"],
    [sample("2026-10-25T06:59:59Z", "-07:00"), "2026-10-24"],
    [
      sample("2026-10-25T10:00:00Z", undefined, {
        civilTime: { date: { year: 2026, month: 10, day: 26 }, time: {} },
      }),
      "2026-10-26",
    ],
  ];
  for (const [other, found] of others) {
    for (const dataPoints of [[other, inDay], [inDay, other]]) {
      const { source } = sourceOf(() => ({ dataPoints }));
      const error = await failureOf(source.ask(heartRate, day, account));
      assert.match(error.message, new RegExp(`^Asked for 2026-10-25, but .* of ${found}$`));
      assert.equal(error.name, "UserError");
    }
  }
  const november = { dailyRestingHeartRate: { date: { year: 2026, month: 11, day: 1 } } };
  const { source } = sourceOf(() => ({ dataPoints: [november] }));
  const error = await failureOf(source.ask(resting, month, account));
  assert.match(error.message, /^Asked for 2026-10-01 to 2026-10-31, but .* of 2026-11-01$/);
});

Deno.test("ask() refuses a roll-up of another day by the account's wall clock", async () => {
  const calories = streamNamed("total-calories");
  const at = (startTime: string) => ({ startTime, totalCalories: { kcalSum: 1.2 } });
  // The clocks go back on that day: it has 25 hours.
  const [first, last] = [at("2026-10-24T22:00:00Z"), at("2026-10-25T22:59:00Z")];
  const within = sourceOf(() => ({ rollupDataPoints: [last, first] }));
  assert.equal((await within.source.ask(calories, day, account)).empty, false);
  const others: [object, string][] = [
    [at("2026-10-24T21:59:00Z"), "2026-10-24"],
    [at("2026-10-25T23:00:00Z"), "2026-10-26"],
  ];
  for (const [other, found] of others) {
    for (const rollupDataPoints of [[other, first], [last, other]]) {
      const { source } = sourceOf(() => ({ rollupDataPoints }));
      const error = await failureOf(source.ask(calories, day, account));
      assert.match(error.message, new RegExp(`^Asked for 2026-10-25, but .* of ${found}$`));
    }
  }
});

Deno.test("ask() takes both ends of the day in their own offsets, and undated points as they are", async () => {
  const dataPoints = [
    sample("2026-10-24T22:00:00Z", "7200s"),
    sample("2026-10-25T22:59:59.999Z", "3600s"),
  ];
  const points = [dataPoints, dataPoints.toReversed(), [sample("then", "3600s")], [{}], [7]];
  for (const each of points) {
    const { source } = sourceOf(() => ({ dataPoints: each }));
    assert.equal((await source.ask(heartRate, day, account)).empty, false);
  }
});

Deno.test("ask() halves the page when the gateway gives up, and begins that window again", async () => {
  const { source, script } = sourceOf((url) => {
    const token = url.searchParams.get("pageToken");
    if (Number(url.searchParams.get("pageSize")) > 2500) {
      return token === null
        ? { dataPoints: [inDay], nextPageToken: "large" }
        : new Response("<html>", { status: 504 });
    }
    assert.notEqual(token, "large");
    return token === null
      ? { dataPoints: [inDay], nextPageToken: "small" }
      : { dataPoints: [inDay] };
  });
  const answer = await source.ask(heartRate, day, account);
  assert.equal(answer.bodies.length, 2);
  assert.ok(answer.origin.every((line) => line.includes("pageSize=2500")));
  assert.deepEqual(
    script.seen.map((line) => /pageSize=\d+/.exec(line)?.[0]),
    [10_000, 10_000, 5000, 5000, 2500, 2500].map((size) => `pageSize=${size}`),
  );

  const never = sourceOf(() => new Response("", { status: 504 }));
  assert.match((await failureOf(never.source.ask(heartRate, day, account))).message, /504/);
  assert.equal(never.script.seen.length, 5);
});

Deno.test("ask() says what an error answer means, and never quotes values", async () => {
  const cases: [Response, string, RegExp][] = [
    [googleError(400, "FAILED_PRECONDITION", "ACCOUNT_NOT_LINKED"), "LoginNeeded", /not linked/],
    [
      googleError(400, "INVALID_ARGUMENT", "INVALID_PARENT_DATA_TYPE_COLLECTION"),
      "StreamRefused",
      /does not serve/,
    ],
    [
      googleError(
        400,
        "INVALID_ARGUMENT",
        undefined,
        "List is not supported for data type floors.",
      ),
      "StreamRefused",
      /does not serve/,
    ],
    [
      googleError(403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
      "StreamRefused",
      /scope/,
    ],
    [googleError(403, "PERMISSION_DENIED", "MISSING_OAUTH_SCOPE"), "StreamRefused", /scope/],
    [googleError(403, "PERMISSION_DENIED", "SERVICE_DISABLED"), "UserError", /not enabled/],
    [
      googleError(403, "PERMISSION_DENIED", "RESOURCE_PERMISSION_DENIED"),
      "LoginNeeded",
      /does not let/,
    ],
    [googleError(403, "PERMISSION_DENIED", "USER_PROJECT_DENIED"), "LoginNeeded", /does not let/],
    [
      googleError(403, "PERMISSION_DENIED", undefined, "Failed GaiaMint/UberMint"),
      "LoginNeeded",
      /legacy Fitbit account/,
    ],
    [googleError(401, "UNAUTHENTICATED"), "LoginNeeded", /not accepted/],
    [
      googleError(400, "INVALID_ARGUMENT", "INVALID_DATA_POINT_FILTER"),
      "UserError",
      /answered 400 INVALID_ARGUMENT, INVALID_DATA_POINT_FILTER$/,
    ],
    [googleError(404, "NOT_FOUND"), "UserError", /answered 404 NOT_FOUND$/],
    [new Response("", { status: 410 }), "SourceGone", /ended/],
    [Response.json({ error: { code: 500 } }), "UserError", /expected data, got an error/],
    [Response.json([]), "UserError", /^Cannot read the answer to GET/],
    [Response.json({ dataPoints: {} }), "UserError", /dataPoints: /],
    [Response.json({ nextPageToken: 7 }), "UserError", /nextPageToken: /],
  ];
  for (const [response, name, message] of cases) {
    const { source, clock } = sourceOf(() => response.clone());
    const error = await failureOf(source.ask(heartRate, day, account));
    assert.equal(error.name, name, error.message);
    assert.match(error.message, message);
    assert.ok(!Deno.inspect(error).includes("CANARY"), Deno.inspect(error));
    assert.deepEqual(clock.waits, []);
  }
});

Deno.test("ask() refreshes the token once and then asks for a login", async () => {
  const rejected: string[] = [];
  const token: TokenSource = {
    scopes: new Set(["s"]),
    userId: undefined,
    access: () => Promise.resolve("old"),
    refresh(access) {
      rejected.push(access);
      return Promise.resolve("new");
    },
  };
  const script = new ScriptedFetch((_url, request) =>
    request.headers.get("authorization") === "Bearer new"
      ? { dataPoints: [inDay] }
      : googleError(401, "UNAUTHENTICATED")
  );
  const options = {
    baseUrl: "http://127.0.0.1:1",
    token,
    fetch: script.fetch,
    clock: new LeapingClock("2026-11-07T12:00:00Z"),
    signal: new AbortController().signal,
  };
  await googleHealthSource(options).ask(heartRate, day, account);
  assert.deepEqual(rejected, ["old"]);
  assert.deepEqual(script.tokens, ["Bearer old", "Bearer new"]);

  const never = new ScriptedFetch(() => googleError(401, "UNAUTHENTICATED"));
  const source = googleHealthSource({ ...options, fetch: never.fetch });
  assert.equal((await failureOf(source.ask(heartRate, day, account))).name, "LoginNeeded");
  assert.equal(never.seen.length, 2);
});

Deno.test("ask() keeps to the request rate and waits out refusals", async () => {
  let page = 0;
  const { source, clock, script } = sourceOf(() => {
    page++;
    if (page === 20) return googleError(429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED");
    return { dataPoints: [inDay], ...(page < 30 ? { nextPageToken: `${page}` } : {}) };
  });
  await source.ask(heartRate, day, account);
  assert.equal(script.seen.length, 30);
  // Six at once, then 2.4 a second, and one second for the refusal.
  assert.deepEqual(clock.waits.slice(0, 14), Array<number>(14).fill(417));
  assert.equal(clock.waits[14], 1000);
});

Deno.test("googleHealthSource() sends no token in the clear", () => {
  const options = {
    token: givenToken("CANARY", "X"),
    fetch,
    clock: new LeapingClock("2026-11-07T12:00:00Z"),
    signal: new AbortController().signal,
  };
  for (const baseUrl of ["http://health.googleapis.com", "ftp://127.0.0.1", "health", ""]) {
    assert.throws(() => googleHealthSource({ ...options, baseUrl }), { name: "UsageError" });
  }
  for (const baseUrl of ["http://localhost:1", "http://[::1]:1/api/", "https://a.example"]) {
    assert.equal(googleHealthSource({ ...options, baseUrl }).name, "google-health");
  }
  const baseUrl = "https://a.example";
  const wrongZone = { ...options, baseUrl, timeZone: "Berlin" };
  assert.throws(() => googleHealthSource(wrongZone), { name: "UsageError" });
});
