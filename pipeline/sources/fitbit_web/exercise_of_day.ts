/** The exercises of the daily summaries, which stand on the wearer's clock. */

import { exercise } from "../../catalog/exercise.ts";
import { isDay } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { countUnknownFields, type UnknownFields, unreadable } from "../json/document.ts";
import { readClockTime } from "../json/read_value.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { flag, real, text, whole } from "../records/readings.ts";
import type { Flattened, Stream } from "../source.ts";
import { summariesIn, summaryStream } from "./daily_summary.ts";
import { demand, kindWord, read, times } from "./exercise_entry.ts";
import { id } from "./ids.ts";
import { placedTimes } from "./placed_times.ts";

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

/** Exercises out of daily summaries, for days of which there is no list. */
export const summaryExercises: Stream = {
  source: "fitbit-web",
  name: summaryStream,
  table: exercise.name,
  version: 1,
  flatten: flattenOfDay,
};
