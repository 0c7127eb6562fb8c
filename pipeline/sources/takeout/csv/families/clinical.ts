/** What the watch noticed of the heart: ECG readings, windows without a regular rhythm, alerts of its rate. */

import { ecg, heartRateNotification, irregularRhythmWindow } from "../../../../catalog/heart.ts";
import { type KnownOffset } from "../../clock_pieces.ts";
import type { Evidence, Family } from "../../family.ts";
import { readStamp } from "../stamp.ts";
import type { Line } from "../line.ts";
import {
  each,
  type LineFamily,
  lineFile,
  type LineRow,
  linesOf,
  lineStream,
} from "../line_family.ts";
import { fileName } from "./patterns.ts";

/** As the Fitbit Web API words what the archive abbreviates. */
const results: Readonly<Record<string, string>> = {
  nsr: "normal_sinus_rhythm",
  afib: "atrial_fibrillation",
};

/** The samples of a reading as they stand: `[-329 -360 ...]`, in some files with commas. */
function countsOf(line: Line): string | undefined {
  const cell = line.text("waveform_samples");
  if (cell === undefined) return undefined;
  const list = /^\[?([-\d\s,]*)\]?$/.exec(cell.trim())?.[1];
  const counts = list?.split(/[\s,]+/).filter((count) => count !== "");
  if (counts === undefined || !counts.every((count) => /^-?\d+$/.test(count))) {
    throw line.unreadable("waveform_samples", "a list of whole numbers");
  }
  return counts.length === 0 ? undefined : counts.join(" ");
}

const readings: LineFamily = {
  stream: "afib_ecg_reading_*.csv",
  name: /^afib_ecg_reading_\d+\.csv$/,
  table: ecg,
  version: 1,
  // Written as Java writes dates, with their zone: UTC.
  clock: "utc",
  stamp: "reading_time",
  required: ["result_classification"],
  known: ["reading_id", "heart_rate", "waveform_samples", "hardware_version", "firmware_version"],
  rows: each((line, instantOf) => {
    const result = line.word("result_classification");
    return [{
      ...instantOf(line.wall("reading_time"), line),
      result: results[result ?? ""] ?? result,
      bpm: line.number("heart_rate", [-1, 0]),
      device: line.text("hardware_version"),
      waveform_counts: countsOf(line),
    }];
  }),
};

/** A line for each heartbeat of a window. */
const windows: LineFamily = {
  stream: "afib_ppg_windows*.csv",
  name: /^afib_ppg_windows(_.*)?\.csv$/,
  table: irregularRhythmWindow,
  version: 1,
  clock: "utc",
  stamp: "start_time",
  required: ["is_positive"],
  known: ["wire_id", "bpm_time", "bpm_value"],
  rows(lines, instantOf) {
    const beatsOf = Map.groupBy(
      lines,
      (line) => `${line.wall("start_time")} ${line.text("wire_id")}`,
    );
    return Array.from(beatsOf.values()).flatMap((beats): LineRow[] => {
      const [line] = beats;
      if (line === undefined) return [];
      const rates = beats.map((beat) => beat.number("bpm_value", [-1, 0]))
        .filter((bpm) => bpm !== undefined);
      return [[line, {
        ...instantOf(line.wall("start_time"), line),
        positive: yesOrNo(line, "is_positive"),
        beats: rates.length,
        mean_bpm: rates.length === 0
          ? undefined
          : rates.reduce((sum, bpm) => sum + bpm, 0) / rates.length,
      }]];
    });
  },
};

function yesOrNo(line: Line, column: string): boolean | undefined {
  const word = line.word(column);
  if (word === undefined || word === "true" || word === "false") return word && word === "true";
  throw line.unreadable(column, "true or false");
}

/** Alerts by category, whose times carry their own offset. */
const alerts: LineFamily = {
  stream: "Heart Rate Notifications Alerts*.csv",
  name: /^heart rate notifications alerts.*\.csv$/,
  table: heartRateNotification,
  version: 1,
  clock: "days",
  stamp: "start_timestamp",
  required: [],
  known: ["id", "end_timestamp", "type", "threshold", "value"],
  rows: each((line) => {
    const start = line.moment("start_timestamp");
    const end = line.text("end_timestamp") === undefined
      ? undefined
      : line.moment("end_timestamp").time;
    return [{
      ...start,
      duration_s: end === undefined ? undefined : (end - start.time) / 1000,
      type: line.word("type") ?? "unspecified",
      threshold_bpm: line.number("threshold"),
      bpm: line.number("value", [-1, 0]),
    }];
  }),
};

/** The same of Google's data, in UTC. */
const notifications: LineFamily = {
  stream: "heart_rate_notification_*.csv",
  name: fileName("heart_rate_notification"),
  table: heartRateNotification,
  version: 1,
  clock: "utc",
  stamp: "timestamp",
  required: ["heart rate notification type"],
  known: [
    "heart rate threshold beats per minute",
    "heart rate trigger value beats per minute",
  ],
  recorder: "data source",
  fallback: true,
  rows: each((line, instantOf) => [{
    ...instantOf(line.wall("timestamp"), line),
    type: line.word("heart rate notification type") ?? "unspecified",
    threshold_bpm: line.number("heart rate threshold beats per minute"),
    bpm: line.number("heart rate trigger value beats per minute", [-1, 0]),
  }]),
};

/** Each alert says the wearer's offset there and then. */
function offsetsOf(document: Uint8Array): Evidence {
  const known: KnownOffset[] = [];
  for (const line of linesOf(document, alerts).lines) {
    const stamp = readStamp(line.text("start_timestamp") ?? "");
    if (stamp?.offset_s === undefined) continue;
    const { wall, offset_s } = stamp;
    known.push({ at: wall - offset_s * 1000, offset_s, evidence: "Heart Rate Notifications" });
  }
  return { known };
}

export const clinicalFiles: readonly Family[] = [
  lineFile(readings),
  lineFile(windows),
  lineFile(alerts, { evidence: offsetsOf }),
  lineFile(notifications),
];

export const clinicalStreams = [readings, windows, alerts, notifications].map(lineStream);
