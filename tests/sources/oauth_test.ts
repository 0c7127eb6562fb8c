import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Http } from "../../pipeline/fetch/http.ts";
import { noQuota } from "../../pipeline/fetch/quota.ts";
import { fitbitOAuth } from "../../pipeline/sources/fitbit_web/oauth.ts";
import { googleOAuth } from "../../pipeline/sources/google_health/oauth.ts";
import {
  authorize,
  type AuthorizeRequest,
  refreshedLogin,
  type Visit,
  visitWithoutBrowser,
} from "../../pipeline/sources/oauth.ts";
import { LeapingClock } from "../support/leaping_clock.ts";
import { failureOf } from "../support/scripted_fetch.ts";

const now = Date.parse("2026-10-25T12:00:00Z");
const standIn = "http://127.0.0.1:8080";

/** What a token endpoint was sent. */
interface Sent {
  readonly url: string;
  readonly authorization: string | null;
  readonly form: Record<string, string>;
}

function httpTo(sent: Sent[], answer: () => Response) {
  return new Http({
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      sent.push({
        url: request.url,
        authorization: request.headers.get("authorization"),
        form: Object.fromEntries(new URLSearchParams(await request.text())),
      });
      return answer();
    },
    clock: new LeapingClock("2026-10-25T12:00:00Z"),
    signal: new AbortController().signal,
    quota: noQuota,
    retry: { attempts: 2, base_ms: 1000, longest_ms: 1000, random: () => 0 },
  });
}

/** Consents, and notes what the consent page was asked. */
function consenting(asked: URL[], change: (back: URL) => void = () => {}): Visit {
  return (consent) => {
    asked.push(consent);
    const back = new URL(consent.searchParams.get("redirect_uri") ?? "");
    back.searchParams.set("state", consent.searchParams.get("state") ?? "");
    back.searchParams.set("code", "CANARYcode");
    // What Fitbit appends.
    back.hash = "_=_";
    change(back);
    return Promise.resolve(back);
  };
}

const tokens = () =>
  Response.json({
    access_token: "CANARYaccess",
    refresh_token: "CANARYrefresh",
    expires_in: 3599,
    refresh_token_expires_in: 604_799,
    scope: "heartrate profile",
    token_type: "Bearer",
    user_id: "ABC123",
  });

const key = { source: "fitbit-web", participant: "me", api_url: standIn };

function requestWith(http: Http, visit: Visit): AuthorizeRequest {
  return {
    key,
    endpoints: fitbitOAuth(standIn),
    clientId: "23ABCD",
    clientSecret: "CANARYsecret",
    scopes: ["heartrate", "profile", "settings"],
    redirectUri: "http://127.0.0.1:1234/",
    visit,
    http,
    clock: new LeapingClock("2026-10-25T12:00:00Z"),
  };
}

Deno.test("authorize() asks with PKCE and state, and gives the whole login", async () => {
  const sent: Sent[] = [];
  const asked: URL[] = [];
  const login = await authorize(requestWith(httpTo(sent, tokens), consenting(asked)));
  assert.deepEqual(login, {
    ...key,
    token_endpoint: `${standIn}/oauth2/token`,
    client_id: "23ABCD",
    client_secret: "CANARYsecret",
    client_auth: "basic",
    access_token: "CANARYaccess",
    expires_at: now + 3_599_000,
    refresh_token: "CANARYrefresh",
    grant_expires_at: now + 604_799_000,
    scopes: ["heartrate", "profile"],
    user_id: "ABC123",
  });
  const query = Object.fromEntries(asked[0]?.searchParams ?? []);
  assert.equal(asked[0]?.pathname, "/oauth2/authorize");
  assert.equal(query["response_type"], "code");
  assert.equal(query["client_id"], "23ABCD");
  assert.equal(query["scope"], "heartrate profile settings");
  assert.equal(query["code_challenge_method"], "S256");
  assert.ok((query["state"] ?? "").length >= 32);
  assert.equal(sent.length, 1);
  const { url, authorization, form } = sent[0] ?? {};
  assert.equal(url, `${standIn}/oauth2/token`);
  assert.equal(authorization, `Basic ${btoa("23ABCD:CANARYsecret")}`);
  assert.equal(form?.["grant_type"], "authorization_code");
  assert.equal(form?.["code"], "CANARYcode");
  assert.equal(form?.["redirect_uri"], "http://127.0.0.1:1234/");
  assert.equal(
    createHash("sha256").update(form?.["code_verifier"] ?? "").digest("base64url"),
    query["code_challenge"],
  );
});

Deno.test("authorize() sends the secret as each service wants it", async () => {
  const sent: Sent[] = [];
  const asked: URL[] = [];
  const request = requestWith(httpTo(sent, tokens), consenting(asked));
  await authorize({ ...request, endpoints: googleOAuth(standIn) });
  const { clientSecret: _none, ...open } = request;
  const login = await authorize({ ...open, clientSecret: undefined });
  assert.equal(sent[0]?.url, `${standIn}/token`);
  assert.equal(sent[0]?.authorization, null);
  assert.equal(sent[0]?.form["client_secret"], "CANARYsecret");
  assert.equal(sent[1]?.authorization, null);
  assert.equal(sent[1]?.form["client_id"], "23ABCD");
  assert.equal("client_secret" in (sent[1]?.form ?? {}), false);
  assert.equal(login.client_auth, "none");
  const google = Object.fromEntries(asked[0]?.searchParams ?? []);
  assert.equal(google["access_type"], "offline");
  assert.equal(google["prompt"], "consent");
  assert.equal("include_granted_scopes" in google, false);
});

Deno.test("authorize() takes no answer but its own", async () => {
  const cases: [(back: URL) => void, RegExp][] = [
    [(back) => back.searchParams.set("state", "other"), /state/],
    [(back) => back.searchParams.delete("state"), /state/],
    [(back) => back.searchParams.append("state", "twice"), /state/],
    [(back) => back.searchParams.set("iss", "https://evil.example"), /issuer/],
    [(back) => back.searchParams.set("error", "access_denied"), /not given: access_denied/],
    [(back) => back.searchParams.set("token", "CANARY"), /implicit/],
  ];
  for (const [change, message] of cases) {
    const sent: Sent[] = [];
    const error = await failureOf(
      authorize(requestWith(httpTo(sent, tokens), consenting([], change))),
    );
    assert.equal(error.name, "LoginNeeded");
    assert.match(error.message, message);
    assert.ok(!Deno.inspect(error).includes("CANARY"));
    assert.deepEqual(sent, []);
  }
});

Deno.test("authorize() shows no secret when the code is refused", async () => {
  const answers: [() => Response, string][] = [
    [
      () =>
        Response.json({
          errors: [{
            errorType: "invalid_grant",
            message: "Authorization code invalid: CANARYcode Visit",
          }],
        }, { status: 400 }),
      "LoginNeeded",
    ],
    [() => new Response("CANARYcode CANARYsecret", { status: 418 }), "UserError"],
    [() => Response.json({ access_token: "CANARYx" }), "UserError"],
  ];
  for (const [answer, name] of answers) {
    const error = await failureOf(authorize(requestWith(httpTo([], answer), consenting([]))));
    assert.equal(error.name, name);
    assert.ok(!Deno.inspect(error).includes("CANARY"), Deno.inspect(error));
  }
});

Deno.test("refreshedLogin() keeps what the answer leaves out", async () => {
  const sent: Sent[] = [];
  const login = await authorize({
    ...requestWith(httpTo([], tokens), consenting([])),
    endpoints: googleOAuth(standIn),
  });
  const http = httpTo(
    sent,
    () => Response.json({ access_token: "CANARYnew", token_type: "bearer" }),
  );
  const refreshed = await refreshedLogin(login, http, new LeapingClock("2026-10-25T13:00:00Z"));
  assert.deepEqual(refreshed, { ...login, access_token: "CANARYnew", expires_at: null });
  assert.deepEqual(sent[0]?.form, {
    grant_type: "refresh_token",
    refresh_token: "CANARYrefresh",
    client_id: "23ABCD",
    client_secret: "CANARYsecret",
  });
});

Deno.test("refreshedLogin() keeps the new pair, whatever else the answer tells", async () => {
  const login = await authorize(requestWith(httpTo([], tokens), consenting([])));
  const http = httpTo([], () =>
    Response.json({
      access_token: "CANARYnew",
      refresh_token: "CANARYnext",
      token_type: "bearer",
      user_id: 17,
      refresh_token_expires_in: "604799",
    }));
  const refreshed = await refreshedLogin(login, http, new LeapingClock("2026-10-25T13:00:00Z"));
  assert.equal(refreshed.refresh_token, "CANARYnext");
  assert.equal(refreshed.user_id, login.user_id);
});

Deno.test("refreshedLogin() sends nothing in the clear beyond this machine", async () => {
  const sent: Sent[] = [];
  const login = await authorize(requestWith(httpTo([], tokens), consenting([])));
  const token_endpoint = "http://api.fitbit.com/oauth2/token";
  const http = httpTo(sent, tokens);
  await failureOf(
    refreshedLogin({ ...login, token_endpoint }, http, new LeapingClock("2026-10-25")),
  );
  assert.deepEqual(sent, []);
});

Deno.test("visitWithoutBrowser() follows the redirect, and tells when there is none", async () => {
  const consent = new URL(`${standIn}/oauth2/authorize?client_id=1`);
  const redirect = () => new Response(null, { status: 302, headers: { location: "/back?code=1" } });
  const back = await visitWithoutBrowser(() => Promise.resolve(redirect()))(consent);
  assert.equal(back.href, `${standIn}/back?code=1`);
  const page = () => Promise.resolve(new Response("Choose an account"));
  assert.equal((await failureOf(visitWithoutBrowser(page)(consent))).name, "LoginNeeded");
});
