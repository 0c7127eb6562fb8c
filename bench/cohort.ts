/** A cohort on this machine: throughput against the number of workers, and what a participant-year takes. */

import type { Talk } from "../pipeline/effects.ts";
import { writeCohortOfOne } from "../tests/support/cohort.ts";
import { bytesBelow, putAside } from "./data_root.ts";
import { type DuckDb, taskArguments, type Timing } from "./programs.ts";

export interface CohortTimes {
  readonly participants: number;
  readonly days: number;
  /** By the number of worker processes: from archives to aggregates, nothing done before. */
  readonly runs: readonly { readonly workers: number; readonly timing: Timing }[];
  /** Everything done before. */
  readonly again: Timing;
  /** All that is in the data root then. */
  readonly bytes: number;
}

/** Measures a cohort of people who all have the same archive, made below a folder. */
export async function measureCohort(
  folder: string,
  participants: number,
  days: number,
  duckdb: DuckDb,
  talk: Talk,
): Promise<CohortTimes> {
  talk.say(`Cohort: making an archive of ${days} days`);
  Deno.mkdirSync(folder);
  const list = writeCohortOfOne(folder, participants, days);
  const lake = `${folder}/lake`;
  const run = (workers: number) =>
    duckdb.time(taskArguments("cohort", list, "--data", lake, "--workers", String(workers)));
  const runs = [];
  for (let workers = 1; workers <= 2 * navigator.hardwareConcurrency; workers *= 2) {
    putAside(lake);
    const timing = await run(workers);
    talk.say(`Cohort: ${workers} workers: ${timing.seconds.toFixed(1)} s`);
    runs.push({ workers, timing });
  }
  const again = await run(navigator.hardwareConcurrency);
  return { participants, days, runs, again, bytes: bytesBelow(lake) };
}
