/** Tables of breathing, oxygen, temperature, fitness and the body. */

import type { TableSpec } from "../catalog.ts";
import { date, flag, real, sample, source, text, whole } from "./columns.ts";

export const spo2: TableSpec = {
  name: "spo2",
  grain: "one estimate of oxygen saturation, about one a minute of sleep",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    ...sample,
    real("percent", "Oxygen saturation", { unit: "%" }),
    source,
  ],
};

export const oxygenVariation: TableSpec = {
  name: "oxygen_variation",
  grain: "one minute of sleep, as a rule; account archive only",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    ...sample,
    whole("signal_ratio", "Infrared to red signal ratio, signed: no oxygen saturation", {
      required: true,
    }),
    source,
  ],
};

export const dailySpo2: TableSpec = {
  name: "daily_spo2",
  grain: "one civil day: the night that ended on it",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    date,
    real("mean_percent", "Mean oxygen saturation", { unit: "%" }),
    real("lower_percent", "Lower bound", { unit: "%" }),
    real("upper_percent", "Upper bound", { unit: "%" }),
    real("standard_deviation_percent", "Standard deviation; not in the Fitbit Web API", {
      unit: "%",
    }),
    source,
  ],
};

export const breathingRate: TableSpec = {
  name: "breathing_rate",
  grain: "one civil day: the night that ended on it",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    date,
    real("breaths_per_min", "Breathing rate asleep", { unit: "breaths/min" }),
    source,
  ],
};

const stages = ["full", "deep", "light", "rem"] as const;

export const breathingRateByStage: TableSpec = {
  name: "breathing_rate_by_stage",
  grain: "one civil day: the night that ended on it",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    date,
    ...stages.flatMap((stage) => {
      const of = stage === "full" ? "the whole night" : `${stage} sleep`;
      return [
        real(`${stage}_breaths_per_min`, `Breathing rate of ${of}`, { unit: "breaths/min" }),
        real(`${stage}_standard_deviation`, `Its standard deviation; not in the Fitbit Web API`, {
          unit: "breaths/min",
        }),
        real(`${stage}_signal_to_noise`, `Its signal to noise; not in the Fitbit Web API`),
      ];
    }),
    source,
  ],
};

export const skinTemperature: TableSpec = {
  name: "skin_temperature",
  grain: "one civil day: the night that ended on it",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    date,
    real("nightly_c", "Skin temperature of the night; not in the Fitbit Web API", { unit: "°C" }),
    real("baseline_c", "The wearer's own baseline; not in the Fitbit Web API", { unit: "°C" }),
    real("relative_c", "Difference from the baseline", { unit: "°C" }),
    real("relative_standard_deviation_30d_c", "Its standard deviation over 30 days", {
      unit: "°C",
    }),
    text("sensor", "other_sensors or dedicated_temp_sensor; Fitbit Web API only"),
    source,
  ],
};

export const deviceTemperature: TableSpec = {
  name: "device_temperature",
  grain: "one minute, as a rule, worn or not; account archive only",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    ...sample,
    real("temperature_c", "What the watch measures at the wrist, or of the room when not worn", {
      unit: "°C",
    }),
    real("relative_c", "The same less a constant of the wearer, where the source gives only that", {
      unit: "°C",
    }),
    text("sensor", "As the source calls it"),
    source,
  ],
};

export const coreBodyTemperature: TableSpec = {
  name: "core_body_temperature",
  grain: "one measurement",
  partition: "year",
  key: ["time"],
  version: 1,
  columns: [
    ...sample,
    real("temperature_c", "Core body temperature", { unit: "°C", required: true }),
    text("location", "Where it was measured: ear, mouth, forehead, ..."),
    source,
  ],
};

export const vo2Max: TableSpec = {
  name: "vo2_max",
  grain: "one estimate, however it was made; those of runs alone are in run_vo2_max",
  partition: "year",
  key: ["time", "method"],
  version: 1,
  columns: [
    ...sample,
    real("vo2_max_ml_per_kg_min", "Maximal oxygen uptake", {
      unit: "ml/kg/min",
      required: true,
    }),
    text("method", "google_demographic, fitbit_run, cooper_test, ..."),
    source,
  ],
};

const vo2Error = real(
  "error_ml_per_kg_min",
  "The source's own error estimate; only the Takeout JSON files have it",
  { unit: "ml/kg/min" },
);

export const runVo2Max: TableSpec = {
  name: "run_vo2_max",
  grain: "one estimate from one run",
  partition: "year",
  key: ["time"],
  version: 2,
  columns: [
    ...sample,
    real("vo2_max_ml_per_kg_min", "Maximal oxygen uptake", {
      unit: "ml/kg/min",
      required: true,
    }),
    vo2Error,
    real(
      "filtered_ml_per_kg_min",
      "The same, smoothed over runs; only the Takeout JSON files have it",
      {
        unit: "ml/kg/min",
      },
    ),
    text("exercise_id", "The run it is of; only the Takeout JSON files have it"),
    source,
  ],
};

export const dailyVo2Max: TableSpec = {
  name: "daily_vo2_max",
  grain: "one civil day",
  partition: "year",
  key: ["date"],
  version: 2,
  columns: [
    date,
    real("vo2_max_ml_per_kg_min", "Maximal oxygen uptake; null where the source gives a range", {
      unit: "ml/kg/min",
    }),
    real("low_ml_per_kg_min", "Lower end of the range; Fitbit Web API only", {
      unit: "ml/kg/min",
    }),
    real("high_ml_per_kg_min", "Upper end of the range; Fitbit Web API only", {
      unit: "ml/kg/min",
    }),
    vo2Error,
    real(
      "unfiltered_ml_per_kg_min",
      "That of the day alone, not smoothed over days; only the Takeout JSON files have it",
      { unit: "ml/kg/min" },
    ),
    real("covariance", "The source's own uncertainty; Google Health only"),
    flag("estimated", "Whether it is estimated; Google Health only"),
    text("fitness_level", "poor, fair, average, good, very_good, excellent; Google Health only"),
    source,
  ],
};

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

export const vitalsTables: readonly TableSpec[] = [
  spo2,
  oxygenVariation,
  dailySpo2,
  breathingRate,
  breathingRateByStage,
  skinTemperature,
  deviceTemperature,
  coreBodyTemperature,
  vo2Max,
  runVo2Max,
  dailyVo2Max,
  weight,
  bodySeries,
  bodyFat,
  height,
  bloodGlucose,
];
