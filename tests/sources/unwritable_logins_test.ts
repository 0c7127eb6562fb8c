/** A home that cannot be written to: the login that is there is neither lost nor in the way. */

import assert from "node:assert/strict";
import { exitCode, LoginsUnwritable } from "../../pipeline/errors.ts";
import { Http } from "../../pipeline/fetch/http.ts";
import { noQuota } from "../../pipeline/fetch/quota.ts";
import type { ApiName } from "../../pipeline/sources/simulator/api.ts";
import { createSimulator } from "../../pipeline/sources/simulator/simulator.ts";
import { storedToken } from "../../pipeline/sources/stored_token.ts";
import { type Login, LoginFile, secretFiles } from "../../pipeline/sources/token_file.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { LeapingClock } from "../support/leaping_clock.ts";
import { failureOf } from "../support/scripted_fetch.ts";

const base = "http://127.0.0.1:1";

const readOnly = () => {
  throw new Error("Read-only file system (os error 30)");
};

/** What can be wrong with the folder of the logins, once a login is there. */
const hindrances: Readonly<Record<string, (folder: string) => LoginFile>> = {
  "a read-only disk": (folder) =>
    new LoginFile(folder, {
      ...secretFiles,
      makeFolder: readOnly,
      writeSynced: readOnly,
      rename: readOnly,
      remove: readOnly,
    }),
  "a lock that cannot be opened": (folder) => {
    Deno.mkdirSync(`${folder}/tokens.lock`);
    return new LoginFile(folder);
  },
  "no room for a second file": (folder) =>
    new LoginFile(folder, { ...secretFiles, writeSynced: readOnly }),
};

const endpoints = {
  "google-health": { token: "/token", auth: "post", lasts: true },
  "fitbit-web": { token: "/oauth2/token", auth: "basic", lasts: false },
} as const;

function setUp(folder: string, source: ApiName) {
  const clock = new LeapingClock("2026-11-07T12:00:00Z");
  const simulator = createSimulator({ clock });
  const { accessToken, refreshToken } = simulator.issue(source);
  const { clientId, clientSecret } = source === "google-health"
    ? simulator.google
    : simulator.fitbit;
  const { token, auth, lasts } = endpoints[source];
  const login: Login = {
    source,
    participant: "me",
    api_url: base,
    token_endpoint: base + token,
    client_id: clientId,
    client_secret: clientSecret,
    client_auth: auth,
    access_token: accessToken,
    expires_at: clock.now() + 3_600_000,
    refresh_token: refreshToken,
    ...lasts ? { refresh_lasts: true } : {},
  };
  new LoginFile(folder).save(login);
  const http = new Http({
    fetch: (input, init) => simulator.handle(new Request(input, init)),
    clock,
    signal: new AbortController().signal,
    quota: noQuota,
    retry: { attempts: 1, base_ms: 1, longest_ms: 1, random: () => 0 },
  });
  return { clock, simulator, login, http };
}

for (const [name, hindered] of Object.entries(hindrances)) {
  Deno.test(`${name}: a single-use refresh token is not spent, and the reason is told`, () =>
    inTemporaryFolder(async (parent) => {
      const folder = `${parent}/config`;
      const { clock, simulator, login, http } = setUp(folder, "fitbit-web");
      const text = Deno.readTextFileSync(`${folder}/tokens.json`);
      const token = storedToken(hindered(folder), login, http, clock);
      assert.equal(await token.access(), login.access_token);
      clock.advance(7_200_000);
      const error = await failureOf(token.access());
      assert.ok(error instanceof LoginsUnwritable);
      assert.equal(error.exitCode, exitCode.usage);
      assert.match(`${error.message} ${error.hint}`, /tokens\.json": .*EVERYSECOND_CONFIG/);
      assert.equal(simulator.requests.length, 0);
      assert.equal(Deno.readTextFileSync(`${folder}/tokens.json`), text);
    }));

  Deno.test(`${name}: a lasting refresh token is used all the same, run after run`, () =>
    inTemporaryFolder(async (parent) => {
      const folder = `${parent}/config`;
      const { clock, login, http } = setUp(folder, "google-health");
      const text = Deno.readTextFileSync(`${folder}/tokens.json`);
      const store = hindered(folder);
      const seen = new Set([login.access_token]);
      for (let run = 0; run < 2; run++) {
        const token = storedToken(store, login, http, clock);
        clock.advance(7_200_000);
        seen.add(await token.access());
        seen.add(await token.refresh(await token.access()));
      }
      assert.equal(seen.size, 5);
      assert.equal(Deno.readTextFileSync(`${folder}/tokens.json`), text);
    }));
}

Deno.test("a service that begins to exchange its refresh tokens is believed", () =>
  inTemporaryFolder(async (parent) => {
    const folder = `${parent}/config`;
    const { clock, login } = setUp(folder, "google-health");
    const http = new Http({
      fetch: () =>
        Promise.resolve(
          Response.json({ access_token: "new", token_type: "Bearer", refresh_token: "other" }),
        ),
      clock,
      signal: new AbortController().signal,
      quota: noQuota,
      retry: { attempts: 1, base_ms: 1, longest_ms: 1, random: () => 0 },
    });
    const store = new LoginFile(folder);
    await storedToken(store, login, http, clock).refresh(login.access_token);
    assert.deepEqual(
      [store.find(login)?.refresh_token, store.find(login)?.refresh_lasts],
      ["other", false],
    );
  }));

Deno.test("a refresh that another process was faster with takes what that one got", () =>
  inTemporaryFolder(async (parent) => {
    const folder = `${parent}/config`;
    const { clock, login } = setUp(folder, "fitbit-web");
    const store = new LoginFile(folder);
    // A disk whose locks do not hold: the other one saves while this one asks.
    const http = new Http({
      fetch: () => {
        store.save({ ...login, access_token: "theirs", refresh_token: "their next" });
        return Promise.resolve(Response.json({ error: "invalid_grant" }, { status: 400 }));
      },
      clock,
      signal: new AbortController().signal,
      quota: noQuota,
      retry: { attempts: 1, base_ms: 1, longest_ms: 1, random: () => 0 },
    });
    const token = storedToken(store, login, http, clock);
    assert.equal(await token.refresh(login.access_token), "theirs");
    assert.equal(store.find(login)?.refresh_token, "their next");
  }));

Deno.test({
  name: "secretFiles takes no file over that others may read",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inTemporaryFolder((folder) => {
      const path = `${folder}/tokens.json.tmp-everysecond`;
      Deno.writeTextFileSync(path, "left behind", { mode: 0o666 });
      Deno.chmodSync(path, 0o666);
      secretFiles.writeSynced(path, new TextEncoder().encode("new"));
      assert.equal((Deno.statSync(path).mode ?? 0) & 0o777, 0o600);
      assert.equal(Deno.readTextFileSync(path), "new");
    }),
});
