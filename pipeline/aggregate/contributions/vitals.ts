/** What the tables of breathing, oxygen, temperature and fitness add to the aggregates. */

import * as vitals from "../../catalog/vitals.ts";
import type { Contribution } from "../contribution.ts";
import { copies, daily } from "../daily.ts";
import { last } from "../daily_rules.ts";
import { dailyStatistics, hourlyStatistics } from "../statistics.ts";

export const vitalsContributions: readonly Contribution[] = [
  copies(vitals.dailySpo2, "mean", ["mean_percent", "lower_percent", "upper_percent"]),
  hourlyStatistics(vitals.spo2, [
    { column: "percent", prefix: "spo2", suffix: "percent", unit: "%" },
  ]),
  copies(vitals.breathingRate, "mean", ["breaths_per_min"]),
  copies(vitals.breathingRateByStage, "mean", [
    "full_breaths_per_min",
    "deep_breaths_per_min",
    "light_breaths_per_min",
    "rem_breaths_per_min",
  ]),
  copies(vitals.skinTemperature, "mean", ["nightly_c", "baseline_c", "relative_c"]),
  hourlyStatistics(vitals.oxygenVariation, [
    { column: "signal_ratio", prefix: "oxygen_variation", suffix: "ratio", perMinute: true },
  ]),
  hourlyStatistics(vitals.deviceTemperature, [
    {
      column: "temperature_c",
      prefix: "device_temperature",
      suffix: "c",
      unit: "°C",
      perMinute: true,
    },
    {
      column: "relative_c",
      prefix: "device_temperature_relative",
      suffix: "c",
      unit: "°C",
      perMinute: true,
    },
  ]),
  dailyStatistics(vitals.coreBodyTemperature, {
    column: "temperature_c",
    prefix: "core_body_temperature",
    suffix: "c",
    unit: "°C",
  }),
  daily(vitals.dailyVo2Max, {
    daily_vo2_max_ml_per_kg_min: {
      rule: last("vo2_max_ml_per_kg_min"),
      like: "vo2_max_ml_per_kg_min",
      overDays: "mean",
    },
    daily_vo2_max_low_ml_per_kg_min: {
      rule: last("low_ml_per_kg_min"),
      like: "low_ml_per_kg_min",
      overDays: "mean",
    },
    daily_vo2_max_high_ml_per_kg_min: {
      rule: last("high_ml_per_kg_min"),
      like: "high_ml_per_kg_min",
      overDays: "mean",
    },
  }),
  daily(vitals.runVo2Max, {
    run_vo2_max_ml_per_kg_min: {
      rule: last("vo2_max_ml_per_kg_min"),
      unit: "ml/kg/min",
      about: "Maximal oxygen uptake estimated from the last run of the day",
      overDays: "mean",
    },
  }),
];
