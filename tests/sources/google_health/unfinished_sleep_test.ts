/** Which sleeps keep their days young, and what the client says of it. */

import assert from "node:assert/strict";
import { unfinishedSince } from "../../../pipeline/sources/google_health/unfinished_sleep.ts";
import type { Account } from "../../../pipeline/sources/source.ts";
import { sourceOf } from "../../support/google_health.ts";

const start = "2026-11-05T22:00:00Z";
const interval = {
  startTime: start,
  startUtcOffset: "3600s",
  endTime: "2026-11-06T06:00:00Z",
  endUtcOffset: "3600s",
};
const { endTime: _, endUtcOffset: __, ...begun } = interval;

const cases = [
  { what: "a processed sleep", sleep: { interval, metadata: { processed: true } }, final: true },
  { what: "a sleep going on", sleep: { interval: begun, metadata: { processed: true } } },
  { what: "a sleep not processed", sleep: { interval, metadata: { processed: false } } },
  { what: "a sleep whose flag is left out, as false is", sleep: { interval, metadata: {} } },
  { what: "a sleep without metadata", sleep: { interval } },
  {
    what: "a sleep given up a week after it ended",
    sleep: { interval },
    now: "2026-11-13T06:00:00Z",
    final: true,
  },
  {
    what: "an old sleep that was touched of late",
    sleep: { interval, updateTime: "2026-11-12T20:00:00.123456Z" },
    now: "2026-11-13T06:00:00Z",
  },
  { what: "no sleep at all", sleep: undefined, final: true },
];

for (const { what, sleep, now = "2026-11-06T07:00:00Z", final = false } of cases) {
  Deno.test(`unfinishedSince() takes ${what} for ${final ? "final" : "unfinished"}`, () => {
    assert.equal(
      unfinishedSince(sleep, Date.parse(now)),
      final ? undefined : Date.parse(start),
    );
  });
}

const account: Account = {
  userId: "1",
  timeZone: "Europe/Berlin",
  memberSince: undefined,
  lastSync: undefined,
  scopes: undefined,
};

Deno.test("ask() tells the beginning of the earliest unfinished sleep on any page", async () => {
  const point = (sleep: object) => ({
    dataPointName: "users/me/dataTypes/sleep/dataPoints/1",
    sleep,
  });
  const later = { ...interval, startTime: "2026-11-06T12:00:00Z", endTime: "2026-11-06T13:00:00Z" };
  const pages = new Map<string | null, object>([
    [null, { dataPoints: [point({ interval: later })], nextPageToken: "next" }],
    ["next", {
      dataPoints: [point({ interval }), point({ interval, metadata: { processed: true } })],
    }],
  ]);
  const { source } = sourceOf((url) => Response.json(pages.get(url.searchParams.get("pageToken"))));
  const stream = source.streams.find(({ name }) => name === "sleep");
  assert.ok(stream);
  const window = { first: "2026-11-01", last: "2026-11-07" };
  const answer = await source.ask(stream, window, account);
  assert.equal(answer.completeTo, Date.parse(start));
});
