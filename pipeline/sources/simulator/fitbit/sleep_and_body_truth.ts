/** What a client of the Fitbit Web API must end up with of sleep, vitals, the body, clinical lists and devices. */

import { coreTemperaturesOf, fitnessOf, weighingsOf } from "../body_values.ts";
import { clinicalDevice, ecgsOf, rhythmAlertsOf } from "../clinical_values.ts";
import { daily, momentColumns, moments, nightMoments } from "../google/vitals_truth.ts";
import { breathingStages, nightlyOf } from "../nightly.ts";
import type { Stage } from "../night_stages.ts";
import { nightsOf, type Sleep } from "../nights.ts";
import { isToday } from "../present.ts";
import { profileTruth } from "../profile_truth.ts";
import { rhythmTruth } from "../rhythm_truth.ts";
import type { Truth, TruthRow } from "../truth.ts";
import { momentAt } from "../wall_time.ts";
import { goalRows, lifetimeRows } from "./account.ts";
import { bmiOf, carriedOf, originOf } from "./body_logs.ts";
import { fitnessScore, relativeTemperature_c, skinSensor } from "./nightly.ts";
import { sleepLog } from "./sleep.ts";

function sleepRow(sleep: Sleep): TruthRow {
  const log = sleepLog(sleep);
  const minutesOf = (level: string) => log.levels[level]?.minutes ?? null;
  return {
    date: sleep.date,
    ...momentColumns({ time_ms: sleep.from_ms, utc_offset_s: sleep.from_offset_s }),
    duration_s: log.duration_ms / 1000,
    end_time: new Date(sleep.to_ms).toISOString(),
    end_utc_offset_s: sleep.to_offset_s,
    sleep_id: sleep.id,
    type: sleep.type,
    main_sleep: sleep.main,
    nap: null,
    manual: sleep.edited,
    processed: null,
    asleep_min: log.asleep_min,
    awake_min: log.awake_min,
    to_fall_asleep_min: sleep.toFallAsleep_min,
    after_wake_up_min: sleep.afterWakeUp_min,
    in_bed_min: log.inBed_min,
    in_sleep_period_min: null,
    deep_min: minutesOf("deep"),
    light_min: minutesOf("light"),
    rem_min: minutesOf("rem"),
    wake_min: minutesOf(sleep.type === "stages" ? "wake" : "awake"),
    restless_min: minutesOf("restless"),
    efficiency: log.efficiency,
    stages_status: sleep.status,
  };
}

const stageTruth: Truth = ({ world: { body } }, day) =>
  nightsOf(body, day).flatMap((sleep) => {
    const row = (short: boolean) => ({ stage, from_ms, to_ms }: Stage): TruthRow => ({
      ...momentColumns(momentAt(body.zones, from_ms)),
      duration_s: (to_ms - from_ms) / 1000,
      sleep_id: sleep.id,
      stage,
      short,
      date: sleep.date,
    });
    return [
      ...sleepLog(sleep).stages.map(row(false)),
      ...sleep.shortAwakenings.map(row(true)),
    ].sort((a, b) => (String(a["time"]) < String(b["time"]) ? -1 : 1));
  });

/** By the table's name. */
export const sleepAndBodyTruth: Readonly<Record<string, Truth>> = {
  sleep: ({ world }, day) => nightsOf(world.body, day).map(sleepRow),
  sleep_stage: stageTruth,
  heart_rate_variability: nightMoments(({ variability }) => variability, (value) => ({
    rmssd_ms: value.rmssd_ms,
    sdnn_ms: null,
    low_frequency_power_ms2: value.lowFrequencyPower_ms2,
    high_frequency_power_ms2: value.highFrequencyPower_ms2,
    coverage: value.coverage,
  })),
  daily_heart_rate_variability: daily(nightlyOf, ({ dailyVariability }) => ({
    rmssd_ms: dailyVariability.rmssd_ms,
    deep_sleep_rmssd_ms: dailyVariability.deepSleepRmssd_ms,
    non_rem_bpm: null,
    entropy: null,
  })),
  spo2: nightMoments(({ saturation }) => saturation, ({ percent }) => ({ percent })),
  daily_spo2: daily(nightlyOf, ({ dailySaturation }) => ({
    mean_percent: dailySaturation.mean_percent,
    lower_percent: dailySaturation.lower_percent,
    upper_percent: dailySaturation.upper_percent,
    standard_deviation_percent: null,
  })),
  breathing_rate: daily(nightlyOf, ({ breathing }) => ({
    breaths_per_min: breathing.full?.breaths_per_min ?? null,
  })),
  breathing_rate_by_stage: daily(
    nightlyOf,
    ({ breathing }) =>
      Object.fromEntries(breathingStages.flatMap((stage) => [
        [`${stage}_breaths_per_min`, breathing[stage]?.breaths_per_min ?? null],
        [`${stage}_standard_deviation`, null],
        [`${stage}_signal_to_noise`, null],
      ])),
  ),
  skin_temperature: daily((body, day) => {
    const night = nightlyOf(body, day);
    return night === undefined ? undefined : relativeTemperature_c(night);
  }, (relative_c) => ({
    nightly_c: null,
    baseline_c: null,
    relative_c,
    relative_standard_deviation_30d_c: null,
    sensor: skinSensor,
  })),
  core_body_temperature: moments(coreTemperaturesOf, ({ temperature_c }) => ({
    temperature_c,
    location: null,
  })),
  daily_vo2_max: ({ world }, day) => {
    const [fitness] = fitnessOf(world.body, day);
    if (fitness === undefined) return [];
    const { text, range } = fitnessScore(day, fitness);
    return [{
      date: day,
      vo2_max_ml_per_kg_min: range === undefined ? Number(text) : null,
      low_ml_per_kg_min: range?.[0] ?? null,
      high_ml_per_kg_min: range?.[1] ?? null,
      error_ml_per_kg_min: null,
      unfiltered_ml_per_kg_min: null,
      covariance: null,
      estimated: null,
      fitness_level: null,
    }];
  },
  weight: ({ world: { body } }, day) =>
    weighingsOf(body, day).map((weighing) => ({
      ...momentColumns(weighing),
      weight_kg: weighing.weight_g / 1000,
      bmi: bmiOf(weighing, body),
      origin: originOf(weighing),
      notes: null,
    })),
  body_series: ({ world }, day) =>
    [["bmi", "kg/m²"], ["fat", "%"], ["weight", "kg"]].flatMap(([resource = "", unit = ""]) => {
      const value = carriedOf(world, resource, day);
      return value === undefined ? [] : [{ date: day, resource, value, unit }];
    }),
  lifetime: ({ world }, day) => {
    if (!isToday(world, day)) return [];
    return lifetimeRows.map(([period, resource, value, unit, best_date]) => ({
      date: day,
      period,
      resource,
      value,
      unit,
      best_date,
    }));
  },
  goal: ({ world }, day) => {
    if (!isToday(world, day)) return [];
    return goalRows.map(([period, goal, value, unit]) => ({
      date: day,
      period,
      goal,
      value,
      unit,
    }));
  },
  body_fat: ({ world: { body } }, day) =>
    weighingsOf(body, day).flatMap((weighing) =>
      weighing.fat_percent === undefined ? [] : [{
        ...momentColumns(weighing),
        percent: weighing.fat_percent,
        origin: originOf(weighing),
      }]
    ),
  ecg: ({ world: { body } }, day) =>
    ecgsOf(body, day).map((ecg) => ({
      ...momentColumns(momentAt(body.zones, ecg.time_ms)),
      duration_s: ecg.samples.length / ecg.samplingFrequency_hz,
      result: ecg.result.toLowerCase(),
      bpm: ecg.bpm,
      sampling_frequency_hz: ecg.samplingFrequency_hz,
      lead: 1,
      device: clinicalDevice,
      waveform_counts: null,
      waveform_mv: ecg.samples
        .map((sample) => String(Number((sample / ecg.stepsPerMillivolt).toFixed(6))))
        .join(" "),
    })),
  irregular_rhythm: ({ world: { body } }, day) =>
    rhythmAlertsOf(body, day).flatMap((alert) =>
      alert.windows.map((window) => ({
        ...momentColumns(window),
        duration_s: (window.end_ms - window.time_ms) / 1000,
        notification: new Date(alert.time_ms).toISOString(),
        notification_end: null,
        detected_time: new Date(alert.windows.at(-1)?.end_ms ?? NaN).toISOString(),
        positive: null,
        beats: window.beats.length,
        mean_bpm: window.beats.reduce((sum, { bpm }) => sum + bpm, 0) / window.beats.length,
        device: clinicalDevice,
        algorithm_version: "1.6",
        service_version: "2.2",
      }))
    ),
  ...rhythmTruth,
  profile: profileTruth,
  device: ({ world }, day) => {
    if (!isToday(world, day)) return [];
    const row = (device_id: string, rest: TruthRow): TruthRow => ({
      date: day,
      device_id,
      ...rest,
      has_heart_rate: null,
    });
    return [
      row("2512873631", {
        type: "tracker",
        model: "Charge 6",
        battery_percent: 85,
        battery: "high",
        last_sync: new Date(world.syncedTo()).toISOString(),
      }),
      row("2512873640", {
        type: "scale",
        model: "Aria Air",
        battery_percent: 64,
        battery: "medium",
        last_sync: new Date(world.clock.now() - 60_000).toISOString(),
      }),
    ];
  },
};
