/** Tables of breathing, oxygen, temperature and fitness. */

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
];
