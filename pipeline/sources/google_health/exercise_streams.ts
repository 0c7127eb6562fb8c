/** `exercise` of the Google Health API: workouts and their splits. The track is only in the TCX file. */

import { exercise, exerciseEvent, exerciseSplit } from "../../catalog/exercise.ts";
import {
  flag,
  instant,
  real,
  scaled,
  seconds,
  text,
  utcOffset,
  whole,
  word,
} from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { pointId, pointStream } from "./points.ts";
import { partStream } from "./session_parts.ts";

/** Metres of millimetres. */
const metres = scaled(1 / 1000);

/** What both a workout and its splits sum up. */
const metrics = {
  active_duration_s: field("activeDuration", seconds),
  energy_kcal: field("metricsSummary.caloriesKcal", real),
  distance_m: field("metricsSummary.distanceMillimeters", metres),
  steps: field("metricsSummary.steps", whole),
  mean_bpm: field("metricsSummary.averageHeartRateBeatsPerMinute", real),
  pace_s_per_m: field("metricsSummary.averagePaceSecondsPerMeter", real),
  speed_m_per_s: field("metricsSummary.averageSpeedMillimetersPerSecond", metres),
  elevation_gain_m: field("metricsSummary.elevationGainMillimeters", metres),
  active_zone_minutes: field("metricsSummary.activeZoneMinutes", whole),
  light_zone_s: field("metricsSummary.heartRateZoneDurations.lightTime", seconds),
  moderate_zone_s: field("metricsSummary.heartRateZoneDurations.moderateTime", seconds),
  vigorous_zone_s: field("metricsSummary.heartRateZoneDurations.vigorousTime", seconds),
  peak_zone_s: field("metricsSummary.heartRateZoneDurations.peakTime", seconds),
};

const googleExercise = pointStream({
  name: "exercise",
  kind: "session",
  table: exercise,
  columns: {
    ...metrics,
    exercise_id: pointId,
    type: field("exerciseType", word),
    name: field("displayName", text),
    run_vo2_max_ml_per_kg_min: field("metricsSummary.runVo2Max", real),
    pool_length_m: field("exerciseMetadata.poolLengthMillimeters", metres),
    swim_lengths: field("metricsSummary.totalSwimLengths", real),
    cadence_per_min: field("metricsSummary.mobilityMetrics.avgCadenceStepsPerMinute", real),
    stride_length_m: field("metricsSummary.mobilityMetrics.avgStrideLengthMillimeters", metres),
    vertical_oscillation_m: field(
      "metricsSummary.mobilityMetrics.avgVerticalOscillationMillimeters",
      metres,
    ),
    vertical_ratio: field("metricsSummary.mobilityMetrics.avgVerticalRatio", real),
    ground_contact_s: field("metricsSummary.mobilityMetrics.avgGroundContactTimeDuration", seconds),
    has_gps: field("exerciseMetadata.hasGps", flag),
    notes: field("notes", text),
  },
  known: ["createTime", "updateTime", "exerciseEvents", "splits", "splitSummaries"],
  version: 2,
});

const splitColumns = { ...metrics, type: field("splitType", word) };

/** Metrics that only the workout as a whole has a column for. */
const known = ["runVo2Max", "totalSwimLengths", "mobilityMetrics"]
  .map((name) => `metricsSummary.${name}`);

/**
 * Two lists that overlap: the default splits, of a kilometre or a mile, and laps, by whatever the
 * person or the watch chose. An answer may have either, or both.
 */
const googleExerciseSplits = partStream({
  session: googleExercise,
  table: exerciseSplit,
  id: "exercise_id",
  dayOf: "start",
  lists: [
    { member: "splits", columns: splitColumns, constants: { lap: false }, known },
    { member: "splitSummaries", columns: splitColumns, constants: { lap: true }, known },
  ],
  version: 1,
});

/** Where the person, or the watch by itself, started, paused and stopped. */
const googleExerciseEvents = partStream({
  session: googleExercise,
  table: exerciseEvent,
  id: "exercise_id",
  dayOf: "start",
  lists: [{
    member: "exerciseEvents",
    times: (offset) => ({
      time: field("eventTime", instant),
      utc_offset_s: field("eventUtcOffset", utcOffset, offset),
    }),
    columns: { type: field("exerciseEventType", word) },
    constants: {},
  }],
  version: 1,
});

/** The tables of one data type. */
export const exerciseStreams: readonly Stream[] = [
  googleExercise,
  googleExerciseSplits,
  googleExerciseEvents,
];
