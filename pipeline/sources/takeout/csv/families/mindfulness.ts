/** Sessions of mindfulness, and what the watch's sensor for stress measured in them. */

import { mindfulnessConductance, mindfulnessSession, moodLog } from "../../../../catalog/scores.ts";
import type { Family } from "../../family.ts";
import { bounds, headerAlone, nothingIn } from "../../first_look.ts";
import type { Line } from "../line.ts";
import {
  each,
  type LineFamily,
  lineFile,
  type LineRow,
  linesOf,
  lineStream,
} from "../line_family.ts";

/** Their times carry their own offset. */
const sessions: LineFamily = {
  stream: "Mindfulness Sessions*.csv",
  name: /^mindfulness[ _]sessions( - .*)?\.csv$/,
  table: mindfulnessSession,
  version: 1,
  clock: "days",
  stamp: "start_date_time",
  required: ["session_id", "end_date_time"],
  known: [
    "activity_name",
    "average_heart_rate",
    "start_heart_rate",
    "end_heart_rate",
    "duration",
    "session_type",
    "stress_metrics",
    "pause_times",
  ],
  rows: each((line) => {
    const start = line.moment("start_date_time");
    const end = line.moment("end_date_time");
    const bpm = (column: string) => line.number(column, [-1, 0]);
    const content_ms = line.number("duration");
    return [{
      ...start,
      duration_s: (end.time - start.time) / 1000,
      session_id: line.text("session_id"),
      name: line.text("activity_name"),
      type: line.word("session_type"),
      content_s: content_ms === undefined ? undefined : content_ms / 1000,
      mean_bpm: bpm("average_heart_rate"),
      start_bpm: bpm("start_heart_rate"),
      end_bpm: bpm("end_heart_rate"),
    }];
  }),
};

/** Seconds since 1970, in UTC. */
const conductance: LineFamily = {
  stream: "Mindfulness Eda Data Sessions*.csv",
  name: /^mindfulness[ _]eda[ _]data[ _]sessions( - .*)?\.csv$/,
  table: mindfulnessConductance,
  version: 1,
  clock: "utc",
  stamp: "timestamp",
  required: ["session_id", "scl_avg"],
  known: ["valid_data", "activation"],
  rows(lines, instantOf) {
    // The readme: of lines that share a time, each after the first is a second later.
    let before: Line | undefined;
    let later = 0;
    return lines.map((line): LineRow => {
      const isSame = line.text("timestamp") === before?.text("timestamp") &&
        line.text("session_id") === before?.text("session_id");
      later = isSame ? later + 1 : 0;
      before = line;
      return [line, {
        ...instantOf(unixMs(line) + later * 1000, line),
        session_id: line.text("session_id"),
        level: line.number("scl_avg"),
        valid: flag(line, "valid_data"),
        activation: flag(line, "activation"),
      }];
    });
  },
};

function unixMs(line: Line): number {
  const seconds = line.number("timestamp");
  if (seconds === undefined) throw line.unreadable("timestamp", "seconds since 1970");
  return seconds * 1000;
}

function flag(line: Line, column: string): boolean | undefined {
  const word = line.word(column);
  if (word === undefined) return undefined;
  if (word === "true" || word === "1") return true;
  if (word === "false" || word === "0") return false;
  throw line.unreadable(column, "true or false");
}

/** What the person said they felt, each with its own offset. */
const moods: LineFamily = {
  stream: "Survey Data.csv",
  name: /^survey data( .*)?\.csv$/,
  table: moodLog,
  version: 1,
  clock: "days",
  stamp: "timestamp",
  required: ["logged_value"],
  rows: each((line) => {
    const mood = line.word("logged_value");
    return mood === undefined ? [] : [{ ...line.moment("timestamp"), mood }];
  }),
};

export const mindfulnessFiles: readonly Family[] = [
  lineFile(sessions),
  {
    stream: conductance.stream,
    name: conductance.name,
    summarise(document) {
      const { lines } = linesOf(document, conductance);
      const times = lines.flatMap((line) => {
        const seconds = Number(line.text("timestamp") ?? NaN);
        return Number.isFinite(seconds) ? [seconds * 1000] : [];
      });
      const [first, last] = bounds(Float64Array.from(times));
      if (first === undefined || last === undefined) {
        return nothingIn(document, headerAlone, "seconds since 1970");
      }
      return { samples: times.length, span: { kind: "utc", first, last } };
    },
  },
  lineFile(moods),
];

export const mindfulnessStreams = [sessions, conductance, moods].map(lineStream);
