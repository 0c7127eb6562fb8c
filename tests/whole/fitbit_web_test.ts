/** Live from the Fitbit Web API to tables, where local times have to become instants. */

import assert from "node:assert/strict";
import { dayNumber } from "../../pipeline/day.ts";
import type { FitbitSettings } from "../../pipeline/sources/simulator/fitbit/settings.ts";
import { assertAggregates, restingHeartRatesOf } from "../support/aggregates.ts";
import {
  assertTruth,
  heartRateOf,
  type House,
  type HouseOptions,
  inHouse,
} from "../support/house.ts";
import { streamStatus } from "../support/status.ts";
import { spring, springDay } from "../support/spring.ts";

/** Both nights on which the clocks of Berlin change in 2026, and a present that lies after them. */
const nights = {
  spring: {
    day: springDay,
    offsets: [3600, 7200],
    house: spring,
  },
  autumn: { day: "2026-10-25", offsets: [7200, 3600], house: {} },
} as const;

const fetchHeartRate = ["fetch", "--source", "fitbit-web", "--only", "heart_rate"] as const;

/** The parts hold what was measured that day, and its aggregates too. */
async function assertDay(house: House, day: string): Promise<void> {
  await assertTruth(house, day, "fitbit-web");
  await assertAggregates(house.root, day, house.simulator.truthOf(day));
}

Deno.test("an ordinary day of the Fitbit Web API holds every second, and the resting rate", async () => {
  await inHouse(async (house) => {
    await house.must(
      ...fetchHeartRate,
      "--from",
      "2026-10-05",
      "--to",
      "2026-10-06",
    );
    await house.must("transform");
    await house.must("aggregate");
    for (const day of ["2026-10-05", "2026-10-06"]) {
      await assertDay(house, day);
      const resting = await restingHeartRatesOf(house.root, "2026");
      const row = resting.get(dayNumber(day));
      assert.equal(row?.["bpm"], house.simulator.restingTruthOf(day)?.bpm);
      assert.equal(row?.["source"], "fitbit-web");
    }
  });
});

for (const [night, { day, offsets, house: options }] of Object.entries(nights)) {
  Deno.test(`the ${night} night of the Fitbit Web API has right instants`, async () => {
    await inHouse(async (house) => {
      await house.must(...fetchHeartRate, "--from", day, "--to", day);
      // Asked for by the local clock and, since the clocks change, in UTC as well.
      for (const stream of ["activities/heart/1sec", "activities/heart/1sec-utc"]) {
        assert.equal((await streamStatus(house, stream)).days.settled, 1, stream);
      }
      await house.must("transform");
      await house.must("aggregate");
      await assertDay(house, day);
      const rows = await heartRateOf(house.root, day);
      assert.deepEqual(Array.from(new Set(rows?.utc_offset_s)), offsets);
    }, options);
  });
}

/** How the service might show an hour that comes twice: only the answer in UTC tells all of it. */
const repeatedHours: readonly FitbitSettings["repeatedHour"][] = ["skip", "duplicate", "merge"];

for (const repeatedHour of repeatedHours) {
  const options: HouseOptions = { ...nights.autumn.house, fitbit: { repeatedHour } };
  Deno.test(`the repeated hour is whole where the local answer shows it by ${repeatedHour}`, async () => {
    await inHouse(async (house) => {
      const { day } = nights.autumn;
      await house.must(...fetchHeartRate, "--from", day, "--to", day);
      await house.must("transform");
      await assertTruth(house, day, "fitbit-web");
    }, options);
  });
}

Deno.test("the local answer alone tells the passes of the repeated hour apart by their order", async () => {
  await inHouse(async (house) => {
    const { day } = nights.autumn;
    house.simulator.faults.add({ fault: "scope-missing", day: "2026-10-24" });
    // The answer in UTC begins on the day before; refused, only the local one is left.
    const ran = await house.run(...fetchHeartRate, "--from", day, "--to", day);
    assert.equal(ran.code, 3);
    assert.match(ran.said, /Left out activities\/heart\/1sec-utc: .*scope/);
    await house.must("transform");
    await assertTruth(house, day, "fitbit-web");
  });
});

Deno.test("a month of the Fitbit Web API takes its quota's hours, and not one refusal", async () => {
  await inHouse(async (house) => {
    const before = house.clock.now();
    await house.must(
      ...fetchHeartRate,
      "--from",
      "2026-10-01",
      "--to",
      "2026-10-30",
    );
    const { requests } = house.simulator;
    assert.deepEqual(requests.filter(({ status }) => status !== 200), []);
    assert.equal(house.dataRequests, 30 + 2);
    assert.equal(Math.floor((house.clock.now() - before) / 3_600_000), 3);
  }, { fitbit: { quotaPerHour: 10 } });
});
