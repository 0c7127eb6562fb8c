/** Genuine files, imported and transformed to the values that were worked out independently. */

import assert from "node:assert/strict";
import { dayNumber } from "../../pipeline/day.ts";
import { zipOf } from "../generate/zip_writer.ts";
import { aggregatesOf, assertAggregates, restingHeartRatesOf } from "../support/aggregates.ts";
import { heartRateOf, type HeartRateRows, type House, inHouse } from "../support/house.ts";
import { sharedPath, testWithSharedData } from "../support/shared_data.ts";
import { streamStatus } from "../support/status.ts";

const export2020 = sharedPath("takeout/mit-innergalileo-2020/MyFitbitData");

/** Per civil day in Melbourne: samples, smallest, largest, mean; from the README beside the files. */
const heartRates = [
  ["2020-03-10", 2044, 59, 121, "72.5166"],
  ["2020-04-04", 10_505, 49, 121, "75.1809"],
  ["2020-04-05", 10_763, 54, 130, "75.7040"],
  ["2020-04-06", 9167, 53, 100, "68.7290"],
] as const;

const plus11 = 39_600;
const plus10 = 36_000;

async function rowsOf(house: House, day: string): Promise<HeartRateRows> {
  const rows = await heartRateOf(house.root, day);
  assert.ok(rows !== undefined, day);
  return rows;
}

/** Fails unless tables and aggregates hold the values of the README. */
async function assertExport2020(house: House): Promise<void> {
  await house.must("transform");
  await house.must("aggregate");
  for (const [day, n, min, max, mean] of heartRates) {
    const rows = await rowsOf(house, day);
    const bpm = Array.from(rows.bpm);
    const sum = bpm.reduce((sum, value) => sum + value, 0);
    assert.deepEqual(
      [day, rows.bpm.length, Math.min(...bpm), Math.max(...bpm), (sum / n).toFixed(4)],
      [day, n, min, max, mean],
    );
    assert.notEqual(rows.confidence, undefined);
    await assertAggregates(house.root, day, rows);
  }
  const { day: row } = await aggregatesOf(house.root, "2020-04-05");
  assert.equal(Number(row?.["resting_heart_rate_bpm"]).toFixed(3), "66.663");
  const resting = await restingHeartRatesOf(house.root, "2020");
  assert.equal(resting.size, 135);
  assert.equal(Number(resting.get(dayNumber("2020-04-04"))?.["bpm"]).toFixed(3), "65.862");

  // The day of 25 hours: two offsets, and no instant outside it.
  const changed = await rowsOf(house, "2020-04-05");
  assert.deepEqual(Array.from(new Set(changed.utc_offset_s)), [plus11, plus10]);
  const change = Date.parse("2020-04-04T16:00:00Z");
  assert.ok(
    changed.time_ms.every((time, i) => (time < change) === (changed.utc_offset_s[i] === plus11)),
  );
  const normal = await rowsOf(house, "2020-04-04");
  assert.equal(new Date(normal.time_ms[0] ?? NaN).toISOString(), "2020-04-03T13:00:01.000Z");
  assert.equal(new Date(normal.time_ms.at(-1) ?? NaN).toISOString(), "2020-04-04T12:59:55.000Z");
}

for (const zone of ["Australia/Melbourne", undefined]) {
  const how = zone === undefined ? "with the zone left to be worked out" : `with ${zone}`;
  testWithSharedData(
    `the export of 2020 has its oracle's values, ${how}`,
    () =>
      inHouse(async (house) => {
        await house.must("import", export2020, ...zone === undefined ? [] : ["--timezone", zone]);
        await assertExport2020(house);
      }),
  );
}

testWithSharedData(
  "the export of 2020 gives the same from a ZIP file",
  () =>
    inHouse(async (house) => {
      const zip = `${house.root}-MyFitbitData.zip`;
      await Deno.writeFile(zip, zipOf(membersOf(export2020, "MyFitbitData")));
      await house.must("import", zip);
      await assertExport2020(house);
      const { days } = await streamStatus(house, "heart_rate-*.json");
      assert.deepEqual(days, { never: 0, young: 0, settled: 4, empty: 0, failed: 0 });
    }),
);

function membersOf(folder: string, path: string): { path: string; bytes: Uint8Array }[] {
  return Array.from(Deno.readDirSync(folder)).sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, isDirectory }) => {
      const member = `${path}/${name}`;
      return isDirectory
        ? membersOf(`${folder}/${name}`, member)
        : [{ path: member, bytes: Deno.readFileSync(`${folder}/${name}`) }];
    });
}

/** Recorded answers: how many minutes they hold, and their mean, which one of them states itself. */
const recordings = [
  {
    file: "heart-intraday-1min-time-bounded-2017-07-31.json",
    day: "2017-07-31",
    minutes: 1397,
    mean: "73.52",
    resting: undefined,
    last: "23:59",
  },
  {
    file: "heart-intraday-1min-1d-partial-day-2021-10-31.json",
    day: "2021-10-31",
    minutes: 833,
    mean: "79.07",
    resting: 65,
    last: "14:02",
  },
] as const;

testWithSharedData(
  "recorded answers of the Fitbit Web API have the values they state",
  () =>
    inHouse(async (house) => {
      const files = recordings.map(({ file }) => sharedPath(`fitbit-web-api/${file}`));
      await house.must("import", ...files, "--timezone", "America/Chicago");
      await house.must("transform");
      await house.must("aggregate");
      for (const { day, minutes, mean, resting, last } of recordings) {
        const rows = await rowsOf(house, day);
        assert.equal(rows.bpm.length, minutes, day);
        assert.equal((rows.bpm.reduce((sum, bpm) => sum + bpm, 0) / minutes).toFixed(2), mean, day);
        assert.deepEqual(Array.from(new Set(rows.utc_offset_s)), [-18_000], day);
        const wall = new Date((rows.time_ms.at(-1) ?? NaN) - 18_000_000).toISOString();
        assert.equal(wall.slice(11, 16), last);
        await assertAggregates(house.root, day, rows);
        const { day: row } = await aggregatesOf(house.root, day);
        assert.equal(row?.["resting_heart_rate_bpm"] ?? undefined, resting);
      }
    }),
);

testWithSharedData(
  "every genuine file is listed as taken or skipped, none is in the way",
  () =>
    inHouse(async (house) => {
      const ran = await house.must("import", sharedPath("."), "--timezone", "Australia/Melbourne");
      assert.match(ran.results, /heart_rate-\*\.json +4 +32,479 /);
      assert.doesNotMatch(ran.results, /Not taken/);
    }),
);
