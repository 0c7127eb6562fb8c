/** Heart-rate zones of the Fitbit Web API: in both shapes of the answers for heart rate. */

import { heartRateZones } from "../../catalog/heart.ts";
import { dayNumber } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { arrayAt, isObject, member } from "../json/document.ts";
import { type OpenDocument, readDocument, scanDocument } from "../json/open_document.ts";
import { type CellValue, ColumnsBuilder } from "../records/columns_builder.ts";
import { type Reading, real, text, whole } from "../records/readings.ts";
import type { Flattened, Stream } from "../source.ts";
import {
  type HeartAnswer,
  heartAnswers,
  heartSamples,
  sampleColumn,
  samplesPath,
} from "./heart_answers.ts";

const minutesPerDay = 1440;

/** A zone as a row of the table, but for its date. */
export type ZoneCells = Readonly<
  Record<"zone" | "min_bpm" | "max_bpm" | "minutes" | "energy_kcal", CellValue>
>;

/**
 * The zones of a list; none when it is absent. A day without data has zones without minutes. Throws
 * a DocumentError that names the place.
 */
export function zonesIn(list: unknown, place: string): ZoneCells[] {
  if (list === undefined) return [];
  return arrayAt(list, place).filter(isObject).map((zone, index) => {
    const read = (name: string, reading: Reading) => {
      const value = member(zone, name);
      return value === undefined ? undefined : reading(value, `${place}[${index}].${name}`);
    };
    return {
      zone: zoneWord(text(member(zone, "name"), `${place}[${index}].name`)),
      min_bpm: read("min", whole),
      max_bpm: read("max", whole),
      minutes: read("minutes", real),
      energy_kcal: read("caloriesOut", real),
    };
  });
}

/** `Out of Range` as the tables spell it: `out_of_range`. */
function zoneWord(name: CellValue): string {
  return String(name).toLowerCase().replaceAll(" ", "_");
}

/** The same zones, when nobody can say how long the heart was in them. */
export function withoutMinutes(zones: readonly ZoneCells[]): ZoneCells[] {
  return zones.map((zone) => ({ ...zone, minutes: undefined, energy_kcal: undefined }));
}

function flatten(document: Uint8Array, manifest: Manifest, sample_min: number): Flattened {
  const opened = scanDocument(document, heartSamples) ?? readDocument(document, heartSamples);
  const answers = heartAnswers(opened.envelope, manifest);
  const parts = Map.groupBy(
    answers.flatMap(({ days }) => days.filter((day) => day.isBounded)),
    ({ day }) => day,
  );
  const rows = new ColumnsBuilder(heartRateZones);
  const notes: string[] = [];
  for (const answer of answers) {
    for (const { day, isBounded, zones: lists } of answer.days) {
      const zones = lists.flatMap(({ list, place }) => zonesIn(list, place));
      const doubt = isBounded && (parts.get(day) ?? []).length > 1
        ? "several answers hold parts of the day"
        : isProvisional(zones, answer, opened, sample_min)
        ? "all of the day stands in one of them, as the service has it before a day is over"
        : undefined;
      if (doubt !== undefined) notes.push(`${day}: minutes in zones left out: ${doubt}`);
      const date = dayNumber(day);
      for (const zone of doubt === undefined ? zones : withoutMinutes(zones)) {
        rows.add({ date, ...zone });
      }
    }
  }
  opened.rows.handOn();
  // Unknown fields of the days are counted with the resting heart rate.
  return { columns: rows.columns(), unknown: new Map(), notes };
}

/**
 * Before a day is over the service counts all of it to one zone (seen in a recorded answer), though
 * there are samples for a part of it.
 */
function isProvisional(
  zones: readonly ZoneCells[],
  { samples }: HeartAnswer,
  opened: OpenDocument,
  sample_min: number,
): boolean {
  if (samples === undefined || !zones.some(({ minutes }) => minutes === minutesPerDay)) {
    return false;
  }
  const range = opened.rowsOf(samples.list, samples.place, samplesPath);
  const minutes = opened.rows.float64(sampleColumn.second, [range])
    .map((second) => Math.floor(second / 60));
  const measured = minutes.filter((minute, i) => minute !== minutes[i - 1]).length;
  return measured * sample_min < minutesPerDay;
}

/** The streams whose answers carry zones, with the minutes that a sample stands for. */
const streams = [
  ["activities/heart", 1],
  ["activities/heart/1sec", 1],
  ["activities/heart/1min", 1],
  ["activities/heart/5min", 5],
  ["activities/heart/15min", 15],
] as const;

/** Zones, out of the answers of each of these streams. */
export const fitbitHeartZones: readonly Stream[] = streams.map(([name, sample_min]) => ({
  source: "fitbit-web",
  name,
  table: heartRateZones.name,
  version: 1,
  flatten: (document, manifest) => flatten(document, manifest, sample_min),
}));
