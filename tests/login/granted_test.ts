import assert from "node:assert/strict";
import { missingLines, missingScopes, scopeName } from "../../pipeline/login/granted.ts";
import { fitbitWebLive, fitbitWebScopes } from "../../pipeline/sources/fitbit_web/streams.ts";
import {
  googleHealthLive,
  googleHealthScopes,
} from "../../pipeline/sources/google_health/streams.ts";

const prefix = "https://www.googleapis.com/auth/googlehealth.";

Deno.test("scopeName() is what the consent page is about", () => {
  assert.equal(scopeName(`${prefix}sleep.readonly`), "sleep");
  assert.equal(scopeName("https://www.googleapis.com/auth/userinfo.email"), "userinfo.email");
  assert.equal(scopeName("heartrate"), "heartrate");
});

Deno.test("missingScopes() names the tables that each unticked scope costs", () => {
  const without = (...names: string[]) =>
    new Set(googleHealthScopes.filter((scope) => !names.includes(scopeName(scope))));
  const missing = (...names: string[]) =>
    missingScopes(googleHealthScopes, without(...names), googleHealthLive);
  assert.deepEqual(missing(), []);
  assert.deepEqual(missing("sleep"), [
    { scope: `${prefix}sleep.readonly`, tables: ["sleep", "sleep_stage"], use: undefined },
  ]);
  const [settings, profile] = missing("settings", "profile");
  assert.deepEqual(settings?.tables, ["device", "profile"]);
  assert.match(settings?.use ?? "", /time zone/);
  assert.deepEqual(profile?.tables, ["profile"]);
  const vitals = missing("health_metrics_and_measurements")[0]?.tables ?? [];
  assert.ok(vitals.includes("heart_rate") && !vitals.includes("steps"));
});

Deno.test("missingScopes() leaves out what another scope still brings", () => {
  const all = new Set(fitbitWebScopes);
  for (const scope of fitbitWebScopes) {
    const granted = new Set([...all].filter((each) => each !== scope));
    const [missing] = missingScopes(fitbitWebScopes, granted, fitbitWebLive);
    const byOthers = fitbitWebLive.filter((stream) => stream.scope !== scope).map(({ table }) =>
      table
    );
    for (const table of missing?.tables ?? []) assert.ok(!byOthers.includes(table), table);
  }
});

Deno.test("missingLines() says it in words", () => {
  assert.deepEqual(missingLines([], "google-health"), []);
  const lines = missingLines([
    { scope: `${prefix}sleep.readonly`, tables: ["sleep", "sleep_stage"], use: undefined },
    { scope: `${prefix}profile.readonly`, tables: [], use: "the day the account began" },
    { scope: "social", tables: [], use: undefined },
  ], "google-health");
  assert.deepEqual(lines, [
    "Not allowed:",
    "  sleep: these tables stay empty: sleep, sleep_stage",
    "  profile: unknown stays the day the account began",
    "  social: nothing needs it",
    "  To change that, log in again and leave the boxes ticked: deno task login google-health",
  ]);
});
