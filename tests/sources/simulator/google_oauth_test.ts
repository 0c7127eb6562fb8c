/** Google's authorisation server: consent, code with PKCE, refresh, revocation. */

import assert from "node:assert/strict";
import { standingClock } from "../../../pipeline/sources/simulator/clock.ts";
import { demoNow } from "../../../pipeline/sources/simulator/demo_person.ts";
import {
  googleDefaults,
  type GoogleSettings,
} from "../../../pipeline/sources/simulator/google/settings.ts";
import { challengeOf } from "../../../pipeline/sources/simulator/oauth/pkce.ts";
import { createSimulator, type Simulator } from "../../../pipeline/sources/simulator/simulator.ts";
import { ask, at, redirectOf } from "./ask.ts";

const scope = (name: string) => `https://www.googleapis.com/auth/googlehealth.${name}.readonly`;
const verifier = "v".repeat(64);
const redirect_uri = "http://127.0.0.1:51763/callback";
const client = { client_id: googleDefaults.clientId, client_secret: googleDefaults.clientSecret };

const consentQuery: Readonly<Record<string, string>> = {
  client_id: client.client_id,
  response_type: "code",
  redirect_uri,
  scope: [scope("settings"), scope("health_metrics_and_measurements")].join(" "),
  state: "s 1",
  code_challenge: challengeOf(verifier),
  code_challenge_method: "S256",
  access_type: "offline",
  prompt: "consent",
};

function authorise(simulator: Simulator, change: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams({ ...consentQuery, ...change });
  return ask(simulator, `/o/oauth2/v2/auth?${query}`);
}

async function login(simulator: Simulator, change: Readonly<Record<string, string>> = {}) {
  const code = redirectOf(await authorise(simulator, change)).searchParams.get("code") ?? "";
  return await exchange(simulator, { code });
}

function exchange(simulator: Simulator, change: Readonly<Record<string, string>>) {
  const form = {
    grant_type: "authorization_code",
    redirect_uri,
    code_verifier: verifier,
    ...client,
    ...change,
  };
  return ask(simulator, "/token", { form });
}

function refresh(simulator: Simulator, refresh_token: string) {
  return ask(simulator, "/token", {
    form: { grant_type: "refresh_token", refresh_token, ...client },
  });
}

async function works(simulator: Simulator, accessToken: string): Promise<boolean> {
  return (await ask(simulator, "/v4/users/me/settings", { token: accessToken })).status === 200;
}

Deno.test("the code grant ends in tokens that work", async () => {
  const simulator = createSimulator();
  const back = redirectOf(await authorise(simulator));
  assert.equal(`${back.origin}${back.pathname}`, redirect_uri);
  assert.equal(back.searchParams.get("state"), "s 1");
  const { status, json } = await exchange(simulator, { code: back.searchParams.get("code") ?? "" });
  assert.equal(status, 200);
  assert.deepEqual(
    [at(json, "expires_in"), at(json, "token_type"), at(json, "scope")],
    [3599, "Bearer", consentQuery["scope"]],
  );
  // The consent is not limited in time.
  assert.equal(at(json, "refresh_token_expires_in"), undefined);
  assert.ok(await works(simulator, String(at(json, "access_token"))));
});

const badConsents: readonly { change: Record<string, string>; status: number }[] = [
  { change: { client_id: "someone-else" }, status: 401 },
  { change: { redirect_uri: "https://www.google.com" }, status: 400 },
  { change: { redirect_uri: "http://127.0.0.1.evil.example/" }, status: 400 },
  { change: { response_type: "token" }, status: 400 },
  { change: { scope: "" }, status: 400 },
  { change: { scope: "https://www.googleapis.com/auth/googlehealth.sleep" }, status: 400 },
  { change: { code_challenge_method: "plain" }, status: 400 },
  { change: { code_challenge: "short" }, status: 400 },
];

for (const { change, status } of badConsents) {
  Deno.test(`the consent page refuses ${JSON.stringify(change)}`, async () => {
    const answer = await authorise(createSimulator(), change);
    assert.equal(answer.status, status);
    assert.match(answer.headers.get("content-type") ?? "", /html/);
  });
}

Deno.test("a person who declines is sent back with access_denied", async () => {
  const simulator = createSimulator({ google: { consent: "deny" } });
  const { searchParams } = redirectOf(await authorise(simulator));
  assert.deepEqual(
    [searchParams.get("error"), searchParams.get("state"), searchParams.get("code")],
    ["access_denied", "s 1", null],
  );
});

Deno.test("unticked scopes are missing from the token", async () => {
  const simulator = createSimulator({ google: { untickedScopes: ["settings.readonly"] } });
  const { json } = await login(simulator);
  assert.equal(at(json, "scope"), scope("health_metrics_and_measurements"));
  const token = String(at(json, "access_token"));
  const refused = await ask(simulator, "/v4/users/me/settings", { token });
  assert.deepEqual(
    [refused.status, at(refused.json, "error", "details", 0, "reason")],
    [403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"],
  );
});

const badExchanges: readonly { change: Record<string, string>; status: number; error: string }[] = [
  { change: { code_verifier: "w".repeat(64) }, status: 400, error: "invalid_grant" },
  { change: { code: "made-up" }, status: 400, error: "invalid_grant" },
  { change: { redirect_uri: "http://127.0.0.1:1/" }, status: 400, error: "redirect_uri_mismatch" },
  { change: { client_secret: "wrong" }, status: 401, error: "invalid_client" },
  { change: { client_id: "wrong" }, status: 401, error: "invalid_client" },
  { change: { grant_type: "password" }, status: 400, error: "unsupported_grant_type" },
];

for (const { change, status, error } of badExchanges) {
  Deno.test(`the token endpoint refuses ${JSON.stringify(change)}`, async () => {
    const simulator = createSimulator();
    const code = redirectOf(await authorise(simulator)).searchParams.get("code") ?? "";
    const answer = await exchange(simulator, { code, ...change });
    assert.deepEqual([answer.status, at(answer.json, "error")], [status, error]);
  });
}

Deno.test("the token endpoint asks for the verifier and the secret, and takes the secret in a header", async () => {
  const simulator = createSimulator();
  const code = async () => redirectOf(await authorise(simulator)).searchParams.get("code") ?? "";
  const grant = { grant_type: "authorization_code", redirect_uri };
  const form = { ...grant, ...client, code: await code() };
  const unproven = await ask(simulator, "/token", { form });
  assert.equal(at(unproven.json, "error_description"), "Missing code verifier.");
  const bare = { ...grant, client_id: client.client_id, code_verifier: verifier };
  const secretless = await ask(simulator, "/token", { form: { ...bare, code: await code() } });
  assert.deepEqual([secretless.status, at(secretless.json, "error")], [400, "invalid_request"]);
  const basic = `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}`;
  const form2 = { ...bare, code: await code() };
  assert.equal((await ask(simulator, "/token", { form: form2, authorization: basic })).status, 200);
});

Deno.test("a code works once and for ten minutes", async () => {
  const clock = standingClock(demoNow);
  const simulator = createSimulator({ clock });
  const codeOf = async () => redirectOf(await authorise(simulator)).searchParams.get("code") ?? "";
  const used = await codeOf();
  assert.equal((await exchange(simulator, { code: used })).status, 200);
  assert.equal((await exchange(simulator, { code: used })).status, 400);
  const old = await codeOf();
  clock.advance(600_000);
  assert.equal(at((await exchange(simulator, { code: old })).json, "error"), "invalid_grant");
});

Deno.test("an access token lives an hour; refreshing gives another and keeps the refresh token", async () => {
  const clock = standingClock(demoNow);
  const simulator = createSimulator({ clock });
  const { json } = await login(simulator);
  const [access, again] = [String(at(json, "access_token")), String(at(json, "refresh_token"))];
  clock.advance(3599_000);
  assert.equal(await works(simulator, access), false);
  for (let i = 0; i < 2; i++) {
    const refreshed = await refresh(simulator, again);
    assert.equal(refreshed.status, 200);
    assert.equal(at(refreshed.json, "refresh_token"), undefined);
    assert.ok(await works(simulator, String(at(refreshed.json, "access_token"))));
  }
});

const offline: readonly {
  name: string;
  change: Record<string, string>;
  earlier: boolean;
  gets: boolean;
}[] = [
  {
    name: "access_type=offline, first consent",
    change: { prompt: "" },
    earlier: false,
    gets: true,
  },
  {
    name: "access_type=offline, repeated consent",
    change: { prompt: "" },
    earlier: true,
    gets: false,
  },
  { name: "prompt=consent, repeated consent", change: {}, earlier: true, gets: true },
  { name: "no access_type", change: { access_type: "online" }, earlier: false, gets: false },
];

for (const { name, change, earlier, gets } of offline) {
  Deno.test(`${name}: ${gets ? "a" : "no"} refresh token`, async () => {
    const simulator = createSimulator();
    if (earlier) await login(simulator);
    const { json } = await login(simulator, change);
    assert.equal(at(json, "refresh_token") !== undefined, gets);
  });
}

Deno.test("in testing the consent ends after seven days, and says so", async () => {
  const clock = standingClock(demoNow);
  const simulator = createSimulator({ clock, google: { publishing: "testing" } });
  const { json } = await login(simulator);
  assert.equal(at(json, "refresh_token_expires_in"), 604_799);
  clock.advance(6 * 86_400_000);
  const later = await refresh(simulator, String(at(json, "refresh_token")));
  assert.equal(at(later.json, "refresh_token_expires_in"), 86_399);
  clock.advance(86_400_000);
  const dead = await refresh(simulator, String(at(json, "refresh_token")));
  assert.deepEqual([dead.status, at(dead.json, "error")], [400, "invalid_grant"]);
});

Deno.test("revoking any token ends the whole consent", async () => {
  const simulator = createSimulator();
  const { json } = await login(simulator);
  const [access, again] = [String(at(json, "access_token")), String(at(json, "refresh_token"))];
  assert.equal((await ask(simulator, "/revoke", { form: { token: again } })).status, 200);
  assert.equal(await works(simulator, access), false);
  assert.equal(at((await refresh(simulator, again)).json, "error"), "invalid_grant");
  assert.equal((await ask(simulator, "/revoke", { form: { token: again } })).status, 400);
});

Deno.test("switches can be set while it runs", async () => {
  const simulator = createSimulator();
  const change: Partial<GoogleSettings> = { consent: "deny" };
  Object.assign(simulator.google, change);
  assert.ok(redirectOf(await authorise(simulator)).searchParams.has("error"));
});
