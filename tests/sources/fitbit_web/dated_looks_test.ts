import assert from "node:assert/strict";
import type { ApiReply } from "../../../pipeline/sources/api.ts";
import {
  objectLook,
  presentLook,
  recordsLook,
} from "../../../pipeline/sources/fitbit_web/dated_looks.ts";

const asked = { first: "2026-10-05", last: "2026-10-06" };

function reply(json: unknown): ApiReply {
  return {
    status: 200,
    headers: new Headers(),
    body: new TextEncoder().encode(JSON.stringify(json)),
    json,
    label: "GET /x.json",
  };
}

const good: readonly (readonly [json: unknown, list: string | undefined, empty: boolean])[] = [
  [{ hrv: [{ dateTime: "2026-10-05" }] }, "hrv", false],
  [{ hrv: [] }, "hrv", true],
  [{}, "hrv", true],
  [[{ dateTime: "2026-10-06" }], undefined, false],
  [{ dateTime: "2026-10-06" }, undefined, false],
  [[], undefined, true],
  [{}, undefined, true],
];

for (const [json, list, empty] of good) {
  Deno.test(`recordsLook() finds ${JSON.stringify(json)} ${empty ? "empty" : "to hold something"}`, () => {
    assert.deepEqual(recordsLook(list, "dateTime")(reply(json), asked), { empty });
  });
}

const bad: readonly (readonly [json: unknown, list: string | undefined, message: RegExp])[] = [
  [{ hrv: [{ dateTime: "2026-10-07" }] }, "hrv", /is of 2026-10-07/],
  [[{ dateTime: "2026-10-04" }], undefined, /is of 2026-10-04/],
  [{ hrv: {} }, "hrv", /Cannot read the answer to GET \/x.json/],
  ["nothing", "hrv", /Cannot read the answer to GET \/x.json/],
];

for (const [json, list, message] of bad) {
  Deno.test(`recordsLook() refuses ${JSON.stringify(json)}`, () => {
    assert.throws(() => recordsLook(list, "dateTime")(reply(json), asked), message);
  });
}

Deno.test("recordsLook() takes the day after when it was asked for too", () => {
  const look = recordsLook("hrv", "dateTime", 1);
  assert.deepEqual(look(reply({ hrv: [{ dateTime: "2026-10-07" }] }), asked), { empty: false });
  assert.throws(() => look(reply({ hrv: [{ dateTime: "2026-10-08" }] }), asked), /2026-10-08/);
});

Deno.test("recordsLook() says how long an answer in work is to be waited for", () => {
  const look = recordsLook("sleep", "dateOfSleep");
  for (
    const [meta, pending_ms] of [
      [{ retryDuration: 5000, state: "pending" }, 5000],
      [{ state: "pending" }, 3000],
    ] as const
  ) assert.deepEqual(look(reply({ meta }), asked), { empty: true, pending_ms });
});

Deno.test("presentLook() takes a list, and nothing else", () => {
  assert.deepEqual(presentLook(reply([])), { empty: true });
  assert.deepEqual(presentLook(reply([{ id: "1" }])), { empty: false });
  assert.throws(() => presentLook(reply({})), /Cannot read the answer/);
});

Deno.test("objectLook() takes an object, and nothing else", () => {
  assert.deepEqual(objectLook(reply({})), { empty: true });
  assert.deepEqual(objectLook(reply({ enrolled: false })), { empty: false });
  assert.throws(() => objectLook(reply([])), /Cannot read the answer/);
});
