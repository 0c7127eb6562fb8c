/** Tables of training. */

import type { TableSpec } from "../catalog.ts";
import { flag, instant, interval, real, source, text, whole } from "./columns.ts";

export const exercise: TableSpec = {
  name: "exercise",
  grain: "one exercise",
  partition: "year",
  key: ["time", "exercise_id"],
  version: 1,
  columns: [
    ...interval,
    instant("end_time", "When it ended", { required: true }),
    text("exercise_id", "The source's own id; digits past 2^53, so text", { required: true }),
    text("type", "The source's name for the kind, in lower case: running, walking, workout, ..."),
    text("name", "As the person sees it, in the account's language"),
    real("active_duration_s", "Without pauses", { unit: "s" }),
    real("energy_kcal", "Energy used", { unit: "kcal" }),
    real("distance_m", "Distance covered", { unit: "m" }),
    whole("steps", "Steps"),
    real("mean_bpm", "Mean heart rate", { unit: "beats/min" }),
    whole("active_zone_minutes", "Active zone minutes", { unit: "min" }),
    real("pace_s_per_m", "Mean pace", { unit: "s/m" }),
    real("speed_m_per_s", "Mean speed", { unit: "m/s" }),
    real("elevation_gain_m", "Height gained", { unit: "m" }),
    real("run_vo2_max_ml_per_kg_min", "Maximal oxygen uptake estimated from the run", {
      unit: "ml/kg/min",
    }),
    real("light_zone_s", "Time in the light zone", { unit: "s" }),
    real("moderate_zone_s", "Time in the moderate zone", { unit: "s" }),
    real("vigorous_zone_s", "Time in the vigorous zone", { unit: "s" }),
    real("peak_zone_s", "Time in the peak zone", { unit: "s" }),
    real("pool_length_m", "Length of the pool", { unit: "m" }),
    real("swim_lengths", "Lengths swum"),
    flag("has_gps", "Whether there is a track"),
    text("log_type", "How it was recorded: auto_detected, tracker, manual, ..."),
    text("device", "What recorded it"),
    source,
  ],
};

export const exerciseSplit: TableSpec = {
  name: "exercise_split",
  grain: "one split of one exercise",
  partition: "year",
  key: ["time", "exercise_id", "type"],
  version: 1,
  columns: [
    ...interval,
    text("exercise_id", "The exercise it belongs to", { required: true }),
    text("type", "manual, duration, distance or calories", { required: true }),
    real("active_duration_s", "Without pauses", { unit: "s" }),
    real("energy_kcal", "Energy used", { unit: "kcal" }),
    real("distance_m", "Distance covered", { unit: "m" }),
    whole("steps", "Steps"),
    real("mean_bpm", "Mean heart rate", { unit: "beats/min" }),
    source,
  ],
};

export const exerciseTables: readonly TableSpec[] = [exercise, exerciseSplit];
