/**
 * Refreshes that are killed at every step, and several at once: the login that was there stays good
 * wherever the service allows it, and its file is never anybody else's to read.
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { systemClock } from "../../pipeline/effects.ts";
import { LoginNeeded } from "../../pipeline/errors.ts";
import { Http } from "../../pipeline/fetch/http.ts";
import { noQuota } from "../../pipeline/fetch/quota.ts";
import { defaultRetry } from "../../pipeline/fetch/retry.ts";
import { fitbitOAuth } from "../../pipeline/sources/fitbit_web/oauth.ts";
import { googleOAuth } from "../../pipeline/sources/google_health/oauth.ts";
import type { ApiName } from "../../pipeline/sources/simulator/api.ts";
import { type SimulatorServer, startSimulator } from "../../pipeline/sources/simulator/server.ts";
import { storedToken } from "../../pipeline/sources/stored_token.ts";
import { type Login, LoginFile } from "../../pipeline/sources/token_file.ts";
import { inTemporaryFolder } from "../support/effects.ts";

const script = fileURLToPath(new URL("./refresh_child.ts", import.meta.url));

/** A login as `login` leaves it behind. */
function newLogin(simulator: SimulatorServer, source: ApiName): Login {
  const { accessToken, refreshToken } = simulator.issue(source);
  const isGoogle = source === "google-health";
  const { clientId, clientSecret } = isGoogle ? simulator.google : simulator.fitbit;
  const endpoints = isGoogle ? googleOAuth(simulator.baseUrl) : fitbitOAuth(simulator.baseUrl);
  return {
    source,
    participant: "me",
    api_url: simulator.baseUrl,
    token_endpoint: endpoints.token,
    client_id: clientId,
    client_secret: clientSecret,
    client_auth: endpoints.clientAuth,
    access_token: accessToken,
    expires_at: null,
    refresh_token: refreshToken,
    ...endpoints.refreshLasts ? { refresh_lasts: true } : {},
  };
}

const resultSchema = z.object({ steps: z.array(z.string()), access: z.string() });

/** A refresh in a process of its own, whose files would be everybody's if nobody took care. */
async function refreshElsewhere(folder: string, login: Login, killAt: number) {
  const { source, participant, api_url } = login;
  const order = {
    folder,
    key: { source, participant, api_url },
    rejected: login.access_token,
    killAt,
  };
  const { stdout, stderr, signal } = await new Deno.Command("sh", {
    args: [
      "-c",
      'umask 0; exec "$0" run --no-check -A "$1" "$2"',
      Deno.execPath(),
      script,
      JSON.stringify(order),
    ],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (signal === "SIGKILL") return undefined;
  assert.ok(out !== "", `The refresh failed:\n${err}`);
  return resultSchema.parse(JSON.parse(out ?? ""));
}

/** A token as the next run would get it; undefined when a login is needed. */
async function nextToken(folder: string, login: Login): Promise<string | undefined> {
  const http = new Http({
    fetch,
    clock: systemClock,
    signal: new AbortController().signal,
    quota: noQuota,
    retry: defaultRetry,
  });
  try {
    return await storedToken(new LoginFile(folder), login, http, systemClock)
      .refresh(login.access_token);
  } catch (error) {
    if (error instanceof LoginNeeded) return undefined;
    throw error;
  }
}

const paths: Readonly<Record<ApiName, string>> = {
  "google-health": "/v4/users/me/settings",
  "fitbit-web": "/1/user/-/profile.json",
};

async function works(simulator: SimulatorServer, source: ApiName, token: string): Promise<boolean> {
  const response = await fetch(simulator.baseUrl + paths[source], {
    headers: { authorization: `Bearer ${token}` },
  });
  await response.body?.cancel();
  return response.status === 200;
}

/** Nobody but the owner may look at anything there. */
function assertPrivate(folder: string): void {
  const mode = (path: string) => (Deno.statSync(path).mode ?? 0) & 0o777;
  assert.equal(mode(folder), 0o700);
  for (const { name } of Deno.readDirSync(folder)) {
    assert.equal(mode(`${folder}/${name}`), 0o600, name);
  }
}

interface Matrix {
  readonly source: ApiName;
  readonly refreshGrace_s: number;
  /** Steps after which a service that forgives nothing has taken the login with it. */
  readonly lost: readonly string[];
}

const matrices: readonly (readonly [string, Matrix])[] = [
  ["refresh tokens that last", { source: "google-health", refreshGrace_s: 0, lost: [] }],
  ["single-use ones with a time of grace", { source: "fitbit-web", refreshGrace_s: 120, lost: [] }],
  [
    "single-use ones, and no grace",
    {
      source: "fitbit-web",
      refreshGrace_s: 0,
      // The successor exists in this process alone until it has its name.
      lost: [
        "answer begun",
        "answer read",
        "folder",
        "before the write",
        "half written",
        "written",
        "before the rename",
      ],
    },
  ],
];

for (const [name, { source, refreshGrace_s, lost }] of matrices) {
  Deno.test({
    name: `a refresh killed at every step leaves a usable login: ${name}`,
    ignore: Deno.build.os === "windows",
    async fn() {
      const simulator = await startSimulator({ fitbit: { refreshGrace_s } });
      try {
        const run = (
          killAt: number,
          work: (
            folder: string,
            login: Login,
            steps: readonly string[] | undefined,
          ) => Promise<void>,
        ) =>
          inTemporaryFolder(async (parent) => {
            const folder = `${parent}/config`;
            const login = newLogin(simulator, source);
            new LoginFile(folder).save(login);
            const ended = await refreshElsewhere(folder, login, killAt);
            assert.equal(ended === undefined, killAt > 0, "killed or not");
            assertPrivate(folder);
            await work(folder, login, ended?.steps);
          });
        let steps: readonly string[] = [];
        await run(0, (_folder, _login, all = []) => {
          steps = all;
          return Promise.resolve();
        });
        assert.ok(steps.length >= 12, steps.join(", "));
        const asked = steps.indexOf("before the request");
        for (const [index, step] of steps.entries()) {
          await run(index + 1, async (folder, login) => {
            const token = await nextToken(folder, login);
            const isLost = index > asked && lost.includes(step);
            assert.equal(token === undefined, isLost, `killed at step ${index + 1}: ${step}`);
            if (token !== undefined) assert.ok(await works(simulator, source, token), step);
            // What has not run out yet is not thrown away with it.
            else assert.deepEqual(new LoginFile(folder).find(login), login);
            assertPrivate(folder);
            assert.deepEqual(
              Array.from(Deno.readDirSync(folder), (entry) => entry.name).filter((file) =>
                !/^tokens\.(json|lock|json\.probe\.tmp-everysecond|json\.tmp-everysecond)$/.test(
                  file,
                )
              ),
              [],
            );
          });
        }
      } finally {
        await simulator.stop();
      }
    },
  });
}

Deno.test({
  name: "processes that refresh at once ask the service once, and all get a good token",
  ignore: Deno.build.os === "windows",
  async fn() {
    const simulator = await startSimulator();
    try {
      await inTemporaryFolder(async (parent) => {
        const folder = `${parent}/config`;
        const login = newLogin(simulator, "fitbit-web");
        new LoginFile(folder).save(login);
        const results = await Promise.all(
          Array.from({ length: 5 }, () => refreshElsewhere(folder, login, 0)),
        );
        const tokens = new Set(results.map((result) => result?.access));
        assert.equal(tokens.size, 1);
        assert.equal(simulator.requests.filter(({ kind }) => kind === "login").length, 1);
        const [token = ""] = tokens;
        assert.ok(await works(simulator, "fitbit-web", token));
        // One dies with the turn in its hands: the others are not kept from theirs.
        const second = new LoginFile(folder).find(login);
        assert.ok(second !== undefined);
        const after = await Promise.all(
          [3, 0, 0].map((killAt) => refreshElsewhere(folder, second, killAt)),
        );
        for (const result of after) {
          if (result !== undefined) assert.ok(await works(simulator, "fitbit-web", result.access));
        }
        assert.ok(after.filter((result) => result !== undefined).length >= 2);
      });
    } finally {
      await simulator.stop();
    }
  },
});
