/**
 * Google's authorisation server: the consent page (answered by itself, as the settings say), token
 * endpoint with PKCE, refresh and revocation. Answers as the real one does for a Desktop client.
 */

import { basicCredentials } from "../api.ts";
import type { Call, Reply } from "../api.ts";
import type { SimulatorClock } from "../clock.ts";
import type { JsonObject } from "../json.ts";
import type { Grants, TokenStyle } from "../oauth/grants.ts";
import { consentPage, decisionOf } from "../oauth/consent_page.ts";
import { challengeOf, isProofKey } from "../oauth/pkce.ts";
import { googleHeaders } from "./errors.ts";
import type { GoogleSettings } from "./settings.ts";

/** What all of Google's health scopes begin with. */
export const scopePrefix = "https://www.googleapis.com/auth/googlehealth.";

/** Read scopes that can be asked for. */
export const readScopes: readonly string[] = [
  "activity_and_fitness",
  "health_metrics_and_measurements",
  "sleep",
  "nutrition",
  "profile",
  "settings",
  "location",
  "ecg",
  "irn",
  "reproductive_health",
  "logged_symptoms",
  "mindfulness",
].map((name) => `${scopePrefix}${name}.readonly`);

const openIdScopes = ["openid", "email", "profile"];

export const googleTokenStyle: TokenStyle = {
  codePrefix: "4/0",
  refreshPrefix: "1//0",
  access: (_grant, _from, _until, random) => `ya29.a0${random}`,
};

/** Seconds; Google says 3599 for an hour. */
export const accessLifetime_s = 3599;
const testingLifetime_s = 604_799;

interface Context {
  readonly grants: Grants;
  readonly settings: GoogleSettings;
  readonly clock: SimulatorClock;
}

/** `GET /o/oauth2/v2/auth`: redirects with a code, or shows what is wrong with the request. */
export function authorise(call: Call, { grants, settings, clock }: Context): Reply {
  const query = call.query;
  const redirectUri = query.get("redirect_uri") ?? "";
  const challenge = query.get("code_challenge") ?? undefined;
  const scopes = (query.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  const wrong = [
    [query.get("client_id") !== settings.clientId, 401, "invalid_client"],
    [!isLoopback(redirectUri), 400, "redirect_uri_mismatch"],
    [query.get("response_type") !== "code", 400, "unsupported_response_type"],
    [scopes.length === 0, 400, "invalid_request: Missing required parameter: scope"],
    [!scopes.every(isKnownScope), 400, "invalid_scope"],
    [
      challenge !== undefined &&
      (query.get("code_challenge_method") !== "S256" || !isProofKey(challenge)),
      400,
      "invalid_request: code_challenge",
    ],
  ] as const;
  for (const [applies, status, text] of wrong) {
    if (applies) return page(status, `Access blocked: authorisation error. Error: ${text}`);
  }

  const back = new URL(redirectUri);
  if (query.has("state")) back.searchParams.set("state", query.get("state") ?? "");
  const decision = decisionOf(call, scopes, {
    consent: settings.consent,
    unticked: settings.untickedScopes.map((name) => `${scopePrefix}${name}`),
  });
  if (decision === undefined) return consentPage(call, scopes, "accounts.google.com");
  if (!decision.allowed) {
    back.searchParams.set("error", "access_denied");
    return { status: 302, headers: { location: back.href }, body: "" };
  }
  const granted = decision.scopes;
  const until = settings.publishing === "testing"
    ? clock.now() + testingLifetime_s * 1000
    : Infinity;
  // A repeated consent returns a refresh token only with `prompt=consent`.
  const fresh = !grants.hasConsent || (query.get("prompt") ?? "").split(" ").includes("consent");
  const code = grants.code({
    grant: grants.consent(granted, until),
    redirectUri,
    challenge,
    offline: query.get("access_type") === "offline" && fresh,
  });
  back.searchParams.set("code", code);
  back.searchParams.set("scope", granted.join(" "));
  return { status: 302, headers: { location: back.href }, body: "" };
}

/** `POST /token`: a code or a refresh token in, an access token out. */
export function token(call: Call, context: Context): Reply {
  const form = new URLSearchParams(call.body);
  const basic = basicCredentials(call.headers);
  const clientId = basic?.id ?? form.get("client_id");
  const secret = basic?.secret ?? form.get("client_secret");
  if (clientId !== context.settings.clientId) {
    return oauthError(401, "invalid_client", "The OAuth client was not found.");
  }
  if (secret === null) return oauthError(400, "invalid_request", "client_secret is missing.");
  if (secret !== context.settings.clientSecret) {
    return oauthError(401, "invalid_client", "Unauthorized");
  }
  const grantType = form.get("grant_type");
  if (grantType === "authorization_code") return exchange(form, context);
  if (grantType === "refresh_token") return refresh(form, context);
  return oauthError(400, "unsupported_grant_type", `Invalid grant_type: ${grantType ?? ""}`);
}

function exchange(form: URLSearchParams, { grants, clock }: Context): Reply {
  const details = grants.redeem(form.get("code") ?? "");
  if (details === undefined) return oauthError(400, "invalid_grant", "Malformed auth code.");
  if (details.redirectUri !== form.get("redirect_uri")) {
    return oauthError(400, "redirect_uri_mismatch", "Bad Request");
  }
  const verifier = form.get("code_verifier");
  if (details.challenge !== undefined && verifier === null) {
    return oauthError(400, "invalid_grant", "Missing code verifier.");
  }
  if (details.challenge !== undefined && challengeOf(verifier ?? "") !== details.challenge) {
    return oauthError(400, "invalid_grant", "Invalid code verifier.");
  }
  const { grant, offline } = details;
  return json({
    access_token: grants.access(grant, accessLifetime_s),
    expires_in: accessLifetime_s,
    refresh_token: offline ? grants.refresh(grant) : undefined,
    scope: grant.scopes.join(" "),
    token_type: "Bearer",
    refresh_token_expires_in: offline ? secondsLeft(grant.refreshableUntil, clock) : undefined,
  });
}

/** Refresh tokens do not rotate: the answer holds none. */
function refresh(form: URLSearchParams, { grants, clock }: Context): Reply {
  const grant = grants.ofRefresh(form.get("refresh_token") ?? "");
  if (grant === undefined) {
    return oauthError(400, "invalid_grant", "Token has been expired or revoked.");
  }
  return json({
    access_token: grants.access(grant, accessLifetime_s),
    expires_in: accessLifetime_s,
    scope: grant.scopes.join(" "),
    token_type: "Bearer",
    refresh_token_expires_in: secondsLeft(grant.refreshableUntil, clock),
  });
}

/** `POST /revoke`: ends the consent behind the token, with all its tokens. */
export function revoke(call: Call, { grants }: Context): Reply {
  const given = new URLSearchParams(call.body).get("token") ?? call.query.get("token") ?? "";
  return grants.revoke(given)
    ? json({})
    : oauthError(400, "invalid_token", "Token expired or revoked");
}

function secondsLeft(until: number, clock: SimulatorClock): number | undefined {
  return until === Infinity ? undefined : Math.floor((until - clock.now()) / 1000);
}

function isLoopback(uri: string): boolean {
  return URL.canParse(uri) && /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(uri);
}

function isKnownScope(scope: string): boolean {
  return readScopes.includes(scope) || openIdScopes.includes(scope);
}

function json(body: JsonObject): Reply {
  return { status: 200, headers: googleHeaders, body: JSON.stringify(body, null, 2) };
}

function oauthError(status: number, error: string, error_description: string): Reply {
  const body = JSON.stringify({ error, error_description }, null, 2);
  return { status, headers: googleHeaders, body };
}

function page(status: number, text: string): Reply {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: `<p>${text}</p>`,
  };
}
