/** What the watch makes of a night: heart-rate variability, breathing, oxygen, temperature, noise. */

import { dailyHeartRateVariability, heartRateVariability } from "../../../../catalog/heart.ts";
import { snore } from "../../../../catalog/scores.ts";
import {
  breathingRate,
  breathingRateByStage,
  dailySpo2,
  deviceTemperature,
  oxygenVariation,
  spo2,
} from "../../../../catalog/vitals.ts";
import { type Cell, type CsvFamily, number, text } from "../csv_family.ts";
import { category, daily, dated } from "./patterns.ts";

/** What stands for too little data to tell how somebody breathes. */
const tooLittle = { absent: [-1, 0] };

/** The mark of a reading that failed, which some files write in place of one. */
const percent: Cell = number("value", { absent: [50], needed: true });

const stages = ["full", "deep", "light", "rem"] as const;

/** The columns of each stage; what the header calls milli breaths are breaths. */
export function ofStages(
  rate: (stage: string) => string,
  deviation: (stage: string) => string,
  noise: (stage: string) => string,
): Record<string, Cell> {
  return Object.fromEntries(stages.flatMap((stage) => [
    [`${stage}_breaths_per_min`, number(rate(stage), tooLittle)],
    [`${stage}_standard_deviation`, number(deviation(stage), tooLittle)],
    [`${stage}_signal_to_noise`, number(noise(stage), tooLittle)],
  ]));
}

export const nightFamilies: readonly CsvFamily[] = [
  category("Heart Rate Variability Details", "wall", heartRateVariability, {
    rmssd_ms: number("rmssd"),
    coverage: number("coverage"),
    low_frequency_power_ms2: number("low_frequency"),
    high_frequency_power_ms2: number("high_frequency"),
  }),
  category("Daily Heart Rate Variability Summary", "days", dailyHeartRateVariability, {
    rmssd_ms: number("rmssd"),
    non_rem_bpm: number("nremhr"),
    entropy: number("entropy"),
  }),
  daily("daily_heart_rate_variability", dailyHeartRateVariability, {
    rmssd_ms: number("average heart rate variability milliseconds"),
    non_rem_bpm: number("non rem heart rate beats per minute"),
    entropy: number("entropy"),
    deep_sleep_rmssd_ms: number(
      "deep sleep root mean square of successive differences milliseconds",
    ),
  }),
  category("Daily Respiratory Rate Summary", "days", breathingRate, {
    breaths_per_min: number("daily_respiratory_rate", { ...tooLittle, needed: true }),
  }),
  daily("daily_respiratory_rate", breathingRate, {
    breaths_per_min: number("breaths per minute", { ...tooLittle, needed: true }),
  }),
  category(
    "Respiratory Rate Summary",
    "days",
    breathingRateByStage,
    ofStages(
      (stage) => `${stage}_sleep_breathing_rate`,
      (stage) => `${stage}_sleep_standard_deviation`,
      (stage) => `${stage}_sleep_signal_to_noise`,
    ),
  ),
  category("Minute SpO2", "utc", spo2, { percent }),
  dated("oxygen_saturation", spo2, {
    percent: number("oxygen saturation percentage", { absent: [50], needed: true }),
  }),
  category("Daily SpO2", "days", dailySpo2, {
    mean_percent: number("average_value", { absent: [50], needed: true }),
    lower_percent: number("lower_bound"),
    upper_percent: number("upper_bound"),
  }),
  {
    ...daily("daily_oxygen_saturation", dailySpo2, {
      mean_percent: number("average percentage", { absent: [50], needed: true }),
      lower_percent: number("lower bound percentage"),
      upper_percent: number("upper bound percentage"),
      standard_deviation_percent: number("standard deviation percentage"),
    }),
    known: ["baseline percentage"],
  },
  dated("body_temperature", deviceTemperature, {
    temperature_c: number("temperature celsius", { needed: true }),
  }),
  ...["Device Temperature", "Wrist Temperature"].map((title): CsvFamily => ({
    ...category(title, "wall", deviceTemperature, {
      relative_c: number("temperature", { needed: true }),
      sensor: text("sensor_type", { optional: true }),
    }),
    stamp: "recorded_time",
  })),
  {
    stream: "estimated_oxygen_variation-*.csv",
    name: /^estimated_oxygen_variation-\d{4}-\d\d-\d\d\.csv$/,
    table: oxygenVariation,
    version: 1,
    clock: "wall",
    stamp: "timestamp",
    parts: [{
      columns: { signal_ratio: number("infrared to red signal ratio", { needed: true }) },
    }],
  },
  {
    ...category("Snore Details", "wall", snore, {
      mean_dba: number("mean_dba"),
      max_dba: number("max_dba"),
      min_dba: number("min_dba"),
      events: number("events_number"),
      snoring_events: number("snoring_events_number"),
      snoring: number("snore_label"),
    }),
    duration_s: 30,
    known: ["sample_duration"],
  },
];
