/** Each check by its facts: what it is given, and what it says. */

import assert from "node:assert/strict";
import { checkFailed, checkPutAside } from "../../pipeline/doctor/arrivals.ts";
import type { Check } from "../../pipeline/doctor/check.ts";
import { checkClock } from "../../pipeline/doctor/clock.ts";
import { checkDailyJob } from "../../pipeline/doctor/daily_job.ts";
import {
  checkLifetime,
  checkLogin,
  checkLoginFile,
  checkScopes,
  type LoginFacts,
} from "../../pipeline/doctor/login.ts";
import {
  checkDeno,
  checkDependencies,
  checkDiskSpace,
  checkPermissions,
} from "../../pipeline/doctor/machine.ts";
import { checkSync } from "../../pipeline/doctor/service.ts";
import type { FailureRow } from "../../pipeline/raw/ledger.ts";
import type { Account } from "../../pipeline/sources/source.ts";
import type { Login } from "../../pipeline/sources/token_file.ts";

const now = Date.parse("2026-11-22T12:00:00Z");
const hours = 3_600_000;

const login: Login = {
  source: "google-health",
  participant: "me",
  api_url: "https://health.googleapis.com",
  token_endpoint: "https://oauth2.googleapis.com/token",
  client_id: "id",
  client_auth: "post",
  access_token: "CANARY-access",
  refresh_token: "CANARY-refresh",
  expires_at: now + hours,
  scopes: ["https://example.org/auth/health.heart"],
};
const { refresh_token: _renewing, ...loginForOnce } = login;
const facts: LoginFacts = { source: "google-health", login, given: undefined, wasFetched: false };
const without = { ...facts, login: undefined };

const failure: FailureRow = {
  participant: "me",
  source: "google-health",
  stream: "heart-rate",
  first_day: "2026-10-05",
  last_day: "2026-10-05",
  at: "2026-11-21T10:00:00.000Z",
  reason: "answered 503",
  pending: 0,
};

const account: Account = {
  userId: "1",
  timeZone: "Europe/Berlin",
  memberSince: undefined,
  lastSync: now - hours,
  scopes: undefined,
};

const imports = JSON.stringify({ imports: { zod: "npm:zod@4.6.7", x: "npm:@a/b@1.0.0/mod.js" } });
const lock = (...names: string[]) =>
  JSON.stringify({ specifiers: Object.fromEntries(names.map((name) => [name, "1"])) });

const log = (...ends: [string, number][]) =>
  ends.map(([time, code]) => `${time} Begins\n${time} said things\n${time} Ends with ${code}\n`)
    .join("");

/** What a check returns, its state, and what it says or advises. */
const cases: readonly (readonly [Check, Check["state"], RegExp])[] = [
  [checkDeno("2.9.6"), "ok", /Deno 2\.9\.6$/],
  [checkDeno("2.11.0"), "ok", /2\.11\.0/],
  [checkDeno("2.4.1"), "warning", /Deno 2\.4\.1; the tests run with 2\.9\.6.*deno upgrade 2\.9\.6/],
  [checkDeno("3.0.0"), "warning", /3\.0\.0/],
  [
    checkDependencies(imports, lock("npm:zod@4.6.7", "npm:@a/b@1.0.0")),
    "ok",
    /zod@4\.6\.7, @a\/b@1\.0\.0/,
  ],
  [
    checkDependencies(imports, lock("npm:zod@4.6.6", "npm:@a/b@1.0.0")),
    "warning",
    /Not in deno\.lock: zod@4\.6\.7/,
  ],
  [checkPermissions({ read: "granted", net: "granted" }), "ok", /all it needs/],
  [
    checkPermissions({ read: "granted", net: "prompt" }),
    "error",
    /may not use: net.*deno task doctor/,
  ],
  [checkDiskSpace(80e9, "/data"), "ok", /80\.0 GB free at "\/data"/],
  [checkDiskSpace(3e9, "/data"), "warning", /Make room/],
  [checkDiskSpace(2e8, "/data"), "error", /200\.0 MB free/],
  [checkClock(now, undefined), "ok", /Not compared/],
  [checkClock(now, "nonsense"), "ok", /Not compared/],
  [checkClock(now, "Sun, 22 Nov 2026 12:00:02 GMT"), "ok", /As the server's/],
  [checkClock(now, "Sun, 22 Nov 2026 12:02:00 GMT"), "warning", /2 min behind/],
  [checkClock(now, "Sun, 22 Nov 2026 09:00:00 GMT"), "error", /3 h 0 min ahead of.*set it right/],
  [checkLogin(facts), "ok", /For google-health, participant "me", at https:\/\/health/],
  [
    checkLogin({ ...without, given: "EVERYSECOND_X_TOKEN" }),
    "ok",
    /handed in by EVERYSECOND_X_TOKEN/,
  ],
  [checkLogin(without), "ok", /archives and saved files need none/],
  [checkLogin({ ...without, wasFetched: true }), "error", /deno task login google-health/],
  [checkLoginFile("/c", { folder: false, file: false }), "ok", /owner's alone/],
  [checkLoginFile("/c", { folder: undefined, file: undefined }), "ok", /None yet/],
  [checkLoginFile("/c", { folder: false, file: true }), "error", /chmod 700 "\/c" && chmod 600/],
  [checkLoginFile("/c", { folder: true, file: false }), "error", /can read the logins/],
  [
    checkScopes(
      facts,
      new Map([["https://example.org/auth/health.heart", new Set(["heart_rate"])]]),
    ),
    "ok",
    /All that a fetch needs/,
  ],
  [
    checkScopes(
      facts,
      new Map([["https://example.org/auth/health.sleep", new Set(["sleep", "sleep_stage"])]]),
    ),
    "warning",
    /Not granted: health\.sleep; .* sleep, sleep_stage.*leave every box ticked.*skip = \["sleep", "sleep_stage"\] in the settings/,
  ],
  [checkScopes(without, new Map()), "ok", /Not told/],
  [checkLifetime(facts, now), "ok", /Until it is revoked/],
  [checkLifetime(without, now), "ok", /Not told/],
  [
    checkLifetime({ ...facts, login: { ...login, grant_expires_at: now + 6 * 24 * hours } }, now),
    "warning",
    /in testing: the login ends on 2026-11-28 12:00 UTC, in 6 days.*Publish/,
  ],
  [
    checkLifetime({ ...facts, login: { ...login, grant_expires_at: now - 1 } }, now),
    "error",
    /It ended on 2026-11-22 11:59 UTC.*deno task login/,
  ],
  [
    checkLifetime({ ...facts, login: loginForOnce }, now),
    "warning",
    /cannot be renewed and ends on 2026-11-22 13:00 UTC, in 60 min/,
  ],
  [checkFailed([]), "ok", /None/],
  [
    checkFailed([failure, {
      ...failure,
      stream: "sleep",
      first_day: "2026-09-01",
      last_day: "2026-09-30",
      at: "2026-11-22T10:00:00.000Z",
      reason: "cut off",
    }]),
    "error",
    /2 requests failed \(google-health heart-rate 1, google-health sleep 1\)\. The last reason: cut off.*--source google-health --from 2026-09-01 --to 2026-10-05 --only heart_rate,sleep,sleep_stage$/,
  ],
  [checkFailed([{ ...failure, participant: "anna" }]), "error", /--participant anna$/],
  // What one command asks for again is of one participant and one source.
  [
    checkFailed([failure, {
      ...failure,
      participant: "anna",
      at: "2026-11-20T10:00:00.000Z",
      stream: "sleep",
      first_day: "2026-09-01",
      last_day: "2026-09-30",
    }]),
    "error",
    /2 requests failed.*--from 2026-10-05 --to 2026-10-05 --only heart_rate$/,
  ],
  [checkPutAside([]), "ok", /None/],
  [
    checkPutAside([{ path: "raw/x", reason: "no time" }]),
    "error",
    /1 document could.*raw\/x: no time/,
  ],
  [checkDailyJob(undefined, now), "ok", /deno task schedule/],
  [checkDailyJob("", now), "ok", /None has run/],
  [
    checkDailyJob(log(["2026-11-22T06:30:00.000Z", 0]), now),
    "ok",
    /It ran on 2026-11-22 06:30 UTC/,
  ],
  [
    checkDailyJob(log(["2026-11-21T06:30:00.000Z", 0], ["2026-11-22T06:30:00.000Z", 4]), now),
    "warning",
    /ended with 4/,
  ],
  [
    checkDailyJob(log(["2026-11-19T06:30:00.000Z", 0]), now),
    "warning",
    /not run since 2026-11-19 06:30 UTC, for 3 days/,
  ],
  [checkSync(account, now), "ok", /2026-11-22 11:00 UTC/],
  [
    checkSync({ ...account, lastSync: now - 100 * hours }, now),
    "warning",
    /4 days ago.*near the watch/,
  ],
  [checkSync({ ...account, lastSync: undefined }, now), "ok", /Not told/],
  [checkSync(undefined, now), "ok", /Not told/],
];

cases.forEach(([check, state, words], index) => {
  Deno.test(`check ${index + 1}, ${check.id}: ${check.says.slice(0, 60)}`, () => {
    const told = [check.says, check.remedy].filter((text) => text !== undefined).join(" -> ");
    assert.equal(check.state, state, told);
    assert.match(told, words);
    assert.equal(check.state === "ok", check.remedy === undefined);
    assert.equal(check.state === "error", check.exitCode !== undefined);
    assert.doesNotMatch(told, /CANARY/);
  });
});
