/**
 * Exercises of the Fitbit Web API: the list, whose entries carry their own offset from UTC, and the
 * shorter entries of the daily summaries, which stand on the wearer's clock.
 */

import { exercise, exerciseZone } from "../../catalog/exercise.ts";
import { isDay, zoneOffset } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import type { Manifest } from "../../raw/manifest.ts";
import {
  arrayAt,
  countUnknownFields,
  member,
  objectAt,
  type UnknownFields,
  unreadable,
} from "../json/document.ts";
import { readClockTime, readInstant, readUtcOffset } from "../json/read_value.ts";
import { type CellValue, ColumnsBuilder } from "../records/columns_builder.ts";
import { flag, type Reading, real, text, valueAt, whole } from "../records/readings.ts";
import type { Flattened, Stream } from "../source.ts";
import { type AccountUnits, accountUnits, american, areFeet, metric } from "./account_units.ts";
import { summariesIn, summaryStream } from "./daily_summary.ts";
import { knownZone, zonesIn } from "./heart_zones.ts";
import { parseWithIds } from "./ids.ts";
import { placedTimes } from "./placed_times.ts";

/** The stream of the list. */
export const listStream = "activities/list";

/** When an exercise began. */
interface Start {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly utc_offset_s: number;
}

const known = {
  activities: [{
    activeDuration: true,
    activeZoneMinutes: {
      minutesInHeartRateZones: true,
      totalMinutes: true,
    },
    activityLevel: [{ minutes: true, name: true }],
    activityName: true,
    activityTypeId: true,
    averageHeartRate: true,
    calories: true,
    caloriesLink: true,
    customHeartRateZones: [knownZone],
    detailsLink: true,
    distance: true,
    distanceUnit: true,
    duration: true,
    elevationGain: true,
    hasActiveZoneMinutes: true,
    hasGps: true,
    heartRateLink: true,
    heartRateZones: [knownZone],
    intervalWorkoutSummaries: true,
    lastModified: true,
    logId: true,
    logType: true,
    manualInputs: true,
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
  }],
  pagination: true,
} as const;

/** Metres in each unit that a distance of the list may name. */
const metresIn: Readonly<Record<string, number>> = {
  Kilometer: 1000,
  Mile: 1609.344,
  Meter: 1,
  Yard: 0.9144,
};

/** Units of distance for which speed is in units an hour, and pace in seconds a unit. */
const longUnits: ReadonlySet<unknown> = new Set(["Kilometer", "Mile"]);

interface Entry {
  readonly record: unknown;
  readonly place: string;
}

function entriesIn(document: Uint8Array, unknown?: UnknownFields): Entry[] {
  return arrayAt(parseWithIds(document), "the document").flatMap((body, index) => {
    const place = `answers[${index}]`;
    if (unknown !== undefined) countUnknownFields(body, known, "", unknown);
    return arrayAt(member(objectAt(body, place), "activities"), `${place}.activities`)
      .map((record, i) => ({ record, place: `${place}.activities[${i}]` }));
  });
}

/** The value at a path of an entry; undefined when it is absent. */
function read({ record, place }: Entry, path: string, reading: Reading): CellValue {
  const value = valueAt(record, path);
  return value === undefined || value === null ? undefined : reading(value, `${place}.${path}`);
}

function demand(entry: Entry, path: string, reading: Reading): CellValue {
  const value = read(entry, path, reading);
  if (value !== undefined) return value;
  throw unreadable(`${entry.place}.${path}`, "a value", undefined);
}

/** A number times a factor; undefined where either is. */
function times(value: CellValue, factor: number | undefined): number | undefined {
  return typeof value === "number" && factor !== undefined ? value * factor : undefined;
}

/** A number over a divisor; undefined where either is. */
function over(value: CellValue, divisor: number | undefined): number | undefined {
  return typeof value === "number" && divisor !== undefined ? value / divisor : undefined;
}

/** `Outdoor Bike` as the tables spell it: `outdoor_bike`. */
const kindWord: Reading = (value, place) =>
  String(text(value, place)).trim().toLowerCase().replace(/\s+/g, "_");

/** An id, which `parseWithIds` left as text. */
const id: Reading = (value, place) =>
  String(typeof value === "string" ? value : whole(value, place));

const stamp = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:\d{2})$/;

/**
 * When an entry of the list began. Early in 2017 starts were printed in UTC: then the offset is that
 * of the zone.
 */
function startOf(entry: Entry, manifest: Manifest): Start {
  const value = valueAt(entry.record, "startTime");
  const [, local = "", zone = ""] = typeof value === "string" ? stamp.exec(value) ?? [] : [];
  const asUtc = readInstant(`${local}Z`);
  const offset = zone === "Z" ? 0 : readUtcOffset(zone);
  if (asUtc === undefined || offset === undefined) {
    const expected = 'an instant such as "2026-10-01T12:00:05.000+02:00"';
    throw unreadable(`${entry.place}.startTime`, expected, value);
  }
  if (zone !== "Z") return { time: asUtc - offset * 1000, utc_offset_s: offset };
  if (manifest.clock.kind !== "local") {
    throw new DocumentError(`Cannot tell the offset from UTC of ${entry.place}: it has none`);
  }
  return { time: asUtc, utc_offset_s: zoneOffset(asUtc, manifest.clock.time_zone) };
}

function listUnits(entries: readonly Entry[], manifest: Manifest, notes: string[]): AccountUnits {
  const units = new Set(entries.map((entry) => read(entry, "distanceUnit", text)));
  if (units.has("Mile")) return american;
  if (units.has("Kilometer")) return metric;
  const heights = entries.flatMap((entry) => {
    const height = read(entry, "elevationGain", real);
    return typeof height === "number" ? [height] : [];
  });
  return accountUnits(areFeet(heights), manifest, heights.length === 0 ? [] : notes);
}

function flattenList(document: Uint8Array, manifest: Manifest): Flattened {
  const unknown: UnknownFields = new Map();
  const notes: string[] = [];
  const entries = entriesIn(document, unknown);
  const units = listUnits(entries, manifest, notes);
  const rows = new ColumnsBuilder(exercise);
  for (const entry of entries) {
    const { time, utc_offset_s } = startOf(entry, manifest);
    const duration_s = Number(demand(entry, "duration", real)) / 1000;
    const unit = read(entry, "distanceUnit", text);
    const unit_m = typeof unit === "string" ? metresIn[unit] : undefined;
    if (unit !== undefined && unit_m === undefined) {
      notes.push(`Distances in "${unit}" left out: nobody here knows the unit`);
    }
    // Of swims, in metres or yards, nobody has said what speed and pace refer to.
    const long_m = longUnits.has(unit) ? unit_m : undefined;
    const pace = read(entry, "pace", real);
    const poolUnit = read(entry, "poolLengthUnit", text);
    rows.add({
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
      pace_s_per_m: over(pace, long_m),
      speed_m_per_s: over(times(read(entry, "speed", real), long_m), 3600),
      elevation_gain_m: times(read(entry, "elevationGain", real), units.height_m),
      pool_length_m: times(
        read(entry, "poolLength", real),
        typeof poolUnit === "string" ? metresIn[poolUnit] : undefined,
      ),
      swim_lengths: read(entry, "swimLengths", real),
      has_gps: read(entry, "hasGps", flag),
      log_type: read(entry, "logType", text),
      device: read(entry, "source.name", text),
    });
  }
  return { columns: rows.columns(), unknown, notes };
}

function flattenListZones(document: Uint8Array, manifest: Manifest): Flattened {
  const rows = new ColumnsBuilder(exerciseZone);
  for (const entry of entriesIn(document)) {
    const start = startOf(entry, manifest);
    for (const name of ["heartRateZones", "customHeartRateZones"]) {
      for (const zone of zonesIn(valueAt(entry.record, name), `${entry.place}.${name}`)) {
        rows.add({ ...start, exercise_id: demand(entry, "logId", id), ...zone });
      }
    }
  }
  return { columns: rows.columns(), unknown: new Map(), notes: [] };
}

const knownOfDay = {
  activityId: true,
  activityParentId: true,
  activityParentName: true,
  calories: true,
  description: true,
  distance: true,
  duration: true,
  hasActiveZoneMinutes: true,
  hasStartTime: true,
  isFavorite: true,
  lastModified: true,
  logId: true,
  name: true,
  startDate: true,
  startTime: true,
  steps: true,
} as const;

/** Those of a daily summary; their starts are good to the minute. */
function flattenOfDay(document: Uint8Array, manifest: Manifest): Flattened {
  const unknown: UnknownFields = new Map();
  const notes: string[] = [];
  const rows = new ColumnsBuilder(exercise);
  for (const { activities, place, units, day } of summariesIn(document, manifest, notes)) {
    activities.forEach((record, i) => {
      const entry = { record, place: `${place}.activities[${i}]` };
      countUnknownFields(record, knownOfDay, "activities[]", unknown);
      if (read(entry, "hasStartTime", flag) === false) {
        notes.push(`${day}: an exercise without a time of day left out`);
        return;
      }
      const date = demand(entry, "startDate", text);
      const clock = demand(entry, "startTime", text);
      const second = typeof clock === "string" ? readClockTime(`${clock}:00`) : undefined;
      if (typeof date !== "string" || !isDay(date) || second === undefined) {
        throw unreadable(`${entry.place}.startTime`, 'a time of day such as "09:00"', clock);
      }
      const seconds = Float64Array.of(second);
      const placed = placedTimes([{ day: date, rows: 1 }], seconds, manifest, notes);
      const time = placed.times[0] ?? NaN;
      const duration_s = Number(demand(entry, "duration", real)) / 1000;
      rows.add({
        time,
        utc_offset_s: placed.offsets[0],
        duration_s,
        end_time: time + duration_s * 1000,
        exercise_id: demand(entry, "logId", id),
        type: read(entry, "name", kindWord),
        name: read(entry, "name", text),
        energy_kcal: read(entry, "calories", real),
        distance_m: times(read(entry, "distance", real), units.distance_m),
        steps: read(entry, "steps", whole),
      });
    });
  }
  return { columns: rows.columns(), unknown, notes };
}

/** The streams of exercises; the list says more than the summaries and comes first. */
export const exerciseStreams: readonly Stream[] = ([
  [listStream, exercise, flattenList],
  [summaryStream, exercise, flattenOfDay],
  [listStream, exerciseZone, flattenListZones],
] as const).map(([name, table, flatten]) => ({
  source: "fitbit-web",
  name,
  table: table.name,
  version: 1,
  flatten,
}));
