/** Tables of what was drunk and eaten, of the devices, of the person. */

import type { TableSpec } from "../catalog.ts";
import { date, flag, instant, real, sample, source, text, whole } from "./columns.ts";

export const hydration: TableSpec = {
  name: "hydration",
  grain: "one entry; those of the Takeout JSON files have no time of day and stand at midnight",
  partition: "year",
  key: ["time", "entry_id"],
  version: 1,
  columns: [
    ...sample,
    text("entry_id", "The source's own id", { required: true }),
    real("volume_ml", "How much was drunk", { unit: "ml" }),
    source,
  ],
};

export const nutrition: TableSpec = {
  name: "nutrition",
  grain:
    "one food of one meal; those of the Takeout JSON files have no time of day and stand at midnight",
  partition: "year",
  key: ["time", "entry_id"],
  version: 2,
  columns: [
    ...sample,
    text("entry_id", "The source's own id", { required: true }),
    text("food", "The food's name, as the person entered it"),
    text("food_id", "The food, where the source has it in its catalogue"),
    text("meal", "breakfast, lunch, dinner, snack, anytime, ..."),
    real("energy_kcal", "Energy", { unit: "kcal" }),
    real("energy_from_fat_kcal", "Energy from fat; Google Health only", { unit: "kcal" }),
    real("carbohydrate_g", "Carbohydrates", { unit: "g" }),
    real("fat_g", "Fat", { unit: "g" }),
    real("protein_g", "Protein", { unit: "g" }),
    real("fiber_g", "Fibre", { unit: "g" }),
    real("sodium_g", "Sodium", { unit: "g" }),
    real("serving", "Number of units eaten"),
    text("serving_unit", "The unit's name"),
    text("unit_id", "The unit's id, as in food_measurement_unit; Google Health only"),
    source,
  ],
};

export const nutrient: TableSpec = {
  name: "nutrient",
  grain: "one nutrient of one food of one meal",
  partition: "year",
  key: ["time", "entry_id", "nutrient"],
  version: 2,
  partsOf: "entry_id",
  columns: [
    ...sample,
    text("entry_id", "The entry of nutrition it belongs to", { required: true }),
    text("nutrient", "protein, vitamin_c, sodium, ...", { required: true }),
    real("mass_g", "How much of it", { unit: "g" }),
    source,
  ],
};

export const food: TableSpec = {
  name: "food",
  grain: "one food of the service's catalogue on one civil day; only when asked for",
  partition: "year",
  key: ["date", "food_id"],
  version: 1,
  columns: [
    { ...date, about: "Civil day it was asked" },
    text("food_id", "The source's own id, as in nutrition", { required: true }),
    text("name", "As the source calls it"),
    text("brand", "Who makes it"),
    text("description", "What the source or the person says of it"),
    text("access", "Whose it is, as the source spells it: public, private, ..."),
    text("meal", "Meal it belongs to: breakfast, lunch, ..."),
    real("serving", "Number of units in the default serving, for which the values hold"),
    text("serving_unit", "The unit's name"),
    text("unit_id", "The unit's id, as in food_measurement_unit"),
    real("energy_kcal", "Energy, on average", { unit: "kcal" }),
    real("energy_min_kcal", "Energy at least", { unit: "kcal" }),
    real("energy_max_kcal", "Energy at most", { unit: "kcal" }),
    real("energy_from_fat_kcal", "Energy from fat", { unit: "kcal" }),
    real("carbohydrate_g", "Carbohydrates", { unit: "g" }),
    real("fat_g", "Fat", { unit: "g" }),
    real("protein_g", "Protein", { unit: "g" }),
    real("fiber_g", "Fibre", { unit: "g" }),
    real("sodium_g", "Sodium", { unit: "g" }),
    source,
  ],
};

export const foodMeasurementUnit: TableSpec = {
  name: "food_measurement_unit",
  grain: "one unit that foods are counted in, on one civil day; only when asked for",
  partition: "year",
  key: ["date", "unit_id"],
  version: 1,
  columns: [
    { ...date, about: "Civil day it was asked" },
    text("unit_id", "The source's own id", { required: true }),
    text("name", "Name of one: piece, gram, ..."),
    text("plural", "Name of several"),
    source,
  ],
};

export const device: TableSpec = {
  name: "device",
  grain: "one paired device as it was on one civil day",
  partition: "year",
  key: ["date", "device_id"],
  version: 1,
  columns: [
    { ...date, about: "Civil day it was asked" },
    text("device_id", "The source's own id", { required: true }),
    text("type", "tracker or scale"),
    text("model", "As the source calls it"),
    whole("battery_percent", "Charge of the battery", { unit: "%" }),
    text("battery", "high, medium, low or empty"),
    instant("last_sync", "When it last handed over its data"),
    flag("has_heart_rate", "Whether it measures heart rate"),
    source,
  ],
};

export const profile: TableSpec = {
  name: "profile",
  grain: "what the service knew of the person on one civil day; only when asked for",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    { ...date, about: "Civil day it was asked" },
    whole("age", "Age in years", { unit: "years" }),
    { ...date, name: "member_since", nullable: true, about: "Civil day the account was made" },
    text("time_zone", "IANA zone the account was set to"),
    real(
      "walking_stride_m",
      "Stride of walking: Google Health's own estimate; in the Fitbit Web API the one it uses",
      { unit: "m" },
    ),
    real("running_stride_m", "The same of running", { unit: "m" }),
    real("configured_walking_stride_m", "The one the person set; Google Health only", {
      unit: "m",
    }),
    real("configured_running_stride_m", "The same of running; Google Health only", { unit: "m" }),
    source,
  ],
};

export const goal: TableSpec = {
  name: "goal",
  grain: "one goal the person had on one civil day; old API only",
  partition: "year",
  key: ["date", "period", "goal"],
  version: 1,
  columns: [
    { ...date, about: "Civil day it was asked" },
    text("period", "What it is for: day, week or night", { required: true }),
    text("goal", "As the source spells it: steps, caloriesOut, minDuration, bedtime, ...", {
      required: true,
    }),
    real("value", "What is to be reached", { required: true }),
    text("unit", "Unit of the value: count, m, kcal, min, min after midnight", { required: true }),
    source,
  ],
};

export const intakeTables: readonly TableSpec[] = [
  hydration,
  nutrition,
  nutrient,
  food,
  foodMeasurementUnit,
  device,
  profile,
  goal,
];
