/**
 * Sleep of the deprecated version 1, which only saved answers have: a value for each minute in bed
 * in place of stages, with a time of day and no date.
 */

import { sleep, sleepStage } from "../../catalog/sleep.ts";
import { dayNumber, MS_PER_DAY } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import {
  arrayAt,
  countUnknownFields,
  member,
  objectAt,
  type UnknownFields,
  unreadable,
} from "../json/document.ts";
import { readClockTime } from "../json/read_value.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { real, valueAt } from "../records/readings.ts";
import { addRecords, field } from "../records/record_reader.ts";
import type { Flattened, Stream } from "../source.ts";
import { answeredDay } from "./answer_days.ts";
import { wallOffsetBy } from "./local_stamps.ts";
import { id, parseWithIds } from "./ids.ts";
import { logColumns, logsIn, momentOf } from "./sleep_logs.ts";

const minute_ms = 60_000;

/** What the value of a minute stands for. */
const stageOfValue: Readonly<Record<string, string>> = {
  "1": "asleep",
  "2": "restless",
  "3": "awake",
};

const known = [
  "startTime",
  "endTime",
  "minuteData",
  "awakeCount",
  "awakeDuration",
  "awakeningsCount",
  "restlessCount",
];

function flattenLogs(document: Uint8Array, manifest: Manifest): Flattened {
  const unknown: UnknownFields = new Map();
  const notes: string[] = [];
  const { lists, starts } = logsIn(document, manifest, unknown, notes);
  const rows = new ColumnsBuilder(sleep);
  const bodies = arrayAt(parseWithIds(document), "the document");
  lists.forEach(({ records, place, general }, index) => {
    // The stages are summed up for the whole day: those of its only log.
    const stages = records.length === 1 ? valueAt(bodies[index], "summary.stages") : undefined;
    const minutesOf = (stage: string) =>
      field("^", (_, at) => {
        const minutes = valueAt(stages, stage);
        return minutes === undefined ? undefined : real(minutes, `${at} summary.stages.${stage}`);
      });
    const columns = {
      ...logColumns(starts, manifest),
      deep_min: minutesOf("deep"),
      light_min: minutesOf("light"),
      rem_min: minutesOf("rem"),
      wake_min: minutesOf("wake"),
      restless_min: field("restlessDuration", real),
    };
    addRecords({ table: sleep, columns, known }, records, place, general, rows, unknown);
  });
  return { columns: rows.columns(), unknown, notes };
}

/** A stretch of minutes with the same value. */
interface Run {
  readonly wall: number;
  readonly stage: string;
  minutes: number;
}

/** The minutes of a log, those with the same value that follow each other put together. */
function runsOf(log: unknown, place: string, startWall: number, unknown: UnknownFields): Run[] {
  const runs: Run[] = [];
  let wall = startWall;
  arrayAt(valueAt(log, "minuteData") ?? [], `${place}.minuteData`).forEach((entry, i) => {
    const at = `${place}.minuteData[${i}]`;
    const minute = objectAt(entry, at);
    const shape = { dateTime: true, value: true } as const;
    countUnknownFields(minute, shape, "sleep[].minuteData[]", unknown);
    const clock = member(minute, "dateTime");
    const second = typeof clock === "string" ? readClockTime(clock) : undefined;
    if (second === undefined) {
      throw unreadable(`${at}.dateTime`, 'a time of day such as "02:32:30"', clock);
    }
    const value = member(minute, "value");
    const stage = stageOfValue[String(value)];
    if (stage === undefined) throw unreadable(`${at}.value`, '"1", "2" or "3"', value);
    // The next time the clock shows it: past midnight that is the day after.
    wall += (second * 1000 - wall % MS_PER_DAY + MS_PER_DAY) % MS_PER_DAY;
    const last = runs.at(-1);
    if (last?.stage === stage && last.wall + last.minutes * minute_ms === wall) last.minutes++;
    else runs.push({ wall, stage, minutes: 1 });
  });
  return runs;
}

function flattenStages(document: Uint8Array, manifest: Manifest): Flattened {
  const unknown: UnknownFields = new Map();
  const notes: string[] = [];
  const { logs, starts } = logsIn(document, manifest, unknown, notes);
  const offsetAt = wallOffsetBy(manifest);
  const rows = new ColumnsBuilder(sleepStage);
  for (const { log, place } of logs) {
    const start = starts.get(log);
    if (start === undefined) continue;
    const day = answeredDay(valueAt(log, "dateOfSleep"), `${place}.dateOfSleep`, manifest);
    const sleep_id = id(valueAt(log, "logId"), `${place}.logId`);
    for (const { wall, stage, minutes } of runsOf(log, place, start.wall, unknown)) {
      rows.add({
        ...momentOf(wall, start, offsetAt),
        duration_s: minutes * 60,
        sleep_id,
        stage,
        short: false,
        date: dayNumber(day),
      });
    }
  }
  return { columns: rows.columns(), unknown, notes };
}

/** The logs, and what their minutes say. */
export const sleepMinuteStreams: readonly Stream[] = ([
  [sleep, flattenLogs],
  [sleepStage, flattenStages],
] as const).map(([table, flatten]) => ({
  source: "fitbit-web",
  name: "sleep/minutes",
  table: table.name,
  version: 1,
  flatten,
}));
