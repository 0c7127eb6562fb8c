/** `UserExercises`: what the JSON tree has of exercises, once more, with the offset of each. */

import { exercise } from "../../../../catalog/exercise.ts";
import type { KnownOffset } from "../../clock_pieces.ts";
import type { Evidence, Family } from "../../family.ts";
import type { Line } from "../line.ts";
import { each, type LineFamily, lineFile, linesOf, lineStream, type Row } from "../line_family.ts";

/** What the tracker measured, else what was entered by hand; undefined for neither. */
function measured(line: Line, what: string): number | undefined {
  return line.number(`tracker_${what}`) ?? line.number(`manually_logged_${what}`);
}

/** Millimetres as metres. */
function metres(millimetres: number | undefined): number | undefined {
  return millimetres === undefined ? undefined : millimetres / 1000;
}

const exercises: LineFamily = {
  stream: "UserExercises_*.csv",
  name: /^userexercises(_\d{4}-\d\d-\d\d)?\.csv$/,
  table: exercise,
  version: 1,
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
  ],
  fallback: true,
  rows(lines, instantOf, notes) {
    // Most of them are candidates that never became an exercise, and nothing tells which did.
    const real = lines.filter((line) => line.word("log_type") !== "auto_detected");
    const left = lines.length - real.length;
    if (left > 0) notes.push(`exercises that were only detected, and make no row: ${left}`);
    return each((line, instantOf): Row[] => {
      const start = instantOf(line.wall("exercise_start"), line);
      const end = line.wall("exercise_end");
      const steps = measured(line, "total_steps");
      return [{
        time: start.time,
        utc_offset_s: line.offset("utc_offset") ?? start.utc_offset_s,
        duration_s: (end - start.time) / 1000,
        end_time: end,
        exercise_id: line.text("exercise_id"),
        type: line.word("activity_name"),
        name: line.text("activity_name"),
        energy_kcal: measured(line, "total_calories"),
        distance_m: metres(measured(line, "total_distance_mm")),
        steps: steps === undefined ? undefined : Math.round(steps),
        // A heart does not stand still: 0 is none measured.
        mean_bpm: line.number("tracker_avg_heart_rate", [0]),
        speed_m_per_s: metres(line.number("tracker_avg_speed_mm_per_second", [0])),
        elevation_gain_m: metres(line.number("tracker_total_altitude_mm")),
        swim_lengths: line.number("tracker_swim_lengths"),
        log_type: line.word("log_type"),
      }];
    })(real, instantOf, notes);
  },
};

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

export const exerciseFiles: readonly Family[] = [lineFile(exercises, { evidence: knownOffsets })];

export const exerciseFileStreams = [lineStream(exercises)];
