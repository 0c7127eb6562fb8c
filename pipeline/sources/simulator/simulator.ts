/**
 * The simulator: both web APIs in one server, over one made-up person. It runs on the loopback
 * interface, or without any socket as a function from request to response.
 */

import type { Day } from "../../day.ts";
import type { Api, ApiName, Call, World } from "./api.ts";
import { createBody } from "./body.ts";
import type { RestingHeartRate, Samples } from "./body.ts";
import { standingClock } from "./clock.ts";
import type { SimulatorClock } from "./clock.ts";
import { demoNow, demoPerson } from "./demo_person.ts";
import type { FaultName } from "./faults/catalogue.ts";
import { faultRules } from "./faults/rules.ts";
import type { FaultRule, Faults } from "./faults/rules.ts";
import { fitbitApi } from "./fitbit/api.ts";
import { accessLifetime_s as fitbitLifetime_s } from "./fitbit/oauth.ts";
import { fitbitDefaults } from "./fitbit/settings.ts";
import type { FitbitSettings } from "./fitbit/settings.ts";
import { scopeCodes } from "./fitbit/tokens.ts";
import { googleApi, isGooglePath } from "./google/api.ts";
import { accessLifetime_s as googleLifetime_s, readScopes } from "./google/oauth.ts";
import { googleDefaults } from "./google/settings.ts";
import type { GoogleSettings } from "./google/settings.ts";
import type { Person } from "./person.ts";
import { answerStruck, sendStruck } from "./faults/strike.ts";
import { lastSync } from "./sync.ts";
import { type TruthRow, truthRows } from "./truth.ts";

export interface SimulatorOptions {
  /** Who is measured; the demo's person when absent. */
  readonly person?: Person;
  /** Stands at the demo's present when absent. */
  readonly clock?: SimulatorClock;
  /** How `slow` answers wait; not at all when absent. */
  readonly sleep?: (ms: number) => Promise<void>;
  readonly google?: Partial<GoogleSettings>;
  readonly fitbit?: Partial<FitbitSettings>;
  readonly faults?: readonly FaultRule[];
}

/** One line of the request log. No header is kept, and so no access token. */
export interface LoggedRequest {
  /** By the simulator's clock, ms since 1970. */
  readonly at: number;
  readonly api: ApiName;
  readonly kind: "login" | "account" | "data";
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  readonly query: string;
  /** The (first) civil day asked for. */
  readonly day: Day | undefined;
  readonly status: number;
  readonly faults: readonly FaultName[];
}

/** Tokens as the login would give them. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface Simulator {
  /** Answers a request of either API; the host in its address does not matter. */
  handle(request: Request): Promise<Response>;
  /** Every request so far, oldest first. */
  readonly requests: readonly LoggedRequest[];
  readonly faults: Faults;
  readonly clock: SimulatorClock;
  /** Switches; may be set while it runs. */
  readonly google: GoogleSettings;
  readonly fitbit: FitbitSettings;
  /** Tokens without a login; all scopes when none are named. */
  issue(api: ApiName, scopes?: readonly string[]): IssuedTokens;
  /**
   * The samples of a civil day that a client must end up with, whether synced by now or not.
   * @param until Only what was measured before (ms since 1970).
   */
  truthOf(day: Day, until?: number): Samples;
  /** The resting heart rate of a civil day; undefined on a day without. */
  restingTruthOf(day: Day): RestingHeartRate | undefined;
  /**
   * The rows of a table on a civil day that a client of one of the services must end up with, whether
   * synced by now or not: every column of the catalogue but `source`, instants as ISO text, dates as
   * `YYYY-MM-DD`. Throws a RangeError for a table the service does not give.
   */
  truthRows(api: ApiName, table: string, day: Day): readonly TruthRow[];
  /** What was measured from then on the servers do not show yet (ms since 1970). */
  syncedTo(): number;
}

/** A simulator without a socket. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const body = createBody(options.person ?? demoPerson);
  const clock = options.clock ?? standingClock(demoNow);
  const syncedTo = () => lastSync(body.person, clock.now());
  const world: World = { body, clock, syncedTo };
  const google: GoogleSettings = { ...googleDefaults, ...options.google };
  const fitbit: FitbitSettings = { ...fitbitDefaults, ...options.fitbit };
  const apis: Readonly<Record<ApiName, Api>> = {
    "google-health": googleApi(world, google),
    "fitbit-web": fitbitApi(world, fitbit),
  };
  const lifetimes_s = { "google-health": googleLifetime_s, "fitbit-web": fitbitLifetime_s };
  const allScopes = { "google-health": readScopes, "fitbit-web": Object.keys(scopeCodes) };
  const faults = faultRules(options.faults ?? []);
  const requests: LoggedRequest[] = [];
  const sleep = options.sleep ?? (() => Promise.resolve());

  return {
    async handle(request) {
      const call = await callOf(request);
      const api = apis[isGooglePath(call.path) ? "google-health" : "fitbit-web"];
      const subject = api.subjectOf(call);
      const struck = faults.strike(api.name, subject, call);
      const reply = answerStruck(api, call, struck.map(([, fault]) => fault.effect));
      requests.push({
        at: clock.now(),
        api: api.name,
        kind: subject.kind,
        method: call.method,
        path: call.path,
        query: call.query.toString(),
        day: subject.day,
        status: reply.status,
        faults: struck.map(([name]) => name),
      });
      return await sendStruck(reply, struck.map(([, fault]) => fault.effect), sleep);
    },
    requests,
    faults,
    clock,
    google,
    fitbit,
    issue(name, scopes = allScopes[name]) {
      const { grants } = apis[name];
      const grant = grants.consent(scopes);
      return {
        accessToken: grants.access(grant, lifetimes_s[name]),
        refreshToken: grants.refresh(grant),
      };
    },
    truthOf: body.ofDay,
    restingTruthOf: body.restingHeartRate,
    truthRows: (api, table, day) => truthRows({ world, google, fitbit }, api, table, day),
    syncedTo,
  };
}

async function callOf(request: Request): Promise<Call> {
  const url = new URL(request.url);
  return {
    method: request.method,
    path: decodedPath(url.pathname),
    query: url.searchParams,
    headers: request.headers,
    body: request.body === null ? "" : await request.text(),
  };
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign: no path of ours, and answered as such.
    return path;
  }
}
