/** What lasts: periods of sitting, lengths of a pool, signs of stress; and the measures of a run. */

import { sedentaryPeriod, swimLengths } from "../../../../catalog/activity.ts";
import { runForm } from "../../../../catalog/exercise.ts";
import { bodyResponse, skinConductance } from "../../../../catalog/scores.ts";
import { each, type LineFamily } from "../line_family.ts";
import { fileName } from "./patterns.ts";

const recorder = "data source";

export const spanFamilies: readonly LineFamily[] = [
  {
    stream: "sedentary_period_*.csv",
    name: fileName("sedentary_period"),
    table: sedentaryPeriod,
    version: 1,
    clock: "utc",
    stamp: "start time",
    required: ["end time"],
    recorder,
    rows: each((line, instantOf) => {
      const start = line.wall("start time");
      return [{
        ...instantOf(start, line),
        duration_s: (line.wall("end time") - start) / 1000,
      }];
    }),
  },
  {
    stream: "swim_lengths_data_*.csv",
    name: fileName("swim_lengths_data"),
    table: swimLengths,
    version: 1,
    clock: "utc",
    stamp: "timestamp",
    required: ["lap time", "stroke count", "stroke type"],
    recorder,
    rows: each((line, instantOf) => {
      const [, hours, minutes, seconds] =
        /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(line.text("lap time") ?? "") ?? [];
      if (seconds === undefined) throw line.unreadable("lap time", "a time such as 00:00:09.000");
      return [{
        ...instantOf(line.wall("timestamp"), line),
        duration_s: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
        stroke: line.word("stroke type"),
        strokes: line.number("stroke count"),
      }];
    }),
  },
];

/** The journal of stress, whose times carry their own offset. */
export const journalFamilies: readonly LineFamily[] = [
  {
    stream: "CEDA Data *.csv",
    name: /^ceda data( .*)?\.csv$/,
    table: skinConductance,
    version: 1,
    clock: "days",
    stamp: "timestamp",
    required: ["eda_level_real"],
    rows: each((line) => {
      const level = line.number("eda_level_real");
      return level === undefined ? [] : [{ ...line.moment("timestamp"), level }];
    }),
  },
  {
    stream: "Stress Daily Summaries.csv",
    name: /^stress daily summaries\.csv$/,
    table: bodyResponse,
    version: 1,
    clock: "days",
    stamp: "body_response_start",
    required: ["body_response_end", "logged_mood"],
    rows: each((line) => {
      const start = line.moment("body_response_start");
      const { time } = line.moment("body_response_end");
      return [{
        ...start,
        duration_s: (time - start.time) / 1000,
        mood: line.word("logged_mood"),
      }];
    }),
  },
];

/** Those of watches from 2024 on. */
const measures = [
  "cadence",
  "speed",
  "stride_length",
  "ground_contact_time",
  "vertical_oscillation",
  "vertical_ratio",
];

/**
 * A file for each measure of a run, whose column of values each names in its own way: it is the one
 * beside time and recorder.
 */
export const runFormFamilies: readonly LineFamily[] = measures.map((measure) => ({
  stream: `${measure}_*.csv`,
  name: fileName(measure),
  table: runForm,
  version: 1,
  clock: "utc",
  stamp: "timestamp",
  required: [],
  recorder,
  series: "run form",
  known: "all",
  rows: each((line, instantOf) =>
    line.others(["timestamp", recorder]).slice(0, 1).flatMap((quantity) => {
      const value = line.number(quantity);
      if (value === undefined) return [];
      return [{ ...instantOf(line.wall("timestamp"), line), measure, value, quantity }];
    })
  ),
}));
