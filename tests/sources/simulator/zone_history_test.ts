/** Offsets through clock changes and journeys. */

import assert from "node:assert/strict";
import { zoneHistory } from "../../../pipeline/sources/simulator/zone_history.ts";

const travels = zoneHistory([
  { from: null, timeZone: "Europe/Berlin" },
  { from: "2026-10-12T16:00:00Z", timeZone: "America/New_York" },
  { from: "2026-10-18T06:00:00Z", timeZone: "Europe/Berlin" },
]);

const instants = [
  { at: "2026-01-15T12:00:00Z", offset_s: 3600, timeZone: "Europe/Berlin" },
  { at: "2026-03-29T00:59:59Z", offset_s: 3600, timeZone: "Europe/Berlin" },
  { at: "2026-03-29T01:00:00Z", offset_s: 7200, timeZone: "Europe/Berlin" },
  { at: "2026-10-12T15:59:59Z", offset_s: 7200, timeZone: "Europe/Berlin" },
  { at: "2026-10-12T16:00:00Z", offset_s: -14_400, timeZone: "America/New_York" },
  { at: "2026-10-18T06:00:00Z", offset_s: 7200, timeZone: "Europe/Berlin" },
  { at: "2026-10-25T01:00:00Z", offset_s: 3600, timeZone: "Europe/Berlin" },
];

for (const { at, offset_s, timeZone } of instants) {
  Deno.test(`spanAt(${at}) is ${offset_s} s in ${timeZone}`, () => {
    const span = travels.spanAt(Date.parse(at));
    assert.deepEqual([span.offset_s, span.timeZone], [offset_s, timeZone]);
  });
}

Deno.test("spans follow each other without a hole", () => {
  travels.spans.slice(1).forEach((span, i) => assert.equal(span.from, travels.spans[i]?.to));
  assert.deepEqual([travels.spans[0]?.from, travels.spans.at(-1)?.to], [-Infinity, Infinity]);
});

Deno.test("zoneHistory() refuses an empty list", () => {
  assert.throws(() => zoneHistory([]), RangeError);
});

Deno.test("a day the date line swallowed ends where it would have begun", () => {
  // Samoa went from 29 December straight to 31 December 2011.
  const { endOfDay } = zoneHistory([{ from: null, timeZone: "Pacific/Apia" }]);
  assert.equal(new Date(endOfDay("2011-12-29")).toISOString(), "2011-12-30T10:00:00.000Z");
  assert.equal(new Date(endOfDay("2011-12-31")).toISOString(), "2011-12-31T10:00:00.000Z");
});
