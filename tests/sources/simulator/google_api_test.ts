/** Account resources, refusals and quota of the Google Health API. */

import assert from "node:assert/strict";
import { standingClock } from "../../../pipeline/sources/simulator/clock.ts";
import { demoNow, demoPerson } from "../../../pipeline/sources/simulator/demo_person.ts";
import { createSimulator } from "../../../pipeline/sources/simulator/simulator.ts";
import { ask, at, list, pointsPath } from "./ask.ts";

Deno.test("identity, profile and settings say who and where", async () => {
  const simulator = createSimulator();
  const token = simulator.issue("google-health").accessToken;
  const get = async (name: string) =>
    (await ask(simulator, `/v4/users/me/${name}`, { token })).json;
  assert.deepEqual(await get("identity"), {
    name: "users/me/identity",
    healthUserId: demoPerson.healthUserId,
    legacyUserId: demoPerson.fitbitUserId,
  });
  assert.deepEqual(at(await get("profile"), "membershipStartDate"), {
    year: 2026,
    month: 10,
    day: 1,
  });
  const settings = await get("settings");
  assert.deepEqual([at(settings, "timeZone"), at(settings, "utcOffset")], [
    "Europe/Berlin",
    "3600s",
  ]);
  const byId = await ask(simulator, `/v4/users/${demoPerson.healthUserId}/settings`, { token });
  assert.equal(byId.status, 200);
});

Deno.test("settings give the zone of now, also on a journey", async () => {
  const clock = standingClock(Date.parse("2026-10-14T12:00:00Z"));
  const simulator = createSimulator({ clock });
  const token = simulator.issue("google-health").accessToken;
  const { json } = await ask(simulator, "/v4/users/me/settings", { token });
  assert.deepEqual([at(json, "timeZone"), at(json, "utcOffset")], ["America/New_York", "-14400s"]);
});

Deno.test("pairedDevices holds the watch's last sync, beside scales that synced later", async () => {
  const clock = standingClock(Date.parse("2026-10-15T12:00:00Z"));
  const simulator = createSimulator({ clock });
  const token = simulator.issue("google-health").accessToken;
  const { json } = await ask(simulator, "/v4/users/me/pairedDevices", { token });
  assert.deepEqual(
    list(json, "pairedDevices").map((
      device,
    ) => [at(device, "deviceType"), at(device, "lastSyncTime")]),
    [["SCALE", "2026-10-15T11:59:00Z"], ["TRACKER", "2026-10-14T11:15:00Z"]],
  );
  const first = await ask(simulator, "/v4/users/me/pairedDevices?pageSize=1", { token });
  const pageToken = at(first.json, "nextPageToken");
  const second = await ask(
    simulator,
    `/v4/users/me/pairedDevices?pageSize=1&pageToken=${pageToken}`,
    { token },
  );
  assert.equal(at(second.json, "pairedDevices", 0, "deviceType"), "TRACKER");
  assert.equal(at(second.json, "nextPageToken"), undefined);
});

const heart = pointsPath("heart-rate");
const refusals: readonly {
  readonly path: string;
  readonly authorization?: string;
  readonly status: number;
  readonly word: string;
  readonly reason: string | undefined;
}[] = [
  {
    path: heart,
    authorization: "",
    status: 401,
    word: "UNAUTHENTICATED",
    reason: "CREDENTIALS_MISSING",
  },
  {
    path: heart,
    authorization: "Bearer stale",
    status: 401,
    word: "UNAUTHENTICATED",
    reason: "ACCESS_TOKEN_EXPIRED",
  },
  { path: "/v4/users/me/toString", status: 404, word: "NOT_FOUND", reason: undefined },
  { path: "/v4/nowhere", status: 404, word: "NOT_FOUND", reason: undefined },
  { path: "/v4/users/me/dataTypes/heart-rate", status: 404, word: "NOT_FOUND", reason: undefined },
  {
    path: "/v4/users/someone/settings",
    status: 403,
    word: "PERMISSION_DENIED",
    reason: "RESOURCE_PERMISSION_DENIED",
  },
  {
    path: pointsPath("daily-steps"),
    status: 400,
    word: "INVALID_ARGUMENT",
    reason: "INVALID_PARENT_DATA_TYPE_COLLECTION",
  },
  {
    path: pointsPath("floors", {}, "list"),
    status: 400,
    word: "INVALID_ARGUMENT",
    reason: undefined,
  },
  { path: pointsPath("total-calories"), status: 400, word: "INVALID_ARGUMENT", reason: undefined },
  {
    path: pointsPath("heart-rate", {
      dataSourceFamily: "users/me/dataSourceFamilies/all-sources/more",
    }),
    status: 400,
    word: "INVALID_ARGUMENT",
    reason: "INVALID_DATA_POINT_DATA_SOURCE_FAMILY",
  },
  {
    path: pointsPath("heart-rate", { dataSourceFamily: "google-wearables" }),
    status: 400,
    word: "INVALID_ARGUMENT",
    reason: "INVALID_DATA_POINT_DATA_SOURCE_FAMILY",
  },
  {
    path: pointsPath(
      "sleep",
      { dataSourceFamily: "users/me/dataSourceFamilies/all-sources" },
      "list",
    ),
    status: 400,
    word: "INVALID_ARGUMENT",
    reason: undefined,
  },
  {
    path: pointsPath("heart-rate", { pageSize: "-1" }),
    status: 400,
    word: "INVALID_ARGUMENT",
    reason: undefined,
  },
  {
    path: pointsPath("heart-rate", { pagesize: "10" }),
    status: 400,
    word: "INVALID_ARGUMENT",
    reason: undefined,
  },
];

for (const { path, authorization, status, word, reason } of refusals) {
  Deno.test(`${path} ${authorization ?? "with a good token"} is refused: ${reason ?? word}`, async () => {
    const simulator = createSimulator();
    const good = `Bearer ${simulator.issue("google-health").accessToken}`;
    const given = authorization ?? good;
    const { status: got, json } = await ask(
      simulator,
      path,
      given === "" ? {} : { authorization: given },
    );
    assert.deepEqual(
      [got, at(json, "error", "code"), at(json, "error", "status")],
      [status, status, word],
    );
    assert.equal(at(json, "error", "details", 0, "reason"), reason);
  });
}

Deno.test("an unsupported verb is named in the message", async () => {
  const simulator = createSimulator();
  const token = simulator.issue("google-health").accessToken;
  const { json } = await ask(simulator, pointsPath("floors", {}, "list"), { token });
  assert.equal(at(json, "error", "message"), "List is not supported for data type floors.");
});

Deno.test("each type needs its own scope", async () => {
  const simulator = createSimulator();
  const scopes = ["https://www.googleapis.com/auth/googlehealth.sleep.readonly"];
  const token = simulator.issue("google-health", scopes).accessToken;
  assert.equal((await ask(simulator, pointsPath("sleep"), { token })).status, 200);
  assert.equal((await ask(simulator, "/v4/users/me/identity", { token })).status, 200);
  const refused = await ask(simulator, pointsPath("heart-rate"), { token });
  assert.deepEqual(
    [refused.status, at(refused.json, "error", "details", 0, "reason")],
    [403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"],
  );
});

for (const retryAfter of [false, true]) {
  Deno.test(`past the quota: 429 until the next minute, ${retryAfter ? "with" : "without"} Retry-After`, async () => {
    const clock = standingClock(demoNow + 20_000);
    const simulator = createSimulator({ clock, google: { quotaPerMinute: 3, retryAfter } });
    const token = simulator.issue("google-health").accessToken;
    const statuses = async (count: number) => {
      const answers = [];
      for (let i = 0; i < count; i++) {
        answers.push((await ask(simulator, "/v4/users/me/settings", { token })).status);
      }
      return answers;
    };
    assert.deepEqual(await statuses(4), [200, 200, 200, 429]);
    const { json, headers } = await ask(simulator, "/v4/users/me/settings", { token });
    assert.deepEqual(
      [at(json, "error", "status"), at(json, "error", "details", 0, "reason")],
      ["RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED"],
    );
    assert.equal(headers.get("retry-after"), retryAfter ? "40" : null);
    clock.advance(40_000);
    assert.deepEqual(await statuses(1), [200]);
  });
}
