/** Moving about: per minute, per second of a workout. */

import {
  activeCalories,
  activeMinutes,
  activeZoneMinutes,
  activityLevel,
  altitude,
  calories,
  distance,
  floors,
  steps,
} from "../../../../catalog/activity.ts";
import { gpsLocation, livePace } from "../../../../catalog/exercise.ts";
import { caloriesInHeartRateZone, timeInHeartRateZone } from "../../../../catalog/heart.ts";
import { type Cell, type CsvFamily, number, word } from "../csv_family.ts";
import { altitudeTwin, caloriesTwin } from "../../minute_streams.ts";
import { dated, minutely } from "./patterns.ts";

/** Millimetres as metres. */
const metres = { per: 1000 };

/** Where two CSV files have the same, one of them on the wall clock. */
const zoneMinutesTwin = { of: "active zone minutes", unit: 1, column: "active_zone_minutes" };

/** A word that tells rows apart and so cannot be null. */
const zone = (name: string): Cell => word(name, { otherwise: "unspecified", needed: true });

/** One level of the active minutes; a 0 is no row. */
const level = (name: string, level: string) => ({
  columns: { minutes: number(name) },
  constants: { level },
  above0: "minutes",
});

export const activityFamilies: readonly CsvFamily[] = [
  onlyWithoutTwin(minutely("steps", steps, { steps: number("steps", { needed: true }) })),
  onlyWithoutTwin(
    minutely("distance", distance, { distance_m: number("distance", { needed: true }) }),
  ),
  minutely("floors", floors, { floors: number("floors", { needed: true }) }),
  {
    ...minutely("altitude", altitude, { gain_m: number("gain", { ...metres, needed: true }) }),
    twin: { ...altitudeTwin, unit: 3048, column: "gain_m" },
  },
  {
    ...minutely("calories", calories, { energy_kcal: number("calories", { needed: true }) }),
    twin: { ...caloriesTwin, column: "energy_kcal" },
  },
  minutely("active_energy_burned", activeCalories, { energy_kcal: number("kilocalories") }),
  {
    ...minutely("active_minutes", activeMinutes, {}),
    // In the words of the Google Health API, which calls very active minutes vigorous.
    parts: [level("light", "light"), level("moderate", "moderate"), level("very", "vigorous")],
  },
  {
    ...minutely("active_zone_minutes", activeZoneMinutes, {
      zone: word("heart rate zone", { otherwise: "any", needed: true }),
      active_zone_minutes: number("total minutes"),
    }),
    twin: zoneMinutesTwin,
  },
  {
    stream: "Active Zone Minutes - *.csv",
    name: /^active zone minutes - .*\.csv$/,
    table: activeZoneMinutes,
    version: 1,
    clock: "wall",
    stamp: "date_time",
    duration_s: 60,
    parts: [{
      columns: {
        zone: word("heart_zone_id", { otherwise: "any", needed: true }),
        active_zone_minutes: number("total_minutes"),
      },
    }],
    twin: zoneMinutesTwin,
  },
  minutely("activity_level", activityLevel, { level: zone("level") }),
  minutely("time_in_heart_rate_zone", timeInHeartRateZone, { zone: zone("heart rate zone type") }),
  minutely("calories_in_heart_rate_zone", caloriesInHeartRateZone, {
    zone: zone("heart rate zone type"),
    energy_kcal: number("kcal"),
  }),
  {
    ...dated("live_pace", livePace, {
      steps: number("steps"),
      distance_m: number("distance millimeters", metres),
      gain_m: number("altitude gain millimeters", { ...metres, optional: true }),
    }),
    duration_s: 1,
  },
];

/** The JSON tree has one reconciled stream, where this has whatever counted beside it. */
function onlyWithoutTwin(family: CsvFamily): CsvFamily {
  return { ...family, fallback: true };
}

/** Where the watch was: of two devices side by side one a day, as for everything else. */
export const locationFamily: CsvFamily = dated("gps_location", gpsLocation, {
  latitude_deg: number("latitude", { needed: true }),
  longitude_deg: number("longitude", { needed: true }),
  altitude_m: number("altitude", { optional: true }),
});
