/**
 * The daily summary of the Fitbit Web API: the totals of one civil day, its zones, its resting heart
 * rate. It does not say which day it is of: the request did, or the name of the saved file.
 */

import { activityDay } from "../../catalog/activity.ts";
import { heartRateZones, restingHeartRate } from "../../catalog/heart.ts";
import { type Day, dayNumber } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import type { Manifest } from "../../raw/manifest.ts";
import {
  arrayAt,
  countUnknownFields,
  isObject,
  member,
  objectAt,
  type UnknownFields,
} from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { type Reading, real, whole } from "../records/readings.ts";
import type { Flattened, Stream } from "../source.ts";
import { type AccountUnits, accountUnits, isFeetOf } from "./account_units.ts";
import { knownZone } from "./heart_answers.ts";
import { zonesIn } from "./heart_zones.ts";
import { parseWithIds } from "./ids.ts";

/** The stream of the summaries. */
export const summaryStream = "activities/date";

type Members = Readonly<Record<string, unknown>>;

/** One summary. */
export interface Summary {
  readonly day: Day;
  readonly totals: Members;
  readonly activities: readonly unknown[];
  readonly place: string;
  readonly units: AccountUnits;
  /** Nothing was measured: the service counts the whole day as spent sitting. */
  readonly isUnworn: boolean;
}

const minutesPerDay = 1440;

/** Known fields of the totals, beside those that are read. */
const knownTotals = {
  activeScore: true,
  activityCalories: true,
  calorieEstimationMu: true,
  caloriesBMR: true,
  caloriesOut: true,
  caloriesOutUnestimated: true,
  customHeartRateZones: [knownZone],
  distances: [{ activity: true, distance: true }],
  elevation: true,
  fairlyActiveMinutes: true,
  floors: true,
  heartRateZones: [knownZone],
  lightlyActiveMinutes: true,
  marginalCalories: true,
  restingHeartRate: true,
  sedentaryMinutes: true,
  steps: true,
  useEstimation: true,
  veryActiveMinutes: true,
} as const;

/** The summaries of a document; throws a DocumentError. */
export function summariesIn(
  document: Uint8Array,
  manifest: Manifest,
  notes: string[],
): Summary[] {
  const { first_day: day, last_day } = manifest;
  if (day !== last_day) {
    throw new DocumentError(
      `Cannot tell the day of a daily summary: the document is of ${day} to ${last_day}`,
    );
  }
  return arrayAt(parseWithIds(document), "the document").map((value, index) => {
    const place = `answers[${index}]`;
    const answer = objectAt(value, place);
    const totals = objectAt(member(answer, "summary"), `${place}.summary`);
    const activities = arrayAt(member(answer, "activities") ?? [], `${place}.activities`);
    const floors = readTotal(totals, "floors", whole, place);
    const height = readTotal(totals, "elevation", real, place);
    const inFeet = floors === undefined || height === undefined
      ? undefined
      : isFeetOf(floors, height);
    return {
      day,
      totals,
      activities,
      place,
      units: accountUnits(inFeet, manifest, notes),
      isUnworn: readTotal(totals, "steps", whole, place) === 0 && activities.length === 0 &&
        readTotal(totals, "sedentaryMinutes", whole, place) === minutesPerDay,
    };
  });
}

function readTotal(
  totals: Members,
  name: string,
  read: Reading,
  place: string,
): number | undefined {
  const value = member(totals, name);
  const cell = value === undefined ? undefined : read(value, `${place}.summary.${name}`);
  return typeof cell === "number" ? cell : undefined;
}

/** The distance of all activity, not of one kind of it. */
function totalDistance({ totals, place, units }: Summary): number | undefined {
  const at = `${place}.summary.distances`;
  const list = arrayAt(member(totals, "distances") ?? [], at);
  const index = list.findIndex((entry) => isObject(entry) && member(entry, "activity") === "total");
  if (index < 0) return undefined;
  const distance = real(member(objectAt(list[index], at), "distance"), `${at}[${index}].distance`);
  return typeof distance === "number" ? distance * units.distance_m : undefined;
}

function flattenTotals(document: Uint8Array, manifest: Manifest): Flattened {
  const unknown: UnknownFields = new Map();
  const notes: string[] = [];
  const rows = new ColumnsBuilder(activityDay);
  for (const summary of summariesIn(document, manifest, notes)) {
    const { day, totals, place, units } = summary;
    countUnknownFields(totals, knownTotals, "summary", unknown);
    if (summary.isUnworn) {
      notes.push(
        `${day}: no steps and 1440 sedentary minutes, as on a day without the watch: left out`,
      );
      continue;
    }
    const count = (name: string) => readTotal(totals, name, whole, place);
    const kcal = (name: string) => readTotal(totals, name, real, place);
    const height = readTotal(totals, "elevation", real, place);
    rows.add({
      date: dayNumber(day),
      steps: count("steps"),
      distance_m: totalDistance(summary),
      floors: count("floors"),
      elevation_gain_m: height === undefined ? undefined : height * units.height_m,
      energy_kcal: kcal("caloriesOut"),
      active_energy_kcal: kcal("activityCalories"),
      basal_energy_kcal: kcal("caloriesBMR"),
      sedentary_min: count("sedentaryMinutes"),
      lightly_active_min: count("lightlyActiveMinutes"),
      fairly_active_min: count("fairlyActiveMinutes"),
      very_active_min: count("veryActiveMinutes"),
    });
  }
  return { columns: rows.columns(), unknown, notes };
}

function flattenZones(document: Uint8Array, manifest: Manifest): Flattened {
  const rows = new ColumnsBuilder(heartRateZones);
  for (const { day, totals, place } of summariesIn(document, manifest, [])) {
    for (const name of ["heartRateZones", "customHeartRateZones"]) {
      for (const zone of zonesIn(member(totals, name), `${place}.summary.${name}`)) {
        rows.add({ date: dayNumber(day), ...zone });
      }
    }
  }
  return { columns: rows.columns(), unknown: new Map(), notes: [] };
}

function flattenResting(document: Uint8Array, manifest: Manifest): Flattened {
  const rows = new ColumnsBuilder(restingHeartRate);
  for (const { day, totals, place } of summariesIn(document, manifest, [])) {
    const bpm = readTotal(totals, "restingHeartRate", real, place);
    if (bpm !== undefined) rows.add({ date: dayNumber(day), bpm });
  }
  return { columns: rows.columns(), unknown: new Map(), notes: [] };
}

const ofSummary = (table: { readonly name: string }, flatten: Stream["flatten"]): Stream => ({
  source: "fitbit-web",
  name: summaryStream,
  table: table.name,
  version: 1,
  flatten,
});

/** The totals of a day. */
export const fitbitActivityDay = ofSummary(activityDay, flattenTotals);

/** The zones of a day, which the summary has right also before the day is over. */
export const fitbitSummaryZones = ofSummary(heartRateZones, flattenZones);

/** The resting heart rate of a day. */
export const fitbitSummaryResting = ofSummary(restingHeartRate, flattenResting);
