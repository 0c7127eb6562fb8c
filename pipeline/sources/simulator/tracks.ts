/** The tracks of workouts with GPS, and the TCX files in which both services export them. */

import type { Truth } from "./truth.ts";
import { type Workout, workoutsOf } from "./workouts.ts";

/** A point of a track, as the file prints it. */
export interface TrackPoint {
  readonly time_ms: number;
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly altitude_m: number;
  readonly distance_m: number;
  readonly bpm: number | undefined;
}

/** Seconds between two points. */
const step_s = 5;

/** A loop in a park, a little up and down; none without GPS. Nothing is recorded in a pause. */
export function trackOf(workout: Workout): TrackPoint[] {
  const { from_ms, to_ms, pauses, active_s, distance_mm = 0, mean_bpm, hasGps } = workout;
  if (!hasGps) return [];
  const points: TrackPoint[] = [];
  let moved_s = 0;
  for (let time_ms = from_ms; time_ms < to_ms; time_ms += step_s * 1000) {
    if (pauses.some((pause) => time_ms >= pause.from_ms && time_ms < pause.to_ms)) continue;
    const turn = 2 * Math.PI * moved_s / active_s;
    points.push({
      time_ms,
      latitude_deg: Number((52.51 + 0.004 * Math.sin(turn)).toFixed(6)),
      longitude_deg: Number((13.36 + 0.007 * Math.cos(turn)).toFixed(6)),
      altitude_m: Number((34 + 3 * Math.sin(3 * turn)).toFixed(1)),
      distance_m: Number((distance_mm / 1000 * moved_s / active_s).toFixed(2)),
      bpm: mean_bpm === undefined ? undefined : mean_bpm + Math.round(4 * Math.sin(5 * turn)),
    });
    moved_s += step_s;
  }
  return points;
}

/**
 * The file of a workout; one without GPS has a lap and no point.
 * @param stamp An instant as the service prints it.
 */
export function tcxOf(workout: Workout, stamp: (time_ms: number) => string): string {
  const points = trackOf(workout).map(({ time_ms, bpm, ...point }) =>
    `<Trackpoint><Time>${stamp(time_ms)}</Time>` +
    `<Position><LatitudeDegrees>${point.latitude_deg}</LatitudeDegrees>` +
    `<LongitudeDegrees>${point.longitude_deg}</LongitudeDegrees></Position>` +
    `<AltitudeMeters>${point.altitude_m}</AltitudeMeters>` +
    `<DistanceMeters>${point.distance_m}</DistanceMeters>` +
    (bpm === undefined ? "" : `<HeartRateBpm><Value>${bpm}</Value></HeartRateBpm>`) +
    "</Trackpoint>"
  );
  const start = stamp(workout.from_ms);
  return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">\n' +
    `<Activities><Activity Sport="Running"><Id>${start}</Id><Lap StartTime="${start}">` +
    `<TotalTimeSeconds>${workout.active_s}</TotalTimeSeconds><Track>\n${points.join("\n")}\n` +
    "</Track></Lap></Activity></Activities>\n</TrainingCenterDatabase>\n";
}

/** What a client must end up with of a day's tracks, in the catalogue's units. */
export const trackTruth: Truth = ({ world: { body } }, day) =>
  workoutsOf(body, day).flatMap((workout) =>
    trackOf(workout).map(({ time_ms, bpm, ...point }) => ({
      time: new Date(time_ms).toISOString(),
      utc_offset_s: workout.from_offset_s,
      date: day,
      exercise_id: workout.id,
      ...point,
      bpm: bpm ?? null,
    }))
  );
