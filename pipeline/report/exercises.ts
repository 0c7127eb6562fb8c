/** The exercises of the page, without their curves, and the heart-rate zones of the days. */

import { numberReader, textReader } from "../aggregate/readers.ts";
import type { Columns } from "../columns.ts";
import { MS_PER_DAY } from "../day.ts";
import type { Exercise, ZoneBounds } from "./page_data.ts";

/** The columns of `exercise` that are needed. */
export const exerciseColumns: readonly string[] = [
  "time",
  "utc_offset_s",
  "duration_s",
  "type",
  "name",
  "mean_bpm",
  "energy_kcal",
  "distance_m",
];

/** The exercises of a part, by their start. */
export function exercisesOf(columns: Columns): Exercise[] {
  const number = (name: string) => numberReader(columns, name);
  const [time, offset, duration] = [number("time"), number("utc_offset_s"), number("duration_s")];
  const [mean, energy, distance] = [
    number("mean_bpm"),
    number("energy_kcal"),
    number("distance_m"),
  ];
  const type = textReader(columns, "type");
  const name = textReader(columns, "name");
  return Array.from({ length: columns.rows }, (_, row): Exercise => {
    const start = time(row) ?? NaN;
    const offset_s = offset(row) ?? NaN;
    return {
      day: Math.floor((start + offset_s * 1000) / MS_PER_DAY),
      start_s: start / 1000,
      offset_s,
      duration_s: duration(row) ?? 0,
      name: name(row) ?? spoken(type(row)),
      mean_bpm: mean(row),
      energy_kcal: energy(row),
      distance_m: distance(row),
      curve: null,
    };
  }).sort((a, b) => a.start_s - b.start_s);
}

/** `Outdoor bike` of `outdoor_bike`. */
function spoken(type: string | null): string {
  if (type === null) return "Exercise";
  const words = type.replaceAll("_", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The columns of `heart_rate_zones` that are needed. */
export const zoneColumns: readonly string[] = ["date", "zone", "min_bpm"];

/** The zones' bounds, once for each run of days in which they stay the same. */
export function zoneBoundsOf(columns: Columns): ZoneBounds[] {
  const date = numberReader(columns, "date");
  const zone = textReader(columns, "zone");
  const least = numberReader(columns, "min_bpm");
  const all = Array.from({ length: columns.rows }, (_, row) => row);
  const found: ZoneBounds[] = [];
  for (const [day, rows] of Map.groupBy(all, (row) => date(row) ?? NaN)) {
    const zones = rows.flatMap((row): [string, number][] => {
      const bpm = least(row);
      return bpm === null ? [] : [[zone(row) ?? "", bpm]];
    }).sort((a, b) => a[1] - b[1]);
    if (zones.length === 0) continue;
    if (JSON.stringify(found.at(-1)?.zones) !== JSON.stringify(zones)) {
      found.push({ from: day, zones });
    }
  }
  return found;
}
