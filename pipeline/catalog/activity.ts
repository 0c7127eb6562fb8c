/** Tables of moving about: per minute as the source has it, and the source's own daily totals. */

import type { ColumnSpec, TableSpec } from "../catalog.ts";
import { date, interval, real, rolledUpInterval, source, text, whole } from "./columns.ts";

/** A table of stretches of time, a minute as a rule, with one quantity. */
function perMinute(name: string, quantity: ColumnSpec, ...more: readonly ColumnSpec[]): TableSpec {
  return {
    name,
    grain: "one stretch of time, a minute as a rule",
    partition: "date",
    key: ["time"],
    version: 1,
    columns: [...interval, quantity, ...more, source],
  };
}

export const steps = perMinute(
  "steps",
  whole("steps", "Steps; 0 is a minute worn without a step", { required: true }),
);

export const distance = perMinute(
  "distance",
  real("distance_m", "Distance covered", { unit: "m", required: true }),
);

export const floors = perMinute(
  "floors",
  whole("floors", "Floors climbed", { required: true }),
);

export const altitude = perMinute(
  "altitude",
  real("gain_m", "Height gained, not the height above the sea", { unit: "m", required: true }),
);

export const calories: TableSpec = {
  name: "calories",
  grain: "one stretch of time, a minute as a rule",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    ...rolledUpInterval,
    real("energy_kcal", "All energy used, resting included", { unit: "kcal", required: true }),
    real("met", "Metabolic equivalent; Fitbit Web API only", { unit: "MET" }),
    source,
  ],
};

export const activeCalories = perMinute(
  "active_calories",
  real("energy_kcal", "Energy used by moving; null is unknown, not 0", { unit: "kcal" }),
);

export const basalCalories = perMinute(
  "basal_calories",
  real("energy_kcal", "Energy used by resting; null is unknown, not 0", { unit: "kcal" }),
);

export const activeMinutes: TableSpec = {
  name: "active_minutes",
  grain: "one stretch of time, a minute as a rule, and level; levels do not tile a day",
  partition: "date",
  key: ["time", "level"],
  version: 1,
  columns: [
    ...interval,
    text("level", "light, moderate or vigorous; unspecified where not said", { required: true }),
    whole("minutes", "Active minutes; null is unknown, not 0", { unit: "min" }),
    source,
  ],
};

export const activeZoneMinutes: TableSpec = {
  name: "active_zone_minutes",
  grain: "one stretch of time, a minute as a rule, and heart-rate zone",
  partition: "date",
  key: ["time", "zone"],
  version: 1,
  columns: [
    ...interval,
    text("zone", "fat_burn (1 a minute), cardio or peak (2 a minute); any where not said", {
      required: true,
    }),
    whole(
      "active_zone_minutes",
      "Active zone minutes, already doubled for cardio and peak; null is unknown, not 0",
      { unit: "min" },
    ),
    source,
  ],
};

export const activityLevel: TableSpec = {
  name: "activity_level",
  grain: "one stretch of time of one level",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    ...interval,
    text(
      "level",
      "sedentary, lightly_active, moderately_active or very_active; unspecified where not said",
      { required: true },
    ),
    source,
  ],
};

export const sedentaryPeriod: TableSpec = {
  name: "sedentary_period",
  grain: "one period of sitting or lying",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [...interval, source],
};

export const swimmingStrokes = perMinute(
  "swimming_strokes",
  whole("strokes", "Strokes swum; old API only, and no rows on days without a swim", {
    required: true,
  }),
);

export const swimLengths: TableSpec = {
  name: "swim_lengths",
  grain: "one length swum",
  partition: "year",
  key: ["time"],
  version: 1,
  columns: [
    ...interval,
    text("stroke", "freestyle, backstroke, breaststroke, butterfly, ..."),
    whole("strokes", "Strokes"),
    source,
  ],
};

export const activityDay: TableSpec = {
  name: "activity_day",
  grain: "one civil day: the source's own totals, which need not be the sums of its minutes",
  partition: "year",
  key: ["date"],
  version: 2,
  // As exports and the old API fill up days without the watch.
  unmeasured: {
    sedentary_min: 1440,
    lightly_active_min: 0,
    fairly_active_min: 0,
    very_active_min: 0,
  },
  columns: [
    date,
    whole("steps", "Steps"),
    real("distance_m", "Distance covered", { unit: "m" }),
    whole("floors", "Floors climbed"),
    real("elevation_gain_m", "Height gained", { unit: "m" }),
    real("energy_kcal", "All energy used", { unit: "kcal" }),
    real("active_energy_kcal", "Energy used by moving", { unit: "kcal" }),
    real("basal_energy_kcal", "Energy used by resting", { unit: "kcal" }),
    whole("sedentary_min", "Minutes sedentary, as the old API counted them", { unit: "min" }),
    whole("lightly_active_min", "Minutes lightly active", { unit: "min" }),
    whole("fairly_active_min", "Minutes fairly active", { unit: "min" }),
    whole("very_active_min", "Minutes very active", { unit: "min" }),
    whole("swimming_strokes", "Strokes swum"),
    whole("active_zone_minutes", "Active zone minutes", { unit: "min" }),
    source,
  ],
};

export const activitySeries: TableSpec = {
  name: "activity_series",
  grain: "one daily value of one resource of the old API, as its time series give it",
  partition: "year",
  key: ["date", "resource"],
  version: 1,
  columns: [
    date,
    text(
      "resource",
      "As the source spells it: steps, caloriesBMR, minutesSedentary, activeZoneMinutes, ...; " +
        "tracker/steps and the like are without what was entered by hand",
      { required: true },
    ),
    real(
      "value",
      "The day's value; days without the watch have 0 steps, 1440 sedentary minutes and the energy " +
        "used by resting, and nothing tells them apart here",
      { required: true },
    ),
    text("unit", "Unit of the value: count, m, kcal or min", { required: true }),
    source,
  ],
};

export const lifetime: TableSpec = {
  name: "lifetime",
  grain: "one total, or best day, of the whole account as it was on one civil day; old API only",
  partition: "year",
  key: ["date", "period", "resource"],
  version: 1,
  columns: [
    { ...date, about: "Civil day it was asked" },
    text("period", "lifetime: all days together; best_day: the day with most", { required: true }),
    text(
      "resource",
      "As the source spells it: steps, distance, floors, caloriesOut; tracker/steps and the like " +
        "are without what was entered by hand",
      { required: true },
    ),
    real("value", "The total, or the best day's value", { required: true }),
    text("unit", "Unit of the value: count, m or kcal", { required: true }),
    { ...date, name: "best_date", nullable: true, about: "Civil day of the best value" },
    source,
  ],
};

export const activityTables: readonly TableSpec[] = [
  steps,
  distance,
  floors,
  altitude,
  calories,
  activeCalories,
  basalCalories,
  activeMinutes,
  activeZoneMinutes,
  activityLevel,
  sedentaryPeriod,
  swimmingStrokes,
  swimLengths,
  activityDay,
  activitySeries,
  lifetime,
];
