/**
 * Sleep logs, version 1.2. All stamps of a log keep the offset in force at its start; short
 * awakenings count as awake in its summary; classic sleep has whole minutes, whatever its ends.
 */

import type { Day } from "../../../day.ts";
import type { World } from "../api.ts";
import { digits, type JsonObject } from "../json.ts";
import { epochMs, type Stage } from "../night_stages.ts";
import { nightsOf, type Sleep, sleepState, stagesStatuses } from "../nights.ts";
import { daysAsked, wallText } from "./days_asked.ts";
import type { FitbitStream } from "./stream.ts";

const longestRange = 100;

const minute_ms = 60_000;

/** What the service makes of a sleep. */
export interface SleepLog {
  readonly duration_ms: number;
  /** They follow each other without a gap, for the duration. */
  readonly stages: readonly Stage[];
  readonly inBed_min: number;
  readonly asleep_min: number;
  readonly awake_min: number;
  /** In the service's words, which are those of the tables but for being awake in stages: `wake`. */
  readonly levels: Readonly<Record<string, { readonly minutes: number; readonly count: number }>>;
  readonly efficiency: number;
}

/** The log of a sleep. */
export function sleepLog(sleep: Sleep): SleepLog {
  return sleep.type === "stages" ? stagesLog(sleep) : classicLog(sleep);
}

function stagesLog(sleep: Sleep): SleepLog {
  const { from_ms, to_ms, stages, shortAwakenings } = sleep;
  const epochs = [...stages, ...shortAwakenings].reduce<string[]>((line, stage) => {
    const first = (stage.from_ms - from_ms) / epochMs;
    return line.fill(stage.stage, first, (stage.to_ms - from_ms) / epochMs);
  }, Array.from({ length: (to_ms - from_ms) / epochMs }, () => ""));
  const inBed_min = Math.floor((to_ms - from_ms) / minute_ms);
  const names = ["deep", "light", "rem", "awake"];
  const minutes = roundedTo(
    inBed_min,
    names.map((name) => epochs.filter((stage) => stage === name).length / 2),
  );
  const levels = Object.fromEntries(names.map((name, i) => [
    name === "awake" ? "wake" : name,
    {
      minutes: minutes[i] ?? 0,
      count: epochs.filter((stage, e) => stage === name && epochs[e - 1] !== name).length,
    },
  ]));
  const awake_min = minutes[3] ?? 0;
  const asleep_min = inBed_min - awake_min;
  return {
    duration_ms: to_ms - from_ms,
    stages,
    inBed_min,
    asleep_min,
    awake_min,
    levels,
    efficiency: percentOf(asleep_min, inBed_min),
  };
}

function classicLog({ from_ms, to_ms, stages: all }: Sleep): SleepLog {
  const duration_ms = Math.floor((to_ms - from_ms) / minute_ms) * minute_ms;
  const end = from_ms + duration_ms;
  const stages = all.filter((stage) => stage.from_ms < end)
    .map((stage) => ({ ...stage, to_ms: Math.min(stage.to_ms, end) }));
  const levels = Object.fromEntries(["asleep", "awake", "restless"].map((name) => {
    const own = stages.filter(({ stage }) => stage === name);
    const minutes = own.reduce((sum, { from_ms, to_ms }) => sum + to_ms - from_ms, 0) / minute_ms;
    return [name, { minutes, count: name === "asleep" ? 0 : own.length }];
  }));
  const inBed_min = duration_ms / minute_ms;
  const asleep_min = levels["asleep"]?.minutes ?? 0;
  return {
    duration_ms,
    stages,
    inBed_min,
    asleep_min,
    awake_min: inBed_min - asleep_min,
    levels,
    efficiency: percentOf(asleep_min, inBed_min),
  };
}

function percentOf(part: number, whole: number): number {
  return Math.round(100 * part / Math.max(1, whole));
}

/** Numbers that end in .0 or .5, rounded so that they add up to a total. */
function roundedTo(total: number, values: readonly number[]): number[] {
  let extra = total - values.reduce((sum, value) => sum + Math.floor(value), 0);
  return values.map((value) => {
    const isUp = value % 1 !== 0 && extra > 0;
    if (isUp) extra--;
    return Math.floor(value) + (isUp ? 1 : 0);
  });
}

/** The log as the service writes it. */
export function sleepLogJson(sleep: Sleep): JsonObject {
  const log = sleepLog(sleep);
  const stamp = (time_ms: number) => wallText(time_ms, sleep.from_offset_s);
  const isStaged = sleep.type === "stages";
  const part = ({ stage, from_ms, to_ms }: Stage): JsonObject => ({
    dateTime: stamp(from_ms),
    level: isStaged && stage === "awake" ? "wake" : stage,
    seconds: (to_ms - from_ms) / 1000,
  });
  return {
    dateOfSleep: sleep.date,
    duration: log.duration_ms,
    efficiency: log.efficiency,
    endTime: stamp(sleep.to_ms),
    infoCode: stagesStatuses[sleep.status].infoCode,
    isMainSleep: sleep.main,
    levels: {
      data: log.stages.map(part),
      shortData: isStaged ? sleep.shortAwakenings.map(part) : undefined,
      summary: Object.fromEntries(
        Object.entries(log.levels).map(([name, { minutes, count }]) => [
          name,
          { count, minutes, thirtyDayAvgMinutes: isStaged ? minutes + 1 : undefined },
        ]),
      ),
    },
    logId: digits(sleep.id),
    logType: sleep.edited ? "manual" : "auto_detected",
    minutesAfterWakeup: sleep.afterWakeUp_min,
    minutesAsleep: log.asleep_min,
    minutesAwake: log.awake_min,
    minutesToFallAsleep: sleep.toFallAsleep_min,
    startTime: stamp(sleep.from_ms),
    timeInBed: log.inBed_min,
    type: sleep.type,
  };
}

/** The sleeps of some days as far as they are known: newest first; undefined while one is worked on. */
function known(days: readonly Day[], world: World): Sleep[] | undefined {
  const sleeps = days.flatMap((day) => nightsOf(world.body, day)).toReversed()
    .map((sleep) => ({ sleep, state: sleepState(sleep, world.syncedTo()) }));
  if (sleeps.some(({ state }) => state === "unprocessed")) return undefined;
  return sleeps.flatMap(({ sleep, state }) => state === "processed" ? [sleep] : []);
}

/** By the path behind the user. */
export const sleepResource: readonly [string, FitbitStream] = ["sleep", {
  scope: "sleep",
  dataWord: "sleep",
  answer(path, _query, world): JsonObject {
    const { days, single } = daysAsked(path, longestRange, world);
    const sleeps = known(days, world);
    if (sleeps === undefined) return { meta: { retryDuration: 3000, state: "pending" } };
    const sleep = sleeps.map(sleepLogJson);
    if (!single) return { sleep };
    const total = (of: (log: SleepLog) => number) =>
      sleeps.reduce((sum, sleep) => sum + of(sleepLog(sleep)), 0);
    return {
      sleep,
      summary: {
        totalMinutesAsleep: total(({ asleep_min }) => asleep_min),
        totalSleepRecords: sleeps.length,
        totalTimeInBed: total(({ inBed_min }) => inBed_min),
      },
    };
  },
}];
