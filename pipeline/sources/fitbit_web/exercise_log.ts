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
import { readStamp } from "../json/read_value.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { real, text, valueAt } from "../records/readings.ts";
import type { Flattened, Stream } from "../source.ts";
import { type AccountUnits, accountUnits, american, areFeet, metric } from "./account_units.ts";
import {
  exerciseCells,
  type ExerciseStart,
  exerciseZones,
  knownOfExercise,
} from "./exercise_cells.ts";
import { demand, type Entry, read } from "./exercise_entry.ts";
import { summaryExercises } from "./exercise_of_day.ts";
import { parseWithIds } from "./ids.ts";

/** The stream of the list. */
export const listStream = "activities/list";

const known = {
  activities: [{
    ...knownOfExercise,
    caloriesLink: true,
    detailsLink: true,
    heartRateLink: true,
    intervalWorkoutSummaries: true,
    manualInputs: true,
  }],
  pagination: true,
} as const;

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

/**
 * When an entry of the list began. Early in 2017 starts were printed in UTC: then the offset is that
 * of the zone.
 */
function startOf(entry: Entry, manifest: Manifest): ExerciseStart {
  const value = valueAt(entry.record, "startTime");
  const start = typeof value === "string" ? readStamp(value) : undefined;
  if (start === undefined) {
    const expected = 'an instant such as "2026-10-01T12:00:05.000+02:00"';
    throw unreadable(`${entry.place}.startTime`, expected, value);
  }
  const { time_ms: time, utc_offset_s } = start;
  if (!String(value).endsWith("Z")) return { time, utc_offset_s };
  if (manifest.clock.kind !== "local") {
    throw new DocumentError(`Cannot tell the offset from UTC of ${entry.place}: it has none`);
  }
  return { time, utc_offset_s: zoneOffset(time, manifest.clock.time_zone) };
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
    rows.add(exerciseCells(entry, startOf(entry, manifest), units.height_m, notes));
  }
  return { columns: rows.columns(), unknown, notes };
}

function flattenListZones(document: Uint8Array, manifest: Manifest): Flattened {
  const rows = new ColumnsBuilder(exerciseZone);
  for (const entry of entriesIn(document, manifest)) {
    for (const row of exerciseZones(entry, startOf(entry, manifest))) rows.add(row);
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
  return { source: "fitbit-web", name: listStream, table: table.name, version: 2, flatten };
}
