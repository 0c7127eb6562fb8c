/** Scores, and the loads that some of them are made of. */

import {
  cardioLoad,
  cardioLoadRange,
  cardioLoadRatio,
  readiness,
  sleepScore,
  stressScore,
} from "../../../../catalog/scores.ts";
import { type CsvFamily, number, text, word } from "../csv_family.ts";
import { category, daily, minutely } from "./patterns.ts";

/** A score or points; -1 stands for none. */
const score = (name: string) => number(name, { absent: [-1] });

export const scoreFamilies: readonly CsvFamily[] = [
  {
    stream: "sleep_score.csv",
    name: /^sleep_score\.csv$/,
    table: sleepScore,
    version: 1,
    // The `endTime` of the sleep in the JSON tree, though it is written with a Z: also in the night of
    // 2020-04-05, when the clocks went back while somebody slept (see `sleep_logs.ts`).
    clock: "wall",
    ofSleeps: true,
    stamp: "timestamp",
    parts: [{
      columns: {
        sleep_id: text("sleep_log_entry_id", { needed: true }),
        overall_score: score("overall_score"),
        composition_score: score("composition_score"),
        revitalization_score: score("revitalization_score"),
        duration_score: score("duration_score"),
        deep_min: score("deep_sleep_in_minutes"),
        resting_bpm: number("resting_heart_rate", { absent: [-1, 0] }),
        restlessness: score("restlessness"),
      },
    }],
  },
  {
    ...daily("daily_readiness", readiness, {
      score: number("score", { absent: [-1, 0], needed: true }),
      level: word("type"),
      sleep_level: word("sleep readiness"),
      hrv_level: word("heart rate variability readiness"),
      resting_heart_rate_level: word("resting heart rate readiness"),
    }),
    // Inserted in 2026, and unspecified wherever it was seen.
    known: ["readiness level"],
  },
  {
    ...category("Daily Readiness Score", "days", readiness, {
      score: number("readiness_score_value", { absent: [-1, 0], needed: true }),
      level: word("readiness_state"),
      activity_score: score("activity_subcomponent"),
      sleep_score: score("sleep_subcomponent"),
      hrv_score: score("hrv_subcomponent"),
      activity_level: word("activity_state"),
      sleep_level: word("sleep_state"),
      hrv_level: word("hrv_state"),
    }),
    stamp: "date",
  },
  {
    stream: "Stress Score.csv",
    name: /^stress score\.csv$/,
    table: stressScore,
    version: 1,
    clock: "days",
    stamp: "date",
    parts: [{
      columns: {
        // A day without enough data has 0.
        score: number("stress_score", { absent: [-1, 0], needed: true }),
        sleep_points: number("sleep_points"),
        most_sleep_points: number("max_sleep_points"),
        responsiveness_points: number("responsiveness_points"),
        most_responsiveness_points: number("max_responsiveness_points"),
        exertion_points: number("exertion_points"),
        most_exertion_points: number("max_exertion_points"),
        status: word("status"),
      },
    }],
    known: ["updated_at", "calculation_failed"],
  },
  minutely("cardio_load", cardioLoad, {
    total: number("total", { needed: true }),
    workout: number("workout"),
    background: number("background"),
  }),
  daily("cardio_load_observed_interval", cardioLoadRange, {
    lower: number("min observed load"),
    upper: number("max observed load"),
  }),
  daily("cardio_acute_chronic_workload_ratio", cardioLoadRatio, {
    ratio: number("ratio"),
    label: word("label"),
  }),
];
