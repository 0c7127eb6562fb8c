/**
 * Ten thousand days through a storm: refusals, server errors, cut and stalled connections, a network
 * that comes and goes, tokens that run out. Nothing is missing in the end, and no request was made
 * more often than its faults made necessary.
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { addDays, daysBetween } from "../../pipeline/day.ts";
import { jsonArray } from "../../pipeline/fetch/bodies.ts";
import { runFetch } from "../../pipeline/fetch/run.ts";
import { fetchExitCode } from "../../pipeline/fetch/summary.ts";
import { Http } from "../../pipeline/fetch/http.ts";
import { noQuota } from "../../pipeline/fetch/quota.ts";
import { defaultRetry } from "../../pipeline/fetch/retry.ts";
import { webDocument } from "../../pipeline/layout.ts";
import { Ledger } from "../../pipeline/raw/ledger.ts";
import { RawStore } from "../../pipeline/raw/store.ts";
import { fitbitWebSource } from "../../pipeline/sources/fitbit_web/client.ts";
import { fitbitOAuth } from "../../pipeline/sources/fitbit_web/oauth.ts";
import { googleHealthSource } from "../../pipeline/sources/google_health/client.ts";
import { googleOAuth } from "../../pipeline/sources/google_health/oauth.ts";
import type { ApiName } from "../../pipeline/sources/simulator/api.ts";
import { demoPerson } from "../../pipeline/sources/simulator/demo_person.ts";
import type { FaultName } from "../../pipeline/sources/simulator/faults/catalogue.ts";
import { seeded } from "../../pipeline/sources/simulator/random.ts";
import { createSimulator, type Simulator } from "../../pipeline/sources/simulator/simulator.ts";
import { storedToken } from "../../pipeline/sources/stored_token.ts";
import { LoginMemory } from "../../pipeline/sources/token_file.ts";
import { givenToken } from "../../pipeline/sources/tokens.ts";
import { inTemporaryFolder, KeptTalk, unsyncedFiles } from "../support/effects.ts";
import { LeapingClock } from "../support/leaping_clock.ts";

const base = "http://127.0.0.1:1";
const present = "2026-11-07T12:00:00Z";
/** The last day: its watch has synced long since. */
const last = "2026-10-20";

/** What strikes, and at most how many calls in a row. The last two never reach the server. */
const weather: readonly (readonly [FaultName | "stalled" | "no network", number])[] = [
  ["429-with-retry-after", 2],
  ["429-without-retry-after", 2],
  ["500-burst", 3],
  ["502-html", 2],
  ["503-unavailable", 3],
  ["cut-connection", 3],
  ["truncated-json", 2],
  ["expired-token", 1],
  ["stalled", 2],
  ["no network", 3],
];

/** Every so many-th call begins a squall. */
const oneIn = 6;

/** From this call on the network is gone for a while: the run has to end, and another to go on. */
const outage = { from: 1500, to: 1560 } as const;

/** How often a request was made, and how often something struck it. */
interface Tally {
  made: number;
  struck: number;
}

class Storm {
  readonly tallies = new Map<string, Tally>();
  readonly seen = new Set<string>();
  readonly #random = seeded("storm", 2016);
  #calls = 0;
  #squall: { kind: typeof weather[number][0]; left: number } = { kind: "500-burst", left: 0 };
  /** Ends the request under way as too late. */
  #late = new AbortController();

  constructor(readonly simulator: Simulator, readonly clock: LeapingClock) {}

  readonly deadline = (): AbortSignal => {
    this.#late = new AbortController();
    return this.#late.signal;
  };

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const isData = /\/dataTypes\/|\/activities\//.test(pathname);
    if (!isData) return await this.simulator.handle(request);
    const kind = this.#next();
    const key = `${request.method} ${pathname}${search}`;
    const tally = this.tallies.get(key) ?? { made: 0, struck: 0 };
    this.tallies.set(key, tally);
    tally.made++;
    if (kind === undefined) return await this.simulator.handle(request);
    tally.struck++;
    this.seen.add(kind);
    if (kind === "no network") {
      const cause = new Error(
        "client error (Connect): dns error: failed to lookup address information",
      );
      throw new TypeError("fetch failed", { cause });
    }
    if (kind === "stalled") return new Response(this.#stalling());
    this.simulator.faults.add({ fault: kind, first: 1 });
    try {
      return await this.simulator.handle(request);
    } finally {
      this.simulator.faults.clear();
    }
  };

  /** What strikes this call, if anything. */
  #next(): typeof weather[number][0] | undefined {
    this.#calls++;
    if (this.#calls >= outage.from && this.#calls < outage.to) return "no network";
    if (this.#squall.left === 0) {
      if (this.#random() * oneIn >= 1) return undefined;
      const [kind, most] = weather[Math.floor(this.#random() * weather.length)] ?? ["stalled", 1];
      this.#squall = { kind, left: 1 + Math.floor(this.#random() * most) };
    }
    this.#squall.left--;
    return this.#squall.kind;
  }

  /** A body that drips a byte at a time, until the deadline cuts it off. */
  #stalling(): ReadableStream<Uint8Array> {
    let dripped = 0;
    return new ReadableStream({
      pull: (controller) => {
        this.clock.ms += 30_000;
        if (++dripped <= 4) return controller.enqueue(new TextEncoder().encode("{"));
        const late = new DOMException("The operation timed out", "TimeoutError");
        this.#late.abort(late);
        controller.error(late);
      },
    }, { highWaterMark: 0 });
  }
}

/** A login whose tokens are renewed as they run out. */
function tokenOf(api: ApiName, storm: Storm) {
  const { simulator, clock } = storm;
  const { accessToken, refreshToken } = simulator.issue(api);
  const isGoogle = api === "google-health";
  const { clientId, clientSecret } = isGoogle ? simulator.google : simulator.fitbit;
  const endpoints = isGoogle ? googleOAuth(base) : fitbitOAuth(base);
  const key = { source: api, participant: "me", api_url: base };
  const logins = new LoginMemory();
  logins.save({
    ...key,
    token_endpoint: endpoints.token,
    client_id: clientId,
    client_secret: clientSecret,
    client_auth: endpoints.clientAuth,
    access_token: accessToken,
    expires_at: clock.now() + 3_600_000,
    refresh_token: refreshToken,
  });
  const { signal } = new AbortController();
  const http = new Http({ fetch: storm.fetch, clock, signal, quota: noQuota, retry: defaultRetry });
  return storedToken(logins, key, http, clock);
}

const sources = { "google-health": googleHealthSource, "fitbit-web": fitbitWebSource };

/** What is fetched: so many days of a table. */
const wanted: readonly (readonly [ApiName, string, string, number])[] = [
  ["google-health", "active_zone_minutes", "active-zone-minutes", 5900],
  // Several pages a day.
  ["google-health", "heart_rate", "heart-rate", 100],
  ["fitbit-web", "active_zone_minutes", "activities/active-zone-minutes/1min", 4000],
];

for (const [api, table, stream, count] of wanted) {
  Deno.test(`${count} days of ${table} from ${api} come whole through a storm`, async () => {
    await inTemporaryFolder(async (folder) => {
      const clock = new LeapingClock(present);
      const from = addDays(last, 1 - count);
      const person = {
        ...demoPerson,
        memberSince: from,
        offline: [],
        unwornDays: [],
        unwornNights: [],
      };
      const simulator = createSimulator({ person, clock });
      const storm = new Storm(simulator, clock);
      const { signal } = new AbortController();
      const effects = { clock, talk: new KeptTalk(), signal };
      const source = sources[api]({
        baseUrl: base,
        token: tokenOf(api, storm),
        fetch: storm.fetch,
        clock,
        signal,
        deadline: storm.deadline,
        random: seeded("backoff", 1),
      });
      // What a disk does to it has its own tests.
      using ledger = new Ledger(":memory:");
      const store = new RawStore(folder, unsyncedFiles);
      const request = { participant: "me", from: () => from, to: () => last, only: [table] };
      let runs = 0;
      for (let code = -1; code !== 0; runs++) {
        assert.ok(runs < 30, `still not through after ${runs} runs`);
        const summary = await runFetch(source, request, { store, ledger, ...effects });
        code = fetchExitCode(summary);
        clock.advance(600_000);
      }

      const documents = ledger.documents({ source: api });
      const had = new Set(
        documents.filter((row) => row.stream === stream).map(({ first_day }) => first_day),
      );
      assert.deepEqual(daysBetween(from, last).filter((day) => !had.has(day)), []);
      assert.deepEqual(ledger.failures({ source: api }), []);
      const struck = Array.from(storm.tallies.values()).filter((tally) => tally.struck > 0);
      assert.ok(struck.length > count / 12, `only ${struck.length} requests were struck`);
      for (const [key, { made, struck }] of storm.tallies) {
        assert.equal(made - struck, 1, `${key}: made ${made} times, struck ${struck} times`);
      }
      if (count > outage.to) {
        assert.ok(runs > 1, "the outage passed unnoticed");
        assert.deepEqual([...storm.seen].sort(), weather.map(([kind]) => kind).sort());
      }
      // What was kept is what the service says in fair weather.
      const calm = sources[api]({
        baseUrl: base,
        token: givenToken(simulator.issue(api).accessToken, "the test"),
        fetch: (input, init) => simulator.handle(new Request(input, init)),
        clock,
        signal,
      });
      const live = calm.streams.find(({ name }) => name === stream);
      assert.ok(live !== undefined);
      const account = await calm.account();
      const random = seeded("sample", count);
      for (let sample = 0; sample < 40; sample++) {
        const day = addDays(from, Math.floor(random() * count));
        const { bodies } = await calm.ask(live, { first: day, last: day }, account);
        const kept = store.document(webDocument("me", api, stream, day));
        assert.equal(Buffer.compare(kept, jsonArray(bodies)), 0, day);
      }
    });
  });
}
