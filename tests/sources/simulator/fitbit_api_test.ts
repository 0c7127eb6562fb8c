/** Profile, devices, refusals and quota of the Fitbit Web API. */

import assert from "node:assert/strict";
import { standingClock } from "../../../pipeline/sources/simulator/clock.ts";
import { demoNow } from "../../../pipeline/sources/simulator/demo_person.ts";
import { type FitbitSettings } from "../../../pipeline/sources/simulator/fitbit/settings.ts";
import { createSimulator } from "../../../pipeline/sources/simulator/simulator.ts";
import { ask, at } from "./ask.ts";

const profile = "/1/user/-/profile.json";

Deno.test("the profile gives the zone and the offset of now", async () => {
  const clock = standingClock(Date.parse("2026-10-06T12:00:00Z"));
  const simulator = createSimulator({ clock });
  const token = simulator.issue("fitbit-web").accessToken;
  const read = async () => {
    const { json } = await ask(simulator, profile, {
      token: simulator.issue("fitbit-web").accessToken,
    });
    return [at(json, "user", "timezone"), at(json, "user", "offsetFromUTCMillis")];
  };
  const { json } = await ask(simulator, profile, { token });
  assert.deepEqual(
    [at(json, "user", "encodedId"), at(json, "user", "memberSince")],
    ["9SIM42", "2026-10-01"],
  );
  assert.deepEqual(await read(), ["Europe/Berlin", 7_200_000]);
  clock.set(Date.parse("2026-10-14T12:00:00Z"));
  assert.deepEqual(await read(), ["America/New_York", -14_400_000]);
  clock.set(Date.parse("2026-11-14T12:00:00Z"));
  assert.deepEqual(await read(), ["Europe/Berlin", 3_600_000]);
});

Deno.test("devices give the last sync by the profile's wall clock, with milliseconds, without offset", async () => {
  const clock = standingClock(Date.parse("2026-10-16T12:00:00Z"));
  const simulator = createSimulator({ clock });
  const token = simulator.issue("fitbit-web").accessToken;
  const { json } = await ask(simulator, "/1/user/-/devices.json", { token });
  assert.deepEqual(
    [0, 1].map((i) => [at(json, i, "type"), at(json, i, "lastSyncTime")]),
    // 11:15Z on the 14th, in New York.
    [["SCALE", "2026-10-16T07:59:00.000"], ["TRACKER", "2026-10-14T07:15:00.000"]],
  );
});

const refusals = [
  { path: profile, authorization: undefined, status: 400, errorType: "invalid_request" },
  { path: profile, authorization: "Token abc", status: 401, errorType: "invalid_client" },
  { path: profile, authorization: "Bearer abc", status: 401, errorType: "invalid_token" },
  {
    path: "/1/user/ABCDEF/profile.json",
    authorization: "good",
    status: 404,
    errorType: "not_found",
  },
  { path: "/1/foods.json", authorization: "good", status: 404, errorType: "not_found" },
  {
    path: "/1/user/-/activities/superjump/date/2026-10-06/1d.json",
    authorization: "good",
    status: 400,
    errorType: "validation",
  },
  {
    path: "/1/user/-/activities/heart/date/2026-10-06/1d/1sec",
    authorization: "good",
    status: 400,
    errorType: "validation",
  },
];

for (const { path, authorization, status, errorType } of refusals) {
  Deno.test(`${path} with ${authorization ?? "no header"} is refused: ${errorType}`, async () => {
    const simulator = createSimulator();
    const good = `Bearer ${simulator.issue("fitbit-web").accessToken}`;
    const given = authorization === "good" ? good : authorization;
    const answer = await ask(simulator, path, given === undefined ? {} : { authorization: given });
    assert.deepEqual([answer.status, at(answer.json, "errors", 0, "errorType")], [
      status,
      errorType,
    ]);
  });
}

Deno.test("each resource needs its own scope, and names its data", async () => {
  const simulator = createSimulator();
  const token = simulator.issue("fitbit-web", ["sleep"]).accessToken;
  const words = { [profile]: "profile", "/1/user/-/devices.json": "settings" };
  for (const [path, word] of Object.entries(words)) {
    const { status, json } = await ask(simulator, path, { token });
    assert.deepEqual([status, at(json, "errors", 0, "errorType")], [403, "insufficient_scope"]);
    assert.match(
      String(at(json, "errors", 0, "message")),
      new RegExp(`^This application does not have permission to access ${word} data\\. Visit`),
    );
  }
});

/** Asks so many times; what each answer's status and headers say. */
async function spend(
  simulator: ReturnType<typeof createSimulator>,
  count: number,
): Promise<{ status: number; remaining: number; reset: number; retryAfter: string | null }[]> {
  const token = simulator.issue("fitbit-web").accessToken;
  const answers = [];
  for (let i = 0; i < count; i++) {
    const { status, headers } = await ask(simulator, profile, { token });
    answers.push({
      status,
      remaining: Number(headers.get("Fitbit-Rate-Limit-Remaining")),
      reset: Number(headers.get("Fitbit-Rate-Limit-Reset")),
      retryAfter: headers.get("Retry-After"),
    });
  }
  return answers;
}

const intoHour_s = 1066;
const hourStart = demoNow;

function limited(fitbit: Partial<FitbitSettings>) {
  const clock = standingClock(hourStart + (3600 - intoHour_s) * 1000);
  return { clock, simulator: createSimulator({ clock, fitbit }) };
}

Deno.test("150 requests an hour, refused calls counted out, reset on the clock hour", async () => {
  const { clock, simulator } = limited({});
  const answers = await spend(simulator, 151);
  assert.deepEqual(answers[0], {
    status: 200,
    remaining: 149,
    reset: intoHour_s,
    retryAfter: null,
  });
  assert.deepEqual(answers[149], {
    status: 200,
    remaining: 0,
    reset: intoHour_s,
    retryAfter: null,
  });
  assert.deepEqual(answers[150], {
    status: 429,
    remaining: 0,
    reset: intoHour_s,
    retryAfter: String(intoHour_s),
  });
  clock.advance(intoHour_s * 1000);
  assert.deepEqual((await spend(simulator, 1))[0], {
    status: 200,
    remaining: 149,
    reset: 3600,
    retryAfter: null,
  });
});

Deno.test("failed calls count and carry the headers; the token endpoint does neither", async () => {
  const simulator = createSimulator();
  const refused = await ask(simulator, profile, { token: "abc" });
  assert.equal(refused.headers.get("fitbit-rate-limit-remaining"), "149");
  const login = await ask(simulator, "/oauth2/token", { form: {} });
  assert.equal(login.headers.get("fitbit-rate-limit-remaining"), null);
  assert.equal((await spend(simulator, 1))[0]?.remaining, 148);
});

Deno.test("429 has the recorded body", async () => {
  const { simulator } = limited({ quotaPerHour: 0 });
  const token = simulator.issue("fitbit-web").accessToken;
  assert.deepEqual((await ask(simulator, profile, { token })).json, {
    errors: [{ errorType: "system", fieldName: "n/a", message: "Too Many Requests" }],
    success: false,
  });
});

const retryAfters = [
  { retryAfter: "absent", expected: null },
  { retryAfter: "reset", expected: "1066" },
  { retryAfter: "wrong", expected: "60" },
] as const;

for (const { retryAfter, expected } of retryAfters) {
  Deno.test(`Retry-After of a 429 can be ${retryAfter}`, async () => {
    const { simulator } = limited({ quotaPerHour: 0, retryAfter });
    assert.equal((await spend(simulator, 1))[0]?.retryAfter, expected);
  });
}

Deno.test("Remaining can lag behind", async () => {
  const { simulator } = limited({ quotaPerHour: 5, quotaLag: 2 });
  const answers = await spend(simulator, 6);
  assert.deepEqual(answers.map(({ remaining }) => remaining), [5, 5, 4, 3, 2, 0]);
  assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200, 200, 200, 429]);
});

Deno.test("waking on the hour can be too early, after an hour that was spent", async () => {
  const { clock, simulator } = limited({ quotaPerHour: 2, earlyWake_s: 10 });
  await spend(simulator, 2);
  clock.set(hourStart + 3_600_000);
  const [early] = await spend(simulator, 1);
  assert.deepEqual([early?.status, early?.reset], [429, 10]);
  clock.advance(10_000);
  assert.equal((await spend(simulator, 1))[0]?.status, 200);
  clock.set(hourStart + 2 * 3_600_000);
  assert.equal((await spend(simulator, 1))[0]?.status, 200, "the hour before was not spent");
  await spend(simulator, 2);
  clock.set(hourStart + 4 * 3_600_000);
  assert.equal((await spend(simulator, 1))[0]?.status, 200, "an hour has passed since");
});

Deno.test("the headers of 2026 are those of the Google front end", async () => {
  const { simulator } = limited({ headers: "2026" });
  const token = simulator.issue("fitbit-web").accessToken;
  const { headers } = await ask(simulator, profile, { token });
  assert.deepEqual([headers.get("server"), headers.get("content-language")], ["ESF", null]);
});
