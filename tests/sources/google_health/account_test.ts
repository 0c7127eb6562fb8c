import assert from "node:assert/strict";
import { googleError, sourceOf } from "../../support/google_health.ts";
import { failureOf } from "../../support/scripted_fetch.ts";

const accountAnswers: Record<string, object> = {
  identity: { name: "users/me/identity", healthUserId: "1234567890", legacyUserId: "ABC123" },
  settings: { name: "users/me/settings", timeZone: "Europe/Berlin", utcOffset: "3600s" },
  profile: { age: 40, membershipStartDate: { year: 2015, month: 3, day: 9 } },
  pairedDevices: {
    pairedDevices: [
      { deviceType: "SCALE", lastSyncTime: "2026-11-07T11:00:00Z" },
      { deviceType: "TRACKER", lastSyncTime: "2026-11-06T18:00:00.5Z" },
      { deviceType: "TRACKER", lastSyncTime: "2026-11-06T23:00:00Z" },
      { deviceType: "TRACKER" },
    ],
  },
};

const lastPart = (url: URL) => url.pathname.split("/").at(-1) ?? "";

Deno.test("account() reads identity, time zone, membership and the watch's last sync", async () => {
  const { source, script } = sourceOf((url) => accountAnswers[lastPart(url)] ?? {});
  assert.deepEqual(await source.account(), {
    userId: "1234567890",
    timeZone: "Europe/Berlin",
    memberSince: "2015-03-09",
    lastSync: Date.parse("2026-11-06T23:00:00Z"),
    scopes: undefined,
  });
  assert.deepEqual(script.seen, [
    "GET /v4/users/me/identity",
    "GET /v4/users/me/settings",
    "GET /v4/users/me/profile",
    "GET /v4/users/me/pairedDevices?pageSize=100",
  ]);
  assert.deepEqual(new Set(script.tokens), new Set(["Bearer CANARYtoken"]));
});

Deno.test("account() does without the scopes that are not needed", async () => {
  const refused = () => googleError(403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
  const { source } = sourceOf(
    (url) => lastPart(url) === "identity" ? accountAnswers["identity"] ?? {} : refused(),
    { timeZone: "Asia/Kolkata" },
  );
  const found = await source.account();
  assert.equal(found.timeZone, "Asia/Kolkata");
  assert.equal(found.memberSince, undefined);
  assert.equal(found.lastSync, undefined);

  const without = sourceOf((url) =>
    lastPart(url) === "identity" ? accountAnswers["identity"] ?? {} : refused()
  );
  const error = await failureOf(without.source.account());
  assert.match(error.message, /time zone/);
  assert.match(Deno.inspect(error), /--timezone/);

  const nobody = await failureOf(sourceOf(refused).source.account());
  assert.equal(nobody.name, "LoginNeeded");
});

Deno.test("account() names the field that it cannot read", async () => {
  const { source } = sourceOf((url) =>
    lastPart(url) === "settings" ? { timeZone: 1 } : accountAnswers[lastPart(url)] ?? {}
  );
  assert.match(
    (await failureOf(source.account())).message,
    /^Cannot read the answer to GET \/v4\/users\/me\/settings: timeZone: /,
  );
  const unknownZone = sourceOf((url) =>
    lastPart(url) === "settings"
      ? { timeZone: "Mars/Olympus" }
      : accountAnswers[lastPart(url)] ?? {}
  );
  assert.match((await failureOf(unknownZone.source.account())).message, /"Mars\/Olympus"/);
});
