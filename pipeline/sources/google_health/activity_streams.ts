/** Data types of moving about. */

import {
  activeCalories,
  activeMinutes,
  activeZoneMinutes,
  activityLevel,
  altitude,
  basalCalories,
  calories,
  distance,
  floors,
  sedentaryPeriod,
  steps,
  swimLengths,
} from "../../catalog/activity.ts";
import { caloriesInHeartRateZone, timeInHeartRateZone } from "../../catalog/heart.ts";
import { real, scaled, whole, word } from "../records/readings.ts";
import { type Field, field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { pointStream } from "./points.ts";
import { rollUpStream } from "./roll_up.ts";

const metres = scaled(1 / 1000);

/**
 * A word that tells rows apart and so cannot be null. Google leaves the first value of an enum out,
 * which is always `..._UNSPECIFIED`.
 */
function wordOr(path: string, otherwise: string): Field {
  return field(path, (value, place) => word(value, place) ?? otherwise, otherwise);
}

/**
 * Each data type with its fields; the payload's member is the type's name in camel case. For steps,
 * distance, floors, altitude and total calories, and for no other type, a point without its value is
 * a minute worn with nothing of it: a true zero.
 */
export const activityStreams: readonly Stream[] = [
  pointStream({
    name: "steps",
    kind: "interval",
    table: steps,
    columns: { steps: field("count", whole, 0) },
  }),
  pointStream({
    name: "distance",
    kind: "interval",
    table: distance,
    columns: { distance_m: field("millimeters", metres, 0) },
  }),
  pointStream({
    name: "floors",
    kind: "interval",
    table: floors,
    columns: { floors: field("count", whole, 0) },
  }),
  pointStream({
    name: "altitude",
    kind: "interval",
    table: altitude,
    columns: { gain_m: field("gainMillimeters", metres, 0) },
  }),
  rollUpStream({
    name: "total-calories",
    table: calories,
    // An empty value is a true zero, none at all is an error.
    columns: { energy_kcal: field("totalCalories.kcalSum", real, 0) },
    needed: ["totalCalories"],
  }),
  pointStream({
    name: "active-energy-burned",
    kind: "interval",
    table: activeCalories,
    columns: { energy_kcal: field("kcal", real) },
  }),
  pointStream({
    name: "basal-energy-burned",
    kind: "interval",
    table: basalCalories,
    columns: { energy_kcal: field("kcal", real) },
  }),
  pointStream({
    name: "active-minutes",
    kind: "interval",
    table: activeMinutes,
    each: "activeMinutesByActivityLevel",
    columns: {
      level: wordOr("@.activityLevel", "unspecified"),
      minutes: field("@.activeMinutes", whole),
    },
  }),
  pointStream({
    name: "active-zone-minutes",
    kind: "interval",
    table: activeZoneMinutes,
    columns: {
      zone: wordOr("heartRateZone", "any"),
      active_zone_minutes: field("activeZoneMinutes", whole),
    },
  }),
  pointStream({
    name: "activity-level",
    kind: "interval",
    table: activityLevel,
    columns: { level: wordOr("activityLevelType", "unspecified") },
  }),
  pointStream({
    name: "sedentary-period",
    kind: "interval",
    table: sedentaryPeriod,
    columns: {},
  }),
  pointStream({
    name: "time-in-heart-rate-zone",
    kind: "interval",
    table: timeInHeartRateZone,
    columns: { zone: wordOr("heartRateZoneType", "unspecified") },
  }),
  rollUpStream({
    name: "calories-in-heart-rate-zone",
    table: caloriesInHeartRateZone,
    each: "caloriesInHeartRateZone.caloriesInHeartRateZones",
    columns: {
      zone: wordOr("@.heartRateZone", "unspecified"),
      energy_kcal: field("@.kcal", real),
    },
  }),
  pointStream({
    name: "swim-lengths-data",
    kind: "interval",
    table: swimLengths,
    columns: {
      stroke: field("swimStrokeType", word),
      strokes: field("strokeCount", whole),
    },
  }),
];
