/** The Google Health API v4, as far as reading goes, and the authorisation server beside it. */

import { bearerToken } from "../api.ts";
import type { Api, Call, Reply, Struck, Subject, World } from "../api.ts";
import type { JsonObject } from "../json.ts";
import { Grants } from "../oauth/grants.ts";
import type { Grant } from "../oauth/grants.ts";
import { accountResources } from "./account.ts";
import { dataTypes } from "./data_types.ts";
import type { DataType, Verb } from "./data_types.ts";
import * as errors from "./errors.ts";
import { authorise, googleTokenStyle, revoke, scopePrefix, token } from "./oauth.ts";
import { minuteQuota } from "./quota.ts";
import { readPoints } from "./read_points.ts";
import type { ReadParameters } from "./read_points.ts";
import { rollUp } from "./roll_up.ts";
import { tcxOf } from "../tracks.ts";
import { workoutNamed } from "../workouts.ts";
import type { GoogleSettings } from "./settings.ts";

const loginPaths = {
  "GET /o/oauth2/v2/auth": authorise,
  "POST /token": token,
  "POST /revoke": revoke,
};

/** Verbs by method and by what follows `dataPoints` in the path. */
const verbs: Readonly<Record<string, Verb>> = {
  "GET dataPoints": "list",
  "GET dataPoints:reconcile": "reconcile",
  "POST dataPoints:rollUp": "rollUp",
  "POST dataPoints:dailyRollUp": "dailyRollUp",
};

/** How an unsupported verb is called in the message. */
const verbWords: Readonly<Record<Verb, string>> = {
  list: "List",
  reconcile: "Reconcile",
  rollUp: "Rollup",
  dailyRollUp: "DailyRollup",
};

/** Query parameters by name; every other one is refused, so that a misspelt one shows. */
const knownParameters = new Set([
  ...["filter", "pageSize", "pageToken", "dataSourceFamily"],
  ...["alt", "fields", "prettyPrint", "key", "quotaUser", "userIp", "$.xgafv"],
]);

/** Whether a path belongs to this server. */
export function isGooglePath(path: string): boolean {
  return /^\/(v4|v4beta)\//.test(path) || ["/o/oauth2/v2/auth", "/token", "/revoke"].includes(path);
}

/** The simulated server. */
export function googleApi(world: World, settings: GoogleSettings): Api {
  const grants = new Grants("google", world.clock, googleTokenStyle);
  const quota = minuteQuota(world.clock);
  let requests = 0;

  function route(call: Call, struck: Struck): Reply {
    const [, , users, user, ...rest] = call.path.split("/");
    const given = bearerToken(call.headers);
    if (given === undefined) return errors.googleError(errors.tokenMissing);
    const state = grants.stateOf(given);
    if (state.state !== "good") return errors.googleError(errors.tokenRejected);
    if (users !== "users") throw new errors.GoogleRefusal(errors.notFound);
    if (user !== "me" && user !== world.body.person.healthUserId) {
      throw new errors.GoogleRefusal(errors.permissionDenied);
    }
    for (const name of call.query.keys()) {
      if (!knownParameters.has(camelCase(name))) {
        throw errors.badArgument(
          `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. ` +
            "Field could not be found in request message.",
        );
      }
    }
    const file = track(call, rest, state.grant);
    return file ?? ok(call, resource(call, rest, state.grant, struck));
  }

  /** The TCX file of an exercise; undefined when something else is asked for. */
  function track(call: Call, rest: readonly string[], grant: Grant): Reply | undefined {
    const [, id] = /^dataTypes\/exercise\/dataPoints\/([^/]+):exportExerciseTcx$/
      .exec(rest.join("/")) ?? [];
    if (id === undefined || call.method !== "GET") return undefined;
    // Both scopes are needed, not one of them.
    for (const scope of ["activity_and_fitness", "location"]) {
      demandScope(grant, [`${scope}.readonly`]);
    }
    const workout = workoutNamed(world, id);
    if (workout === undefined) throw new errors.GoogleRefusal(errors.notFound);
    const tcxData = tcxOf(workout, (ms) => new Date(ms).toISOString());
    if (call.query.get("alt") !== "media") return ok(call, { tcxData });
    const headers = { ...errors.googleHeaders, "content-type": "application/vnd.garmin.tcx+xml" };
    return { status: 200, headers, body: tcxData };
  }

  function resource(
    call: Call,
    rest: readonly string[],
    grant: Grant,
    struck: Struck,
  ): JsonObject {
    const [first, typeName, verbPart] = rest;
    const account = accountResources.get(first ?? "");
    if (account !== undefined && rest.length === 1 && call.method === "GET") {
      demandScope(grant, account.scopes);
      return account.answer(world, call.query);
    }
    if (first !== "dataTypes" || typeName === undefined || rest.length !== 3) {
      throw new errors.GoogleRefusal(errors.notFound);
    }
    const verb = verbs[`${call.method} ${verbPart}`];
    if (verb === undefined) throw new errors.GoogleRefusal(errors.notFound);
    const type = supported(typeName, verb);
    demandScope(grant, [`${type.scope}.readonly`]);
    if (verb === "rollUp" || verb === "dailyRollUp") {
      return rollUp(verb, type, call.body, world, settings);
    }
    const options = {
      emptyFirstPage: struck.emptyFirstPage === true,
      salt: settings.pageTokens === "changing" ? String(requests) : "",
    };
    return readPoints(verb, type, readParameters(call), world, settings, options);
  }

  return {
    name: "google-health",
    grants,
    subjectOf,
    answer(call, struck) {
      const login = Object.entries(loginPaths).find(([path]) => path.endsWith(` ${call.path}`));
      if (login !== undefined) {
        if (struck.instead !== undefined) return struck.instead;
        const [path, handler] = login;
        return path === `${call.method} ${call.path}`
          ? handler(call, { grants, settings, clock: world.clock })
          : errors.googleError({
            status: 405,
            message: "Method not allowed.",
            word: "UNIMPLEMENTED",
          });
      }
      requests++;
      const wait_s = quota.count(settings.quotaPerMinute);
      if (struck.instead !== undefined) return struck.instead;
      if (wait_s !== undefined) {
        return errors.googleError(errors.rateLimited(settings.retryAfter ? wait_s : undefined));
      }
      try {
        return route(call, struck);
      } catch (thrown) {
        if (thrown instanceof errors.GoogleRefusal) return errors.googleError(thrown.trouble);
        throw thrown;
      }
    },
  };
}

function supported(typeName: string, verb: Verb): DataType {
  const type = dataTypes.get(typeName);
  if (type === undefined) {
    throw errors.badArgument(
      `The data type '${typeName}' is not a known data type collection.`,
      "INVALID_PARENT_DATA_TYPE_COLLECTION",
    );
  }
  if (!type.verbs.has(verb)) {
    throw errors.badArgument(`${verbWords[verb]} is not supported for data type ${typeName}.`);
  }
  return type;
}

function demandScope(grant: Grant, oneOf: readonly string[]): void {
  const has = (name: string) => grant.scopes.includes(`${scopePrefix}${name}`);
  const enough = oneOf.length === 0
    ? grant.scopes.some((scope) => scope.startsWith(scopePrefix))
    : oneOf.some(has);
  if (!enough) throw new errors.GoogleRefusal(errors.scopeInsufficient);
}

/** Both spellings of a parameter are understood, as everywhere at Google. */
function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function readParameters({ query }: Call): ReadParameters {
  const given = new Map([...query].map(([name, value]) => [camelCase(name), value]));
  return {
    filter: given.get("filter") ?? "",
    pageSize: given.get("pageSize") ?? "",
    pageToken: given.get("pageToken") ?? "",
    dataSourceFamily: given.get("dataSourceFamily") ?? "",
  };
}

/** Indented unless `prettyPrint=false`. */
function ok(call: Call, body: JsonObject): Reply {
  const compact = call.query.get("prettyPrint") === "false";
  return {
    status: 200,
    headers: errors.googleHeaders,
    body: compact ? JSON.stringify(body) : JSON.stringify(body, null, 2) + "\n",
  };
}

function subjectOf(call: Call): Subject {
  if (!/^\/v4/.test(call.path)) return { kind: "login", day: undefined };
  const text = `${call.query.get("filter") ?? ""} ${call.body}`;
  return {
    kind: call.path.includes("/dataTypes/") ? "data" : "account",
    day: /\d{4}-\d{2}-\d{2}/.exec(text)?.[0],
  };
}
