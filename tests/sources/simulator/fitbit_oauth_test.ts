/** Fitbit's authorisation server: both grants, single-use refresh tokens, introspection, revocation. */

import assert from "node:assert/strict";
import { standingClock } from "../../../pipeline/sources/simulator/clock.ts";
import { demoNow, demoPerson } from "../../../pipeline/sources/simulator/demo_person.ts";
import {
  fitbitDefaults,
  type FitbitSettings,
} from "../../../pipeline/sources/simulator/fitbit/settings.ts";
import { challengeOf } from "../../../pipeline/sources/simulator/oauth/pkce.ts";
import { createSimulator, type Simulator } from "../../../pipeline/sources/simulator/simulator.ts";
import { type Answered, ask, at, redirectOf } from "./ask.ts";

const { clientId, clientSecret } = fitbitDefaults;
const basic = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
const redirect_uri = "http://localhost:8000/";
const verifier = "v".repeat(43);

const consentQuery: Readonly<Record<string, string>> = {
  response_type: "code",
  client_id: clientId,
  redirect_uri,
  scope: "heartrate profile settings",
  state: "abc",
};

function authorise(simulator: Simulator, change: Readonly<Record<string, string>> = {}) {
  return ask(simulator, `/oauth2/authorize?${new URLSearchParams({ ...consentQuery, ...change })}`);
}

async function codeOf(simulator: Simulator, change: Readonly<Record<string, string>> = {}) {
  return redirectOf(await authorise(simulator, change)).searchParams.get("code") ?? "";
}

function exchange(
  simulator: Simulator,
  code: string,
  change: Readonly<Record<string, string>> = {},
) {
  const form = { grant_type: "authorization_code", code, redirect_uri, ...change };
  return ask(simulator, "/oauth2/token", { form, authorization: basic });
}

function refresh(simulator: Simulator, refresh_token: string) {
  const form = { grant_type: "refresh_token", refresh_token };
  return ask(simulator, "/oauth2/token", { form, authorization: basic });
}

async function statusWith(simulator: Simulator, token: string): Promise<number> {
  return (await ask(simulator, "/1/user/-/profile.json", { token })).status;
}

function errorOf({ status, json }: Answered) {
  return [status, at(json, "errors", 0, "errorType")];
}

Deno.test("the code grant ends in tokens that work", async () => {
  const simulator = createSimulator();
  const back = redirectOf(await authorise(simulator));
  assert.equal(back.hash, "#_=_");
  assert.equal(back.searchParams.get("state"), "abc");
  const { status, json } = await exchange(simulator, back.searchParams.get("code") ?? "");
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(Object(json)), [
    "access_token",
    "expires_in",
    "refresh_token",
    "scope",
    "token_type",
    "user_id",
  ]);
  assert.deepEqual(
    [at(json, "expires_in"), at(json, "scope"), at(json, "user_id")],
    [28_800, consentQuery["scope"], demoPerson.fitbitUserId],
  );
  assert.match(String(at(json, "refresh_token")), /^[0-9a-f]{64}$/);
  assert.equal(await statusWith(simulator, String(at(json, "access_token"))), 200);
});

Deno.test("the access token is a JWT with short scope codes", async () => {
  const simulator = createSimulator();
  const { json } = await exchange(simulator, await codeOf(simulator));
  const [, claims = ""] = String(at(json, "access_token")).split(".");
  const payload = JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/")));
  assert.deepEqual([at(payload, "scopes"), at(payload, "iss")], ["rhr rpro rset", "Fitbit"]);
  assert.equal(Number(at(payload, "exp")) - Number(at(payload, "iat")), 28_800);
});

Deno.test("the implicit grant returns everything in the fragment, and no refresh token", async () => {
  const clock = standingClock(demoNow);
  const simulator = createSimulator({ clock });
  const back = redirectOf(
    await authorise(simulator, { response_type: "token", expires_in: "604800" }),
  );
  const fragment = new URLSearchParams(back.hash.slice(1));
  assert.deepEqual([...fragment.keys()].sort(), [
    "access_token",
    "expires_in",
    "scope",
    "state",
    "token_type",
    "user_id",
  ]);
  const token = fragment.get("access_token") ?? "";
  clock.advance(604_799_000);
  assert.equal(await statusWith(simulator, token), 200);
  clock.advance(1000);
  assert.equal(await statusWith(simulator, token), 401);
});

const badConsents: readonly {
  readonly change: Record<string, string>;
  readonly fitbit?: Partial<FitbitSettings>;
}[] = [
  { change: { client_id: "OTHER" } },
  { change: { redirect_uri: "http://localhost:9/" }, fitbit: { redirectUri: redirect_uri } },
  { change: { response_type: "password" } },
  { change: { scope: "heart" } },
  { change: { scope: "" } },
  { change: { response_type: "token", expires_in: "60" } },
  { change: { response_type: "token" }, fitbit: { appType: "Server" } },
  { change: { code_challenge: "short", code_challenge_method: "S256" } },
  { change: { code_challenge: challengeOf(verifier), code_challenge_method: "plain" } },
];

for (const { change, fitbit = {} } of badConsents) {
  Deno.test(`the consent page refuses ${JSON.stringify({ ...change, ...fitbit })}`, async () => {
    const answer = await authorise(createSimulator({ fitbit }), change);
    assert.equal(answer.status, 400);
    assert.match(answer.headers.get("content-type") ?? "", /html/);
  });
}

Deno.test("a person who declines is sent back; unticked scopes are missing", async () => {
  const denied = redirectOf(await authorise(createSimulator({ fitbit: { consent: "deny" } })));
  assert.deepEqual(
    [denied.searchParams.get("error"), denied.searchParams.get("error_description"), denied.hash],
    ["access_denied", "The user denied the request.", "#_=_"],
  );
  const simulator = createSimulator({ fitbit: { untickedScopes: ["heartrate"] } });
  const { json } = await exchange(simulator, await codeOf(simulator));
  assert.equal(at(json, "scope"), "profile settings");
  const token = String(at(json, "access_token"));
  const heart = await ask(simulator, "/1/user/-/activities/heart/date/2026-10-06/1d.json", {
    token,
  });
  assert.deepEqual(errorOf(heart), [403, "insufficient_scope"]);
});

Deno.test("a code works once, for ten minutes, with its proof and its address", async () => {
  const clock = standingClock(demoNow);
  const simulator = createSimulator({ clock });
  const grant = [400, "invalid_grant"];
  const code = await codeOf(simulator);
  assert.equal((await exchange(simulator, code)).status, 200);
  assert.deepEqual(errorOf(await exchange(simulator, code)), grant);
  const proof = { code_challenge: challengeOf(verifier), code_challenge_method: "S256" };
  const proven = await exchange(simulator, await codeOf(simulator, proof), {
    code_verifier: verifier,
  });
  assert.equal(proven.status, 200);
  assert.deepEqual(errorOf(await exchange(simulator, await codeOf(simulator, proof))), grant);
  const elsewhere = { redirect_uri: "http://localhost:1/" };
  assert.deepEqual(errorOf(await exchange(simulator, await codeOf(simulator), elsewhere)), grant);
  const late = await codeOf(simulator);
  clock.advance(600_000);
  assert.deepEqual(errorOf(await exchange(simulator, late)), grant);
});

Deno.test("a refresh token works once", async () => {
  const simulator = createSimulator();
  const spent = simulator.issue("fitbit-web").refreshToken;
  const first = await refresh(simulator, spent);
  assert.equal(first.status, 200);
  assert.equal(await statusWith(simulator, String(at(first.json, "access_token"))), 200);
  const again = await refresh(simulator, spent);
  assert.deepEqual(errorOf(again), [400, "invalid_grant"]);
  assert.match(
    String(at(again.json, "errors", 0, "message")),
    new RegExp(`${spent}\\. Visit https`),
  );
  assert.equal(at(again.json, "success"), false);
  assert.equal((await refresh(simulator, String(at(first.json, "refresh_token")))).status, 200);
});

Deno.test("with a grace a spent refresh token gives the same pair for a while", async () => {
  const clock = standingClock(demoNow);
  const simulator = createSimulator({ clock, fitbit: { refreshGrace_s: 120 } });
  const spent = simulator.issue("fitbit-web").refreshToken;
  const first = await refresh(simulator, spent);
  clock.advance(119_000);
  assert.equal((await refresh(simulator, spent)).text, first.text);
  clock.advance(1000);
  assert.deepEqual(errorOf(await refresh(simulator, spent)), [400, "invalid_grant"]);
});

const tokenCalls: readonly {
  readonly name: string;
  readonly appType: FitbitSettings["appType"];
  readonly authorization?: string;
  readonly form: Record<string, string>;
  readonly expected: readonly (number | string)[];
}[] = [
  {
    name: "a Personal app without its header",
    appType: "Personal",
    form: { client_id: clientId },
    expected: [400, "invalid_request"],
  },
  {
    name: "a header that is not Basic",
    appType: "Personal",
    authorization: "Basic :",
    form: {},
    expected: [401, "invalid_client"],
  },
  {
    name: "a wrong secret",
    appType: "Server",
    authorization: `Basic ${btoa(`${clientId}:wrong`)}`,
    form: {},
    expected: [401, "invalid_client"],
  },
  {
    name: "no refresh token",
    appType: "Personal",
    authorization: basic,
    form: { refresh_token: "" },
    expected: [400, "invalid_request"],
  },
  {
    name: "no grant type",
    appType: "Personal",
    authorization: basic,
    form: { grant_type: "" },
    expected: [400, "invalid_request"],
  },
  {
    name: "a Client app with another id",
    appType: "Client",
    form: { client_id: "OTHER" },
    expected: [401, "invalid_client"],
  },
];

for (const { name, appType, authorization, form, expected } of tokenCalls) {
  Deno.test(`the token endpoint refuses ${name}`, async () => {
    const simulator = createSimulator({ fitbit: { appType } });
    const refresh_token = simulator.issue("fitbit-web").refreshToken;
    const answer = await ask(simulator, "/oauth2/token", {
      form: { grant_type: "refresh_token", refresh_token, ...form },
      ...(authorization === undefined ? {} : { authorization }),
    });
    assert.deepEqual(errorOf(answer), expected);
  });
}

Deno.test("a Client app refreshes with its id alone", async () => {
  const simulator = createSimulator({ fitbit: { appType: "Client" } });
  const refresh_token = simulator.issue("fitbit-web").refreshToken;
  const form = { grant_type: "refresh_token", refresh_token, client_id: clientId };
  assert.equal((await ask(simulator, "/oauth2/token", { form })).status, 200);
});

Deno.test("an access token expires after eight hours, and says so", async () => {
  const clock = standingClock(demoNow);
  const simulator = createSimulator({ clock });
  const token = simulator.issue("fitbit-web").accessToken;
  clock.advance(28_800_000);
  const answer = await ask(simulator, "/1/user/-/profile.json", { token });
  assert.deepEqual(errorOf(answer), [401, "expired_token"]);
  assert.match(
    String(at(answer.json, "errors", 0, "message")),
    /^Access token expired: eyJ.*Visit/,
  );
});

Deno.test("tokens can be introspected, but not with a dead token", async () => {
  const clock = standingClock(demoNow);
  const simulator = createSimulator({ clock });
  const old = simulator.issue("fitbit-web").accessToken;
  clock.advance(28_800_000);
  const token = simulator.issue("fitbit-web", ["heartrate", "profile"]).accessToken;
  const path = "/1.1/oauth2/introspect";
  const { json } = await ask(simulator, path, { token, form: { token } });
  assert.deepEqual(
    [at(json, "active"), at(json, "scope"), at(json, "client_id")],
    [true, "{HEARTRATE=READ_WRITE, PROFILE=READ_WRITE}", clientId],
  );
  assert.deepEqual((await ask(simulator, path, { token, form: { token: old } })).json, {
    active: false,
  });
  assert.equal((await ask(simulator, path, { token: old, form: { token: old } })).status, 401);
});

Deno.test("revoking one token ends all of this person and app", async () => {
  const simulator = createSimulator();
  const [one, other] = [simulator.issue("fitbit-web"), simulator.issue("fitbit-web")];
  const form = { token: one.accessToken };
  const answer = await ask(simulator, "/oauth2/revoke", { form, authorization: basic });
  assert.deepEqual([answer.status, answer.text], [200, ""]);
  const dead = await ask(simulator, "/1/user/-/profile.json", { token: other.accessToken });
  assert.deepEqual(errorOf(dead), [401, "invalid_token"]);
  assert.equal((await refresh(simulator, other.refreshToken)).status, 400);
});
