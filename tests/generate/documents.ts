/**
 * Made-up documents of every raw shape of heart rate, as large and as dense as genuine ones: for the
 * tests and for the benchmark. The same seed and day always give the same bytes.
 */

import { type Day, dayNumber, MS_PER_DAY } from "../../pipeline/day.ts";
import type { DocumentClock, Manifest } from "../../pipeline/raw/manifest.ts";
import { seeded } from "../../pipeline/sources/simulator/random.ts";

/** A heart-rate sample: seconds since midnight, beats per minute, the device's confidence. */
export interface Sample {
  readonly second: number;
  readonly bpm: number;
  readonly confidence: number;
}

/** Seconds between samples, each with its share. */
type Spacing = readonly (readonly [number, number])[];

/** About 17,000 samples a day, as the Fitbit Web API gave them at `1sec`. */
export const fitbitSpacing: Spacing = [[5, 0.8], [3, 0.1], [10, 0.06], [1, 0.04]];
/** About 30,000 samples a day, as archives hold them for devices of 2024 and later. */
export const takeoutSpacing: Spacing = [[2, 0.45], [3, 0.25], [5, 0.2], [1, 0.1]];
/** About 37,000 samples a day, as the Google Health API gives them. */
export const googleSpacing: Spacing = [[2, 0.5], [1, 0.2], [3, 0.2], [5, 0.1]];

const utf8 = new TextEncoder();

/** A day of samples: a quiet night, a busy day, an hour of exercise, half an hour off the wrist. */
export function samplesOfDay(seed: number, day: Day, spacing: Spacing): Sample[] {
  const random = seeded("documents", seed, day);
  const offWristFrom = 3600 * (9 + Math.floor(random() * 10));
  const exerciseFrom = 3600 * (7 + Math.floor(random() * 12));
  const samples: Sample[] = [];
  let bpm = 60;
  let second = Math.floor(random() * 5);
  while (second < 86_400) {
    if (second >= offWristFrom && second < offWristFrom + 1800) second = offWristFrom + 1800;
    const target = second >= exerciseFrom && second < exerciseFrom + 3600
      ? 135
      : second < 25_000
      ? 54
      : 76;
    bpm += (target - bpm) * 0.02 + (random() - 0.5) * 3;
    samples.push({
      second,
      bpm: Math.min(190, Math.max(42, Math.round(bpm))),
      confidence: Math.min(3, Math.floor(random() * 5)),
    });
    second += pick(spacing, random());
  }
  return samples;
}

function pick(spacing: Spacing, share: number): number {
  let rest = share;
  for (const [seconds, weight] of spacing) {
    rest -= weight;
    if (rest < 0) return seconds;
  }
  return 5;
}

/** A Fitbit Web document: one unbounded `1sec` answer by the wearer's clock, about 0.5 MB. */
export function fitbitDocument(day: Day, samples: readonly Sample[]): Uint8Array {
  const dataset = samples
    .map(({ second, bpm }) => `{"time":"${clock(second)}","value":${bpm}}`).join(",");
  const zone = (name: string, min: number, max: number, minutes: number) =>
    `{"caloriesOut":${
      minutes * 1.5
    },"max":${max},"min":${min},"minutes":${minutes},"name":"${name}"}`;
  const zones = [
    zone("Out of Range", 30, 98, 1264),
    zone("Fat Burn", 98, 137, 132),
    zone("Cardio", 137, 167, 1),
    zone("Peak", 167, 220, 0),
  ].join(",");
  return utf8.encode(
    `[{"activities-heart":[{"dateTime":"${day}","value":{"customHeartRateZones":[],` +
      `"heartRateZones":[${zones}],"restingHeartRate":58}}],"activities-heart-intraday":` +
      `{"dataset":[${dataset}],"datasetInterval":1,"datasetType":"second"}}]`,
  );
}

/** A `heart_rate-YYYY-MM-DD.json` of an archive: a civil day in UTC, about 2.8 MB. */
export function takeoutJsonDocument(
  day: Day,
  samples: readonly Sample[],
  offsetS: number,
): Uint8Array {
  const records = samples.map(({ second, bpm, confidence }) => {
    const [date, time] = utcTexts(day, second - offsetS);
    const us = `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(2, 4)}`;
    return `{\n  "dateTime" : "${us} ${time}",\n  "value" : {\n    "bpm" : ${bpm},\n` +
      `    "confidence" : ${confidence}\n  }\n}`;
  });
  return utf8.encode(`[${records.join(",")}]`);
}

/** A `heart_rate_YYYY-MM-DD.csv` of an archive: a UTC day, about 1.1 MB. */
export function takeoutCsvDocument(
  day: Day,
  samples: readonly Sample[],
  recorder: string | undefined = "Pixel Watch 3",
): Uint8Array {
  const ending = recorder === undefined ? "" : `,${recorder}`;
  const lines = samples.map(({ second, bpm }) => `${day}T${clock(second)}Z,${bpm}.0${ending}\n`);
  const header = recorder === undefined ? "" : ",data source";
  return utf8.encode(`timestamp,beats per minute${header}\n${lines.join("")}`);
}

/**
 * A Google Health document: pages of up to 5,000 points, newest first, printed as the service does;
 * with the points' sources, as `list` gives them, about 25 MB, without, as `reconcile` does, 21 MB.
 */
export function googleDocument(
  day: Day,
  samples: readonly Sample[],
  offsetS: number,
  verb: "list" | "reconcile",
): Uint8Array {
  const points = samples.map((sample) => googlePoint(day, sample, offsetS, verb)).reverse();
  const pages: string[] = [];
  for (let first = 0; first < points.length; first += 5000) {
    const isLast = first + 5000 >= points.length;
    const token = isLast ? "" : `,\n  "nextPageToken": "page-${first / 5000 + 1}"`;
    const list = points.slice(first, first + 5000).join(",\n");
    pages.push(`{\n  "dataPoints": [\n${list}\n  ]${token}\n}\n`);
  }
  return utf8.encode(`[${pages.join(",")}]`);
}

function googlePoint(
  day: Day,
  { second, bpm }: Sample,
  offsetS: number,
  verb: "list" | "reconcile",
): string {
  const [date, time] = utcTexts(day, second - offsetS);
  const [year, month, dayOfMonth] = day.split("-").map(Number);
  // Members that are zero are omitted.
  const civil = [
    ["hours", Math.floor(second / 3600)],
    ["minutes", Math.floor(second / 60) % 60],
    ["seconds", second % 60],
  ].filter(([, value]) => value !== 0)
    .map(([name, value]) => `              "${name}": ${value}`).join(",\n");
  const source = verb === "reconcile" ? "" : `      "dataSource": {
        "platform": "FITBIT",
        "recordingMethod": "PASSIVELY_MEASURED",
        "device": {
          "displayName": "Pixel Watch 3"
        }
      },
`;
  return `    {
${source}      "heartRate": {
        "sampleTime": {
          "physicalTime": "${date}T${time}Z",
          "utcOffset": "${offsetS}s",
          "civilTime": {
            "date": {
              "year": ${year},
              "month": ${month},
              "day": ${dayOfMonth}
            },
            "time": {${civil === "" ? "" : `\n${civil}\n            `}}
          }
        },
        "beatsPerMinute": "${bpm}",
        "metadata": {
          "motionContext": "${bpm > 90 ? "ACTIVE" : "SEDENTARY"}",
          "sensorLocation": "WRIST"
        }
      }
    }`;
}

/** Date and time of day in UTC, `second` seconds after the UTC midnight of a day. */
function utcTexts(day: Day, second: number): [string, string] {
  const iso = new Date(dayNumber(day) * MS_PER_DAY + second * 1000).toISOString();
  return [iso.slice(0, 10), iso.slice(11, 19)];
}

function clock(second: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${
    two(second % 60)
  }`;
}

/** The clock of a document in UTC whose wearer's offset did not change. */
export function utcClock(offsetS: number): DocumentClock {
  return { kind: "utc", offsets: [{ from: null, offset_s: offsetS, evidence: "made up" }] };
}

/** A manifest for a made-up document of one day. */
export function manifestOf(
  source: Manifest["source"],
  stream: string,
  day: Day,
  clock: DocumentClock,
): Manifest {
  return {
    format: 1,
    participant: "me",
    source,
    stream,
    first_day: day,
    last_day: day,
    sha256: "0".repeat(64),
    bytes: 0,
    received_at: "2026-11-01T00:00:00.000Z",
    asked_at: "2026-11-01T00:00:00.000Z",
    synced_to: null,
    empty: false,
    origin: ["made up"],
    clock,
  };
}
