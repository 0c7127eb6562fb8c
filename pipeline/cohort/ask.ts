/** The cohort's questions: SQL files that polars answers here and Spark on a cluster. */

import { day, hour, week } from "../aggregate/catalog.ts";
import type { TableSpec } from "../catalog.ts";
import type { Files } from "../effects.ts";
import { type Frame, type LazyFrame, pl, scanAggregate, sql } from "../frames.ts";
import { cohortMembers } from "../raw/data_root.ts";

/** The questions, each a file of the name in `sql/`; the table of its answer has that name, too. */
export const questions = [
  "participant_day",
  "participant_week",
  "adherence",
  "data_yield",
  "cohort_percentiles",
] as const;

export type Question = typeof questions[number];

/** The question's SQL: the same for every engine. */
export function textOf(question: Question): string {
  return Deno.readTextFileSync(new URL(`sql/${question}.sql`, import.meta.url));
}

/**
 * What the questions ask of: `day`, `week` and `hour` of every participant, with whose they are and
 * their `civil_day` (of a week its Monday). That name, since engines disagree on what `date` means.
 */
export function cohortViews(
  root: string,
  files: Files,
  participants: readonly string[] = cohortMembers(root, files),
): Record<"day" | "week" | "hour", LazyFrame> {
  const all = (spec: TableSpec) =>
    pl.concat(
      participants.map((participant) =>
        scanAggregate(root, files, spec, { participant, ...everyDay })
          .withColumns(pl.lit(participant).alias("participant"))
      ),
    );
  const offset_ms = pl.col("utc_offset_s").cast(pl.Int64).mul(1000);
  const local = pl.col("time").cast(pl.Int64).add(offset_ms).cast(pl.Datetime("ms"));
  return {
    day: all(day).rename({ date: "civil_day" }),
    week: all(week).rename({ date: "civil_day" }),
    hour: all(hour).withColumns(local.cast(pl.Date).alias("civil_day")),
  };
}

const everyDay = { first: "0001-01-01", last: "9999-12-31" };

/** The answer to one question. */
export function ask(question: Question, views: ReturnType<typeof cohortViews>): Frame {
  return sql(textOf(question), views);
}
