/** What the tables of the heart add to the aggregates. */

import * as heart from "../../catalog/heart.ts";
import type { Contribution } from "../contribution.ts";
import { copies, daily, each } from "../daily.ts";
import { last, lastText, total, where } from "../daily_rules.ts";
import { distribution } from "../distribution.ts";
import { quantity, shares } from "../quantity.ts";
import { hourlyStatistics } from "../statistics.ts";

const zones = ["light", "moderate", "vigorous", "peak"];
const formerZones = ["out_of_range", "fat_burn", "cardio", "peak"];

export const heartContributions: readonly Contribution[] = [
  distribution({
    table: heart.heartRate,
    column: "bpm",
    prefix: "heart_rate",
    suffix: "bpm",
    unit: "beats/min",
  }),
  daily(heart.restingHeartRate, {
    resting_heart_rate_bpm: {
      rule: last("bpm"),
      unit: "beats/min",
      about: "Resting heart rate as the source computed it",
      overDays: "mean",
    },
    resting_heart_rate_source: {
      rule: lastText("source"),
      type: "string",
      about: "Which source that was",
    },
  }),
  copies(heart.dailyHeartRateVariability, "mean", [
    "rmssd_ms",
    "deep_sleep_rmssd_ms",
    "non_rem_bpm",
    "entropy",
  ]),
  hourlyStatistics(heart.heartRateVariability, [
    { column: "rmssd_ms", prefix: "heart_rate_variability_rmssd", suffix: "ms", unit: "ms" },
    { column: "sdnn_ms", prefix: "heart_rate_variability_sdnn", suffix: "ms", unit: "ms" },
  ]),
  quantity({
    table: heart.timeInHeartRateZone,
    sum: "minutes",
    unit: "min",
    by: "zone",
    shares: shares(
      zones,
      (zone) => `time_in_heart_rate_zone_${zone}_min`,
      (zone) => `Time in heart-rate zone ${zone}; 0 where another zone is known`,
    ),
    oneAtATime: true,
  }),
  quantity({
    table: heart.caloriesInHeartRateZone,
    sum: { column: "energy_kcal" },
    unit: "kcal",
    by: "zone",
    shares: shares(
      zones,
      (zone) => `calories_in_heart_rate_zone_${zone}_kcal`,
      (zone) => `Energy used in heart-rate zone ${zone}`,
    ),
    homeClock: true,
  }),
  daily(
    heart.heartRateZones,
    each(formerZones, (zone) => `heart_rate_zones_${zone}_min`, (zone) => ({
      rule: where("zone", zone, total("minutes")),
      unit: "min",
      about: `Time in zone ${zone.replaceAll("_", " ")}; Fitbit Web API only, with its own bounds`,
      overDays: "sum",
    })),
  ),
];
