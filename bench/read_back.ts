/** Tables read back: a day, and a year's daily means, by polars through our door and by DuckDB. */

import { z } from "zod";
import { addDays } from "../pipeline/day.ts";
import type { Talk } from "../pipeline/effects.ts";
import { defaultParticipant } from "../pipeline/layout.ts";
import { firstDay } from "./data_root.ts";
import { type DuckDb, outputOf, taskArguments } from "./programs.ts";
import { fileURLToPath } from "node:url";

export interface ReadBack {
  /** What is read. */
  readonly what: string;
  readonly rows: number;
  /** Milliseconds within a process that runs already. */
  readonly polars_ms: number;
  readonly duckdb_ms: number;
}

const times = 7;
const answer = z.array(z.object({ ms: z.number(), rows: z.number(), sum: z.number() }));

/** Measures a data root whose tables are built; aggregates it first. Throws when the answers differ. */
export async function measureReadBack(
  root: string,
  days: number,
  duckdb: DuckDb,
  talk: Talk,
): Promise<ReadBack[]> {
  talk.say("Reading back: aggregating");
  await duckdb.time(taskArguments("aggregate", "--data", root));
  talk.say("Reading back");
  const day = addDays(firstDay, Math.floor(days / 2));
  const owner = `participant=${defaultParticipant}`;
  const script = fileURLToPath(new URL("time_polars.ts", import.meta.url));
  const options = [root, day, firstDay, addDays(firstDay, days - 1), String(times)];
  const polars = answer.parse(
    JSON.parse(await outputOf([Deno.execPath(), "run", "-A", script, ...options])),
  );
  const duck = await duckdb.medians(times, [
    `select * exclude (source), bpm as last
      from read_parquet('${root}/tables/heart_rate/${owner}/date=${day}/part.parquet')`,
    `select date, heart_rate_mean_bpm
      from read_parquet('${root}/aggregates/day/${owner}/*/part.parquet', hive_partitioning = false)`,
    `select (epoch_ms(time) + utc_offset_s * 1000) // 86400000 as date, avg(bpm)
      from read_parquet('${root}/tables/heart_rate/${owner}/*/part.parquet', hive_partitioning = false)
      group by date`,
  ]);
  const what = [
    "a day of heart rate",
    "daily means from the aggregates",
    "daily means from every second",
  ];
  return what.map((name, index) => {
    const ours = polars[index];
    const theirs = duck[index];
    const isSame = ours !== undefined && theirs !== undefined && ours.rows === theirs.rows &&
      Math.abs(ours.sum - theirs.sum) <= 1e-6 * Math.abs(theirs.sum);
    if (!isSame) {
      throw new Error(
        `${name}: polars reads ${JSON.stringify(ours)}, DuckDB ${JSON.stringify(theirs)}`,
      );
    }
    return { what: name, rows: ours.rows, polars_ms: ours.ms, duckdb_ms: theirs.ms };
  });
}
