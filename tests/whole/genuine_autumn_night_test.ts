/**
 * The genuine night of 2020-04-05 in Melbourne, in which the clocks went back at 16:00 UTC: which of
 * its hours was read how. Steps and heart rate are in UTC beyond doubt, and the watch tells of the
 * minutes of a night in which the wearer moved alone: they are those in which the sleep log has them
 * awake. So what the log says of the hours after the change can be told by what the body did.
 */

import assert from "node:assert/strict";
import { inHouse } from "../support/house.ts";
import { partRows } from "../support/parts.ts";
import type { PlainRow } from "../support/rows.ts";
import { sharedPath, testWithSharedData } from "../support/shared_data.ts";

const user = sharedPath("takeout/mit-innergalileo-2020/MyFitbitData/User");
const changeBack = Date.parse("2020-04-04T16:00:00Z");
const hour = 3_600_000;
const minute = 60_000;

interface Span {
  readonly start: number;
  readonly end: number;
}

function spanOf(row: PlainRow | undefined): Span {
  const start = Date.parse(String(row?.["time"]));
  return { start, end: start + Number(row?.["duration_s"]) * 1000 };
}

/** How many of those minutes touch a span, and of how many. */
function touching(spans: readonly Span[], minutes: readonly number[]): [number, number] {
  const found = minutes.filter((at) =>
    spans.some(({ start, end }) => at < end + minute && at + 2 * minute > start)
  );
  return [found.length, minutes.length];
}

testWithSharedData(
  "the log of the night the clocks went back keeps to the clock it began with, to its end",
  () =>
    inHouse(async (house) => {
      await house.must("import", user);
      await house.must("transform");
      const { root } = house;
      const days = ["2020-04-04", "2020-04-05"];
      const rowsOf = async (table: string) =>
        (await Promise.all(days.map((day) => partRows(root, table, day)))).flat();
      const sleeps = await partRows(root, "sleep", "2020-01-01");
      const sleep = sleeps.find(({ date }) => date === "2020-04-05");
      const { start, end } = spanOf(sleep);
      const awake = (await partRows(root, "sleep_stage", "2020-01-01"))
        .filter((stage) => stage["sleep_id"] === sleep?.["sleep_id"] && stage["stage"] === "awake")
        .map(spanOf);
      const moved = (await rowsOf("steps")).map((row) => Date.parse(String(row["time"])));

      const shifted = (by: number, from: number) => {
        const spans = awake.map((span) => ({ start: span.start + by, end: span.end + by }));
        return touching(spans, moved.filter((at) => at >= from + by && at < end + by));
      };
      assert.deepEqual(shifted(0, start), [22, 25]);
      // The hours after the change by themselves; an hour later is what the new clock would make of it.
      assert.deepEqual(shifted(0, changeBack), [15, 17]);
      assert.deepEqual(shifted(hour, changeBack), [4, 33]);
      assert.deepEqual(shifted(-hour, changeBack), [4, 13]);

      // Awake the heart beats faster: it says the same.
      const beats = (await rowsOf("heart_rate"))
        .map((row) => ({ at: Date.parse(String(row["time"])), bpm: Number(row["bpm"]) }));
      const awakeOverAsleep = (by: number) => {
        const ofNight = beats.filter(({ at }) => at >= changeBack + by && at < end + by);
        const isAwake = ({ at }: { at: number }) =>
          awake.some(({ start, end }) => at >= start + by && at < end + by);
        const mean = (some: readonly { bpm: number }[]) =>
          some.reduce((sum, { bpm }) => sum + bpm, 0) / some.length;
        return mean(ofNight.filter(isAwake)) - mean(ofNight.filter((beat) => !isAwake(beat)));
      };
      assert.ok(awakeOverAsleep(0) > 2, `${awakeOverAsleep(0)}`);
      assert.ok(awakeOverAsleep(hour) < 1, `${awakeOverAsleep(hour)}`);
      assert.ok(awakeOverAsleep(-hour) < 1, `${awakeOverAsleep(-hour)}`);

      // The score is written with the end that stands in the log, so it is of the same moment.
      const scores = await partRows(root, "sleep_score", "2020-01-01");
      const score = scores.find(({ sleep_id }) => sleep_id === sleep?.["sleep_id"]);
      assert.deepEqual(
        [score?.["time"], score?.["utc_offset_s"], score?.["date"]],
        ["2020-04-04T22:19:00.000Z", 36_000, "2020-04-05"],
      );
      assert.equal(score?.["time"], sleep?.["end_time"]);
    }),
);
