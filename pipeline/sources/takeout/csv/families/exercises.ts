/**
 * `UserExercises`: what the JSON tree has of exercises, once more, with the offset of each, and what it
 * does not have: structured workouts, splits, and whatever the watch took for an exercise by itself.
 * The ids are others; sessions are the same that begin in the same second (3,808 of 3,816 in an
 * export of ten years, 548 of 577 in four others).
 */

import { exercise, exerciseCandidate, exerciseSplit } from "../../../../catalog/exercise.ts";
import { dayAt, dayNumber } from "../../../../day.ts";
import type { Session, Stream } from "../../../source.ts";
import type { KnownOffset } from "../../clock_pieces.ts";
import type { Evidence, Family } from "../../family.ts";
import { exerciseSeries } from "../../exercise_streams.ts";
import type { Instant } from "../../instants.ts";
import { type EventSplit, splitsIn } from "../exercise_events.ts";
import type { InstantOf, Line } from "../line.ts";
import {
  each,
  type LineFamily,
  lineFile,
  type LineRow,
  linesOf,
  lineStream,
} from "../line_family.ts";

/** What the tracker measured, else what was entered by hand; undefined for neither. */
function measured(line: Line, what: string): number | undefined {
  return line.number(`tracker_${what}`) ?? line.number(`manually_logged_${what}`);
}

/** Millimetres as metres. */
function metres(millimetres: number | undefined): number | undefined {
  return millimetres === undefined ? undefined : millimetres / 1000;
}

function startOf(line: Line, instantOf: InstantOf): Instant {
  const { time, utc_offset_s } = instantOf(line.wall("exercise_start"), line);
  return { time, utc_offset_s: line.offset("utc_offset") ?? utc_offset_s };
}

/** The watch took it for an exercise by itself: most of these are in the log, many are not. */
function isDetected(line: Line): boolean {
  return line.word("log_type") === "auto_detected";
}

/** So far from distance over time a mean speed can be, in parts of it: pauses count or do not. */
const speedTolerance = 0.5;

/**
 * The mean speed, from the column that agrees with distance and time: in one export it stood under
 * `avg_pace`, and under `avg_speed` was another number a hundred times as large.
 */
function speed(line: Line, distance_m: number | undefined, duration_s: number): number | undefined {
  const expected = distance_m === undefined ? 0 : distance_m / duration_s;
  return ["tracker_avg_speed_mm_per_second", "tracker_avg_pace_mm_per_second"]
    .map((column) => metres(line.number(column, [0])))
    .find((value) =>
      value !== undefined && Math.abs(value - expected) <= speedTolerance * expected
    );
}

const same = {
  stream: "UserExercises_*.csv",
  name: /^userexercises(_\d{4}-\d\d-\d\d)?\.csv$/,
  clock: "utc",
  stamp: "exercise_start",
  required: ["exercise_id", "exercise_end", "activity_name", "log_type"],
  known: [
    "utc_offset",
    "exercise_created",
    "exercise_last_updated",
    "pool_length",
    "pool_length_unit",
    "intervals",
    "distance_units",
    "tracker_total_calories",
    "tracker_total_steps",
    "tracker_total_distance_mm",
    "tracker_total_altitude_mm",
    "tracker_avg_heart_rate",
    "tracker_peak_heart_rate",
    "tracker_avg_pace_mm_per_second",
    "tracker_avg_speed_mm_per_second",
    "tracker_peak_speed_mm_per_second",
    "tracker_auto_stride_run_mm",
    "tracker_auto_stride_walk_mm",
    "tracker_swim_lengths",
    "tracker_pool_length",
    "tracker_pool_length_unit",
    "tracker_cardio_load",
    "manually_logged_total_calories",
    "manually_logged_total_steps",
    "manually_logged_total_distance_mm",
    "manually_logged_pool_length",
    "manually_logged_pool_length_unit",
    "events",
    "activity_type_probabilities",
    "autodetected_confirmed",
    "autodetected_start_timestamp",
    "autodetected_end_timestamp",
    "autodetected_utc_offset",
    "autodetected_activity_name",
    "autodetected_sensor_based_activity_name",
    "deletion_reason",
    "activity_label",
    "suggested_start_timestamp",
    "suggested_end_timestamp",
    "reconciliation_status",
    "location_metadata",
  ],
} as const;

const exercises: LineFamily = {
  ...same,
  table: exercise,
  version: 2,
  series: exerciseSeries,
  rows: each((line, instantOf) => {
    const start = startOf(line, instantOf);
    const end = line.wall("exercise_end");
    const duration_s = (end - start.time) / 1000;
    const steps = measured(line, "total_steps");
    const distance_m = metres(measured(line, "total_distance_mm"));
    return [{
      ...start,
      duration_s,
      end_time: end,
      exercise_id: line.text("exercise_id"),
      type: line.word("activity_name"),
      name: line.text("activity_name"),
      energy_kcal: measured(line, "total_calories"),
      distance_m,
      steps: steps === undefined ? undefined : Math.round(steps),
      // A heart does not stand still: 0 is none measured.
      mean_bpm: line.number("tracker_avg_heart_rate", [0]),
      peak_bpm: line.number("tracker_peak_heart_rate", [0]),
      cardio_load: line.number("tracker_cardio_load"),
      speed_m_per_s: speed(line, distance_m, duration_s),
      elevation_gain_m: metres(line.number("tracker_total_altitude_mm")),
      swim_lengths: line.number("tracker_swim_lengths"),
      log_type: line.word("log_type"),
    }];
  }),
};

const splits: LineFamily = {
  ...same,
  table: exerciseSplit,
  version: 1,
  series: exerciseSeries,
  rows(lines, instantOf, notes) {
    let timeless = 0;
    const rows = lines.flatMap((line) => {
      const start = startOf(line, instantOf);
      const events = splitsIn(line.text("events") ?? "");
      timeless += events.timeless;
      return events.splits.map((split): LineRow => [line, splitRow(line, start, split)]);
    });
    if (timeless > 0) {
      notes.push(`splits that do not say when they were, and make no row: ${timeless}`);
    }
    return rows;
  },
};

function splitRow(line: Line, start: Instant, { end, ...split }: EventSplit) {
  return {
    ...split,
    time: end - split.duration_s * 1000,
    utc_offset_s: start.utc_offset_s,
    date: dayNumber(dayAt(start.time, start.utc_offset_s)),
    exercise_id: line.text("exercise_id"),
  };
}

const candidates: LineFamily = {
  ...same,
  table: exerciseCandidate,
  version: 1,
  rows(lines, instantOf, notes) {
    return each((line, instantOf) => {
      const start = startOf(line, instantOf);
      return [{
        ...start,
        duration_s: (line.wall("exercise_end") - start.time) / 1000,
        exercise_id: line.text("exercise_id"),
        type: line.word("activity_name"),
        name: line.text("activity_name"),
        confirmed: confirmed[line.word("autodetected_confirmed") ?? ""],
        status: line.word("reconciliation_status"),
      }];
    })(lines.filter(isDetected), instantOf, notes);
  },
};

const confirmed: Readonly<Record<string, boolean>> = { true: true, false: false };

/** Beside its rows the file says at which offset each exercise was. */
function knownOffsets(document: Uint8Array): Evidence {
  const known: KnownOffset[] = [];
  for (const line of linesOf(document, exercises).lines) {
    const at = line.time("exercise_start");
    const offset_s = line.offset("utc_offset");
    if (at === undefined || offset_s === undefined) continue;
    known.push({ at, offset_s, evidence: "UserExercises utc_offset" });
  }
  return { known };
}

/** The sessions of a file; the JSON tree knows of which of them the log has. */
function sessionsIn(document: Uint8Array): Session[] {
  return linesOf(document, exercises).lines.flatMap((line) => {
    const id = line.text("exercise_id");
    const start = line.time("exercise_start");
    if (id === undefined || start === undefined) return [];
    return [isDetected(line) ? { id, start, doubtful: true as const } : { id, start }];
  });
}

export const exerciseFiles: readonly Family[] = [lineFile(exercises, { evidence: knownOffsets })];

export const exerciseFileStreams: readonly Stream[] = [
  ...[exercises, splits].map(lineStream).map((stream): Stream => ({
    ...stream,
    flatten: (document, manifest) => ({
      ...stream.flatten(document, manifest),
      sessions: sessionsIn(document),
    }),
  })),
  lineStream(candidates),
];
