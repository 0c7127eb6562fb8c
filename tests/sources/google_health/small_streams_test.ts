/** What the streams of vitals, body, intake, clinical records and devices do not take for data. */

import assert from "node:assert/strict";
import { DocumentError } from "../../../pipeline/errors.ts";
import { manifestSchema } from "../../../pipeline/raw/manifest.ts";
import { googleHealthStreams } from "../../../pipeline/sources/google_health/streams.ts";

const sampleTime = { physicalTime: "2026-10-25T06:02:11Z", utcOffset: "3600s" };
const interval = {
  startTime: "2026-10-25T06:00:00Z",
  startUtcOffset: "3600s",
  endTime: "2026-10-25T06:00:00Z",
  endUtcOffset: "3600s",
};
const noOffset = { physicalTime: "2026-10-25T06:02:11Z" };
const noStartOffset = { startTime: interval.startTime, endTime: interval.endTime };
const ecg = {
  interval,
  samplingFrequencyHertz: 250,
  millivoltsScalingFactor: 10_922,
  waveformSamples: [1],
};

/** Stream, the payload of its only point, and the place that the message names. */
const refused: readonly (readonly [stream: string, payload: unknown, message: RegExp])[] = [
  // A missing offset is never zero, except in an ECG.
  ["weight", { sampleTime: noOffset, weightGrams: 72_100 }, /weight\.sampleTime\.utcOffset/],
  ["oxygen-saturation", { sampleTime: noOffset, percentage: 96 }, /sampleTime\.utcOffset/],
  ["respiratory-rate-sleep-summary", { sampleTime: noOffset }, /sampleTime\.utcOffset: expected/],
  ["hydration-log", { interval: noStartOffset }, /interval\.startUtcOffset/],
  [
    "irregular-rhythm-notification",
    { interval, alertWindows: [noStartOffset] },
    /alertWindows\[0\]\.startUtcOffset/,
  ],
  [
    "irregular-rhythm-notification",
    { interval, alertWindows: [{ ...interval, endTime: "2026-10-25T05:00:00Z" }] },
    /alertWindows\[0\]: it ends before it starts/,
  ],
  [
    "irregular-rhythm-notification",
    { interval, alertWindows: [{ ...interval, heartBeats: [{}] }] },
    /heartBeats\[0\]\.beatsPerMinute: expected a number, found nothing/,
  ],
  ["weight", { sampleTime }, /weight\.weightGrams: expected a value for weight\.weight_kg/],
  ["weight", { sampleTime, weightGrams: "heavy" }, /weightGrams: expected a number, found "heavy"/],
  ["height", { sampleTime, heightMillimeters: "NaN" }, /a value for height\.height_m/],
  ["daily-vo2-max", { vo2Max: 44 }, /dailyVo2Max\.date/],
  ["daily-vo2-max", { date: { year: 2026, month: 2, day: 30 } }, /expected a date/],
  ["daily-vo2-max", { date: { year: 2026, month: 2, day: 3 }, estimated: "yes" }, /true or false/],
  ["electrocardiogram", { ...ecg, waveformSamples: undefined }, /waveformSamples: expected an arr/],
  ["electrocardiogram", { ...ecg, waveformSamples: ["a"] }, /waveformSamples\[0\]: expected a who/],
  ["electrocardiogram", { ...ecg, samplingFrequencyHertz: 0 }, /expected a frequency above 0/],
  ["electrocardiogram", { ...ecg, millivoltsScalingFactor: 0 }, /expected a number above 0/],
  ["hydration-log", { interval, amountConsumed: { milliliters: 1 } }, /dataPointName: expected/],
];

function flatten(name: string, document: unknown) {
  const stream = googleHealthStreams.find((stream) => stream.name === name);
  assert.ok(stream !== undefined, name);
  const manifest = manifestSchema.parse({
    format: 1,
    participant: "me",
    source: "google-health",
    stream: name,
    first_day: "2026-10-01",
    last_day: "2026-10-31",
    sha256: "0".repeat(64),
    bytes: 0,
    received_at: "2026-11-22T12:00:00.000Z",
    asked_at: "2026-11-22T12:00:00.000Z",
    synced_to: null,
    empty: false,
    origin: [],
    clock: { kind: "explicit" },
  });
  return stream.flatten(new TextEncoder().encode(JSON.stringify(document)), manifest);
}

const fieldOf = (name: string) => name.replace(/-([a-z0-9])/g, (_, c: string) => c.toUpperCase());

for (const [name, payload, message] of refused) {
  Deno.test(`${name} does not read ${JSON.stringify(payload)}`, () => {
    const document = [{ dataPoints: [{ [fieldOf(name)]: payload }] }];
    assert.throws(() => flatten(name, document), (error) => {
      assert.ok(error instanceof DocumentError);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("pairedDevices does not take an error for no devices", () => {
  const error = { error: { code: 403, status: "PERMISSION_DENIED" } };
  assert.throws(
    () => flatten("pairedDevices", [error]),
    /pages\[0\]: expected a page of pairedDev/,
  );
  assert.equal(flatten("pairedDevices", [{}]).columns.rows, 0);
});

Deno.test("irnProfile does not take an error for somebody who has not enrolled", () => {
  const error = { error: { code: 403, status: "PERMISSION_DENIED" } };
  assert.throws(() => flatten("irnProfile", [error]), /answers\[0\]\.name: expected a value/);
});
