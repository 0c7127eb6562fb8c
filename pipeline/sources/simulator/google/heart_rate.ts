/** `heart-rate`: every sample of the watch and, in `list`, those of a chest strap at workouts. */

import { activity } from "../day_plan.ts";
import type { Samples } from "../body.ts";
import type { JsonObject } from "../json.ts";
import { strap, watch } from "./data_sources.ts";
import type { GoogleStream } from "./stream.ts";
import { hasCivil, sampleTime } from "./times.ts";

const sources = [watch, strap];

/** Which samples a verb shows, from which source: index twice for the watch and the strap. */
function shown(samples: Samples, withStrap: boolean): { index: Int32Array; source: Uint8Array } {
  const index: number[] = [];
  const source: number[] = [];
  for (let i = 0; i < samples.time_ms.length; i++) {
    index.push(i);
    source.push(0);
    // At the very instants of every other sample of the watch: what must not be counted twice.
    if (withStrap && samples.activity[i] === activity.exercise && i % 2 === 0) {
      index.push(i);
      source.push(1);
    }
  }
  return { index: Int32Array.from(index), source: Uint8Array.from(source) };
}

export const heartRate: GoogleStream = {
  points(utcDay, verb, world, settings) {
    const samples = world.body.ofUtcDay(utcDay);
    const { index, source } = shown(samples, verb === "list" && settings.secondSource);
    const time_ms = Float64Array.from(index, (i) => samples.time_ms[i]!);
    const utc_offset_s = Int32Array.from(index, (i) => samples.utc_offset_s[i]!);
    const values = Int32Array.from(index, (i, at) => samples.bpm[i]! + source[at]!);
    return {
      time_ms,
      utc_offset_s,
      known_ms: time_ms,
      values,
      source,
      sources,
      payload(at): JsonObject {
        const kind = samples.activity[index[at]!]!;
        const time = time_ms[at]!;
        return {
          sampleTime: sampleTime(time, utc_offset_s[at]!, hasCivil(time, settings.civilTime)),
          beatsPerMinute: String(values[at]!),
          metadata: {
            motionContext: kind >= activity.walking ? "ACTIVE" : "SEDENTARY",
            sensorLocation: source[at] === 0 ? "WRIST" : "CHEST",
          },
        };
      },
    };
  },
  rollUp: {
    maxDays: 14,
    value: (values) => ({
      beatsPerMinuteAvg: values.reduce((sum, value) => sum + value, 0) / values.length,
      beatsPerMinuteMax: values.reduce((most, value) => Math.max(most, value), 0),
      beatsPerMinuteMin: values.reduce((least, value) => Math.min(least, value), Infinity),
    }),
  },
};
