/** A month of sleep and exercise through faults into the tables, value for value. */

import assert from "node:assert/strict";
import { tableNamed } from "../../pipeline/catalog.ts";
import { daysBetween } from "../../pipeline/day.ts";
import { demoFirstDay, demoLastDay } from "../../pipeline/sources/simulator/demo_person.ts";
import type { FaultRule } from "../../pipeline/sources/simulator/faults/rules.ts";
import { inHouse } from "../support/house.ts";
import { assertServed } from "../support/served.ts";

const days = daysBetween(demoFirstDay, demoLastDay);
const faults: readonly FaultRule[] = [
  { fault: "empty-first-page" },
  { fault: "429-without-retry-after", every: 5 },
  { fault: "shuffled-keys" },
  { fault: "unsorted-points" },
  { fault: "duplicate-points" },
];

Deno.test("sleep and exercise of a month are in their tables as they were served", async () => {
  await inHouse(async (house) => {
    const fetch = () =>
      house.must(
        ...["fetch", "--source", "google-health", "--only", "sleep,exercise"] as const,
        ...["--from", demoFirstDay, "--to", demoLastDay],
      );
    await fetch();
    await house.must("transform");
    for (const table of ["sleep", "sleep_stage", "exercise", "exercise_split", "exercise_event"]) {
      assert.ok(await assertServed(house, "google-health", tableNamed(table), days) > 0, table);
    }
    const before = house.dataRequests;
    await fetch();
    assert.equal(house.dataRequests, before);
  }, { faults });
});
