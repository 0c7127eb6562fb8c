/** Tables of the body: what it weighs, what it is made of, what is in its blood. */

import type { TableSpec } from "../catalog.ts";
import { date, real, sample, source, text } from "./columns.ts";

export const weight: TableSpec = {
  name: "weight",
  grain: "one weighing",
  partition: "year",
  key: ["time"],
  version: 2,
  columns: [
    ...sample,
    real("weight_kg", "Weight", { unit: "kg", required: true }),
    real("bmi", "Body mass index; not in Google Health", { unit: "kg/m²" }),
    text("origin", "The scale or app it came from, where the source says so"),
    text("notes", "What the person wrote of it; Google Health only"),
    source,
  ],
};

export const bodySeries: TableSpec = {
  name: "body_series",
  grain: "one daily value of the body, carried forward from one weighing to the next; old API only",
  partition: "year",
  key: ["date", "resource"],
  version: 1,
  columns: [
    date,
    text("resource", "weight, fat or bmi", { required: true }),
    real("value", "The value of the last weighing up to that day, not one of that day", {
      required: true,
    }),
    text("unit", "Unit of the value: kg, % or kg/m²", { required: true }),
    source,
  ],
};

export const bodyFat: TableSpec = {
  name: "body_fat",
  grain: "one measurement",
  partition: "year",
  key: ["time"],
  version: 1,
  columns: [
    ...sample,
    real("percent", "Share of fat", { unit: "%", required: true }),
    text("origin", "The scale or app it came from, where the source says so"),
    source,
  ],
};

export const height: TableSpec = {
  name: "height",
  grain: "one entry; those of the Takeout JSON files have no time of day and stand at midnight",
  partition: "year",
  key: ["time"],
  version: 1,
  columns: [...sample, real("height_m", "Height", { unit: "m", required: true }), source],
};

export const bloodGlucose: TableSpec = {
  name: "blood_glucose",
  grain: "one measurement",
  partition: "year",
  key: ["time"],
  version: 2,
  columns: [
    ...sample,
    real("glucose_mg_per_dl", "Blood glucose", { unit: "mg/dl", required: true }),
    text("measured_by", "self_monitoring_blood_glucose, continuous_glucose_monitoring, lab_test"),
    text("timing", "after_meal, before_meal, fasting, general, before_bed, over_night"),
    text("meal", "breakfast, lunch, dinner, snack"),
    text("specimen", "capillary_blood, interstitial_fluid, ..."),
    text("notes", "What the person wrote of it; Google Health only"),
    source,
  ],
};

export const bodyTables: readonly TableSpec[] = [
  weight,
  bodySeries,
  bodyFat,
  height,
  bloodGlucose,
];
