/** Live from the Google Health API to tables and aggregates, against what was measured. */

import assert from "node:assert/strict";
import { heartRate } from "../../pipeline/catalog.ts";
import { type Day, dayNumber, daysBetween } from "../../pipeline/day.ts";
import { diskFiles } from "../../pipeline/effects.ts";
import { columnsOf, scanTable } from "../../pipeline/frames.ts";
import { assertAggregates, restingHeartRatesOf } from "../support/aggregates.ts";
import { assertTruth, heartRateOf, inHouse } from "../support/house.ts";
import { streamStatus } from "../support/status.ts";

/** Days of the demo's person, each with its trouble and its hours of wall clock. */
const days: readonly (readonly [day: Day, trouble: string])[] = [
  ["2026-10-05", "an ordinary day"],
  ["2026-10-08", "the watch lay at home"],
  ["2026-10-12", "30 hours: a flight west"],
  ["2026-10-15", "away from the phone, synced days later"],
  ["2026-10-18", "18 hours: back through the night"],
  ["2026-10-25", "25 hours: the clocks go back"],
];

Deno.test("fetch, transform and aggregate bring every second the watch measured", async () => {
  await inHouse(async (house) => {
    const { root, simulator } = house;
    for (const [day] of days) await house.must("fetch", "--from", day, "--to", day);
    await house.must("transform");
    await house.must("aggregate");

    for (const [day, trouble] of days) {
      const truth = simulator.truthOf(day);
      if (truth.time_ms.length === 0) {
        assert.equal(await heartRateOf(root, day), undefined, trouble);
        continue;
      }
      await assertTruth(house, day, "google-health");
      await assertAggregates(root, day, truth);
    }
    const unworn = days.filter(([day]) => simulator.truthOf(day).time_ms.length === 0);
    assert.deepEqual(unworn.map(([day]) => day), ["2026-10-08"]);
    const offsets = new Set((await heartRateOf(root, "2026-10-25"))?.utc_offset_s);
    assert.deepEqual(offsets, new Set([7200, 3600]));

    // Resting heart rate is asked for by whole months, up to the last day wanted.
    const resting = await restingHeartRatesOf(root, "2026");
    for (const day of daysBetween("2026-10-01", "2026-10-25")) {
      const truth = simulator.restingTruthOf(day);
      const row = resting.get(dayNumber(day));
      assert.equal(row?.["bpm"], truth?.bpm, day);
      const method = truth?.withSleep === true ? "with_sleep" : "only_with_awake_data";
      assert.equal(row?.["method"], truth === undefined ? undefined : method, day);
    }
  });
});

Deno.test("an unworn day is empty, asked once, and other days around it are not", async () => {
  await inHouse(async (house) => {
    await house.must("fetch", "--from", "2026-10-07", "--to", "2026-10-09");
    const stream = await streamStatus(house, "heart-rate");
    assert.deepEqual(stream.days, { never: 29, young: 0, settled: 2, empty: 1, failed: 0 });
    const asked = house.dataRequests;
    await house.must("fetch", "--from", "2026-10-07", "--to", "2026-10-09");
    assert.equal(house.dataRequests, asked);
  });
});

Deno.test("polars reads the same rows as hyparquet, over a clock change", async () => {
  await inHouse(async (house) => {
    const span = { participant: "me", first: "2026-10-24", last: "2026-10-25" };
    await house.must("fetch", "--from", span.first, "--to", span.last);
    await house.must("transform");
    const frame = scanTable(house.root, diskFiles, heartRate, span).collectSync();
    const { columns } = columnsOf(frame, {
      time: "timestamp_ms",
      utc_offset_s: "int32",
      bpm: "int32",
      source: "string",
    });
    const both = [
      house.simulator.truthOf(span.first),
      house.simulator.truthOf(span.last),
    ];
    assert.deepEqual(columns, {
      time: {
        type: "timestamp_ms",
        values: Float64Array.from(both.flatMap(({ time_ms }) => Array.from(time_ms))),
      },
      utc_offset_s: {
        type: "int32",
        values: Int32Array.from(both.flatMap(({ utc_offset_s }) => Array.from(utc_offset_s))),
      },
      bpm: { type: "int32", values: Int32Array.from(both.flatMap(({ bpm }) => Array.from(bpm))) },
      source: {
        type: "string",
        dictionary: ["google-health"],
        codes: new Int32Array(frame.height),
      },
    });
  });
});
