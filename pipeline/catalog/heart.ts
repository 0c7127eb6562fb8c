/** Tables of the heart: its rate, its rhythm, its zones. */

import type { TableSpec } from "../catalog.ts";
import {
  date,
  flag,
  instant,
  interval,
  real,
  rolledUpInterval,
  sample,
  source,
  text,
  whole,
} from "./columns.ts";

export const heartRate: TableSpec = {
  name: "heart_rate",
  grain: "one heart-rate sample, as dense as the source has it (1-15 s)",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    ...sample,
    {
      name: "bpm",
      type: "int32",
      stored: "int16",
      unit: "beats/min",
      nullable: false,
      about: "Heart rate",
    },
    {
      name: "confidence",
      type: "int32",
      stored: "uint8",
      nullable: true,
      about: "The device's own confidence, 0 (no lock) to 3; only the Takeout JSON files carry it",
    },
    source,
  ],
};

export const restingHeartRate: TableSpec = {
  name: "resting_heart_rate",
  grain: "one civil day",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    date,
    real("bpm", "Resting heart rate as the source computed it for that day", {
      unit: "beats/min",
      required: true,
    }),
    real("error_bpm", "The source's own error estimate; only the Takeout JSON files carry it", {
      unit: "beats/min",
    }),
    text(
      "method",
      "How the source computed it (with_sleep, only_with_awake_data), where it says so",
    ),
    source,
  ],
};

export const heartRateVariability: TableSpec = {
  name: "heart_rate_variability",
  grain: "one stretch of sleep, about 5 minutes",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    ...sample,
    real("rmssd_ms", "Root mean square of successive differences between beats", { unit: "ms" }),
    real("sdnn_ms", "Standard deviation of the times between beats; not in the Fitbit Web API", {
      unit: "ms",
    }),
    real("low_frequency_power_ms2", "Power of slow rhythms (0.04-0.15 Hz)", { unit: "ms²" }),
    real("high_frequency_power_ms2", "Power of fast rhythms (0.15-0.4 Hz)", { unit: "ms²" }),
    real("coverage", "Share of beats that were usable, 0 to 1; not in Google Health"),
    source,
  ],
};

export const dailyHeartRateVariability: TableSpec = {
  name: "daily_heart_rate_variability",
  grain: "one civil day: the night that ended on it",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    date,
    real("rmssd_ms", "Mean RMSSD of the night", { unit: "ms" }),
    real("deep_sleep_rmssd_ms", "RMSSD of deep sleep", { unit: "ms" }),
    real("non_rem_bpm", "Heart rate outside REM sleep", { unit: "beats/min" }),
    real("entropy", "Entropy of the times between beats"),
    source,
  ],
};

export const heartRateVariabilityHistogram: TableSpec = {
  name: "heart_rate_variability_histogram",
  grain: "one bucket of one sleep; account archive only",
  partition: "year",
  key: ["time", "bucket"],
  version: 1,
  columns: [
    ...sample,
    whole("bucket", "Its number, from 0 on, as the source lists them", { required: true }),
    real("value", "What the source gives for it; it says neither bounds nor unit"),
    source,
  ],
};

export const heartRateZones: TableSpec = {
  name: "heart_rate_zones",
  grain: "one heart-rate zone of one civil day",
  partition: "year",
  key: ["date", "zone"],
  version: 1,
  columns: [
    date,
    text(
      "zone",
      "light, moderate, vigorous, peak (Google Health); out_of_range, fat_burn, cardio, peak or a " +
        "custom zone's name (Fitbit Web API, Takeout): the two sets have other bounds",
      { required: true },
    ),
    whole("min_bpm", "Where the zone begins", { unit: "beats/min" }),
    whole("max_bpm", "Where the zone ends", { unit: "beats/min" }),
    real("minutes", "Time spent in it; not in Google Health", { unit: "min" }),
    real("energy_kcal", "Energy used in it; Fitbit Web API only", { unit: "kcal" }),
    source,
  ],
};

export const timeInHeartRateZone: TableSpec = {
  name: "time_in_heart_rate_zone",
  grain: "one stretch of time spent in one heart-rate zone",
  partition: "date",
  key: ["time", "zone"],
  version: 1,
  columns: [
    ...interval,
    text("zone", "light, moderate, vigorous or peak; unspecified where not said", {
      required: true,
    }),
    source,
  ],
};

export const caloriesInHeartRateZone: TableSpec = {
  name: "calories_in_heart_rate_zone",
  grain: "one minute and heart-rate zone",
  partition: "date",
  key: ["time", "zone"],
  version: 1,
  columns: [
    ...rolledUpInterval,
    text("zone", "light, moderate, vigorous or peak; unspecified where not said", {
      required: true,
    }),
    real("energy_kcal", "Energy used in it; null is unknown, not 0", { unit: "kcal" }),
    source,
  ],
};

export const ecg: TableSpec = {
  name: "ecg",
  grain: "one ECG reading",
  partition: "year",
  key: ["time"],
  version: 2,
  columns: [
    ...sample,
    real("duration_s", "How long it lasted; not in the account archive", { unit: "s" }),
    text("result", "normal_sinus_rhythm, atrial_fibrillation, inconclusive, ..."),
    real("bpm", "Mean heart rate of the reading", { unit: "beats/min" }),
    real("sampling_frequency_hz", "Samples a second; not in the account archive", { unit: "Hz" }),
    whole("lead", "The lead, as the device numbers it"),
    text("device", "Model of the device"),
    text("waveform_mv", "The samples in millivolts, to the nanovolt, with blanks between", {
      unit: "mV",
    }),
    text(
      "waveform_counts",
      "The samples in steps of the device, where the source does not say how many make a millivolt",
    ),
    source,
  ],
};

export const irregularRhythm: TableSpec = {
  name: "irregular_rhythm",
  grain: "one window of an irregular-rhythm notification",
  partition: "year",
  key: ["time", "notification"],
  version: 2,
  columns: [
    ...interval,
    text("notification", "Instant of the notification it belongs to, ISO 8601", { required: true }),
    instant("notification_end", "When what the notification is about ended; Google Health only"),
    instant("detected_time", "When it was detected; Fitbit Web API only"),
    flag("positive", "Whether it looked irregular"),
    whole("beats", "Heartbeats in it"),
    real("mean_bpm", "Mean heart rate in it", { unit: "beats/min" }),
    text("device", "Model of the device"),
    text("algorithm_version", "Version of what judged it"),
    text("service_version", "Version of the service"),
    source,
  ],
};

export const irregularRhythmBeat: TableSpec = {
  name: "irregular_rhythm_beat",
  grain: "one heartbeat in one window of an irregular-rhythm notification; windows can overlap",
  partition: "year",
  key: ["time", "notification", "window_time"],
  partsOf: "notification",
  version: 1,
  columns: [
    ...sample,
    text("notification", "Instant of the notification it belongs to, ISO 8601", { required: true }),
    instant("window_time", "When its window began", { required: true }),
    real("bpm", "Heart rate from this beat to the next", { unit: "beats/min", required: true }),
    source,
  ],
};

export const irregularRhythmProfile: TableSpec = {
  name: "irregular_rhythm_profile",
  grain:
    "how the person stood to irregular-rhythm notifications on one civil day; only when asked for",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    { ...date, about: "Civil day it was asked" },
    flag("onboarded", "Whether the person has set them up", { required: true }),
    flag("enrolled", "Whether data are being looked through for them", { required: true }),
    instant("last_data", "The newest data that can be looked through"),
    source,
  ],
};

export const irregularRhythmWindow: TableSpec = {
  name: "irregular_rhythm_window",
  grain: "one window that the watch looked at for an irregular rhythm; account archive only",
  partition: "year",
  key: ["time"],
  version: 1,
  columns: [
    ...sample,
    flag("positive", "Whether it looked irregular"),
    whole("beats", "Heart rates in it"),
    real("mean_bpm", "Mean heart rate in it", { unit: "beats/min" }),
    source,
  ],
};

export const heartRateNotification: TableSpec = {
  name: "heart_rate_notification",
  grain: "one alert of a high or low heart rate; account archive only",
  partition: "year",
  key: ["time", "type"],
  version: 1,
  columns: [
    ...sample,
    real("duration_s", "How long it lasted, where the source says so", { unit: "s" }),
    text("type", "high, low, ..., as the source says it; unspecified where it does not", {
      required: true,
    }),
    real("threshold_bpm", "Heart rate from which on there is an alert", { unit: "beats/min" }),
    real("bpm", "Heart rate that gave the alert", { unit: "beats/min" }),
    source,
  ],
};

export const heartTables: readonly TableSpec[] = [
  heartRate,
  restingHeartRate,
  heartRateVariability,
  dailyHeartRateVariability,
  heartRateVariabilityHistogram,
  heartRateZones,
  timeInHeartRateZone,
  caloriesInHeartRateZone,
  ecg,
  irregularRhythm,
  irregularRhythmBeat,
  irregularRhythmProfile,
  irregularRhythmWindow,
  heartRateNotification,
];
