/** The families of the JSON tree that are lists of small records: each with its fields. */

import { activityDay, swimLengths } from "../../catalog/activity.ts";
import { heartRateZones } from "../../catalog/heart.ts";
import { hydration, nutrition } from "../../catalog/intake.ts";
import { bodyFat, height, weight } from "../../catalog/body.ts";
import { dailyVo2Max, runVo2Max } from "../../catalog/vitals.ts";
import { isObject, member, objectAt } from "../json/document.ts";
import { type Reading, real, scaled, text, valueAt, whole, word } from "../records/readings.ts";
import { type Field, field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { id } from "../fitbit_web/ids.ts";
import { jsonStream, stamp, stampIn, times, weighedAt } from "./json_records.ts";

const kilogramsPerPound = 0.45359237;

/** A day's minutes of one level of activity: the four families together make the day's row. */
function activeMinutes(name: string, column: string): Stream {
  return jsonStream({
    name: `${name}-*.json`,
    table: activityDay,
    series: "*_minutes-*.json",
    columns: { [column]: field("value", whole) },
    known: ["dateTime"],
  });
}

/** The zones by their names in the Fitbit Web API; a custom zone keeps its own. */
const zoneNames: Readonly<Record<string, string>> = {
  BELOW_DEFAULT_ZONE_1: "out_of_range",
  IN_DEFAULT_ZONE_1: "fat_burn",
  IN_DEFAULT_ZONE_2: "cardio",
  IN_DEFAULT_ZONE_3: "peak",
};

/** The members of `valuesInZones` as a list. */
function zonesOf(record: unknown, place: string): unknown {
  const { value, ...rest } = objectAt(record, place);
  const at = `${place}.value`;
  const zones = objectAt(member(objectAt(value, at), "valuesInZones"), `${at}.valuesInZones`);
  return {
    ...rest,
    zones: Object.entries(zones).map(([name, minutes]) => ({
      name: zoneNames[name] ?? name.toLowerCase(),
      minutes,
    })),
  };
}

const weighed: Reading = (entry, place) => stamp(weighedAt(entry), `${place}.date`);

const weightName = "weight-*.json";

/** Millilitres in what water is logged in; a cup is eight fluid ounces. */
const millilitresIn: Readonly<Record<string, number>> = {
  "ml": 1,
  "milliliter": 1,
  "fl oz": 29.5735295625,
  "oz": 29.5735295625,
  "cup": 236.5882365,
};

const unitOf = (entry: unknown, place: string): string =>
  String(text(valueAt(entry, "measurementUnit"), `${place}.measurementUnit`));

const factorOf = (unit: string): number | undefined =>
  millilitresIn[unit.toLowerCase().replace(/[_\s]+/g, " ").replace(/s$/, "")];

/** How much was drunk, in ml; null when nobody here knows the unit. */
const volume: Reading = (entry, place) => {
  const amount = real(valueAt(entry, "waterAmount"), `${place}.waterAmount`);
  const factor = factorOf(unitOf(entry, place));
  return typeof amount === "number" && factor !== undefined ? amount * factor : undefined;
};

/** The meals by the numbers of the Fitbit Web API. */
const meals: Readonly<Record<number, string>> = {
  1: "breakfast",
  2: "morning_snack",
  3: "lunch",
  4: "afternoon_snack",
  5: "dinner",
  7: "anytime",
};

const meal: Reading = (value, place) => meals[Number(whole(value, place))];

/** A nutrient's mass in grams; the factor where the file has it in another unit. */
const nutrient = (name: string, factor = 1): Field =>
  field(`nutritionalValues.${name}`, times(factor));

/** Each family with its fields. */
export const jsonRecordStreams: readonly Stream[] = [
  activeMinutes("sedentary_minutes", "sedentary_min"),
  activeMinutes("lightly_active_minutes", "lightly_active_min"),
  activeMinutes("moderately_active_minutes", "fairly_active_min"),
  activeMinutes("very_active_minutes", "very_active_min"),
  jsonStream({
    name: "time_in_heart_rate_zones-*.json",
    table: heartRateZones,
    reshape: zonesOf,
    each: "zones",
    columns: { zone: field("@.name", text), minutes: field("@.minutes", real) },
    known: ["dateTime"],
  }),
  jsonStream({
    name: "demographic_vo2_max-*.json",
    table: dailyVo2Max,
    columns: {
      vo2_max_ml_per_kg_min: field("value.filteredDemographicVO2Max", real),
      error_ml_per_kg_min: field("value.filteredDemographicVO2MaxError", real),
      unfiltered_ml_per_kg_min: field("value.demographicVO2Max", real),
    },
    known: ["dateTime", "value.demographicVO2MaxError"],
  }),
  jsonStream({
    name: "run_vo2_max-*.json",
    table: runVo2Max,
    written: stampIn("dateTime"),
    columns: {
      vo2_max_ml_per_kg_min: field("value.runVO2Max", real),
      error_ml_per_kg_min: field("value.runVO2MaxError", real),
      filtered_ml_per_kg_min: field("value.filteredRunVO2Max", real),
      exercise_id: field("value.exerciseId", id),
    },
    known: ["dateTime", "value.filteredRunVO2MaxError"],
  }),
  jsonStream({
    name: "swim_lengths_data-*.json",
    table: swimLengths,
    written: stampIn("dateTime"),
    columns: {
      duration_s: field("value.lapDurationSec", real),
      stroke: field("value.swimStrokeType", word),
      strokes: field("value.strokeCount", whole),
    },
    known: ["dateTime", "value.swimAlgorithmType"],
  }),
  jsonStream({
    name: "height-*.json",
    table: height,
    written: stampIn("dateTime"),
    columns: { height_m: field("value", scaled(0.001)) },
    known: ["dateTime"],
  }),
  jsonStream({
    name: weightName,
    table: weight,
    // Together with weight.csv: either lacks entries that the other one has.
    series: "weight",
    written: weighed,
    columns: {
      // Pounds, whatever the profile's units.
      weight_kg: field("weight", times(kilogramsPerPound)),
      bmi: field("bmi", real),
      origin: field("source", text),
    },
    known: ["logId", "date", "time", "fat"],
  }),
  jsonStream({
    name: weightName,
    table: bodyFat,
    written: weighed,
    columns: { percent: field("fat", real), origin: field("source", text) },
    known: ["logId", "date", "time", "weight", "bmi"],
    skip: (entry) => isObject(entry) && member(entry, "fat") === undefined,
  }),
  jsonStream({
    name: "food_logs-*.json",
    table: nutrition,
    written: stampIn("logDate"),
    columns: {
      entry_id: field("logId", id),
      food: field("loggedFood.name", text),
      food_id: field("loggedFood.foodId", id),
      meal: field("loggedFood.mealTypeId", meal),
      energy_kcal: field("nutritionalValues.calories", real),
      carbohydrate_g: nutrient("carbs"),
      fat_g: nutrient("fat"),
      protein_g: nutrient("protein"),
      fiber_g: nutrient("fiber"),
      sodium_g: nutrient("sodium", 0.001),
      serving: field("loggedFood.amount", real),
      serving_unit: field("loggedFood.unit.name", text),
    },
    known: [
      "logDate",
      "favorite",
      "isFavorite",
      "loggedFood.accessLevel",
      "loggedFood.brand",
      "loggedFood.calories",
      "loggedFood.locale",
      "loggedFood.unit.id",
      "loggedFood.unit.plural",
      "loggedFood.units",
    ],
  }),
  jsonStream({
    name: "water_logs-*.json",
    table: hydration,
    written: stampIn("date"),
    columns: { entry_id: field("id", id), volume_ml: field("^", volume) },
    known: ["date", "waterAmount", "measurementUnit"],
    noteOf(entry, place) {
      const unit = unitOf(entry, place);
      return factorOf(unit) === undefined
        ? `Volumes in "${unit}" left out: nobody here knows the unit`
        : undefined;
    },
  }),
];
