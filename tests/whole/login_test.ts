/** Logging in and out with the whole program; the browser is played, the way back is a real socket. */

import assert from "node:assert/strict";
import type { User } from "../../pipeline/effects.ts";
import { LoginFile } from "../../pipeline/sources/token_file.ts";
import {
  type House,
  type HouseOptions,
  inHouse,
  type Ran,
  simulatedUrl,
} from "../support/house.ts";
import { nobody } from "../support/effects.ts";

const day = ["--from", "2026-10-05", "--to", "2026-10-05", "--only", "heart_rate"] as const;

/** A house whose person has to log in: no token is handed in. */
async function atTheDoor(
  work: (house: House, config: string) => Promise<void>,
  options: HouseOptions = {},
): Promise<void> {
  await inHouse(async (house) => {
    const config = `${house.root}-config`;
    house.env.set("EVERYSECOND_CONFIG", config);
    house.env.delete("EVERYSECOND_GOOGLE_HEALTH_TOKEN");
    house.env.delete("EVERYSECOND_FITBIT_WEB_TOKEN");
    try {
      await work(house, config);
    } finally {
      await Deno.remove(config, { recursive: true }).catch(() => {});
    }
  }, options);
}

/** Where the simulator's consent page sends the browser. */
async function sentTo(house: House, consent: URL): Promise<string> {
  const response = await house.simulator.handle(new Request(consent));
  const location = response.headers.get("location");
  assert.ok(location !== null, await response.text());
  return location;
}

/** Somebody with a browser, who types these lines. */
function person(house: House, ...lines: string[]): User {
  return {
    present: true,
    line: () => Promise.resolve(lines.shift()),
    secret: () => Promise.resolve(lines.shift()),
    async open(page) {
      await (await fetch(await sentTo(house, page))).body?.cancel();
      return true;
    },
  };
}

/** A login by somebody without one, who pastes what a browser elsewhere shows; fails unless it works. */
async function pasting(house: House, ...argv: string[]): Promise<string> {
  const talk: string[] = [];
  const tell = (line: string) => void talk.push(line);
  const user: User = {
    ...nobody,
    async line() {
      const page = talk.join("\n").match(/http\S+(?:authorize|auth)\?\S+/)?.[0] ?? "";
      return await sentTo(house, new URL(page));
    },
  };
  const { code } = await house.runWith(
    { user, talk: { say: tell, result: tell, progress: () => {} } },
    "login",
    ...argv,
  );
  assert.equal(code, 0, talk.join("\n"));
  return talk.join("\n");
}

async function clientFile(house: House): Promise<string> {
  const { clientId, clientSecret } = house.simulator.google;
  const path = `${house.root}-client.json`;
  const installed = { client_id: clientId, client_secret: clientSecret };
  await Deno.writeTextFile(path, JSON.stringify({ installed }));
  return path;
}

async function logIn(house: House, ...argv: string[]): Promise<Ran> {
  const client = await clientFile(house);
  return await house.runWith({ user: person(house) }, "login", "--client", client, ...argv);
}

const key = { source: "google-health", participant: "me", api_url: simulatedUrl };

Deno.test("login leads to daily runs, which renew it; logout ends it here and there", () =>
  atTheDoor(async (house, config) => {
    const { code, results, said } = await logIn(house);
    assert.equal(code, 0, said);
    assert.match(
      results,
      /^Logged in to google-health: account 8412907366153, Europe\/Berlin, since 2026-10-01, watch synced on 2026-11-07\nAllowed: health_metrics.*sleep/,
    );
    assert.doesNotMatch(results, /Not allowed/);
    assert.match(said, /Your browser opens the consent page/);
    await house.must("fetch", ...day);
    const before = new LoginFile(config).find(key)?.access_token;

    house.clock.ms += 7_200_000;
    await house.must("fetch", ...day);
    const login = new LoginFile(config).find(key);
    assert.ok(login !== undefined && login.access_token !== before, "it was not renewed");

    const out = await house.must("logout");
    assert.match(out.results, /consent is withdrawn and the login deleted/);
    assert.deepEqual(new LoginFile(config).list(), []);
    const refused = await house.simulator.handle(
      new Request(`${simulatedUrl}/v4/users/me/identity`, {
        headers: { authorization: `Bearer ${login.access_token}` },
      }),
    );
    assert.equal(refused.status, 401);
    const after = await house.run("fetch", ...day);
    assert.equal(after.code, 4);
    assert.match(after.said, /Cannot find a login.*\n.*deno task login google-health/);
    assert.equal((await house.run("logout")).code, 4);
  }));

Deno.test("login remembers the client, also for another participant", () =>
  atTheDoor(async (house, config) => {
    await logIn(house);
    await Deno.remove(`${house.root}-client.json`);
    const user = person(house);
    assert.equal((await house.runWith({ user }, "login")).code, 0);
    assert.equal((await house.runWith({ user }, "login", "--participant", "anna")).code, 0);
    assert.deepEqual(new LoginFile(config).list().map(({ participant }) => participant), [
      "me",
      "anna",
    ]);
  }));

Deno.test("login leads step by step to the client when there is none, and takes its file as an answer", () =>
  atTheDoor(async (house) => {
    const alone = await house.run("login");
    assert.equal(alone.code, 2);
    const places = [
      "projectcreate",
      "apis/library/health.googleapis.com",
      "auth/overview",
      "auth/audience",
      "auth/scopes",
      "auth/clients",
    ];
    for (const place of places) {
      assert.ok(alone.said.includes(`https://console.cloud.google.com/${place}`), place);
    }
    assert.match(alone.said, /Desktop app/);
    assert.match(alone.said, /Testing every login\s+dies after 7 days/);
    assert.match(alone.said, /\[x\] sleep\.readonly/);
    assert.match(alone.said, /deno task login google-health --client FILE$/);

    const user = person(house, `'${await clientFile(house)}' `);
    assert.equal((await house.runWith({ user }, "login")).code, 0);
  }));

Deno.test("login names what was left unticked and the tables that costs, and asks for more when told", () =>
  atTheDoor(async (house) => {
    const unticked = await logIn(house);
    assert.equal(unticked.code, 0);
    assert.match(
      unticked.results,
      /Not allowed:\n {2}sleep: these tables stay empty: sleep, sleep_stage\n/,
    );
    house.simulator.google.untickedScopes = [];
    const more = await logIn(house, "--also", "ecg");
    assert.match(more.results, /Allowed: .*, ecg$/m);
  }, { google: { untickedScopes: ["sleep.readonly"] } }));

Deno.test("login warns of an app in testing, and its end after seven days is told as that", () =>
  atTheDoor(async (house) => {
    const { results } = await logIn(house);
    assert.match(
      results,
      /This login ends on 2026-11-14: the app's publishing status is Testing\n.*Publish app/,
    );
    house.clock.ms += 8 * 86_400_000;
    const { code, said } = await house.run("fetch", ...day);
    assert.equal(code, 4);
    assert.match(said, /has ended with its seven days.*Testing\n.*Publish app.*deno task login/s);
  }, { google: { publishing: "testing" } }));

Deno.test("login that is refused, or of an account without data, leaves the earlier one", () =>
  atTheDoor(async (house, config) => {
    await logIn(house);
    const before = new LoginFile(config).find(key);
    house.simulator.google.consent = "deny";
    const denied = await logIn(house);
    assert.equal(denied.code, 4);
    assert.match(denied.said, /Consent was not given: access_denied\n.*press Allow/);
    house.simulator.google.consent = "allow";
    house.simulator.faults.add({ fault: "account-not-linked" });
    const unlinked = await logIn(house);
    assert.equal(unlinked.code, 4);
    assert.match(unlinked.said, /not linked to Fitbit or Google Health\n.*paired with/);
    assert.deepEqual(new LoginFile(config).find(key), before);
  }));

Deno.test("login is kept when only the API is not enabled yet, or does not answer", () =>
  atTheDoor(async (house, config) => {
    const cases = [["service-disabled", 2, /press Enable/], [
      "503-unavailable",
      3,
      /troubles of its own/,
    ]] as const;
    for (const [fault, expected, words] of cases) {
      house.simulator.faults.add({ fault });
      // The token endpoint answers, the API does not.
      const user = person(house);
      const send = async (input: string | URL | Request, init?: RequestInit) => {
        const request = new Request(input, init);
        if (!request.url.includes("/v4/")) house.simulator.faults.clear();
        else house.simulator.faults.add({ fault });
        return await house.simulator.handle(request);
      };
      house.simulator.faults.clear();
      const client = await clientFile(house);
      const { code, said } = await house.runWith(
        { user, fetch: send },
        "login",
        "--client",
        client,
      );
      assert.equal(code, expected, said);
      assert.match(said, /The login is kept, but cannot be used yet/);
      assert.match(said, words);
      assert.ok(new LoginFile(config).find(key) !== undefined);
      house.simulator.faults.clear();
    }
    await house.must("fetch", ...day);
  }));

Deno.test("login --paste needs no browser here", () =>
  atTheDoor(async (house) => {
    await pasting(house, "--paste", "--client", await clientFile(house));
    await house.must("fetch", ...day);
  }));

Deno.test("login fitbit-web asks for client and secret, and its single-use tokens are renewed", () =>
  atTheDoor(async (house) => {
    const { clientId, clientSecret } = house.simulator.fitbit;
    const user = person(house, clientId, clientSecret);
    // A port of its own: tests run beside each other.
    const redirect = ["--redirect", "http://127.0.0.1:0/"];
    const { code, said, results } = await house.runWith(
      { user },
      "login",
      "fitbit-web",
      ...redirect,
    );
    assert.equal(code, 0, said);
    assert.match(said, /Application type: Personal/);
    assert.match(results, /Logged in to fitbit-web: account 9SIM42, Europe\/Berlin/);
    assert.match(said, /^Next: deno task pipeline --source fitbit-web$/m);
    for (let run = 0; run < 3; run++) {
      await house.must("fetch", "--source", "fitbit-web", ...day);
      house.clock.ms += 30_000_000;
    }
    assert.equal((await house.must("logout", "fitbit-web")).said, "");
  }));

Deno.test("login fitbit-web --implicit takes the token from the address, as in 2016", () =>
  atTheDoor(async (house) => {
    const { clientId } = house.simulator.fitbit;
    const said = await pasting(house, "fitbit-web", "--implicit", "--client-id", clientId);
    assert.match(said, /This login ends on 2027-11-07: nothing came with it to renew it/);
    await house.must("fetch", "--source", "fitbit-web", ...day);
    house.clock.ms += 366 * 86_400_000;
    const late = await house.run("fetch", "--source", "fitbit-web", ...day);
    assert.equal(late.code, 4);
    assert.match(late.said, /nothing came with it to renew it\n.*deno task login fitbit-web/);
  }));

Deno.test("login fitbit-web without another address says that the service has ended", () =>
  atTheDoor(async (house) => {
    house.env.delete("EVERYSECOND_FITBIT_WEB_URL");
    const { code, said } = await house.run("login", "fitbit-web");
    assert.equal(code, 3);
    assert.match(said, /ended on 2026-11-02.*\n.*--source google-health/);
  }));

Deno.test("logout keeps what it could not withdraw, unless told to forget", () =>
  atTheDoor(async (house, config) => {
    await logIn(house);
    house.simulator.faults.add({ fault: "503-unavailable" });
    const { code, said } = await house.run("logout");
    assert.equal(code, 3);
    assert.match(said, /answered 503/);
    assert.ok(new LoginFile(config).find(key) !== undefined);
    assert.match((await house.must("logout", "--forget")).results, /the service was not told/);
    assert.deepEqual(new LoginFile(config).list(), []);
  }));

Deno.test("a login that cannot be kept is not begun", () =>
  atTheDoor(async (house, config) => {
    await Deno.writeTextFile(config, "in the way");
    const { code, said } = await logIn(house);
    assert.equal(code, 2);
    assert.match(said, /Cannot write the logins to .*\n.*EVERYSECOND_CONFIG/);
    assert.equal(house.simulator.requests.length, 0);
  }));

Deno.test("what becomes of a login at the service is told as what it is", () =>
  atTheDoor(async (house, config) => {
    const cases: readonly (readonly [() => void, RegExp])[] = [
      [
        () => house.simulator.faults.add({ fault: "revoked-consent" }),
        /not accepted any more: it has expired or was revoked.*\n.*deno task login google-health$/,
      ],
      [
        () => house.simulator.google.clientSecret = "another",
        /does not accept the OAuth client\n.*--client FILE$/,
      ],
    ];
    for (const [happens, words] of cases) {
      await logIn(house);
      const before = new LoginFile(config).find(key);
      happens();
      house.clock.ms += 7_200_000;
      const { code, said } = await house.run("fetch", ...day);
      assert.equal(code, 4, said);
      assert.match(said, words);
      // Only logging out deletes a login: the service may be wrong about it for a while.
      assert.deepEqual(new LoginFile(config).find(key)?.refresh_token, before?.refresh_token);
      house.simulator.faults.clear();
    }
  }));
