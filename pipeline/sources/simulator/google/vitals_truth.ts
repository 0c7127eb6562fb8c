/** What a client must end up with of the night, of fitness and of the heart's zones. */

import { addDays } from "../../../day.ts";
import type { Day } from "../../../day.ts";
import type { Body } from "../body.ts";
import { coreTemperaturesOf, fitnessLevel, fitnessOf, runFitnessOf } from "../body_values.ts";
import { zoneBounds, zoneNames } from "../heart_zones.ts";
import { breathingStages, type Nightly, nightlyOf } from "../nightly.ts";
import type { Truth, TruthRow } from "../truth.ts";
import { isOn, type Moment } from "../wall_time.ts";

/** The columns of a moment. */
export function momentColumns({ time_ms, utc_offset_s }: Moment) {
  return { time: new Date(time_ms).toISOString(), utc_offset_s };
}

/** A row for each value of a civil day. */
export function moments<Value extends Moment>(
  ofDay: (body: Body, day: Day) => readonly Value[],
  columns: (value: Value) => TruthRow,
): Truth {
  return ({ world }, day) =>
    ofDay(world.body, day).map((value) => ({ ...momentColumns(value), ...columns(value) }));
}

/** A row for each moment of a civil day, of the night that ended on it and of the one that began. */
export function nightMoments<Value extends Moment>(
  ofNight: (night: Nightly) => readonly Value[],
  columns: (value: Value) => TruthRow,
): Truth {
  return moments((body, day) =>
    [day, addDays(day, 1)].flatMap((ended) => {
      const night = nightlyOf(body, ended);
      return night === undefined ? [] : ofNight(night).filter((value) => isOn(value, day));
    }), columns);
}

/** A row a day that has a value. */
export function daily<Value>(
  valueOf: (body: Body, day: Day) => Value | undefined,
  columns: (value: Value) => TruthRow,
): Truth {
  return ({ world }, day) => {
    const value = valueOf(world.body, day);
    return value === undefined ? [] : [{ date: day, ...columns(value) }];
  };
}

/** By the table's name. */
export const vitalsTruth: Readonly<Record<string, Truth>> = {
  resting_heart_rate: daily((body, day) => body.restingHeartRate(day), ({ bpm, withSleep }) => ({
    bpm,
    error_bpm: null,
    method: withSleep ? "with_sleep" : "only_with_awake_data",
  })),
  heart_rate_variability: nightMoments(({ variability }) => variability, (value) => ({
    rmssd_ms: value.rmssd_ms,
    sdnn_ms: value.sdnn_ms ?? null,
    low_frequency_power_ms2: value.lowFrequencyPower_ms2,
    high_frequency_power_ms2: value.highFrequencyPower_ms2,
    coverage: null,
  })),
  daily_heart_rate_variability: daily(nightlyOf, ({ dailyVariability }) => ({
    rmssd_ms: dailyVariability.rmssd_ms,
    deep_sleep_rmssd_ms: dailyVariability.deepSleepRmssd_ms,
    non_rem_bpm: dailyVariability.nonRem_bpm,
    entropy: dailyVariability.entropy,
  })),
  heart_rate_zones: ({ world: { body } }, day) => {
    const resting = body.restingHeartRate(day);
    if (resting === undefined) return [];
    const { min_bpm, max_bpm } = zoneBounds(body.person.age, resting.bpm);
    return zoneNames.map((name, i) => ({
      date: day,
      zone: name.toLowerCase(),
      min_bpm: min_bpm[i] ?? null,
      max_bpm: i === 3 ? max_bpm : (min_bpm[i + 1] ?? 0) - 1,
      minutes: null,
      energy_kcal: null,
    })).toSorted((a, b) => (a.zone < b.zone ? -1 : 1));
  },
  spo2: nightMoments(({ saturation }) => saturation, ({ percent }) => ({ percent })),
  daily_spo2: daily(nightlyOf, ({ dailySaturation }) => ({
    mean_percent: dailySaturation.mean_percent,
    lower_percent: dailySaturation.lower_percent,
    upper_percent: dailySaturation.upper_percent,
    standard_deviation_percent: dailySaturation.standardDeviation_percent,
  })),
  breathing_rate: daily(nightlyOf, ({ breathing }) => ({
    breaths_per_min: breathing.full?.breaths_per_min ?? null,
  })),
  breathing_rate_by_stage: daily(
    nightlyOf,
    ({ breathing }) =>
      Object.fromEntries(breathingStages.flatMap((stage) => [
        [`${stage}_breaths_per_min`, breathing[stage]?.breaths_per_min ?? null],
        [`${stage}_standard_deviation`, breathing[stage]?.standardDeviation ?? null],
        [`${stage}_signal_to_noise`, breathing[stage]?.signalToNoise ?? null],
      ])),
  ),
  skin_temperature: daily(nightlyOf, ({ temperature }) => ({
    nightly_c: temperature.nightly_c,
    baseline_c: temperature.baseline_c ?? null,
    relative_c: temperature.baseline_c === undefined
      ? null
      : Number((temperature.nightly_c - temperature.baseline_c).toFixed(6)),
    relative_standard_deviation_30d_c: temperature.standardDeviation30d_c ?? null,
    sensor: null,
  })),
  core_body_temperature: moments(coreTemperaturesOf, ({ temperature_c, location }) => ({
    temperature_c,
    location: location.toLowerCase(),
  })),
  vo2_max: moments(fitnessOf, ({ vo2Max }) => ({
    vo2_max_ml_per_kg_min: vo2Max,
    method: "google_demographic",
  })),
  run_vo2_max: moments(runFitnessOf, ({ vo2Max }) => ({
    vo2_max_ml_per_kg_min: vo2Max,
    error_ml_per_kg_min: null,
    filtered_ml_per_kg_min: null,
    exercise_id: null,
  })),
  daily_vo2_max: daily((body, day) => fitnessOf(body, day)[0], ({ vo2Max }) => ({
    vo2_max_ml_per_kg_min: vo2Max,
    low_ml_per_kg_min: null,
    high_ml_per_kg_min: null,
    error_ml_per_kg_min: null,
    unfiltered_ml_per_kg_min: null,
    covariance: 2.1,
    estimated: true,
    fitness_level: fitnessLevel(vo2Max).toLowerCase(),
  })),
};
