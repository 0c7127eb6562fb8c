/** A month of everything from the Fitbit Web API, through faults into the tables, value for value. */

import assert from "node:assert/strict";
import { tableNamed } from "../../pipeline/catalog.ts";
import { type Day, daysBetween } from "../../pipeline/day.ts";
import type { FaultRule } from "../../pipeline/sources/simulator/faults/rules.ts";
import { liveStreams, tablesOf } from "../../pipeline/sources/registry.ts";
import { activityTruth } from "../../pipeline/sources/simulator/fitbit/activity_truth.ts";
import type { FitbitSettings } from "../../pipeline/sources/simulator/fitbit/settings.ts";
import { truths } from "../../pipeline/sources/simulator/truth.ts";
import { type House, type HouseOptions, inHouse } from "../support/house.ts";
import { assertServed, tablesFedBy } from "../support/served.ts";
import { spring, springDay } from "../support/spring.ts";

const api = "fitbit-web";
const ofActivity = Object.keys(activityTruth);

/** Every table that the service feeds but those of the present, which has no month. */
const all = tablesFedBy(api).map(({ name }) => name)
  .filter((name) =>
    liveStreams.some((stream) =>
      stream.source === api && stream.window !== "today" && tablesOf(stream).includes(name)
    )
  );

/** Somebody who stays at home: answers carry no offset, so a journey cannot be told in them. */
const atHome = [{ from: null, timeZone: "Europe/Berlin" }] as const;

const faults: readonly FaultRule[] = [
  { fault: "429-without-retry-after", every: 23 },
  { fault: "500-burst", every: 29 },
  { fault: "truncated-json", every: 31 },
  { fault: "shuffled-keys", every: 2 },
];

async function fetch(
  house: House,
  tables: readonly string[],
  from: Day,
  to: Day,
): Promise<void> {
  // What a fault made fail is asked for again by the next run.
  for (let left = 4; left > 0; left--) {
    const { code } = await house.run(
      ...["fetch", "--source", "fitbit-web", "--only", tables.join(",")] as const,
      ...["--from", from, "--to", to],
    );
    if (code === 0) return;
    // The waits took longer than a token lasts.
    house.later(0);
  }
  assert.fail("four runs were not enough");
}

Deno.test("the simulator tells the truth of every table that the Fitbit Web API feeds", () => {
  assert.deepEqual(
    ["heart_rate", ...Object.keys(truths[api])].toSorted(),
    tablesFedBy(api).map(({ name }) => name).toSorted(),
  );
});

Deno.test("a month of everything is in its tables as it was served", async () => {
  await inHouse(async (house) => {
    const [from, to] = ["2026-10-01", "2026-10-30"];
    await fetch(house, all, from, to);
    await house.must("transform");
    for (const table of all) {
      assert.ok(
        await assertServed(house, api, tableNamed(table), daysBetween(from, to)) > 0,
        table,
      );
    }
    const before = house.dataRequests;
    await house.must(
      ...["fetch", "--source", "fitbit-web", "--only", "steps,exercise,activity_day"] as const,
      ...["--from", from, "--to", to],
    );
    assert.equal(house.dataRequests, before);
  }, { person: { zones: atHome }, fitbit: { quotaPerHour: 1000 }, faults });
});

const nights = {
  autumn: { day: "2026-10-25", house: { person: { zones: atHome } } },
  spring: { day: springDay, house: spring },
} as const satisfies Record<string, { day: Day; house: HouseOptions }>;

const ways: readonly Partial<FitbitSettings>[] = [
  { repeatedHour: "skip", skippedHour: "zeros" },
  { repeatedHour: "duplicate" },
  { repeatedHour: "merge" },
];

const perMinute = ["steps", "distance", "calories", "activity_level"];

for (const [night, { day, house: options }] of Object.entries(nights)) {
  for (const fitbit of ways) {
    const how = Object.values(fitbit).join(" and ");
    Deno.test(`minutes of the ${night} night are whole where the local answer has ${how}`, async () => {
      await inHouse(async (house) => {
        await fetch(house, ofActivity, day, day);
        await house.must("transform");
        for (const table of perMinute) await assertServed(house, api, tableNamed(table), [day]);
      }, { ...options, fitbit });
    });
  }
}

Deno.test("a series that is filled up where the clocks skip an hour has no minute too many", async () => {
  await inHouse(async (house) => {
    const { day } = nights.spring;
    // The answer in UTC begins on the day before; refused, only the local one is left.
    house.simulator.faults.add({ fault: "scope-missing", day: "2026-03-28" });
    const ran = await house.run(
      ...["fetch", "--source", "fitbit-web", "--only", perMinute.join(",")] as const,
      ...["--from", day, "--to", day],
    );
    assert.match(ran.said, /Left out activities\/steps\/1min-utc: .*scope/);
    await house.must("transform");
    for (const table of perMinute) await assertServed(house, api, tableNamed(table), [day]);
  }, { ...nights.spring.house, fitbit: { skippedHour: "zeros" } });
});

/** Tables of how things stand, with their rows. */
const ofToday = {
  device: 2,
  goal: 10,
  irregular_rhythm_profile: 1,
  lifetime: 8,
  profile: 1,
} as const;

Deno.test("what there is of today is in its tables as it was served", async () => {
  await inHouse(async (house) => {
    await house.must("fetch", "--source", api, "--only", Object.keys(ofToday).join());
    await house.must("transform");
    for (const [table, rows] of Object.entries(ofToday)) {
      assert.equal(await assertServed(house, api, tableNamed(table), ["2026-11-07"]), rows);
    }
  }, { person: { zones: atHome } });
});
