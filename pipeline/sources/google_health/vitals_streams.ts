/** Data types of the heart's rhythm, oxygen, breathing, temperature and fitness. */

import {
  dailyHeartRateVariability,
  heartRateVariability,
  heartRateZones,
} from "../../catalog/heart.ts";
import {
  breathingRate,
  breathingRateByStage,
  coreBodyTemperature,
  dailySpo2,
  dailyVo2Max,
  runVo2Max,
  skinTemperature,
  spo2,
  vo2Max,
} from "../../catalog/vitals.ts";
import { dayAt, dayNumber } from "../../day.ts";
import {
  flag,
  instant,
  type Reading,
  real,
  utcOffset,
  valueAt,
  whole,
  word,
} from "../records/readings.ts";
import { type Field, field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { pointStream } from "./points.ts";

/** The civil day of a SAMPLE_TIME, by its own offset, in days since 1970. */
const civilDate: Reading = (value, place) => {
  const time = instant(valueAt(value, "physicalTime"), `${place}.physicalTime`);
  const offset = utcOffset(valueAt(value, "utcOffset"), `${place}.utcOffset`);
  return typeof time === "number" && typeof offset === "number"
    ? dayNumber(dayAt(time, offset))
    : undefined;
};

/** The night's temperature less the baseline, which is not there in a wearer's first nights. */
const aboveBaseline: Reading = (value, place) => {
  const [nightly, baseline] = ["nightlyTemperatureCelsius", "baselineTemperatureCelsius"]
    .map((key) => {
      const found = valueAt(value, key);
      return found === undefined ? undefined : real(found, `${place}.${key}`);
    });
  if (typeof nightly !== "number" || typeof baseline !== "number") return undefined;
  // To the millionth: 34.05 - 34.02 is 0.030000000000001137 in binary.
  return Math.round((nightly - baseline) * 1e6) / 1e6;
};

const stages = ["full", "deep", "light", "rem"] as const;

function ofStage(stage: typeof stages[number]): Record<string, Field> {
  const stats = `${stage}SleepStats`;
  return {
    [`${stage}_breaths_per_min`]: field(`${stats}.breathsPerMinute`, real),
    [`${stage}_standard_deviation`]: field(`${stats}.standardDeviation`, real),
    [`${stage}_signal_to_noise`]: field(`${stats}.signalToNoise`, real),
  };
}

/** Each data type with its fields; the payload's member is the type's name in camel case. */
export const vitalsStreams: readonly Stream[] = [
  pointStream({
    name: "heart-rate-variability",
    kind: "sample",
    table: heartRateVariability,
    columns: {
      rmssd_ms: field("rootMeanSquareOfSuccessiveDifferencesMilliseconds", real),
      sdnn_ms: field("standardDeviationMilliseconds", real),
      low_frequency_power_ms2: field("metadata.lowFrequencyPower", real),
      high_frequency_power_ms2: field("metadata.highFrequencyPower", real),
    },
  }),
  pointStream({
    name: "daily-heart-rate-variability",
    kind: "daily",
    table: dailyHeartRateVariability,
    columns: {
      // RMSSD, though its name does not say so; only the samples have SDNN as well.
      rmssd_ms: field("averageHeartRateVariabilityMilliseconds", real),
      deep_sleep_rmssd_ms: field(
        "deepSleepRootMeanSquareOfSuccessiveDifferencesMilliseconds",
        real,
      ),
      non_rem_bpm: field("nonRemHeartRateBeatsPerMinute", real),
      entropy: field("entropy", real),
    },
  }),
  pointStream({
    name: "daily-heart-rate-zones",
    kind: "daily",
    table: heartRateZones,
    each: "heartRateZones",
    columns: {
      zone: field("@.heartRateZoneType", word),
      min_bpm: field("@.minBeatsPerMinute", whole),
      max_bpm: field("@.maxBeatsPerMinute", whole),
    },
  }),
  pointStream({
    name: "oxygen-saturation",
    kind: "sample",
    table: spo2,
    columns: { percent: field("percentage", real) },
  }),
  pointStream({
    name: "daily-oxygen-saturation",
    kind: "daily",
    table: dailySpo2,
    columns: {
      mean_percent: field("averagePercentage", real),
      lower_percent: field("lowerBoundPercentage", real),
      upper_percent: field("upperBoundPercentage", real),
      standard_deviation_percent: field("standardDeviationPercentage", real),
    },
  }),
  pointStream({
    name: "daily-respiratory-rate",
    kind: "daily",
    table: breathingRate,
    columns: { breaths_per_min: field("breathsPerMinute", real) },
  }),
  pointStream({
    name: "respiratory-rate-sleep-summary",
    kind: "sample",
    table: breathingRateByStage,
    columns: {
      date: field("sampleTime", civilDate),
      ...Object.fromEntries(stages.flatMap((stage) => Object.entries(ofStage(stage)))),
    },
    known: ["sampleTime.physicalTime", "sampleTime.utcOffset"],
  }),
  pointStream({
    name: "daily-sleep-temperature-derivations",
    kind: "daily",
    table: skinTemperature,
    columns: {
      nightly_c: field("nightlyTemperatureCelsius", real),
      baseline_c: field("baselineTemperatureCelsius", real),
      relative_c: field("^.dailySleepTemperatureDerivations", aboveBaseline),
      relative_standard_deviation_30d_c: field("relativeNightlyStddev30dCelsius", real),
    },
  }),
  pointStream({
    name: "core-body-temperature",
    kind: "sample",
    table: coreBodyTemperature,
    columns: {
      temperature_c: field("temperatureCelsius", real),
      location: field("measurementLocation", word),
    },
    known: ["id"],
  }),
  pointStream({
    name: "vo2-max",
    kind: "sample",
    table: vo2Max,
    columns: {
      vo2_max_ml_per_kg_min: field("vo2Max", real),
      method: field("measurementMethod", word),
    },
  }),
  pointStream({
    name: "run-vo2-max",
    kind: "sample",
    table: runVo2Max,
    columns: { vo2_max_ml_per_kg_min: field("runVo2Max", real) },
  }),
  pointStream({
    name: "daily-vo2-max",
    kind: "daily",
    table: dailyVo2Max,
    columns: {
      vo2_max_ml_per_kg_min: field("vo2Max", real),
      covariance: field("vo2MaxCovariance", real),
      estimated: field("estimated", flag),
      fitness_level: field("cardioFitnessLevel", word),
    },
  }),
];
