import assert from "node:assert/strict";
import { LoginNeeded, UsageError } from "../../pipeline/errors.ts";
import { Http } from "../../pipeline/fetch/http.ts";
import { noQuota } from "../../pipeline/fetch/quota.ts";
import { storedToken, tokenVariable } from "../../pipeline/sources/stored_token.ts";
import { type Login, LoginMemory } from "../../pipeline/sources/token_file.ts";
import { givenToken, withToken } from "../../pipeline/sources/tokens.ts";
import { LeapingClock } from "../support/leaping_clock.ts";
import { failureOf } from "../support/scripted_fetch.ts";

const start = "2026-10-25T12:00:00Z";

const login: Login = {
  source: "fitbit-web",
  participant: "me",
  api_url: "http://127.0.0.1:8080",
  token_endpoint: "http://127.0.0.1:8080/oauth2/token",
  client_id: "23ABCD",
  client_secret: "CANARYsecret0",
  client_auth: "basic",
  access_token: "CANARYaccess0",
  expires_at: Date.parse(start) + 3_600_000,
  refresh_token: "CANARYrefresh0",
  scopes: ["heartrate"],
  user_id: "ABC123",
};

/** A token endpoint with single-use refresh tokens; `log` says what happened in which order. */
function rotatingEndpoint(log: string[]) {
  let valid = 0;
  return async (input: string | URL | Request, init?: RequestInit) => {
    const form = new URLSearchParams(await new Request(input, init).text());
    log.push(`asked with ${form.get("refresh_token")}`);
    if (form.get("refresh_token") !== `CANARYrefresh${valid}`) {
      const message = `Refresh token invalid: ${form.get("refresh_token")}. Visit us`;
      const errors = [{ errorType: "invalid_grant", message }];
      return Response.json({ errors, success: false }, { status: 400 });
    }
    valid++;
    return Response.json({
      access_token: `CANARYaccess${valid}`,
      refresh_token: `CANARYrefresh${valid}`,
      expires_in: 28_800,
      token_type: "Bearer",
      scope: "heartrate profile",
      user_id: "ABC123",
    });
  };
}

/** A store that logs what is saved, and can be told to fail. */
class LoggingStore extends LoginMemory {
  failing = false;

  constructor(private readonly log: string[]) {
    super();
  }

  override save(login: Login): void {
    if (this.failing) throw new Error("No space left on device");
    super.save(login);
    this.log.push(`saved ${login.access_token}`);
  }
}

function setUp(send?: typeof fetch) {
  const log: string[] = [];
  const store = new LoggingStore(log);
  store.save(login);
  log.length = 0;
  const clock = new LeapingClock(start);
  const http = new Http({
    fetch: send ?? rotatingEndpoint(log),
    clock,
    signal: new AbortController().signal,
    quota: noQuota,
    retry: { attempts: 2, base_ms: 1000, longest_ms: 1000, random: () => 0 },
  });
  return { log, store, clock, http, token: storedToken(store, login, http, clock) };
}

Deno.test("givenToken() hands out the token and cannot refresh it", async () => {
  const token = givenToken("  Bearer CANARYabc.def-1_2/3+4=\n", "EVERYSECOND_FITBIT_WEB_TOKEN");
  assert.equal(await token.access(), "CANARYabc.def-1_2/3+4=");
  const error = await failureOf(token.refresh(await token.access()));
  assert.ok(error instanceof LoginNeeded);
  assert.match(error.message, /in EVERYSECOND_FITBIT_WEB_TOKEN is not accepted/);
  assert.ok(!Deno.inspect(error).includes("CANARY"));
});

Deno.test("givenToken() refuses what cannot be a token, without quoting it", () => {
  for (const text of ["", "  ", "CANARY two", "CANARY\nline", "CANARYé"]) {
    assert.throws(() => givenToken(text, "X"), (error) => {
      assert.ok(error instanceof UsageError);
      assert.ok(!Deno.inspect(error).includes("CANARY"));
      return true;
    });
  }
});

Deno.test("tokenVariable() names the variable of a source", () => {
  assert.equal(tokenVariable("google-health"), "EVERYSECOND_GOOGLE_HEALTH_TOKEN");
});

Deno.test("withToken() repeats once with another token after a 401", async () => {
  const { token } = setUp();
  const sent: string[] = [];
  const reply = await withToken(token, async (access) => {
    const used = await access();
    sent.push(used);
    const status = used === "CANARYaccess0" ? 401 : 200;
    return { status, headers: new Headers(), body: new Uint8Array(), json: null };
  });
  assert.equal(reply.status, 200);
  assert.deepEqual(sent, ["CANARYaccess0", "CANARYaccess1"]);
});

Deno.test("storedToken() refreshes only when it must", async () => {
  const { token, clock, log } = setUp();
  assert.equal(await token.access(), "CANARYaccess0");
  assert.deepEqual(log, []);
  clock.advance(3_600_000 - 60_000);
  assert.equal(await token.access(), "CANARYaccess1");
  assert.equal(await token.access(), "CANARYaccess1");
  assert.deepEqual(log, ["asked with CANARYrefresh0", "saved CANARYaccess1"]);
});

Deno.test("storedToken() refreshes once for all who were refused, and for late ones not at all", async () => {
  const { token, log } = setUp();
  const access = await Promise.all([1, 2, 3].map(() => token.refresh("CANARYaccess0")));
  assert.deepEqual(access, ["CANARYaccess1", "CANARYaccess1", "CANARYaccess1"]);
  assert.equal(await token.refresh("CANARYaccess0"), "CANARYaccess1");
  assert.deepEqual(log, ["asked with CANARYrefresh0", "saved CANARYaccess1"]);
});

Deno.test("storedToken() saves what the answer tells", async () => {
  const { token, store } = setUp();
  await token.refresh("CANARYaccess0");
  assert.deepEqual(store.find(login), {
    ...login,
    access_token: "CANARYaccess1",
    refresh_token: "CANARYrefresh1",
    expires_at: Date.parse(start) + 28_800_000,
    scopes: ["heartrate", "profile"],
  });
});

Deno.test("storedToken() takes the pair another process got", async () => {
  const { token, store, http, clock, log } = setUp();
  const other = storedToken(store, login, http, clock);
  assert.equal(await other.refresh("CANARYaccess0"), "CANARYaccess1");
  assert.equal(await token.refresh("CANARYaccess0"), "CANARYaccess1");
  assert.equal(log.length, 2);
  assert.equal(await token.refresh("CANARYaccess1"), "CANARYaccess2");
});

Deno.test("storedToken() keeps a new pair that could not be saved, and saves it before its use", async () => {
  const { token, store, log } = setUp();
  store.failing = true;
  const error = await failureOf(token.refresh("CANARYaccess0"));
  assert.match(error.message, /No space left/);
  assert.match((await failureOf(token.access())).message, /No space left/);
  store.failing = false;
  assert.equal(await token.access(), "CANARYaccess1");
  assert.deepEqual(log, ["asked with CANARYrefresh0", "saved CANARYaccess1"]);
});

Deno.test("storedToken() asks for a login when the refresh token is dead, and keeps the file", async () => {
  const { token, store, log } = setUp();
  store.save({ ...login, refresh_token: "CANARYrefresh9" });
  log.length = 0;
  const error = await failureOf(token.refresh("CANARYaccess0"));
  assert.ok(error instanceof LoginNeeded);
  assert.ok(!Deno.inspect(error).includes("CANARY"));
  assert.deepEqual(log, ["asked with CANARYrefresh9"]);

  const { refresh_token: _gone, ...without } = login;
  store.save(without);
  assert.ok(await failureOf(token.refresh("CANARYaccess0")) instanceof LoginNeeded);
});

Deno.test("storedToken() takes nothing but invalid_grant for the end of a login", async () => {
  const echo = `{"refresh_token":"CANARYrefresh0"} Basic ${btoa("23ABCD:CANARYsecret0")}`;
  const cases: [() => Response, string, RegExp][] = [
    [() => new Response(echo, { status: 403 }), "UserError", /answered 403 \{"refresh_token"/],
    [() => new Response("<html>", { status: 502 }), "UserError", /answered 502.*\(2 attempts\)$/],
    [
      () => new Response("<html>"),
      "UserError",
      /expected JSON, got a web page that is not the service's: 6 bytes/,
    ],
    [() => Response.json({ expires_in: 1 }), "UserError", /Cannot read the tokens of 127/],
    [() => Response.json({ access_token: "CANARY", token_type: "mac" }), "UserError", /token_type/],
    [
      () => Response.json({ error: "temporarily_unavailable" }, { status: 400 }),
      "UserError",
      /answered 400/,
    ],
    [() => Response.json({ error: "invalid_grant" }, { status: 400 }), "LoginNeeded", /expired/],
    [() => Response.json({ error: "invalid_client" }, { status: 401 }), "LoginNeeded", /client/],
    [() => new Response("", { status: 410 }), "SourceGone", /ended on 2026-11-02/],
  ];
  for (const [answer, kind, message] of cases) {
    const { token, store } = setUp(() => Promise.resolve(answer()));
    const error = await failureOf(token.refresh("CANARYaccess0"));
    assert.equal(error.name, kind);
    assert.match(error.message, message);
    assert.ok(!Deno.inspect(error).includes("CANARY"), Deno.inspect(error));
    assert.ok(!Deno.inspect(error).includes(btoa("23ABCD:CANARYsecret0")));
    assert.deepEqual(store.find(login), login);
  }
});

Deno.test("storedToken() needs a login for exactly that address", () => {
  const { store, http, clock } = setUp();
  assert.throws(
    () => storedToken(store, { ...login, api_url: "http://127.0.0.1:9090" }, http, clock),
    (error) => error instanceof LoginNeeded && /EVERYSECOND_FITBIT_WEB_TOKEN/.test(`${error.hint}`),
  );
});
