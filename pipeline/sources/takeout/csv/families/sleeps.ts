/**
 * `UserSleeps`, `UserSleepStages` and `UserSleepScores`: what the JSON tree has of sleep, once more.
 * Their times are marked as UTC and were on the wall clock until some export of early 2026.
 */

import { sleepScore } from "../../../../catalog/scores.ts";
import { sleep, sleepStage } from "../../../../catalog/sleep.ts";
import { dayAt, dayNumber } from "../../../../day.ts";
import type { Family } from "../../family.ts";
import type { Instant } from "../../instants.ts";
import type { InstantOf, Line } from "../line.ts";
import {
  each,
  type LineFamily,
  lineFile,
  type LineRow,
  linesOf,
  lineStream,
  type Row,
} from "../line_family.ts";
import { oneVersion } from "../night_versions.ts";
import { knownOffsets, wallRowsBySleep } from "../sleep_clock.ts";

const stamps = ["sleep_created", "sleep_last_updated"];
const name = (table: string) => new RegExp(`^${table}(_\\d{4}-\\d\\d-\\d\\d)?\\.csv$`);

function moment(line: Line, column: string, instantOf: InstantOf): Instant {
  return instantOf(line.wall(column), line);
}

/** The civil day of a moment, in days since 1970. */
function day({ time, utc_offset_s }: Instant): number {
  return dayNumber(dayAt(time, utc_offset_s));
}

/** Minutes; negative ones stand for none. */
function minutes(line: Line, column: string): number | undefined {
  return line.number(column, [-1]);
}

const sleeps: LineFamily = {
  stream: "UserSleeps_*.csv",
  name: name("usersleeps"),
  table: sleep,
  version: 1,
  clock: "mixed",
  stamp: "sleep_start",
  required: ["sleep_id", "sleep_end"],
  known: [
    "sleep_type",
    "minutes_in_sleep_period",
    "minutes_after_wake_up",
    "minutes_to_fall_asleep",
    "minutes_asleep",
    "minutes_awake",
    "minutes_longest_awakening",
    "minutes_to_persistent_sleep",
    "start_utc_offset",
    "end_utc_offset",
    "data_source",
    "algorithm_version",
    ...stamps,
  ],
  fallback: true,
  rows(lines, instantOf, notes) {
    const ends = { start: "sleep_start", end: "sleep_end" };
    return each(sleepRow)(oneVersion(lines, ends, instantOf, notes), instantOf, notes);
  },
};

function sleepRow(line: Line, instantOf: InstantOf): Row[] {
  const start = moment(line, "sleep_start", instantOf);
  const end = moment(line, "sleep_end", instantOf);
  return [{
    ...start,
    date: day(end),
    duration_s: (end.time - start.time) / 1000,
    end_time: end.time,
    end_utc_offset_s: end.utc_offset_s,
    sleep_id: line.text("sleep_id"),
    type: line.word("sleep_type"),
    manual: line.word("data_source") === "manual",
    asleep_min: minutes(line, "minutes_asleep"),
    awake_min: minutes(line, "minutes_awake"),
    to_fall_asleep_min: minutes(line, "minutes_to_fall_asleep"),
    after_wake_up_min: minutes(line, "minutes_after_wake_up"),
    in_sleep_period_min: minutes(line, "minutes_in_sleep_period"),
  }];
}

const stages: LineFamily = {
  stream: "UserSleepStages_*.csv",
  name: name("usersleepstages"),
  table: sleepStage,
  version: 1,
  clock: "mixed",
  stamp: "sleep_stage_start",
  required: ["sleep_id", "sleep_stage_type", "sleep_stage_end"],
  known: [
    "sleep_stage_id",
    "start_utc_offset",
    "end_utc_offset",
    "data_source",
    "algorithm_version",
    "sleep_stage_created",
    "sleep_stage_last_updated",
  ],
  fallback: true,
  rows(lines, instantOf, notes) {
    const ends = { start: "sleep_stage_start", end: "sleep_stage_end" };
    const kept = oneVersion(lines, ends, instantOf, notes);
    const wokeUp = new Map<string | undefined, Instant>();
    for (const line of kept) {
      const end = moment(line, "sleep_stage_end", instantOf);
      const latest = wokeUp.get(line.text("sleep_id"));
      if (latest === undefined || end.time > latest.time) wokeUp.set(line.text("sleep_id"), end);
    }
    return kept.map((line): LineRow => {
      const start = moment(line, "sleep_stage_start", instantOf);
      const end = moment(line, "sleep_stage_end", instantOf);
      const sleep_id = line.text("sleep_id");
      return [line, {
        ...start,
        duration_s: (end.time - start.time) / 1000,
        sleep_id,
        stage: line.word("sleep_stage_type"),
        short: false,
        date: day(wokeUp.get(sleep_id) ?? end),
      }];
    });
  },
};

const scores: LineFamily = {
  stream: "UserSleepScores_*.csv",
  name: name("usersleepscores"),
  table: sleepScore,
  version: 1,
  clock: "mixed",
  stamp: "score_time",
  required: ["sleep_id", "overall_score"],
  known: [
    "sleep_score_id",
    "data_source",
    "score_utc_offset",
    "duration_score",
    "composition_score",
    "revitalization_score",
    "sleep_time_minutes",
    "deep_sleep_minutes",
    "rem_sleep_percent",
    "resting_heart_rate",
    "sleep_goal_minutes",
    "waso_count_long_wakes",
    "waso_count_all_wake_time",
    "restlessness_normalized",
    "hr_below_resting_hr",
    "algorithm_version",
    "sleep_score_created",
    "sleep_score_last_updated",
  ],
  fallback: true,
  rows: each((line, instantOf) => {
    const woke = moment(line, "score_time", instantOf);
    const score = (column: string) => line.number(column, [-1]);
    return [{
      ...woke,
      date: day(woke),
      sleep_id: line.text("sleep_id"),
      overall_score: score("overall_score"),
      composition_score: score("composition_score"),
      revitalization_score: score("revitalization_score"),
      duration_score: score("duration_score"),
      deep_min: score("deep_sleep_minutes"),
      rem_percent: score("rem_sleep_percent"),
      asleep_min: score("sleep_time_minutes"),
      goal_min: score("sleep_goal_minutes"),
      resting_bpm: line.number("resting_heart_rate", [-1, 0]),
      restlessness: score("restlessness_normalized"),
      below_resting_bpm: score("hr_below_resting_hr"),
      long_wakes: score("waso_count_long_wakes"),
      wake_time: score("waso_count_all_wake_time"),
    }];
  }),
};

export const sleepFiles: readonly Family[] = [
  lineFile(sleeps, {
    evidence: (document) => knownOffsets(linesOf(document, sleeps).lines),
    wallRows: wallRowsBySleep(sleeps, { start: "sleep_start", end: "sleep_end" }),
  }),
  lineFile(stages, {
    wallRows: wallRowsBySleep(stages, { start: "sleep_stage_start", end: "sleep_stage_end" }),
  }),
  lineFile(scores, { wallRows: wallRowsBySleep(scores, { end: "score_time" }) }),
];

export const sleepFileStreams = [sleeps, stages, scores].map(lineStream);
