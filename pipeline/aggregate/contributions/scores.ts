/** What the tables of scores add to the aggregates. */

import * as scores from "../../catalog/scores.ts";
import type { TableSpec } from "../../catalog.ts";
import type { Contribution } from "../contribution.ts";
import { copies, daily, each } from "../daily.ts";
import { count, first, last, lastText, total } from "../daily_rules.ts";
import { quantity } from "../quantity.ts";
import { hourlyStatistics } from "../statistics.ts";
import { together } from "../together.ts";

/** Quantities of several columns of a table: the column of the aggregates, and that of the table. */
function sums(table: TableSpec, columns: readonly (readonly [string, string])[]) {
  return together(...columns.map(([name, column]) => {
    const about = table.columns.find((spec) => spec.name === column)?.about ?? "";
    return quantity({ table, sum: { column }, shares: [{ name, about }] });
  }));
}

export const scoreContributions: readonly Contribution[] = [
  daily(
    scores.sleepScore,
    each(
      ["overall", "composition", "revitalization", "duration"],
      (score) => `sleep_score_${score}`,
      (score) => ({
        // Naps hardly ever have a score; where one has, the night ended before it.
        rule: first(`${score}_score`),
        like: `${score}_score`,
        overDays: "mean",
      }),
    ),
  ),
  daily(scores.readiness, {
    readiness_score: { rule: last("score"), like: "score", overDays: "mean" },
    readiness_level: { rule: lastText("level"), type: "string", like: "level" },
  }),
  daily(scores.stressScore, {
    stress_score: { rule: last("score"), like: "score", overDays: "mean" },
    ...each(
      ["sleep_points", "responsiveness_points", "exertion_points"],
      (points) => `stress_score_${points}`,
      (points) => ({ rule: last(points), like: points, overDays: "mean" }),
    ),
  }),
  sums(scores.cardioLoad, [
    ["cardio_load", "total"],
    ["cardio_load_workout", "workout"],
    ["cardio_load_background", "background"],
  ]),
  copies(scores.cardioLoadRange, "mean", ["lower", "upper"]),
  daily(scores.cardioLoadRatio, {
    cardio_load_ratio: { rule: last("ratio"), like: "ratio", overDays: "mean" },
    cardio_load_ratio_label: { rule: lastText("label"), type: "string", like: "label" },
  }),
  together(
    hourlyStatistics(scores.snore, [
      { column: "mean_dba", prefix: "snore_noise", suffix: "dba", unit: "dBA" },
    ]),
    sums(scores.snore, [
      ["snore_events", "events"],
      ["snore_snoring_events", "snoring_events"],
    ]),
  ),
  hourlyStatistics(scores.skinConductance, [
    { column: "level", prefix: "skin_conductance", suffix: "level" },
  ]),
  daily(scores.bodyResponse, {
    body_response_count: {
      rule: count,
      type: "int32",
      about: "Stretches of time with a sign of stress",
      overDays: "sum",
    },
    body_response_min: {
      rule: total("duration_s", 1 / 60),
      unit: "min",
      about: "Their time",
      overDays: "sum",
    },
  }),
];
