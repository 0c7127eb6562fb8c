/** Clinical data types, asked for only on request: ECG readings and irregular-rhythm notifications. */

import { ecg, irregularRhythm } from "../../catalog/heart.ts";
import { type Day, dayAt } from "../../day.ts";
import { arrayAt, objectAt, unreadable } from "../json/document.ts";
import { readInstant, readUtcOffset } from "../json/read_value.ts";
import {
  flag,
  instant,
  type Reading,
  real,
  text,
  utcOffset,
  valueAt,
  whole,
  word,
} from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { lasting, pointStream } from "./points.ts";

/** How long an ECG lasted, in seconds: it starts and ends at one instant, its samples tell. */
const recorded: Reading = (value, place) => {
  const samples = valueAt(value, "waveformSamples");
  const frequency = valueAt(value, "samplingFrequencyHertz");
  const hertz = real(frequency, `${place}.samplingFrequencyHertz`);
  if (typeof hertz !== "number" || hertz <= 0) {
    throw unreadable(`${place}.samplingFrequencyHertz`, "a frequency above 0", frequency);
  }
  return arrayAt(samples, `${place}.waveformSamples`).length / hertz;
};

/** The samples in millivolts, to the nanovolt, with blanks between. */
const millivolts: Reading = (value, place) => {
  const samples = valueAt(value, "waveformSamples");
  const found = valueAt(value, "millivoltsScalingFactor");
  const factor = real(found, `${place}.millivoltsScalingFactor`);
  if (typeof factor !== "number" || factor <= 0) {
    throw unreadable(`${place}.millivoltsScalingFactor`, "a number above 0", found);
  }
  return arrayAt(samples, `${place}.waveformSamples`).map((sample, index) => {
    const steps = whole(sample, `${place}.waveformSamples[${index}]`);
    return Number((Number(steps) / factor).toFixed(6));
  }).join(" ");
};

/** An instant as ISO 8601 text with milliseconds. */
export const instantText: Reading = (value, place) => {
  const ms = instant(value, place);
  return typeof ms === "number" ? new Date(ms).toISOString() : undefined;
};

/** How many there are. */
const count: Reading = (value, place) => arrayAt(value, place).length;

/** Mean heart rate of heartbeats. */
const meanBpm: Reading = (value, place) => {
  const rates = arrayAt(value, place).map((beat, index) => {
    const at = `${place}[${index}]`;
    return Number(real(valueAt(objectAt(beat, at), "beatsPerMinute"), `${at}.beatsPerMinute`));
  });
  return rates.length === 0 ? undefined : rates.reduce((sum, bpm) => sum + bpm, 0) / rates.length;
};

/** The civil day of a reading, by UTC when it has no offset; undefined when its time is unreadable. */
function dayOf(payload: unknown): Day | undefined {
  const start = valueAt(payload, "interval.startTime");
  const offset = valueAt(payload, "interval.startUtcOffset");
  const time = typeof start === "string" ? readInstant(start) : undefined;
  const offset_s = typeof offset === "string" ? readUtcOffset(offset) : 0;
  return time === undefined || offset_s === undefined ? undefined : dayAt(time, offset_s);
}

/** Irregular-rhythm notifications, window by window. */
export const rhythmNotifications: Stream = pointStream({
  name: "irregular-rhythm-notification",
  kind: "session",
  table: irregularRhythm,
  each: "alertWindows",
  columns: {
    time: field("@.startTime", instant),
    utc_offset_s: field("@.startUtcOffset", utcOffset),
    duration_s: field("@", lasting),
    notification: field("interval.startTime", instantText),
    notification_end: field("interval.endTime", instant),
    positive: field("@.positive", flag),
    beats: field("@.heartBeats", count),
    mean_bpm: field("@.heartBeats", meanBpm),
    device: field("medicalDeviceInfo.deviceModel", text),
    algorithm_version: field("medicalDeviceInfo.algorithmVersion", text),
    service_version: field("medicalDeviceInfo.serviceVersion", text),
  },
  known: ["@.endTime", "@.endUtcOffset", "@.civilStartTime", "@.civilEndTime"],
  version: 2,
});

/** Each data type with its fields; the payload's member is the type's name in camel case. */
export const clinicalStreams: readonly Stream[] = [
  pointStream({
    name: "electrocardiogram",
    kind: "session",
    table: ecg,
    // The filter takes an instant to begin at and none to end at: later readings come along.
    wasAsked(payload, { first, last }) {
      const day = dayOf(payload);
      return day === undefined || (day >= first && day <= last);
    },
    columns: {
      // Readings of former years carry no offset: their civil time then is that of UTC.
      utc_offset_s: field("interval.startUtcOffset", utcOffset, 0),
      duration_s: field("^.electrocardiogram", recorded),
      result: field("resultClassification", word),
      bpm: field("beatsPerMinuteAvg", real),
      sampling_frequency_hz: field("samplingFrequencyHertz", real),
      lead: field("leadNumber", whole),
      device: field("medicalDeviceInfo.deviceModel", text),
      waveform_mv: field("^.electrocardiogram", millivolts),
    },
    known: [
      "waveformSamples",
      "millivoltsScalingFactor",
      "medicalDeviceInfo.firmwareVersion",
      "medicalDeviceInfo.featureVersion",
    ],
  }),
  rhythmNotifications,
];
