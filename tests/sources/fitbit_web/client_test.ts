import assert from "node:assert/strict";
import { inWords, LoginNeeded, UsageError } from "../../../pipeline/errors.ts";
import { fitbitWebSource } from "../../../pipeline/sources/fitbit_web/client.ts";
import { fitbitWebLive } from "../../../pipeline/sources/fitbit_web/streams.ts";
import type { Account, LiveStream } from "../../../pipeline/sources/source.ts";
import { givenToken, type TokenSource } from "../../../pipeline/sources/tokens.ts";
import { LeapingClock } from "../../support/leaping_clock.ts";
import { failureOf, type Scripted, ScriptedFetch } from "../../support/scripted_fetch.ts";

const account: Account = {
  userId: "ABC123",
  timeZone: "Europe/Berlin",
  memberSince: undefined,
  lastSync: undefined,
  scopes: undefined,
};

const given = givenToken("CANARYtoken", "EVERYSECOND_FITBIT_WEB_TOKEN");

function sourceOf(
  answer: (url: URL) => Scripted,
  options: { timeZone?: string; token?: TokenSource; onWait?: () => void } = {},
) {
  const script = new ScriptedFetch(answer);
  const clock = new LeapingClock("2026-10-30T12:40:00Z");
  const source = fitbitWebSource({
    baseUrl: "https://api.fitbit.com",
    token: given,
    fetch: script.fetch,
    clock,
    signal: new AbortController().signal,
    random: () => 0,
    ...options,
  });
  return { source, script, clock };
}

function streamNamed(name: string): LiveStream {
  const stream = fitbitWebLive.find((stream) => stream.name === name);
  assert.ok(stream);
  return stream;
}

const heart = streamNamed("activities/heart/1sec");
const heartUtc = streamNamed("activities/heart/1sec-utc");

const window = (day: string) => ({ first: day, last: day });

/** An unbounded heart answer of a day. */
function heartOf(dateTime: string, dataset: object[] = [{ time: "00:00:05", value: 61 }]) {
  return {
    "activities-heart": [{ dateTime, value: { customHeartRateZones: [], heartRateZones: [] } }],
    "activities-heart-intraday": { dataset, datasetInterval: 1, datasetType: "second" },
  };
}

function fitbitError(
  status: number,
  errorType: string,
  message = "Access token bad: CANARYtoken.",
) {
  return Response.json({ errors: [{ errorType, message }], success: false }, { status });
}

const profile = {
  user: {
    encodedId: "ABC123",
    timezone: "Europe/Berlin",
    offsetFromUTCMillis: 3_600_000,
    memberSince: "2015-03-09",
    fullName: "not read",
  },
};

const devices = [
  { type: "SCALE", lastSyncTime: "2026-10-30T12:00:00.000" },
  { type: "TRACKER", lastSyncTime: "2026-10-24T23:30:00.000" },
  { type: "TRACKER", lastSyncTime: "2026-10-25T02:30:00.000" },
  { type: "TRACKER" },
];

Deno.test("account() reads profile and devices, the sync time by the profile's clock", async () => {
  const { source, script } = sourceOf((url) =>
    url.pathname.endsWith("profile.json") ? profile : devices
  );
  assert.deepEqual(await source.account(), {
    userId: "ABC123",
    timeZone: "Europe/Berlin",
    memberSince: "2015-03-09",
    // The earlier of the two passes.
    lastSync: Date.parse("2026-10-25T00:30:00Z"),
    scopes: undefined,
  });
  assert.deepEqual(script.seen, ["GET /1/user/-/profile.json", "GET /1/user/-/devices.json"]);
  assert.deepEqual(new Set(script.tokens), new Set(["Bearer CANARYtoken"]));
});

Deno.test("account() takes a given zone for the days, not for the watch's clock", async () => {
  const { source } = sourceOf(
    (url) => url.pathname.endsWith("profile.json") ? profile : devices,
    { timeZone: "Asia/Kolkata" },
  );
  const found = await source.account();
  assert.equal(found.timeZone, "Asia/Kolkata");
  assert.equal(found.lastSync, Date.parse("2026-10-25T00:30:00Z"));
});

Deno.test("account() does without devices, and without a profile when it knows enough", async () => {
  const refused = () => fitbitError(403, "insufficient_scope");
  const noDevices = sourceOf((url) => url.pathname.endsWith("profile.json") ? profile : refused());
  assert.equal((await noDevices.source.account()).lastSync, undefined);
  const none = sourceOf((url) => url.pathname.endsWith("profile.json") ? profile : []);
  assert.equal((await none.source.account()).lastSync, undefined);

  const token: TokenSource = { ...given, userId: "ABC123", scopes: new Set(["heartrate"]) };
  const known = sourceOf(refused, { timeZone: "Asia/Kolkata", token });
  assert.deepEqual(await known.source.account(), {
    userId: "ABC123",
    timeZone: "Asia/Kolkata",
    memberSince: undefined,
    lastSync: undefined,
    scopes: new Set(["heartrate"]),
  });
  const nobody = await failureOf(sourceOf(refused).source.account());
  assert.ok(nobody instanceof LoginNeeded);
  assert.match(nobody.message, /whose data .* profile scope/);
  const noZone = await failureOf(sourceOf(refused, { token }).source.account());
  assert.ok(noZone instanceof UsageError);
  assert.match(inWords(noZone), /time zone.*\n.*--timezone/);
});

Deno.test("ask() keeps a day's answer byte for byte, by the profile's clock", async () => {
  const text = JSON.stringify(heartOf("2026-10-24"), null, 1);
  const { source, script } = sourceOf(() => new Response(text));
  const answer = await source.ask(heart, window("2026-10-24"), account);
  assert.deepEqual(answer.bodies.map((body) => new TextDecoder().decode(body)), [text]);
  assert.deepEqual(answer.origin, ["GET /1/user/-/activities/heart/date/2026-10-24/1d/1sec.json"]);
  assert.deepEqual(script.seen, [...answer.origin]);
  assert.equal(answer.empty, false);
  assert.deepEqual(answer.clock, {
    kind: "local",
    time_zone: "Europe/Berlin",
    evidence: "profile",
  });
  const told = sourceOf(() => heartOf("2026-10-24"), { timeZone: "Asia/Kolkata" });
  const zoned = { ...account, timeZone: "Asia/Kolkata" };
  assert.deepEqual((await told.source.ask(heart, window("2026-10-24"), zoned)).clock, {
    kind: "local",
    time_zone: "Asia/Kolkata",
    evidence: "--timezone",
  });
});

Deno.test("ask() knows a day with nothing in it", async () => {
  const resting = {
    "activities-heart": [{ dateTime: "2026-10-24", value: { restingHeartRate: 58 } }],
    "activities-heart-intraday": { dataset: [] },
  };
  const cases: [object, boolean][] = [
    [heartOf("2026-10-24", []), true],
    [{ "activities-heart": [], "activities-heart-intraday": { dataset: [] } }, true],
    [resting, false],
    [heartOf("2026-10-24"), false],
  ];
  for (const [body, empty] of cases) {
    const { source } = sourceOf(() => body);
    assert.equal((await source.ask(heart, window("2026-10-24"), account)).empty, empty);
  }
});

Deno.test("ask() asks for the UTC dates that cover a day with a clock change", async () => {
  assert.equal(heart.wanted?.("2026-10-24", account) ?? true, true);
  assert.equal(heartUtc.wanted?.("2026-10-24", account), false);
  assert.equal(heartUtc.wanted?.("2026-10-25", account), true);
  const { source, script } = sourceOf((url) =>
    heartOf(/\d{4}-\d\d-\d\d/.exec(url.pathname)?.[0] ?? "", [])
  );
  const answer = await source.ask(heartUtc, window("2026-10-25"), account);
  assert.deepEqual(script.seen, [
    "GET /1/user/-/activities/heart/date/2026-10-24/1d/1sec.json?timezone=UTC",
    "GET /1/user/-/activities/heart/date/2026-10-25/1d/1sec.json?timezone=UTC",
  ]);
  assert.deepEqual(answer.origin, script.seen);
  assert.equal(answer.bodies.length, 2);
  assert.equal(answer.empty, true);
  assert.deepEqual(answer.clock, {
    kind: "utc",
    offsets: [
      { from: null, offset_s: 7200, evidence: "profile" },
      { from: "2026-10-25T01:00:00.000Z", offset_s: 3600, evidence: "profile" },
    ],
  });
});

Deno.test("ask() refuses an answer of another day", async () => {
  for (const other of ["2026-10-23", "today", ""]) {
    const { source } = sourceOf(() => heartOf(other));
    const error = await failureOf(source.ask(heart, window("2026-10-24"), account));
    assert.match(error.message, new RegExp(`^Asked for 2026-10-24, but .* is of ${other}$`));
    assert.equal(error.name, "UserError");
  }
});

Deno.test("ask() says what an error answer means, and never quotes the token", async () => {
  const { "activities-heart": daily } = heartOf("2026-10-24");
  const google = { error: { code: 403, message: "no", status: "PERMISSION_DENIED" } };
  const cases: [Response, string, RegExp][] = [
    [Response.json({ "activities-heart": daily }), "StreamRefused", /type Personal/],
    [fitbitError(403, "insufficient_permissions"), "StreamRefused", /type Personal/],
    [fitbitError(403, "insufficient_scope"), "StreamRefused", /lacks the scope/],
    [Response.json(google, { status: 403 }), "StreamRefused", /does not serve/],
    [fitbitError(401, "expired_token"), "LoginNeeded", /not accepted/],
    [fitbitError(401, "invalid_token"), "LoginNeeded", /not accepted/],
    [new Response("<html>", { status: 401 }), "LoginNeeded", /not accepted/],
    [fitbitError(410, "gone"), "SourceGone", /2026-11-02/],
    [new Response("", { status: 410 }), "SourceGone", /2026-11-02/],
    [
      fitbitError(400, "validation", "Invalid time series resource path"),
      "UserError",
      /answered 400 validation Invalid time series resource path$/,
    ],
    [fitbitError(404, "not_found"), "UserError", /404 not_found Access token bad: \[hidden\]/],
    [new Response("<html>", { status: 403 }), "UserError", /answered 403$/],
    [Response.json({ "activities-heart": {} }), "UserError", /^Cannot read the answer/],
    [
      Response.json({ "activities-heart": daily, "activities-heart-intraday": {} }),
      "UserError",
      /dataset: /,
    ],
    [Response.json([]), "UserError", /^Cannot read the answer/],
    [fitbitError(200, "system"), "UserError", /^Cannot read the answer/],
  ];
  for (const [response, name, message] of cases) {
    const { source, clock } = sourceOf(() => response.clone());
    const error = await failureOf(source.ask(heart, window("2026-10-24"), account));
    assert.equal(error.name, name, error.message);
    assert.match(error.message, message);
    assert.ok(!Deno.inspect(error).includes("CANARY"), Deno.inspect(error));
    assert.deepEqual(clock.waits, []);
  }
});

Deno.test("SourceGone tells that the disk keeps what it has and where to go on", async () => {
  const { source, script } = sourceOf(() => new Response("", { status: 410 }));
  const error = await failureOf(source.account());
  const shown = Deno.inspect(error);
  for (const words of ["on disk stays", "--source google-health", "Takeout"]) {
    assert.ok(shown.includes(words), shown);
  }
  assert.equal(script.seen.length, 1);
});

Deno.test("ask() refreshes an expired token once", async () => {
  let access = "old";
  const token: TokenSource = {
    ...given,
    access: () => Promise.resolve(access),
    refresh: () => Promise.resolve(access = "new"),
  };
  const script = new ScriptedFetch((_url, request) =>
    request.headers.get("authorization") === "Bearer old"
      ? fitbitError(401, "expired_token")
      : heartOf("2026-10-24")
  );
  const source = fitbitWebSource({
    baseUrl: "http://127.0.0.1:1",
    token,
    fetch: script.fetch,
    clock: new LeapingClock("2026-10-30T12:40:00Z"),
    signal: new AbortController().signal,
  });
  await source.ask(heart, window("2026-10-24"), account);
  await source.ask(heart, window("2026-10-24"), account);
  assert.deepEqual(script.tokens, ["Bearer old", "Bearer new", "Bearer new"]);
});

Deno.test("ask() waits for the next hour before the budget runs out", async () => {
  let left = 3;
  const waits: unknown[] = [];
  const answers = (url: URL) => {
    left--;
    const headers = { "fitbit-rate-limit-remaining": `${left}`, "fitbit-rate-limit-reset": "1200" };
    const body = heartOf(/\d{4}-\d\d-\d\d/.exec(url.pathname)?.[0] ?? "");
    return Response.json(body, { headers });
  };
  const { source, clock } = sourceOf(answers, { onWait: () => waits.push(left) });
  for (const day of ["2026-10-24", "2026-10-23", "2026-10-22"]) {
    await source.ask(heart, window(day), account);
  }
  assert.deepEqual(clock.waits, []);
  left = 150;
  await source.ask(heart, window("2026-10-21"), account);
  assert.deepEqual(clock.waits, [1_210_000]);
  assert.deepEqual(waits, [150]);
});
