/** The genuine archive of 2020: what its CSV files become, beside the tables of its JSON tree. */

import assert from "node:assert/strict";
import { type House, inHouse } from "../support/house.ts";
import { partRows } from "../support/parts.ts";
import type { PlainRow } from "../support/rows.ts";
import { sharedPath, testWithSharedData } from "../support/shared_data.ts";

const user = sharedPath("takeout/mit-innergalileo-2020/MyFitbitData/User");

async function inExport(look: (house: House) => Promise<void>): Promise<void> {
  await inHouse(async (house) => {
    await house.must("import", user);
    const { said } = await house.must("transform");
    assert.doesNotMatch(said, /put aside/);
    await look(house);
  });
}

/** What the wall clock showed, as text. */
function wall(row: PlainRow, time: string, offset: string): string {
  return new Date(Date.parse(String(row[time])) + Number(row[offset]) * 1000).toISOString();
}

/** The lines of a file, without header and line ends. */
function linesOf(path: string): string[] {
  return Deno.readTextFileSync(`${user}/${path}`).trimEnd().split(/\r?\n/).slice(1);
}

testWithSharedData(
  "every sleep score of 2020 is of the moment its sleep ended on the wall clock",
  () =>
    inExport(async ({ root }) => {
      const scores = await partRows(root, "sleep_score", "2020-01-01");
      const lines = linesOf("Sleep/sleep_score.csv");
      assert.deepEqual([scores.length, lines.length], [122, 122]);
      const written = new Map(lines.map((line) => line.split(",")).map(([id, at]) => [id, at]));
      for (const score of scores) {
        const at = wall(score, "time", "utc_offset_s").replace(".000Z", "Z");
        const stamp = written.get(String(score["sleep_id"])) ?? "";
        // The clocks went back that night, and the log went on by the clock it began with.
        assert.equal(at, stamp === "2020-04-05T09:19:00Z" ? "2020-04-05T08:19:00Z" : stamp);
        assert.equal(score["date"], stamp.slice(0, 10));
      }
      const sleeps = await partRows(root, "sleep", "2020-01-01");
      const ended = new Map(sleeps.map((sleep) => [sleep["sleep_id"], sleep]));
      let joined = 0;
      for (const score of scores) {
        const sleep = ended.get(score["sleep_id"] ?? null);
        if (sleep === undefined) continue;
        joined++;
        assert.deepEqual(
          [score["time"], score["utc_offset_s"], score["date"]],
          [sleep["end_time"], sleep["end_utc_offset_s"], sleep["date"]],
        );
      }
      // All nights with stages that are in the data, and one that is too short for them.
      assert.equal(joined, 50);
    }),
);

testWithSharedData(
  "the oxygen variation of 2020 is on the wall clock, nearly all of it asleep",
  () =>
    inExport(async ({ root }) => {
      const sleeps = await partRows(root, "sleep", "2020-01-01");
      const nights = sleeps.map((sleep) => [
        Date.parse(String(sleep["time"])),
        // In the night the clocks went back the watch measured for another hour, the wearer in bed.
        Date.parse(String(sleep["end_time"])) + (sleep["date"] === "2020-04-05" ? 3_600_000 : 0),
      ]);
      for (const day of ["2020-04-04", "2020-04-05", "2020-04-06"]) {
        const rows = await partRows(root, "oxygen_variation", day);
        const lines = linesOf(`user-site-export/estimated_oxygen_variation-${day}.csv`);
        // Also of the hour that came twice on the 5th.
        assert.equal(rows.length, lines.length, day);
        assert.deepEqual(
          rows.map((row) => row["signal_ratio"]),
          lines.map((line) => Number(line.split(",")[1])),
          day,
        );
        // That night's sleep is not among the logs.
        if (day === "2020-04-06") continue;
        const asleep = rows.filter((row) => {
          const at = Date.parse(String(row["time"]));
          return nights.some(([start = 0, end = 0]) => at >= start && at <= end);
        });
        // The rest is of the evening, and of a nap nobody logged.
        assert.ok(asleep.length > 0.77 * rows.length, `${day}: ${asleep.length} of ${rows.length}`);
      }
    }),
);
