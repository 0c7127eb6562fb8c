/** Exercises of the Fitbit Web API: the list, whose entries carry their own offset from UTC. */

import { exercise, exerciseZone } from "../../catalog/exercise.ts";
import { zoneOffset } from "../../day.ts";
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
import { readInstant, readUtcOffset } from "../json/read_value.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { flag, real, text, valueAt, whole } from "../records/readings.ts";
import type { Flattened, Stream } from "../source.ts";
import { type AccountUnits, accountUnits, american, areFeet, metric } from "./account_units.ts";
import { demand, type Entry, id, kindWord, over, read, times } from "./exercise_entry.ts";
import { summaryExercises } from "./exercise_of_day.ts";
import { knownZone, zonesIn } from "./heart_zones.ts";
import { parseWithIds } from "./ids.ts";

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

/** The entries of the days asked for: the last page of a list goes on beyond them. */
function entriesIn(
  document: Uint8Array,
  { first_day, last_day }: Manifest,
  unknown?: UnknownFields,
): Entry[] {
  return arrayAt(parseWithIds(document), "the document").flatMap((body, index) => {
    const place = `answers[${index}]`;
    if (unknown !== undefined) countUnknownFields(body, known, "", unknown);
    return arrayAt(member(objectAt(body, place), "activities"), `${place}.activities`)
      .map((record, i) => ({ record, place: `${place}.activities[${i}]` }))
      .filter((entry) => {
        const day = String(demand(entry, "startTime", text)).slice(0, 10);
        return day >= first_day && day <= last_day;
      });
  });
}

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
  const entries = entriesIn(document, manifest, unknown);
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
  for (const entry of entriesIn(document, manifest)) {
    const start = startOf(entry, manifest);
    for (const name of ["heartRateZones", "customHeartRateZones"]) {
      for (const zone of zonesIn(valueAt(entry.record, name), `${entry.place}.${name}`)) {
        rows.add({ ...start, exercise_id: demand(entry, "logId", id), ...zone });
      }
    }
  }
  return { columns: rows.columns(), unknown: new Map(), notes: [] };
}

/** The streams of exercises; the list says more than the summaries and comes first. */
export const exerciseStreams: readonly Stream[] = [
  ofList(exercise, flattenList),
  summaryExercises,
  ofList(exerciseZone, flattenListZones),
];

function ofList(table: { readonly name: string }, flatten: Stream["flatten"]): Stream {
  return { source: "fitbit-web", name: listStream, table: table.name, version: 1, flatten };
}
