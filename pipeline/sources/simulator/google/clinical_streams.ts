/** ECG readings and irregular-rhythm notifications as the server gives them. */

import { dayOfNumber, MS_PER_DAY } from "../../../day.ts";
import { clinicalDevice, type Ecg, ecgsOf, rhythmAlertsOf } from "../clinical_values.ts";
import type { JsonObject } from "../json.ts";
import { momentAt } from "../wall_time.ts";
import { watch } from "./data_sources.ts";
import { entries, laidOut } from "./moments.ts";
import type { GoogleStream } from "./stream.ts";
import { civilParts, instantText, intervalTime, sampleTime } from "./times.ts";

/** Readings of which some have no offset: their civil time is then that of UTC. */
const electrocardiogram: GoogleStream = {
  points(utcDay, _verb, { body }) {
    const readings = [-1, 0, 1].flatMap((days) => ecgsOf(body, dayOfNumber(utcDay + days)))
      .filter(({ time_ms }) => Math.floor(time_ms / MS_PER_DAY) === utcDay)
      .map((ecg) => ({ ...ecg, utc_offset_s: ecg.utc_offset_s ?? 0, ecg }));
    return laidOut(readings, ({ ecg }) => ({ source: watch, payload: payloadOf(ecg) }));
  },
};

function payloadOf(ecg: Ecg): JsonObject {
  const { time_ms, utc_offset_s } = ecg;
  const time = instantText(time_ms);
  const civil = civilParts(time_ms);
  const moment = { ms: time_ms, offset_s: utc_offset_s ?? 0 };
  return {
    interval: utc_offset_s === undefined
      ? { startTime: time, endTime: time, civilStartTime: civil, civilEndTime: civil }
      : intervalTime(moment, moment, true),
    resultClassification: ecg.result,
    beatsPerMinuteAvg: String(ecg.bpm),
    leadNumber: 1,
    samplingFrequencyHertz: ecg.samplingFrequency_hz,
    millivoltsScalingFactor: ecg.stepsPerMillivolt,
    waveformSamples: ecg.samples,
    medicalDeviceInfo: {
      deviceModel: clinicalDevice,
      firmwareVersion: "194.91.6",
      featureVersion: "2.2.1",
    },
  };
}

const irregularRhythmNotification: GoogleStream = entries({
  ofDay: (body, day) =>
    rhythmAlertsOf(body, day).map((alert) => ({
      ...alert,
      known_ms: Math.max(...alert.windows.map(({ end_ms }) => end_ms)),
      ends: alert.windows.map(({ end_ms }) => momentAt(body.zones, end_ms)),
    })),
  source: () => watch,
  payload: ({ windows, ends }) => ({
    medicalDeviceInfo: {
      algorithmVersion: "2.0",
      serviceVersion: "1.4.2",
      deviceModel: clinicalDevice,
    },
    alertWindows: windows.map((window, i) => ({
      ...intervalTime(
        { ms: window.time_ms, offset_s: window.utc_offset_s },
        { ms: window.end_ms, offset_s: ends[i]?.utc_offset_s ?? window.utc_offset_s },
        true,
      ),
      // False is what a value is when nothing is said, and so left out.
      positive: window.positive || undefined,
      heartBeats: window.beats.map(({ time_ms, utc_offset_s, bpm }) => ({
        ...sampleTime(time_ms, utc_offset_s, true),
        beatsPerMinute: bpm,
      })),
    })),
  }),
});

export const clinicalStreams: readonly (readonly [string, GoogleStream])[] = [
  ["electrocardiogram", electrocardiogram],
  ["irregular-rhythm-notification", irregularRhythmNotification],
];
