/** What an exercise's entry says, as the tables have it: the same members in the list and the archive. */

import type { CellValue } from "../records/columns_builder.ts";
import { flag, real, text, valueAt, whole } from "../records/readings.ts";
import { demand, type Entry, id, kindWord, over, read, times } from "./exercise_entry.ts";
import { knownZone, zonesIn } from "./heart_zones.ts";

/** When an exercise began. */
export interface ExerciseStart {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly utc_offset_s: number;
}

/** Members that an entry may have, in the list and in the archive. */
export const knownOfExercise = {
  activeDuration: true,
  activeZoneMinutes: { minutesInHeartRateZones: true, totalMinutes: true },
  activityLevel: [{ minutes: true, name: true }],
  activityName: true,
  activityTypeId: true,
  averageHeartRate: true,
  calories: true,
  customHeartRateZones: [knownZone],
  distance: true,
  distanceUnit: true,
  duration: true,
  elevationGain: true,
  hasActiveZoneMinutes: true,
  hasGps: true,
  heartRateZones: [knownZone],
  lastModified: true,
  logId: true,
  logType: true,
  manualValuesSpecified: true,
  originalDuration: true,
  originalStartTime: true,
  pace: true,
  poolLength: true,
  poolLengthUnit: true,
  source: { id: true, name: true, trackerFeatures: true, type: true, url: true },
  speed: true,
  startTime: true,
  steps: true,
  swimLengths: true,
  tcxLink: true,
} as const;

type Row = Readonly<Record<string, CellValue>>;

/** Metres in each unit that a distance of the list may name. */
const metresIn: Readonly<Record<string, number>> = {
  Kilometer: 1000,
  Mile: 1609.344,
  Meter: 1,
  Yard: 0.9144,
};

/** Units of distance for which speed is in units an hour, and pace in seconds a unit. */
const longUnits: ReadonlySet<unknown> = new Set(["Kilometer", "Mile"]);

/**
 * The row of `exercise`. Throws a DocumentError that names what is missing or mistyped.
 * @param height_m Metres in what heights are counted in.
 * @param notes Gets a line for a unit of distance that nobody knows.
 */
export function exerciseCells(
  entry: Entry,
  { time, utc_offset_s }: ExerciseStart,
  height_m: number,
  notes: string[],
): Row {
  const duration_s = Number(demand(entry, "duration", real)) / 1000;
  const unit = read(entry, "distanceUnit", text);
  const unit_m = typeof unit === "string" ? metresIn[unit] : undefined;
  if (unit !== undefined && unit_m === undefined) {
    notes.push(`Distances in "${unit}" left out: nobody here knows the unit`);
  }
  // Of swims, in metres or yards, nobody has said what speed and pace refer to.
  const long_m = longUnits.has(unit) ? unit_m : undefined;
  const poolUnit = read(entry, "poolLengthUnit", text);
  return {
    time,
    utc_offset_s,
    duration_s,
    end_time: time + duration_s * 1000,
    exercise_id: demand(entry, "logId", id),
    type: read(entry, "activityName", kindWord),
    name: read(entry, "activityName", text),
    active_duration_s: over(read(entry, "activeDuration", real), 1000),
    energy_kcal: read(entry, "calories", real),
    distance_m: times(read(entry, "distance", real), unit_m),
    steps: read(entry, "steps", whole),
    mean_bpm: read(entry, "averageHeartRate", real),
    active_zone_minutes: read(entry, "activeZoneMinutes.totalMinutes", whole),
    pace_s_per_m: over(read(entry, "pace", real), long_m),
    speed_m_per_s: over(times(read(entry, "speed", real), long_m), 3600),
    elevation_gain_m: times(read(entry, "elevationGain", real), height_m),
    pool_length_m: times(
      read(entry, "poolLength", real),
      typeof poolUnit === "string" ? metresIn[poolUnit] : undefined,
    ),
    swim_lengths: read(entry, "swimLengths", real),
    has_gps: read(entry, "hasGps", flag),
    log_type: read(entry, "logType", text),
    device: read(entry, "source.name", text),
  };
}

/** The rows of `exercise_zone`: default zones, and those the person set up. */
export function exerciseZones(entry: Entry, start: ExerciseStart): Row[] {
  return ["heartRateZones", "customHeartRateZones"].flatMap((name) =>
    zonesIn(valueAt(entry.record, name), `${entry.place}.${name}`)
      .map((zone) => ({ ...start, exercise_id: demand(entry, "logId", id), ...zone }))
  );
}
