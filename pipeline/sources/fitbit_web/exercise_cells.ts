/** What an exercise's entry says, as the tables have it: the same members in the list and the archive. */

import { arrayAt } from "../json/document.ts";
import type { CellValue } from "../records/columns_builder.ts";
import { flag, real, text, valueAt, whole } from "../records/readings.ts";
import { demand, type Entry, kindWord, over, read, times } from "./exercise_entry.ts";
import { knownZone } from "./heart_answers.ts";
import { zonesIn } from "./heart_zones.ts";
import { id } from "./ids.ts";

/** When an exercise began. */
export interface ExerciseStart {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly utc_offset_s: number;
}

/** Members that an entry may have, in the list and in the archive. */
export const knownOfExercise = {
  activeDuration: true,
  activeZoneMinutes: {
    minutesInHeartRateZones: [{
      minuteMultiplier: true,
      minutes: true,
      order: true,
      type: true,
      zoneName: true,
    }],
    totalMinutes: true,
  },
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
    ...levelMinutes(entry),
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

/** The column of each level of activity. */
const levels: Readonly<Record<string, string>> = {
  sedentary: "sedentary_min",
  lightly: "lightly_active_min",
  fairly: "fairly_active_min",
  very: "very_active_min",
};

/** Minutes of each level; a list leaves out levels without any. */
function levelMinutes(entry: Entry): Row {
  const found = listIn(entry, "activityLevel");
  if (found.length === 0) return {};
  const minutes = new Map(Object.values(levels).map((column): [string, CellValue] => [column, 0]));
  for (const level of found) {
    const column = levels[String(read(level, "name", text))];
    if (column !== undefined) minutes.set(column, read(level, "minutes", whole));
  }
  return Object.fromEntries(minutes);
}

/** The entries of a list in an entry; none when it is absent. */
function listIn({ record, place }: Entry, path: string): Entry[] {
  const list = valueAt(record, path);
  if (list === undefined || list === null) return [];
  return arrayAt(list, `${place}.${path}`).map((record, index) => ({
    record,
    place: `${place}.${path}[${index}]`,
  }));
}

/**
 * The active zone minutes of each zone. Whether its minutes are doubled already, where they count
 * double, is nowhere said: the total tells.
 */
function zoneMinutes(entry: Entry): Map<CellValue, CellValue> {
  const zones = listIn(entry, "activeZoneMinutes.minutesInHeartRateZones").map((zone) => ({
    name: read(zone, "zoneName", kindWord),
    minutes: Number(read(zone, "minutes", whole) ?? 0),
    times: Number(read(zone, "minuteMultiplier", real) ?? 1),
  }));
  const counted = zones.filter(({ times }) => times > 0);
  const sum = counted.reduce((sum, { minutes }) => sum + minutes, 0);
  const isDoubled = sum === read(entry, "activeZoneMinutes.totalMinutes", whole);
  return new Map(
    counted.map(({ name, minutes, times }) => [name, isDoubled ? minutes : minutes * times]),
  );
}

/**
 * The rows of `exercise_zone`: default zones, and those the person set up. The zones of active zone
 * minutes have the names of the default ones; where only they are there, they have rows of their own.
 */
export function exerciseZones(entry: Entry, start: ExerciseStart): Row[] {
  const active = zoneMinutes(entry);
  const zones = ["heartRateZones", "customHeartRateZones"].flatMap((name): Row[] =>
    zonesIn(valueAt(entry.record, name), `${entry.place}.${name}`).map((zone) => {
      const active_zone_minutes = active.get(zone.zone);
      active.delete(zone.zone);
      return { ...zone, active_zone_minutes };
    })
  );
  const others = Array.from(active, ([zone, minutes]): Row => ({
    zone,
    active_zone_minutes: minutes,
  }));
  const exercise_id = demand(entry, "logId", id);
  return [...zones, ...others].map((zone) => ({ ...start, exercise_id, ...zone }));
}
