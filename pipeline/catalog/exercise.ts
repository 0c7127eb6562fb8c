/** Tables of training. */

import type { TableSpec } from "../catalog.ts";
import { date, flag, instant, interval, real, sample, source, text, whole } from "./columns.ts";

const heartZones = [
  real("light_zone_s", "Time in the light zone", { unit: "s" }),
  real("moderate_zone_s", "Time in the moderate zone", { unit: "s" }),
  real("vigorous_zone_s", "Time in the vigorous zone", { unit: "s" }),
  real("peak_zone_s", "Time in the peak zone", { unit: "s" }),
];

export const exercise: TableSpec = {
  name: "exercise",
  grain: "one exercise",
  partition: "year",
  key: ["time", "exercise_id"],
  version: 3,
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
    real("peak_bpm", "Highest heart rate; account archive only", { unit: "beats/min" }),
    whole("active_zone_minutes", "Active zone minutes", { unit: "min" }),
    ...["sedentary", "lightly_active", "fairly_active", "very_active"].map((level) =>
      whole(`${level}_min`, `Minutes of it ${level.replace("_", " ")}; not in Google Health`, {
        unit: "min",
      })
    ),
    real("cardio_load", "Cardio load of it; account archive only"),
    real("pace_s_per_m", "Mean pace", { unit: "s/m" }),
    real("speed_m_per_s", "Mean speed", { unit: "m/s" }),
    real("elevation_gain_m", "Height gained", { unit: "m" }),
    real("run_vo2_max_ml_per_kg_min", "Maximal oxygen uptake estimated from the run", {
      unit: "ml/kg/min",
    }),
    ...heartZones,
    real("pool_length_m", "Length of the pool", { unit: "m" }),
    real("swim_lengths", "Lengths swum"),
    real("cadence_per_min", "Mean cadence of a run", { unit: "steps/min" }),
    real("stride_length_m", "Mean stride of a run", { unit: "m" }),
    real("vertical_oscillation_m", "How far the body moved up and down with each stride", {
      unit: "m",
    }),
    real("vertical_ratio", "Vertical oscillation over stride length", { unit: "%" }),
    real("ground_contact_s", "Mean time a foot was on the ground", { unit: "s" }),
    flag("has_gps", "Whether there is a track"),
    text("log_type", "How it was recorded: auto_detected, tracker, manual, ..."),
    text("device", "What recorded it"),
    text("notes", "What the person wrote of it; Google Health only"),
    source,
  ],
};

export const exerciseSplit: TableSpec = {
  name: "exercise_split",
  grain: "one split of one exercise; laps and default splits overlap",
  partition: "year",
  key: ["time", "exercise_id", "lap", "type"],
  version: 3,
  partsOf: "exercise_id",
  columns: [
    ...interval,
    { ...date, about: "Civil day the exercise began on" },
    text("exercise_id", "The exercise it belongs to", { required: true }),
    flag("lap", "Whether it is a lap; else a default split, of a kilometre or a mile", {
      required: true,
    }),
    text(
      "type",
      "What ended it: manual, duration, distance or calories; interval_move or interval_rest where it " +
        "is a part of an interval workout",
    ),
    real("active_duration_s", "Without pauses", { unit: "s" }),
    real("energy_kcal", "Energy used", { unit: "kcal" }),
    real("distance_m", "Distance covered", { unit: "m" }),
    whole("steps", "Steps"),
    real("mean_bpm", "Mean heart rate", { unit: "beats/min" }),
    real("pace_s_per_m", "Mean pace", { unit: "s/m" }),
    real("speed_m_per_s", "Mean speed", { unit: "m/s" }),
    real("elevation_gain_m", "Height gained", { unit: "m" }),
    whole("active_zone_minutes", "Active zone minutes", { unit: "min" }),
    ...heartZones,
    source,
  ],
};

export const exerciseEvent: TableSpec = {
  name: "exercise_event",
  grain: "one moment at which one exercise began, paused, went on or ended; Google Health only",
  partition: "year",
  key: ["time", "exercise_id", "type"],
  version: 1,
  partsOf: "exercise_id",
  columns: [
    ...sample,
    { ...date, about: "Civil day the exercise began on" },
    text("exercise_id", "The exercise it belongs to", { required: true }),
    text("type", "start, stop, pause, resume, auto_pause or auto_resume"),
    source,
  ],
};

export const exerciseZone: TableSpec = {
  name: "exercise_zone",
  grain: "one heart-rate zone of one exercise, as the old API has them",
  partition: "year",
  key: ["time", "exercise_id", "zone"],
  version: 3,
  partsOf: "exercise_id",
  columns: [
    ...sample,
    text("exercise_id", "The exercise it belongs to", { required: true }),
    text("zone", "out_of_range, fat_burn, cardio or peak", { required: true }),
    whole("min_bpm", "Where the zone begins", { unit: "beats/min" }),
    whole("max_bpm", "Where the zone ends", { unit: "beats/min" }),
    real("minutes", "Time spent in it", { unit: "min" }),
    real("energy_kcal", "Energy used in it", { unit: "kcal" }),
    whole("active_zone_minutes", "Active zone minutes earned in it", { unit: "min" }),
    source,
  ],
};

export const exerciseCandidate: TableSpec = {
  name: "exercise_candidate",
  grain:
    "one stretch of time that the watch by itself took for an exercise, whether the log has it " +
    "or not; account archive only",
  partition: "year",
  key: ["time", "exercise_id"],
  version: 1,
  columns: [
    ...interval,
    text("exercise_id", "The source's own id, which is not that of the log", { required: true }),
    text("type", "The source's name for the kind, in lower case"),
    text("name", "As the person sees it"),
    flag("confirmed", "Whether it was confirmed, where the file says so"),
    text("status", "What became of it, where the file says so"),
    source,
  ],
};

export const livePace: TableSpec = {
  name: "live_pace",
  grain: "one second of a workout; its steps are among those of steps; account archive only",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    ...interval,
    whole("steps", "Steps"),
    real("distance_m", "Distance covered", { unit: "m" }),
    real("gain_m", "Height gained", { unit: "m" }),
    source,
  ],
};

export const runForm: TableSpec = {
  name: "run_form",
  grain: "one measure of a run at one moment; account archive only",
  partition: "date",
  key: ["time", "measure"],
  version: 1,
  columns: [
    ...sample,
    text(
      "measure",
      "cadence, speed, stride_length, ground_contact_time, vertical_oscillation or vertical_ratio",
      { required: true },
    ),
    real("value", "Its value", { required: true }),
    text("quantity", "What the source calls the column, where it says the unit if anywhere"),
    source,
  ],
};

export const exerciseTrack: TableSpec = {
  name: "exercise_track",
  grain: "one point of the track of one exercise; only asked for by name, for it tells places",
  partition: "year",
  key: ["time", "exercise_id"],
  partsOf: "exercise_id",
  version: 1,
  columns: [
    ...sample,
    { ...date, about: "Civil day the exercise began on" },
    text(
      "exercise_id",
      "The exercise it belongs to; when it began where a file in an archive does not name it",
      { required: true },
    ),
    real("latitude_deg", "North of the equator; null without GPS", { unit: "°" }),
    real("longitude_deg", "East of Greenwich; null without GPS", { unit: "°" }),
    real("altitude_m", "Height above the sea", { unit: "m" }),
    real("distance_m", "Distance since the beginning", { unit: "m" }),
    real("bpm", "Heart rate", { unit: "beats/min" }),
    source,
  ],
};

export const gpsLocation: TableSpec = {
  name: "gps_location",
  grain:
    "where the watch was at one second of a workout; account archive only, and only when asked for",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    ...sample,
    real("latitude_deg", "Degrees north of the equator", { unit: "°", required: true }),
    real("longitude_deg", "Degrees east of Greenwich", { unit: "°", required: true }),
    real("altitude_m", "Height above the sea", { unit: "m" }),
    source,
  ],
};

export const exerciseTables: readonly TableSpec[] = [
  exercise,
  exerciseSplit,
  exerciseEvent,
  exerciseZone,
  exerciseCandidate,
  livePace,
  runForm,
  exerciseTrack,
  gpsLocation,
];
