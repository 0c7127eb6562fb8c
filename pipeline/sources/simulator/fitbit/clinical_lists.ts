/** Lists of clinical records: ECG readings and irregular-rhythm notifications, ten entries a page. */

import { addDays, dayAt, daysBetween, isDay } from "../../../day.ts";
import type { Day } from "../../../day.ts";
import type { World } from "../api.ts";
import type { Body } from "../body.ts";
import { clinicalDevice, type Ecg, ecgsOf, rhythmAlertsOf } from "../clinical_values.ts";
import type { JsonObject } from "../json.ts";
import { momentAt } from "../wall_time.ts";
import { wallText } from "./days_asked.ts";
import { invalid } from "./errors.ts";
import type { FitbitStream } from "./stream.ts";

const mostEntries = 10;

function clinicalList<Value extends { readonly time_ms: number }>(
  path: string,
  list: string,
  scope: string,
  dataWord: string,
  valuesOf: (body: Body, day: Day) => readonly Value[],
  write: (value: Value, world: World) => JsonObject,
): readonly [string, FitbitStream] {
  return [path, {
    scope,
    dataWord,
    answer(_path, query, world) {
      const afterDate = query.get("afterDate");
      const first = afterDate?.slice(0, 10) ?? "";
      const offset = Number(query.get("offset") ?? NaN);
      const limit = Number(query.get("limit") ?? NaN);
      if (afterDate === null || !isDay(first)) {
        throw invalid("afterDate", "Either beforeDate or afterDate should be specified");
      }
      if (query.get("sort") !== "asc") throw invalid("sort", "Invalid sort");
      if (!(limit >= 1 && limit <= mostEntries)) throw invalid("limit", `Invalid limit: ${limit}`);
      if (!(offset >= 0)) throw invalid("offset", "Invalid offset");
      const now = world.clock.now();
      const last = addDays(dayAt(now, world.body.zones.spanAt(now).offset_s), 1);
      const all = daysBetween(first, last).flatMap((day) => valuesOf(world.body, day))
        .filter(({ time_ms }) => time_ms < world.syncedTo());
      const address = (at: number) =>
        `https://api.fitbit.com/1/user/-/${path}.json?offset=${at}&limit=${limit}&sort=asc&afterDate=${afterDate}`;
      return {
        [list]: all.slice(offset, offset + limit).map((value) => write(value, world)),
        pagination: {
          afterDate,
          limit,
          next: offset + limit < all.length ? address(offset + limit) : "",
          offset,
          previous: offset > 0 ? address(Math.max(0, offset - limit)) : "",
          sort: "ASC",
        },
      };
    },
  }];
}

/** A result as this API words it. */
const wording = (result: string) =>
  result.toLowerCase().split("_").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");

function ecgEntry(ecg: Ecg, { body }: World): JsonObject {
  const { utc_offset_s } = momentAt(body.zones, ecg.time_ms);
  return {
    startTime: wallText(ecg.time_ms, utc_offset_s),
    averageHeartRate: ecg.bpm,
    resultClassification: wording(ecg.result),
    waveformSamples: ecg.samples,
    // Numbers, and some of them as text.
    samplingFrequencyHz: String(ecg.samplingFrequency_hz),
    scalingFactor: ecg.stepsPerMillivolt,
    numberOfWaveformSamples: ecg.samples.length,
    leadNumber: 1,
    featureVersion: "1.2.3-2.11-2.14",
    deviceName: clinicalDevice,
    firmwareVersion: "1.2.3",
  };
}

/** By the path behind the user. */
export const clinicalResources: readonly (readonly [string, FitbitStream])[] = [
  clinicalList("ecg/list", "ecgReadings", "electrocardiogram", "ECG", ecgsOf, ecgEntry),
  clinicalList(
    "irn/alerts/list",
    "alerts",
    "irregular_rhythm_notifications",
    "irregular rhythm notifications",
    rhythmAlertsOf,
    (alert) => ({
      alertTime: wallText(alert.time_ms, alert.utc_offset_s),
      detectedTime: wallText(
        alert.windows.at(-1)?.end_ms ?? alert.time_ms,
        alert.windows.at(-1)?.utc_offset_s ?? alert.utc_offset_s,
      ),
      serviceVersion: "2.2",
      algoVersion: "1.6",
      deviceType: clinicalDevice,
      windows: alert.windows.map((window) => ({
        startTime: wallText(window.time_ms, window.utc_offset_s),
        bpmData: window.beats.map((beat) => ({
          dateTime: wallText(beat.time_ms, beat.utc_offset_s),
          value: beat.bpm,
        })),
      })),
    }),
  ),
];
