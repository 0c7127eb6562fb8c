/** Faults: what each does to an answer, when it strikes, and that it strikes alike every time. */

import assert from "node:assert/strict";
import { type ApiName } from "../../../pipeline/sources/simulator/api.ts";
import { type FaultName, faults } from "../../../pipeline/sources/simulator/faults/catalogue.ts";
import {
  type FaultRule,
  parseFaultRule,
} from "../../../pipeline/sources/simulator/faults/rules.ts";
import { type Json } from "../../../pipeline/sources/simulator/json.ts";
import { createSimulator, type Simulator } from "../../../pipeline/sources/simulator/simulator.ts";
import { type Answered, ask, at, civilDays, list, pointsPath } from "./ask.ts";

const day = "2026-10-06";
const google = pointsPath("heart-rate", {
  filter: civilDays(day, "2026-10-07"),
  pageSize: "3000",
  prettyPrint: "false",
});
const fitbit = `/1/user/-/activities/heart/date/${day}/1d/1sec.json`;
const paths: Readonly<Record<ApiName, string>> = { "google-health": google, "fitbit-web": fitbit };

function send(simulator: Simulator, api: ApiName): Promise<Answered> {
  return ask(simulator, paths[api], { token: simulator.issue(api).accessToken });
}

/** The answer to the first call under a fault, and the honest one. */
async function struck(fault: FaultName, api: ApiName) {
  const answer = await send(createSimulator({ faults: [{ fault }] }), api);
  return { answer, honest: await send(createSimulator(), api) };
}

function reasonOf({ json }: Answered): Json | undefined {
  return at(json, "error", "details", 0, "reason") ?? at(json, "errors", 0, "errorType") ??
    at(json, "error", "status");
}

const replies: readonly [FaultName, ApiName, number, string | undefined][] = [
  ["429-with-retry-after", "google-health", 429, "RATE_LIMIT_EXCEEDED"],
  ["429-with-retry-after", "fitbit-web", 429, "system"],
  ["429-without-retry-after", "google-health", 429, "RATE_LIMIT_EXCEEDED"],
  ["429-without-retry-after", "fitbit-web", 429, "system"],
  ["500-burst", "google-health", 500, "INTERNAL"],
  ["500-burst", "fitbit-web", 500, "request"],
  ["502-html", "google-health", 502, undefined],
  ["502-html", "fitbit-web", 502, undefined],
  ["503-unavailable", "google-health", 503, "UNAVAILABLE"],
  ["503-unavailable", "fitbit-web", 503, undefined],
  ["504-large-page", "google-health", 504, "DEADLINE_EXCEEDED"],
  ["html-200", "google-health", 200, undefined],
  ["html-200", "fitbit-web", 200, undefined],
  ["gone-410", "fitbit-web", 410, undefined],
  ["scope-missing", "google-health", 403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"],
  ["scope-missing", "fitbit-web", 403, "insufficient_scope"],
  ["permission-denied", "google-health", 403, "RESOURCE_PERMISSION_DENIED"],
  ["permission-denied", "fitbit-web", 403, "PERMISSION_DENIED"],
  ["service-disabled", "google-health", 403, "SERVICE_DISABLED"],
  ["account-not-linked", "google-health", 400, "ACCOUNT_NOT_LINKED"],
  ["expired-token", "google-health", 401, "ACCESS_TOKEN_EXPIRED"],
  ["expired-token", "fitbit-web", 401, "expired_token"],
  ["revoked-consent", "google-health", 401, "ACCESS_TOKEN_EXPIRED"],
  ["revoked-consent", "fitbit-web", 401, "invalid_token"],
];

for (const [fault, api, status, reason] of replies) {
  Deno.test(`${fault} at ${api} answers ${status} ${reason ?? "without a reason"}`, async () => {
    const { answer } = await struck(fault, api);
    assert.deepEqual([answer.status, reasonOf(answer)], [status, reason]);
    if (fault.startsWith("429")) {
      const header = answer.headers.get("retry-after");
      assert.equal(header, fault === "429-with-retry-after" ? "30" : null);
    }
  });
}

/** Points of either API. */
function pointsOf(json: Json | undefined): readonly Json[] {
  const points = list(json, "dataPoints");
  return points.length > 0 ? points : list(json, "activities-heart-intraday", "dataset");
}

/** A point's time and beats. */
function essence(point: Json): readonly (Json | undefined)[] {
  const heart = at(point, "heartRate");
  return heart === undefined
    ? [at(point, "time"), at(point, "value")]
    : [at(heart, "sampleTime", "physicalTime"), at(heart, "beatsPerMinute")];
}

const apis: readonly ApiName[] = ["google-health", "fitbit-web"];

for (const api of apis) {
  Deno.test(`duplicate-points at ${api}: more points, none new`, async () => {
    const { answer, honest } = await struck("duplicate-points", api);
    const [found, expected] = [pointsOf(answer.json), pointsOf(honest.json)];
    assert.equal(found.length, expected.length + Math.ceil(expected.length / 10));
    const distinct = new Set(found.map((point) => JSON.stringify(point)));
    assert.equal(distinct.size, new Set(expected.map((point) => JSON.stringify(point))).size);
  });

  Deno.test(`unsorted-points at ${api}: the same points, out of order`, async () => {
    const { answer, honest } = await struck("unsorted-points", api);
    const texts = (json: Json | undefined) => pointsOf(json).map((point) => JSON.stringify(point));
    assert.notDeepEqual(texts(answer.json), texts(honest.json));
    assert.deepEqual(texts(answer.json).sort(), texts(honest.json).sort());
  });

  Deno.test(`wrong-day at ${api}: the answer is for the day after`, async () => {
    const { answer } = await struck("wrong-day", api);
    const date = at(answer.json, "activities-heart", 0, "dateTime") ??
      at(answer.json, "dataPoints", 0, "heartRate", "sampleTime", "physicalTime");
    assert.match(String(date), /^2026-10-07/);
  });

  Deno.test(`unknown-field at ${api}: nothing known changes`, async () => {
    const { answer, honest } = await struck("unknown-field", api);
    assert.ok(pointsOf(answer.json).every((point) => at(point, "mood") === "calm"));
    assert.deepEqual(pointsOf(answer.json).map(essence), pointsOf(honest.json).map(essence));
  });

  Deno.test(`missing-field and wrong-type at ${api}: one point is spoiled`, async () => {
    const { answer: missing, honest } = await struck("missing-field", api);
    const { answer: wrong } = await struck("wrong-type", api);
    const spoiled = (json: Json | undefined) =>
      pointsOf(json).flatMap((point, i) => {
        const good = pointsOf(honest.json)[i] ?? null;
        return JSON.stringify(essence(point)) === JSON.stringify(essence(good))
          ? []
          : [essence(point)[1]];
      });
    assert.deepEqual(spoiled(missing.json), [undefined]);
    assert.ok(Array.isArray(spoiled(wrong.json)[0]) && spoiled(wrong.json).length === 1);
  });

  Deno.test(`shuffled-keys at ${api}: the same values in another text`, async () => {
    const { answer, honest } = await struck("shuffled-keys", api);
    assert.notEqual(answer.text, honest.text);
    assert.deepEqual(answer.json, honest.json);
  });

  Deno.test(`truncated-json and empty-body at ${api}`, async () => {
    const { answer: half, honest } = await struck("truncated-json", api);
    assert.equal(half.status, 200);
    assert.equal(half.json, undefined);
    assert.ok(honest.text.startsWith(half.text) && half.text.length > 1000);
    assert.equal((await struck("empty-body", api)).answer.text, "");
  });

  Deno.test(`cut-connection at ${api}: the body breaks off`, async () => {
    const simulator = createSimulator({ faults: [{ fault: "cut-connection" }] });
    await assert.rejects(send(simulator, api), /connection was cut/);
  });

  Deno.test(`slow at ${api}: the answer waits`, async () => {
    const waits: number[] = [];
    const simulator = createSimulator({
      faults: [{ fault: "slow" }],
      sleep: (ms) => Promise.resolve(waits.push(ms)).then(() => {}),
    });
    assert.equal((await send(simulator, api)).status, 200);
    assert.deepEqual(waits, [2000]);
  });
}

Deno.test("empty-first-page: an empty page with a token, behind which all points are", async () => {
  const simulator = createSimulator({ faults: [{ fault: "empty-first-page" }] });
  const token = simulator.issue("google-health").accessToken;
  const first = await ask(simulator, google, { token });
  assert.deepEqual(Object.keys(Object(first.json)), ["nextPageToken"]);
  const second = await ask(simulator, `${google}&pageToken=${at(first.json, "nextPageToken")}`, {
    token,
  });
  const honest = await send(createSimulator(), "google-health");
  assert.equal(second.text, honest.text);
});

Deno.test("repeated-page-token: the second page leads to itself", async () => {
  const simulator = createSimulator({ faults: [{ fault: "repeated-page-token" }] });
  const token = simulator.issue("google-health").accessToken;
  const first = await ask(simulator, google, { token });
  const next = at(first.json, "nextPageToken");
  const second = await ask(simulator, `${google}&pageToken=${next}`, { token });
  assert.equal(at(second.json, "nextPageToken"), next);
});

Deno.test("504-large-page: smaller pages come through", async () => {
  const simulator = createSimulator({ faults: [{ fault: "504-large-page" }] });
  const token = simulator.issue("google-health").accessToken;
  assert.equal((await ask(simulator, google, { token })).status, 504);
  assert.equal((await ask(simulator, google.replace("3000", "1500"), { token })).status, 200);
});

Deno.test("expired-token: another token of the same consent works on", async () => {
  const simulator = createSimulator({ faults: [{ fault: "expired-token", first: 1 }] });
  const { accessToken, refreshToken } = simulator.issue("google-health");
  assert.equal((await ask(simulator, google, { token: accessToken })).status, 401);
  const { clientId: client_id, clientSecret: client_secret } = simulator.google;
  const form = {
    grant_type: "refresh_token",
    refresh_token: refreshToken,
    client_id,
    client_secret,
  };
  const refreshed = await ask(simulator, "/token", { form });
  const token = String(at(refreshed.json, "access_token"));
  assert.equal((await ask(simulator, google, { token })).status, 200);
});

Deno.test("revoked-consent: refreshing fails too", async () => {
  const simulator = createSimulator({ faults: [{ fault: "revoked-consent", first: 1 }] });
  const { accessToken, refreshToken } = simulator.issue("google-health");
  await ask(simulator, google, { token: accessToken });
  const { clientId: client_id, clientSecret: client_secret } = simulator.google;
  const form = {
    grant_type: "refresh_token",
    refresh_token: refreshToken,
    client_id,
    client_secret,
  };
  assert.equal(at((await ask(simulator, "/token", { form })).json, "error"), "invalid_grant");
});

const rules: readonly { rules: readonly FaultRule[]; statuses: readonly number[] }[] = [
  { rules: [{ fault: "502-html" }], statuses: [502, 502, 502, 502, 502, 502, 502, 502] },
  { rules: [{ fault: "502-html", first: 2 }], statuses: [502, 502, 200, 200, 200, 200, 200, 200] },
  { rules: [{ fault: "502-html", every: 3 }], statuses: [200, 200, 502, 200, 200, 502, 200, 200] },
  { rules: [{ fault: "500-burst", every: 4 }], statuses: [200, 200, 200, 500, 500, 500, 200, 500] },
  {
    rules: [{ fault: "502-html", day: "2026-10-07" }],
    statuses: [200, 200, 200, 200, 200, 200, 200, 200],
  },
  {
    rules: [{ fault: "502-html", day, first: 1 }],
    statuses: [502, 200, 200, 200, 200, 200, 200, 200],
  },
  {
    rules: [{ fault: "502-html", api: "google-health" }],
    statuses: [200, 200, 200, 200, 200, 200, 200, 200],
  },
  {
    rules: [{ fault: "502-html", kind: "account" }],
    statuses: [200, 200, 200, 200, 200, 200, 200, 200],
  },
  {
    rules: [{ fault: "502-html", first: 1 }, { fault: "503-unavailable", every: 2 }],
    statuses: [502, 503, 200, 503, 200, 503, 200, 503],
  },
];

for (const { rules: active, statuses } of rules) {
  Deno.test(`${JSON.stringify(active)} strikes ${statuses.join(" ")}`, async () => {
    const simulator = createSimulator({ faults: active });
    const found = [];
    for (let i = 0; i < statuses.length; i++) {
      found.push((await send(simulator, "fitbit-web")).status);
    }
    assert.deepEqual(found, statuses);
    assert.deepEqual(simulator.requests.map(({ status }) => status), statuses);
    const strikes = simulator.requests.filter((request) => request.faults.length > 0);
    assert.equal(strikes.length, statuses.filter((status) => status !== 200).length);
  });
}

Deno.test("faults can be switched on and off while it runs", async () => {
  const simulator = createSimulator();
  simulator.faults.add({ fault: "502-html" });
  simulator.faults.add({ fault: "slow" });
  assert.equal((await send(simulator, "fitbit-web")).status, 502);
  simulator.faults.clear("502-html");
  assert.equal((await send(simulator, "fitbit-web")).status, 200);
  assert.deepEqual(simulator.requests.map((request) => request.faults), [["502-html", "slow"], [
    "slow",
  ]]);
  simulator.faults.clear();
  await send(simulator, "fitbit-web");
  assert.deepEqual(simulator.requests.at(-1)?.faults, []);
});

Deno.test("gone-410 closes the Fitbit Web API and its login, and nothing else", async () => {
  const simulator = createSimulator({ faults: [{ fault: "gone-410" }] });
  assert.equal((await ask(simulator, "/oauth2/token", { form: {} })).status, 410);
  assert.equal((await send(simulator, "google-health")).status, 200);
});

const texts: readonly { text: string; rule: FaultRule }[] = [
  { text: "slow", rule: { fault: "slow" } },
  { text: "500-burst:every=7", rule: { fault: "500-burst", every: 7 } },
  { text: "502-html:kind=data", rule: { fault: "502-html", kind: "data" } },
  {
    text: "wrong-day:day=2026-10-05,first=1,api=fitbit-web",
    rule: { fault: "wrong-day", day: "2026-10-05", first: 1, api: "fitbit-web" },
  },
];

for (const { text, rule } of texts) {
  Deno.test(`parseFaultRule() reads ${text}`, () => assert.deepEqual(parseFaultRule(text), rule));
}

for (
  const text of [
    "",
    "nonsense",
    "slow:first=0",
    "slow:every=x",
    "slow:day=2026-13-01",
    "slow:api=x",
    "slow:kind=x",
    "slow:5",
  ]
) {
  Deno.test(`parseFaultRule() refuses "${text}"`, () => {
    assert.throws(() => parseFaultRule(text), RangeError);
  });
}

Deno.test("every fault says what it is about", () => {
  for (const fault of Object.values(faults)) assert.match(fault.about, /^[0-9a-z].*[^.]$/);
});
