/** What is clinical, asked for only on request: ECG readings and irregular-rhythm notifications. */

import { ecg, irregularRhythm, irregularRhythmProfile } from "../../catalog/heart.ts";
import { arrayAt, unreadable } from "../json/document.ts";
import { flag, type Reading, real, text, valueAt, whole } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { answerStream } from "./answer_streams.ts";
import { wallMs } from "./local_stamps.ts";

const startOf = (record: unknown, place: string) =>
  wallMs(valueAt(record, "startTime"), `${place}.startTime`);

/** A window of a notification is five minutes long. */
const window_s = 300;

/** A number above 0 in a member of a reading; some may come in quotes. */
function divisor(reading: unknown, name: string, place: string): number {
  const value = valueAt(reading, name);
  const found = real(value, `${place}.${name}`);
  if (typeof found === "number" && found > 0) return found;
  throw unreadable(`${place}.${name}`, "a number above 0", value);
}

const samplesOf = (reading: unknown, place: string) =>
  arrayAt(valueAt(reading, "waveformSamples"), `${place}.waveformSamples`);

/** How long an ECG lasted, in seconds. */
const recorded: Reading = (reading, place) =>
  samplesOf(reading, place).length / divisor(reading, "samplingFrequencyHz", place);

/** The samples in millivolts, to the nanovolt, with blanks between. */
const millivolts: Reading = (reading, place) => {
  const factor = divisor(reading, "scalingFactor", place);
  return samplesOf(reading, place).map((sample, index) => {
    const steps = whole(sample, `${place}.waveformSamples[${index}]`);
    return Number((Number(steps) / factor).toFixed(6));
  }).join(" ");
};

/** `Normal Sinus Rhythm` as the tables spell it: `normal_sinus_rhythm`. */
const words: Reading = (value, place) =>
  String(text(value, place)).trim().toLowerCase().replace(/[^a-z0-9]+/g, "_");

const count: Reading = (value, place) => arrayAt(value, place).length;

/** Mean heart rate of heartbeats. */
const meanBpm: Reading = (value, place) => {
  const rates = arrayAt(value, place).map((beat, index) =>
    Number(real(valueAt(beat, "value"), `${place}[${index}].value`))
  );
  return rates.length === 0 ? undefined : rates.reduce((sum, bpm) => sum + bpm, 0) / rates.length;
};

/** Irregular-rhythm notifications, window by window. */
export const rhythmAlerts: Stream = answerStream({
  name: "irn/alerts/list",
  table: irregularRhythm,
  list: "alerts",
  dayMember: "alertTime",
  version: 3,
  each: "windows",
  wallOf: startOf,
  columns: ({ instant }) => ({
    duration_s: field("@", () => window_s),
    notification: field("alertTime", (value, place) => {
      const time = instant(value, place);
      return typeof time === "number" ? new Date(time).toISOString() : undefined;
    }),
    beats: field("@.bpmData", count),
    mean_bpm: field("@.bpmData", meanBpm),
    device: field("deviceType", text),
    detected_time: field("detectedTime", instant),
    algorithm_version: field("algoVersion", text),
    service_version: field("serviceVersion", text),
  }),
  known: ["@.startTime"],
});

/** How the person stands to them; no field tells the day, it is the one it was asked for. */
const rhythmProfile: Stream = answerStream({
  name: "irn/profile",
  table: irregularRhythmProfile,
  columns: ({ instant, firstDay }) => ({
    date: field("^", () => firstDay),
    onboarded: field("onboarded", flag),
    enrolled: field("enrolled", flag),
    last_data: field("lastUpdated", instant),
  }),
});

/** A stream for each address. */
export const clinicalStreams: readonly Stream[] = [
  answerStream({
    name: "ecg/list",
    table: ecg,
    list: "ecgReadings",
    dayMember: "startTime",
    version: 2,
    wallOf: startOf,
    columns: () => ({
      duration_s: field("^", recorded),
      result: field("resultClassification", words),
      bpm: field("averageHeartRate", real),
      sampling_frequency_hz: field("samplingFrequencyHz", real),
      lead: field("leadNumber", whole),
      device: field("deviceName", text),
      waveform_mv: field("^", millivolts),
    }),
    known: [
      "startTime",
      "waveformSamples",
      "numberOfWaveformSamples",
      "scalingFactor",
      "featureVersion",
      "firmwareVersion",
    ],
  }),
  rhythmAlerts,
  rhythmProfile,
];
