/** Tables of the scores that the maker's apps show, which only the account archive has. */

import type { TableSpec } from "../catalog.ts";
import { date, flag, interval, real, sample, source, text, whole } from "./columns.ts";

export const sleepScore: TableSpec = {
  name: "sleep_score",
  grain: "the score of one sleep; only of those with stages",
  partition: "year",
  key: ["date", "time", "sleep_id"],
  version: 1,
  columns: [
    { ...date, about: "Civil day the sleep ended on" },
    ...sample.map((column) =>
      column.name === "time" ? { ...column, about: "When the sleep ended" } : column
    ),
    text("sleep_id", "The sleep it belongs to", { required: true }),
    real("overall_score", "The score, 0 to 100"),
    real("composition_score", "The part for deep and REM sleep; often only with a subscription"),
    real("revitalization_score", "The part for heart rate and restlessness"),
    real("duration_score", "The part for time asleep"),
    real("deep_min", "Deep sleep", { unit: "min" }),
    real("rem_percent", "Share of REM sleep", { unit: "%" }),
    real("asleep_min", "Time asleep", { unit: "min" }),
    real("goal_min", "Time asleep that was aimed at", { unit: "min" }),
    real("resting_bpm", "Resting heart rate it was reckoned with", { unit: "beats/min" }),
    real("restlessness", "Share of the night spent tossing, as the source has it, 0 to 1"),
    real(
      "below_resting_bpm",
      "How much of the night the heart beat slower than at rest, as the " +
        "source has it",
    ),
    real("long_wakes", "Number of long awakenings"),
    real("wake_time", "Time awake after falling asleep, as the source has it"),
    source,
  ],
};

export const readiness: TableSpec = {
  name: "readiness",
  grain: "one civil day",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    date,
    real("score", "The score, 1 to 100", { required: true }),
    text("level", "low, medium or high"),
    real("activity_score", "The part for activity; in the scheme up to 2024"),
    real("sleep_score", "The part for sleep; in the scheme up to 2024"),
    real("hrv_score", "The part for heart-rate variability; in the scheme up to 2024"),
    text("activity_level", "The part for activity in words; in the scheme up to 2024"),
    text("sleep_level", "The part for sleep in words: very_low, low, medium, high, very_high, ..."),
    text("hrv_level", "The part for heart-rate variability in words"),
    text("resting_heart_rate_level", "The part for resting heart rate in words; from 2024 on"),
    source,
  ],
};

export const stressScore: TableSpec = {
  name: "stress_score",
  grain: "one civil day",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    date,
    real("score", "The score, 1 to 100: the higher, the fewer signs of stress", {
      required: true,
    }),
    real("sleep_points", "Points for sleep"),
    real("most_sleep_points", "How many there could have been"),
    real("responsiveness_points", "Points for the heart's responsiveness"),
    real("most_responsiveness_points", "How many there could have been"),
    real("exertion_points", "Points for balance of exertion"),
    real("most_exertion_points", "How many there could have been"),
    text("status", "ready, ..., as the source says it"),
    source,
  ],
};

export const cardioLoad: TableSpec = {
  name: "cardio_load",
  grain: "one stretch of time, a minute as a rule",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    ...interval,
    real("total", "Cardio load, a sum over time of effort by heart rate; no unit", {
      required: true,
    }),
    real("workout", "The part of workouts"),
    real("background", "The part of all else"),
    source,
  ],
};

export const cardioLoadRange: TableSpec = {
  name: "cardio_load_range",
  grain: "one civil day",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    date,
    real("lower", "Mean of the three lowest daily cardio loads of the last 4 weeks"),
    real("upper", "Mean of the three highest daily cardio loads of the last 4 weeks"),
    source,
  ],
};

export const cardioLoadRatio: TableSpec = {
  name: "cardio_load_ratio",
  grain: "one civil day",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    date,
    real("ratio", "Acute over chronic cardio load: that of late against that of longer"),
    text("label", "under_training, optimal_training or over_training"),
    source,
  ],
};

export const snore: TableSpec = {
  name: "snore",
  grain: "one stretch of sleep, 30 seconds as a rule, that the watch listened to",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    ...interval,
    real("mean_dba", "Mean noise level", { unit: "dBA" }),
    real("max_dba", "Highest noise level", { unit: "dBA" }),
    real("min_dba", "Lowest noise level", { unit: "dBA" }),
    whole("events", "Sounds noticed"),
    whole("snoring_events", "Snores among them"),
    whole("snoring", "1 where there were enough of them to call it snoring, else 0"),
    source,
  ],
};

export const skinConductance: TableSpec = {
  name: "skin_conductance",
  grain: "one reading of the watch's sensor for stress",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    ...sample,
    real("level", "Electrodermal activity; the source does not say its unit", { required: true }),
    source,
  ],
};

export const bodyResponse: TableSpec = {
  name: "body_response",
  grain: "one stretch of time in which the watch noticed a sign of stress",
  partition: "year",
  key: ["time"],
  version: 1,
  columns: [...interval, text("mood", "What the person said they felt, where they did"), source],
};

export const moodLog: TableSpec = {
  name: "mood_log",
  grain: "one entry of how the person felt; account archive only",
  partition: "year",
  key: ["time", "mood"],
  version: 1,
  columns: [...sample, text("mood", "What they said", { required: true }), source],
};

export const mindfulnessSession: TableSpec = {
  name: "mindfulness_session",
  grain: "one session; account archive only",
  partition: "year",
  key: ["time", "session_id"],
  version: 1,
  columns: [
    ...interval,
    text("session_id", "The source's own id", { required: true }),
    text("name", "As the person sees it"),
    text("type", "quick-scan, paced-breathing, ..., as the source says it"),
    real("content_s", "How long its content is", { unit: "s" }),
    real("mean_bpm", "Mean heart rate", { unit: "beats/min" }),
    real("start_bpm", "Heart rate at the beginning", { unit: "beats/min" }),
    real("end_bpm", "Heart rate at the end", { unit: "beats/min" }),
    source,
  ],
};

export const mindfulnessConductance: TableSpec = {
  name: "mindfulness_conductance",
  grain: "one second of a session of mindfulness, of the watch's sensor for stress",
  partition: "date",
  key: ["time", "session_id"],
  version: 1,
  columns: [
    ...sample,
    text("session_id", "The session it is of, as in mindfulness_session", { required: true }),
    real("level", "Mean level of skin conductance; the source does not say its unit"),
    flag("valid", "Whether the source takes it to be valid"),
    flag("activation", "Whether the source sees an activation in it"),
    source,
  ],
};

export const scoreTables: readonly TableSpec[] = [
  sleepScore,
  readiness,
  stressScore,
  cardioLoad,
  cardioLoadRange,
  cardioLoadRatio,
  snore,
  skinConductance,
  bodyResponse,
  moodLog,
  mindfulnessSession,
  mindfulnessConductance,
];
