/** Fitbit's token endpoint with single-use refresh tokens, introspection and revocation. */

import { basicCredentials, bearerToken } from "../api.ts";
import type { Call, Reply } from "../api.ts";
import type { SimulatorClock } from "../clock.ts";
import type { Grant, Grants } from "../oauth/grants.ts";
import { challengeOf } from "../oauth/pkce.ts";
import * as errors from "./errors.ts";
import type { FitbitSettings } from "./settings.ts";

/** Seconds an access token of the code grant lives. */
export const accessLifetime_s = 28_800;

export interface OAuthContext {
  readonly grants: Grants;
  readonly settings: FitbitSettings;
  readonly clock: SimulatorClock;
  readonly userId: string;
  /** What a spent refresh token was answered with, for the time of grace. */
  readonly refreshed: Map<string, Reply>;
}

/** `POST /oauth2/token`. Throws a FitbitRefusal. */
export function token(call: Call, context: OAuthContext): Reply {
  const form = new URLSearchParams(call.body);
  demandClient(call, form, context.settings);
  const grantType = form.get("grant_type");
  if (grantType === "authorization_code") return exchange(form, context);
  if (grantType === "refresh_token") return refresh(form, context);
  throw new errors.FitbitRefusal(errors.missingParameter("grant_type"));
}

/** Server and Personal apps show their secret in a Basic header, Client apps only their id. */
function demandClient(call: Call, form: URLSearchParams, settings: FitbitSettings): void {
  const header = call.headers.get("authorization");
  if (header === null) {
    if (settings.appType !== "Client") throw new errors.FitbitRefusal(errors.headerRequired);
    if (form.get("client_id") === settings.clientId) return;
    throw new errors.FitbitRefusal(errors.clientRejected);
  }
  const basic = basicCredentials(call.headers);
  if (basic === undefined) throw new errors.FitbitRefusal(errors.headerMalformed);
  if (basic.id !== settings.clientId || basic.secret !== settings.clientSecret) {
    throw new errors.FitbitRefusal(errors.clientRejected);
  }
}

function exchange(form: URLSearchParams, context: OAuthContext): Reply {
  const code = required(form, "code");
  const details = context.grants.redeem(code);
  const verifier = form.get("code_verifier") ?? "";
  const proven = details?.challenge === undefined || challengeOf(verifier) === details.challenge;
  // The redirect address may be left out where only one is registered.
  const address = form.get("redirect_uri") ?? details?.redirectUri;
  if (details === undefined || !proven || address !== details.redirectUri) {
    throw new errors.FitbitRefusal(errors.invalidGrant(`Authorization code invalid: ${code}`));
  }
  return pair(details.grant, context);
}

function refresh(form: URLSearchParams, context: OAuthContext): Reply {
  const { grants, settings, clock, refreshed } = context;
  const given = required(form, "refresh_token");
  const grant = grants.ofRefresh(given);
  if (grant === undefined) {
    throw new errors.FitbitRefusal(errors.invalidGrant(`Refresh token invalid: ${given}.`));
  }
  // Within its grace a spent token is answered with the same pair again.
  const before = refreshed.get(given);
  if (before !== undefined) return before;
  const reply = pair(grant, context);
  grants.retire(given, clock.now() + settings.refreshGrace_s * 1000);
  refreshed.set(given, reply);
  return reply;
}

function pair(grant: Grant, { grants, userId }: OAuthContext): Reply {
  return errors.fitbitJson(JSON.stringify({
    access_token: grants.access(grant, accessLifetime_s),
    expires_in: accessLifetime_s,
    refresh_token: grants.refresh(grant),
    scope: grant.scopes.join(" "),
    token_type: "Bearer",
    user_id: userId,
  }));
}

/** `POST /1.1/oauth2/introspect`, with a good token in the header. Throws a FitbitRefusal. */
export function introspect(call: Call, { grants, settings, userId }: OAuthContext): Reply {
  demandToken(call, grants);
  const tested = grants.stateOf(required(new URLSearchParams(call.body), "token"));
  if (tested.state !== "good") return errors.fitbitJson(JSON.stringify({ active: false }));
  const scopes = tested.grant.scopes.map((scope) => `${scope.toUpperCase()}=READ_WRITE`);
  return errors.fitbitJson(JSON.stringify({
    active: true,
    scope: `{${scopes.join(", ")}}`,
    client_id: settings.clientId,
    user_id: userId,
    token_type: "access_token",
    exp: tested.until,
    iat: tested.from,
  }));
}

/** `POST /oauth2/revoke`: ends all tokens of this user for this app. Throws a FitbitRefusal. */
export function revoke(call: Call, { grants, settings }: OAuthContext): Reply {
  const form = new URLSearchParams(call.body);
  demandClient(call, form, settings);
  const given = required(form, "token");
  if (!grants.revoke(given)) throw new errors.FitbitRefusal(errors.tokenInvalid(given));
  grants.revokeAll();
  return errors.fitbitJson("");
}

/** The consent behind the request's token. Throws a FitbitRefusal. */
export function demandToken(call: Call, grants: Grants): Grant {
  if (!call.headers.has("authorization")) throw new errors.FitbitRefusal(errors.headerRequired);
  const given = bearerToken(call.headers);
  if (given === undefined) throw new errors.FitbitRefusal(errors.headerMalformed);
  const state = grants.stateOf(given);
  if (state.state === "good") return state.grant;
  throw new errors.FitbitRefusal(
    state.state === "expired" ? errors.tokenExpired(given) : errors.tokenInvalid(given),
  );
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === "") {
    throw new errors.FitbitRefusal(errors.missingParameter(name));
  }
  return value;
}
