/** Both live clients against the simulator: they log in, read, and meet every fault it knows. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Http } from "../../pipeline/fetch/http.ts";
import { noQuota } from "../../pipeline/fetch/quota.ts";
import { jsonArray } from "../../pipeline/fetch/bodies.ts";
import type { Manifest } from "../../pipeline/raw/manifest.ts";
import { fitbitWebSource } from "../../pipeline/sources/fitbit_web/client.ts";
import { fitbitOAuth } from "../../pipeline/sources/fitbit_web/oauth.ts";
import { fitbitWebScopes } from "../../pipeline/sources/fitbit_web/streams.ts";
import { googleHealthSource } from "../../pipeline/sources/google_health/client.ts";
import { googleOAuth } from "../../pipeline/sources/google_health/oauth.ts";
import { googleHealthScopes } from "../../pipeline/sources/google_health/streams.ts";
import { authorize, visitWithoutBrowser } from "../../pipeline/sources/oauth.ts";
import type { FaultRule } from "../../pipeline/sources/simulator/faults/rules.ts";
import {
  createSimulator,
  type Simulator,
  type SimulatorOptions,
} from "../../pipeline/sources/simulator/simulator.ts";
import type { Account, Answer, LiveSource, LiveStream } from "../../pipeline/sources/source.ts";
import { storedToken } from "../../pipeline/sources/stored_token.ts";
import { LoginMemory } from "../../pipeline/sources/token_file.ts";
import { LeapingClock } from "../support/leaping_clock.ts";
import { failureOf } from "../support/scripted_fetch.ts";

/** Never dialled: the simulator is called as a function. */
const baseUrl = "http://127.0.0.1:1";

const services = {
  "google-health": {
    source: googleHealthSource,
    endpoints: googleOAuth(baseUrl),
    scopes: googleHealthScopes,
    client: (simulator: Simulator) => simulator.google,
  },
  "fitbit-web": {
    source: fitbitWebSource,
    endpoints: fitbitOAuth(baseUrl),
    scopes: fitbitWebScopes,
    client: (simulator: Simulator) => simulator.fitbit,
  },
} as const;

type ServiceName = keyof typeof services;

const names: readonly ServiceName[] = ["google-health", "fitbit-web"];

/** A simulator, logged in to. */
async function loggedIn(name: ServiceName, options: SimulatorOptions = {}) {
  const clock = new LeapingClock("2026-11-07T12:00:00Z");
  const simulator = createSimulator({ clock, sleep: (ms) => clock.sleep(ms), ...options });
  const send = (input: string | URL | Request, init?: RequestInit) =>
    simulator.handle(new Request(input, init));
  const signal = new AbortController().signal;
  const retry = { attempts: 4, base_ms: 1000, longest_ms: 8000, random: () => 0 };
  const http = new Http({ fetch: send, clock, signal, quota: noQuota, retry });
  const service = services[name];
  const { clientId, clientSecret } = service.client(simulator);
  const key = { source: name, participant: "me", api_url: baseUrl };
  const login = await authorize({
    key,
    endpoints: service.endpoints,
    clientId,
    clientSecret,
    scopes: service.scopes,
    redirectUri: "http://127.0.0.1:8976/",
    visit: visitWithoutBrowser(send),
    http,
    clock,
  });
  const store = new LoginMemory();
  store.save(login);
  const token = storedToken(store, key, http, clock);
  const source = service.source({ baseUrl, token, fetch: send, clock, signal, random: () => 0 });
  return { simulator, source, clock, store, login };
}

function streamNamed(source: LiveSource, name: string): LiveStream {
  const stream = source.streams.find((stream) => stream.name === name);
  assert.ok(stream);
  return stream;
}

/** The heart-rate stream of a source. */
function heartRateOf(source: LiveSource): LiveStream {
  const stream = source.streams.find((stream) => stream.table === "heart_rate");
  assert.ok(stream);
  return stream;
}

const window = (day: string) => ({ first: day, last: day });

/** Instant, offset and bpm of every row that falls on the day, sorted, doubles removed. */
function rowsOf(stream: LiveStream, day: string, answer: Answer): string[] {
  const document = jsonArray(answer.bodies);
  const now = "2026-11-07T12:00:00.000Z";
  const manifest: Manifest = {
    format: 1,
    participant: "me",
    source: stream.source,
    stream: stream.name,
    first_day: day,
    last_day: day,
    sha256: createHash("sha256").update(document).digest("hex"),
    bytes: document.length,
    received_at: now,
    asked_at: now,
    synced_to: null,
    empty: answer.empty,
    origin: [...answer.origin],
    clock: answer.clock,
  };
  const { columns: { rows, columns } } = stream.flatten(document, manifest);
  const time = columns["time"];
  const offset = columns["utc_offset_s"];
  const bpm = columns["bpm"];
  assert.ok(time?.type === "timestamp_ms" && offset?.type === "int32" && bpm?.type === "int32");
  return rowTexts(day, rows, time.values, offset.values, bpm.values);
}

function rowTexts(
  day: string,
  rows: number,
  time: Float64Array,
  offset: Int32Array,
  bpm: Int32Array,
): string[] {
  const texts = new Set<string>();
  for (let row = 0; row < rows; row++) {
    const local = new Date((time[row] ?? 0) + (offset[row] ?? 0) * 1000).toISOString();
    if (local.startsWith(day)) texts.add(`${time[row]} ${offset[row]} ${bpm[row]}`);
  }
  return [...texts].sort();
}

function truthOf(simulator: Simulator, day: string): string[] {
  const { time_ms, utc_offset_s, bpm } = simulator.truthOf(day);
  return rowTexts(day, time_ms.length, time_ms, utc_offset_s, bpm);
}

Deno.test("both clients log in to the simulator and read whose data it is", async () => {
  for (const name of names) {
    const { simulator, source, login } = await loggedIn(name);
    const account = await source.account();
    assert.equal(account.timeZone, "Europe/Berlin");
    assert.equal(account.memberSince, "2026-10-01");
    const lateBy = simulator.syncedTo() - (account.lastSync ?? 0);
    assert.ok(lateBy >= 0 && lateBy < 60_000, `${name} is late by ${lateBy} ms`);
    assert.deepEqual(account.scopes, new Set(services[name].scopes));
    assert.deepEqual(new Set(login.scopes), account.scopes);
  }
});

Deno.test("the Google Health client brings every sample of a day, also on the move", async () => {
  const { simulator, source } = await loggedIn("google-health");
  const account = await source.account();
  const stream = streamNamed(source, "heart-rate");
  for (const day of ["2026-10-05", "2026-10-12", "2026-10-18", "2026-10-25"]) {
    const answer = await source.ask(stream, window(day), account);
    const truth = truthOf(simulator, day);
    assert.ok(truth.length > 5000);
    assert.deepEqual(rowsOf(stream, day, answer), truth);
    assert.ok(answer.bodies.length > 1);
  }
  const unworn = await source.ask(stream, window("2026-10-08"), account);
  assert.deepEqual(rowsOf(stream, "2026-10-08", unworn), truthOf(simulator, "2026-10-08"));
  const before = await source.ask(stream, window("2025-10-08"), account);
  assert.equal(before.empty, true);
});

Deno.test("the Fitbit client brings every sample of a day, in UTC where the clocks change", async () => {
  const { simulator, source } = await loggedIn("fitbit-web");
  const account = await source.account();
  const local = streamNamed(source, "activities/heart/1sec");
  const answer = await source.ask(local, window("2026-10-05"), account);
  assert.deepEqual(rowsOf(local, "2026-10-05", answer), truthOf(simulator, "2026-10-05"));
  const utc = streamNamed(source, "activities/heart/1sec-utc");
  const wanted = ["2026-10-24", "2026-10-25", "2026-10-26"]
    .filter((day) => utc.wanted?.(day, account));
  assert.deepEqual(wanted, ["2026-10-25"]);
  const changed = await source.ask(utc, window("2026-10-25"), account);
  assert.equal(changed.bodies.length, 2);
  assert.deepEqual(rowsOf(utc, "2026-10-25", changed), truthOf(simulator, "2026-10-25"));
});

/** What becomes of a day's heart rate under a fault: all is there in the end, or that error. */
interface FaultCase {
  readonly rule: FaultRule;
  readonly then: Partial<Record<ServiceName, "recovers" | RegExp>>;
}

const bothRecover = { "google-health": "recovers", "fitbit-web": "recovers" } as const;
const bothFail = (error: RegExp) => ({ "google-health": error, "fitbit-web": error });

const faultCases: readonly FaultCase[] = [
  { rule: { fault: "429-with-retry-after", first: 1 }, then: bothRecover },
  { rule: { fault: "429-without-retry-after", first: 2 }, then: bothRecover },
  { rule: { fault: "429-without-retry-after" }, then: bothFail(/^UserError.* too many requests$/) },
  { rule: { fault: "500-burst", first: 3 }, then: bothRecover },
  { rule: { fault: "500-burst" }, then: bothFail(/^UserError.*answered 500.*\(4 attempts\)$/) },
  { rule: { fault: "502-html", first: 1 }, then: bothRecover },
  { rule: { fault: "503-unavailable", first: 1 }, then: bothRecover },
  { rule: { fault: "504-large-page" }, then: { "google-health": "recovers" } },
  { rule: { fault: "html-200", first: 1 }, then: bothRecover },
  { rule: { fault: "html-200" }, then: bothFail(/^UserError.*expected JSON, got .*<!DOCTYPE/) },
  { rule: { fault: "gone-410" }, then: { "fitbit-web": /^SourceGone.*2026-11-02/ } },
  { rule: { fault: "scope-missing" }, then: bothFail(/^StreamRefused.*scope/) },
  {
    rule: { fault: "permission-denied" },
    then: { "google-health": /^(LoginNeeded|UserError)/, "fitbit-web": /^StreamRefused/ },
  },
  { rule: { fault: "service-disabled" }, then: { "google-health": /^UserError.*not enabled/ } },
  { rule: { fault: "account-not-linked" }, then: { "google-health": /^LoginNeeded.*linked/ } },
  { rule: { fault: "expired-token", first: 1 }, then: bothRecover },
  { rule: { fault: "revoked-consent", first: 1 }, then: bothFail(/^LoginNeeded/) },
  {
    rule: { fault: "wrong-day" },
    then: bothFail(/^UserError Asked for 2026-10-05, .*2026-10-06$/),
  },
  { rule: { fault: "empty-first-page" }, then: { "google-health": "recovers" } },
  {
    rule: { fault: "repeated-page-token" },
    then: { "google-health": /^UserError.*repeats the token/ },
  },
  { rule: { fault: "duplicate-points" }, then: bothRecover },
  { rule: { fault: "unsorted-points" }, then: bothRecover },
  { rule: { fault: "unknown-field" }, then: bothRecover },
  { rule: { fault: "shuffled-keys" }, then: bothRecover },
  { rule: { fault: "truncated-json", first: 3 }, then: bothRecover },
  { rule: { fault: "truncated-json" }, then: bothFail(/^UserError.*expected JSON, got \d+ bytes/) },
  { rule: { fault: "empty-body", first: 1 }, then: bothRecover },
  { rule: { fault: "empty-body" }, then: bothFail(/^UserError.*expected JSON, got nothing/) },
  { rule: { fault: "cut-connection", first: 1 }, then: bothRecover },
  {
    rule: { fault: "cut-connection" },
    then: bothFail(/^UserError.*connection was cut.*4 attempts/),
  },
  { rule: { fault: "slow", first: 1 }, then: bothRecover },
];

for (const { rule, then } of faultCases) {
  for (const name of names) {
    const expected = then[name];
    if (expected === undefined) continue;
    const often = rule.first === undefined ? "always" : `${rule.first} times`;
    const outcome = expected === "recovers" ? "recovers from" : "names";
    Deno.test(`the ${name} client ${outcome} ${rule.fault} ${often}`, async () => {
      const { simulator, source, store, login } = await loggedIn(name);
      const account: Account = await source.account();
      const stream = heartRateOf(source);
      const day = "2026-10-05";
      simulator.faults.add(rule);
      const asked = source.ask(stream, window(day), account);
      if (expected === "recovers") {
        assert.deepEqual(rowsOf(stream, day, await asked), truthOf(simulator, day));
        return;
      }
      const error = await failureOf(asked);
      assert.match(`${error.name} ${error.message}`, expected);
      const now = store.find(login);
      const shown = Deno.inspect(error);
      const secrets = [login, now].flatMap((each) => [each?.access_token, each?.refresh_token]);
      for (const secret of secrets) assert.ok(secret === undefined || !shown.includes(secret));
    });
  }
}

Deno.test("the Fitbit client needs a Personal app, and says so", async () => {
  const { source, simulator } = await loggedIn("fitbit-web");
  const account = await source.account();
  simulator.fitbit.appType = "Server";
  const error = await failureOf(source.ask(heartRateOf(source), window("2026-10-05"), account));
  assert.match(`${error.name} ${error.message}`, /^StreamRefused.*type Personal/);
});

Deno.test("the Fitbit client fetches more than an hour's budget without one refusal", async () => {
  for (const quotaLag of [0, 3]) {
    const fitbit = { quotaPerHour: 6, quotaLag, earlyWake_s: 5 };
    const { simulator, source, clock } = await loggedIn("fitbit-web", { fitbit });
    const account = await source.account();
    for (let day = 10; day < 24; day++) {
      const answer = await source.ask(heartRateOf(source), window(`2026-10-${day}`), account);
      assert.equal(answer.bodies.length, 1);
    }
    assert.deepEqual(simulator.requests.filter((request) => request.status === 429), []);
    const perHour = Map.groupBy(
      simulator.requests.filter((request) => request.kind !== "login"),
      (request) => Math.floor(request.at / 3_600_000),
    );
    assert.deepEqual([...perHour.values()].map((hour) => hour.length), [6, 6, 4]);
    assert.ok(clock.waits.every((wait) => wait <= 3_610_000));
  }
});

Deno.test("the Fitbit client refreshes single-use tokens over days of fetching", async () => {
  const { source, clock, store, login } = await loggedIn("fitbit-web");
  const account = await source.account();
  for (let day = 10; day < 14; day++) {
    await source.ask(heartRateOf(source), window(`2026-10-${day}`), account);
    clock.advance(9 * 3_600_000);
  }
  assert.notEqual(store.find(login)?.refresh_token, login.refresh_token);
});

Deno.test("the Google Health client keeps within the quota of an unverified app", async () => {
  const google = { quotaPerMinute: 150, retryAfter: false };
  const { source, simulator } = await loggedIn("google-health", { google });
  const account = await source.account();
  const stream = streamNamed(source, "daily-resting-heart-rate");
  const month = { first: "2026-10-01", last: "2026-10-31" };
  for (let again = 0; again < 400; again++) await source.ask(stream, month, account);
  assert.ok(simulator.requests.length > 300);
  assert.deepEqual(simulator.requests.filter((request) => request.status === 429), []);
});
