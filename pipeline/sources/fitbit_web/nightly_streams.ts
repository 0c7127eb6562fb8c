/** What the watch makes of a night: heart-rate variability, oxygen, breathing, skin temperature; and fitness. */

import { dailyHeartRateVariability, heartRateVariability } from "../../catalog/heart.ts";
import {
  breathingRate,
  breathingRateByStage,
  dailySpo2,
  dailyVo2Max,
  skinTemperature,
  spo2,
} from "../../catalog/vitals.ts";
import { unreadable } from "../json/document.ts";
import { type Reading, real, text, valueAt } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { answerStream } from "./answer_streams.ts";
import { wallMs } from "./local_stamps.ts";

/** The stamp of a minute of a night. */
const minuteOf = (minute: unknown, place: string) =>
  wallMs(valueAt(minute, "minute"), `${place}.minute`);

/** Breaths a minute; -1 stands for too little data. */
const breaths: Reading = (value, place) => {
  const found = real(value, place);
  return found === -1 ? undefined : found;
};

const rangePattern = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/;

/** One end of a range such as `42-46`; null for a single number. */
function rangeEnd(end: 1 | 2): Reading {
  return (value) => {
    const found = typeof value === "string" ? rangePattern.exec(value)?.[end] : undefined;
    return found === undefined ? undefined : Number(found);
  };
}

/** A single number, as text or not; null for a range. */
const noRange: Reading = (value, place) => {
  if (typeof value === "string" && rangePattern.test(value)) return undefined;
  const found = Number(real(value, place));
  if (found > 0) return found;
  throw unreadable(place, 'a number, or a range such as "42-46"', value);
};

/** A stream for each resource. */
export const nightlyStreams: readonly Stream[] = [
  answerStream({
    name: "hrv/all",
    table: heartRateVariability,
    list: "hrv",
    each: "minutes",
    wallOf: minuteOf,
    columns: () => ({
      rmssd_ms: field("@.value.rmssd", real),
      low_frequency_power_ms2: field("@.value.lf", real),
      high_frequency_power_ms2: field("@.value.hf", real),
      coverage: field("@.value.coverage", real),
    }),
    known: ["dateTime", "@.minute"],
  }),
  answerStream({
    name: "hrv",
    needed: ["value"],
    version: 2,
    table: dailyHeartRateVariability,
    list: "hrv",
    columns: ({ day }) => ({
      date: field("dateTime", day),
      rmssd_ms: field("value.dailyRmssd", real),
      deep_sleep_rmssd_ms: field("value.deepRmssd", real),
    }),
  }),
  answerStream({
    name: "spo2/all",
    table: spo2,
    each: "minutes",
    wallOf: minuteOf,
    columns: () => ({ percent: field("@.value", real) }),
    known: ["dateTime", "@.minute"],
  }),
  answerStream({
    name: "spo2",
    needed: ["value"],
    version: 2,
    table: dailySpo2,
    columns: ({ day }) => ({
      date: field("dateTime", day),
      mean_percent: field("value.avg", real),
      lower_percent: field("value.min", real),
      upper_percent: field("value.max", real),
    }),
  }),
  answerStream({
    name: "br",
    needed: ["value"],
    version: 2,
    table: breathingRate,
    list: "br",
    columns: ({ day }) => ({
      date: field("dateTime", day),
      breaths_per_min: field("value.breathingRate", breaths),
    }),
  }),
  answerStream({
    name: "br/all",
    needed: ["value"],
    version: 2,
    table: breathingRateByStage,
    list: "br",
    columns: ({ day }) => ({
      date: field("dateTime", day),
      full_breaths_per_min: field("value.fullSleepSummary.breathingRate", breaths),
      deep_breaths_per_min: field("value.deepSleepSummary.breathingRate", breaths),
      light_breaths_per_min: field("value.lightSleepSummary.breathingRate", breaths),
      rem_breaths_per_min: field("value.remSleepSummary.breathingRate", breaths),
    }),
  }),
  answerStream({
    name: "temp/skin",
    needed: ["value"],
    version: 2,
    table: skinTemperature,
    list: "tempSkin",
    columns: ({ day }) => ({
      date: field("dateTime", day),
      relative_c: field("value.nightlyRelative", real),
      sensor: field("logType", text),
    }),
    unitsNote: "Read in degrees Celsius: the saved answer does not say its units",
  }),
  answerStream({
    name: "cardioscore",
    needed: ["value"],
    version: 2,
    table: dailyVo2Max,
    list: "cardioScore",
    columns: ({ day }) => ({
      date: field("dateTime", day),
      vo2_max_ml_per_kg_min: field("value.vo2Max", noRange),
      low_ml_per_kg_min: field("value.vo2Max", rangeEnd(1)),
      high_ml_per_kg_min: field("value.vo2Max", rangeEnd(2)),
    }),
  }),
];
