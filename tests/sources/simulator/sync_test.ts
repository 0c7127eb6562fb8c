/** When the watch has handed its data over. */

import assert from "node:assert/strict";
import { demoPerson } from "../../../pipeline/sources/simulator/demo_person.ts";
import { lastSync } from "../../../pipeline/sources/simulator/sync.ts";

const person = {
  ...demoPerson,
  offline: [
    { from: "2026-10-14T11:20:00Z", to: "2026-10-16T21:05:00Z" },
    { from: "2026-10-14T11:15:00Z", to: "2026-10-14T11:20:00Z" },
  ],
};

const cases = [
  { now: "2026-10-14T11:14:59Z", sync: "2026-10-14T11:00:00Z" },
  { now: "2026-10-14T11:19:00Z", sync: "2026-10-14T11:00:00Z" },
  { now: "2026-10-15T12:00:00Z", sync: "2026-10-14T11:00:00Z" },
  { now: "2026-10-16T21:14:59Z", sync: "2026-10-14T11:00:00Z" },
  { now: "2026-10-16T21:15:00Z", sync: "2026-10-16T21:15:00Z" },
  { now: "2026-11-07T12:07:00Z", sync: "2026-11-07T12:00:00Z" },
];

for (const { now, sync } of cases) {
  Deno.test(`lastSync() at ${now} is ${sync}`, () => {
    assert.equal(lastSync(person, Date.parse(now)), Date.parse(sync));
  });
}
