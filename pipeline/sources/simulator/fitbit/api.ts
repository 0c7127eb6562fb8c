/** The Fitbit Web API, as far as it is simulated, and its authorisation server. */

import type { Api, Call, Reply, Subject, World } from "../api.ts";
import { jsonText } from "../json.ts";
import { Grants } from "../oauth/grants.ts";
import { accountResources } from "./account.ts";
import { authorise } from "./authorise.ts";
import * as errors from "./errors.ts";
import { demandToken, introspect, revoke, token } from "./oauth.ts";
import type { OAuthContext } from "./oauth.ts";
import { hourQuota } from "./quota.ts";
import { tcxOf } from "../tracks.ts";
import { type Workout, workoutNamed } from "../workouts.ts";
import type { FitbitSettings } from "./settings.ts";
import { streams } from "./streams.ts";
import { fitbitTokenStyle } from "./tokens.ts";

const loginPaths: Readonly<Record<string, (call: Call, context: OAuthContext) => Reply>> = {
  "GET /oauth2/authorize": authorise,
  "POST /oauth2/token": token,
  "POST /oauth2/revoke": revoke,
  "POST /1.1/oauth2/introspect": introspect,
};

/** On every answer of the API itself. */
const commonHeaders: Readonly<Record<FitbitSettings["headers"], Readonly<Record<string, string>>>> =
  {
    "2017": {
      "vary": "Origin,Accept-Encoding",
      "cache-control": "no-cache, private",
      "content-language": "en",
      "x-frame-options": "SAMEORIGIN",
    },
    "2026": {
      "vary": "Origin,Accept-Encoding",
      "cache-control": "no-cache, private",
      "server": "ESF",
      "x-frame-options": "SAMEORIGIN",
      "x-content-type-options": "nosniff",
      "alt-svc": 'h3=":443"; ma=2592000',
    },
  };

/** The simulated server. */
export function fitbitApi(world: World, settings: FitbitSettings): Api {
  const userId = world.body.person.fitbitUserId;
  const grants = new Grants("fitbit", world.clock, fitbitTokenStyle(settings.clientId, userId));
  const quota = hourQuota(world.clock);
  const context = { grants, settings, clock: world.clock, userId, refreshed: new Map() };

  function resource(call: Call): Reply {
    const grant = demandToken(call, grants);
    const [, , users, user, ...rest] = call.path.split("/");
    const path = rest.join("/");
    if (users !== "user" || (user !== "-" && user !== userId) || call.method !== "GET") {
      throw new errors.FitbitRefusal({
        status: 404,
        errorType: "not_found",
        message: "The API you are requesting could not be found.",
      });
    }
    const account = accountResources.get(path);
    if (account !== undefined) {
      demandScope(grant.scopes, account);
      return errors.fitbitJson(JSON.stringify(account.answer(world)));
    }
    const [, logId] = /^activities\/(\d+)\.tcx$/.exec(path) ?? [];
    if (logId !== undefined) {
      demandScope(grant.scopes, { scope: "activity", dataWord: "activity" });
      demandScope(grant.scopes, { scope: "location", dataWord: "location" });
      const workout = workoutNamed(world, logId);
      if (workout === undefined) throw errors.unknownResource(path);
      const headers = { "content-type": "application/vnd.garmin.tcx+xml" };
      return { status: 200, headers, body: tcxOf(workout, (ms) => stampOf(ms, workout)) };
    }
    const [name = "", asked = ""] = path.replace(/\.json$/, "").split("/date/");
    const stream = streams.get(name);
    if (stream === undefined || !path.endsWith(".json")) throw errors.unknownResource(name);
    demandScope(grant.scopes, stream);
    const language = call.headers.get("accept-language");
    return errors.fitbitJson(
      jsonText(stream.answer(asked, call.query, world, settings, language)),
    );
  }

  return {
    name: "fitbit-web",
    grants,
    subjectOf,
    answer(call, struck) {
      const login = loginPaths[`${call.method} ${call.path}`];
      if (login !== undefined) {
        return struck.instead ?? refusing(() => login(call, context));
      }
      const { refused, headers } = quota.count(settings);
      const reply = struck.instead ??
        (refused ? errors.fitbitError(errors.tooManyRequests) : refusing(() => resource(call)));
      return {
        ...reply,
        headers: { ...commonHeaders[settings.headers], ...headers, ...reply.headers },
      };
    },
  };
}

/** `2026-10-06T18:00:00.000+02:00`, by the wall clock at the start. */
function stampOf(ms: number, { from_offset_s }: Workout): string {
  const minutes = Math.abs(from_offset_s) / 60;
  const pad = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const zone = `${from_offset_s < 0 ? "-" : "+"}${pad(minutes / 60)}:${pad(minutes % 60)}`;
  return `${new Date(ms + from_offset_s * 1000).toISOString().slice(0, -1)}${zone}`;
}

function demandScope(
  granted: readonly string[],
  { scope, dataWord }: { readonly scope: string; readonly dataWord: string },
): void {
  if (!granted.includes(scope)) {
    throw new errors.FitbitRefusal(errors.scopeInsufficient(dataWord));
  }
}

function refusing(answer: () => Reply): Reply {
  try {
    return answer();
  } catch (thrown) {
    if (thrown instanceof errors.FitbitRefusal) return errors.fitbitError(thrown.trouble);
    throw thrown;
  }
}

function subjectOf(call: Call): Subject {
  if (call.path.includes("/oauth2/")) return { kind: "login", day: undefined };
  const day = /\/date\/(\d{4}-\d{2}-\d{2}|today)/.exec(call.path)?.[1] ??
    /^\d{4}-\d{2}-\d{2}/.exec(call.query.get("afterDate") ?? call.query.get("beforeDate") ?? "")
      ?.[0];
  const isData = day !== undefined || call.path.endsWith(".tcx");
  return { kind: isData ? "data" : "account", day: day === "today" ? undefined : day };
}
