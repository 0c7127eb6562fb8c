/** Times reading with polars, not counting its start: time_polars.ts ROOT DAY FIRST LAST TIMES. */

import { day as dayTable } from "../pipeline/aggregate/catalog.ts";
import { heartRate } from "../pipeline/catalog.ts";
import { MS_PER_DAY } from "../pipeline/day.ts";
import { diskFiles } from "../pipeline/effects.ts";
import { type Frame, pl, scanAggregate, scanTable } from "../pipeline/frames.ts";
import { defaultParticipant } from "../pipeline/layout.ts";
import { terminalTalk } from "../pipeline/terminal/talk.ts";
import { median } from "./median.ts";

const [root = "", day = "", first = "", last = "", times = "1"] = Deno.args;
const participant = defaultParticipant;
const year = { participant, first, last };

/** Each gives a frame and the column whose sum shows that it was read rightly. */
const readings: readonly { read: () => Frame; column: string }[] = [
  {
    read: () =>
      scanTable(root, diskFiles, heartRate, { participant, first: day, last: day }).collectSync(),
    column: "bpm",
  },
  {
    read: () =>
      scanAggregate(root, diskFiles, dayTable, year).select("date", "heart_rate_mean_bpm")
        .collectSync(),
    column: "heart_rate_mean_bpm",
  },
  {
    read: () => {
      const local = pl.col("time").cast(pl.Int64).add(
        pl.col("utc_offset_s").cast(pl.Int64).mul(1000),
      );
      return scanTable(root, diskFiles, heartRate, year)
        .groupBy(local.div(MS_PER_DAY).floor().alias("date"))
        .agg(pl.col("bpm").mean().alias("bpm"))
        .collectSync();
    },
    column: "bpm",
  },
];

const found = readings.map(({ read, column }) => {
  let frame = read();
  const took = Array.from({ length: Number(times) }, () => {
    const start = performance.now();
    frame = read();
    return performance.now() - start;
  });
  const sum = Number(frame.getColumn(column).cast(pl.Float64).sum());
  return { ms: median(took), rows: frame.height, sum };
});
terminalTalk().result(JSON.stringify(found));
