/**
 * Nights and naps of the made-up person: when they slept, how, and what becomes of it on the
 * servers. They follow the day's plan, so that the heart beats slowly while they sleep; a night cut
 * short by a flight or by a watch taken off is as short as it was. Both APIs show the same ones.
 */

import { dayAt, dayNumber } from "../../day.ts";
import type { Day } from "../../day.ts";
import type { Body } from "./body.ts";
import { activity } from "./day_plan.ts";
import { MS_PER_MINUTE } from "./minutes.ts";
import {
  classicSleep,
  epochMs,
  type Hypnogram,
  stagedNight,
  type StageName,
} from "./night_stages.ts";
import type { Person } from "./person.ts";
import { near, seeded } from "./random.ts";
import {
  around,
  longId,
  rememberedByDay,
  type Stretch,
  stretchBetween,
  stretchesOf,
  wallClock,
} from "./stretches.ts";

/** Why a sleep has stages or none; Google's words in capitals, Fitbit's `infoCode` beside them. */
export const stagesStatuses = {
  succeeded: { infoCode: 0 },
  /** Too little heart data. */
  rejected_coverage: { infoCode: 1 },
  /** Shorter than three hours. */
  rejected_nap: { infoCode: 2 },
} as const;

/** One sleep. */
export interface Sleep extends Stretch, Hypnogram {
  /** Digits, more than a double holds exactly. */
  readonly id: string;
  /** The civil day it ended on. */
  readonly date: Day;
  readonly type: "stages" | "classic";
  readonly status: keyof typeof stagesStatuses;
  /** The day's longest sleep with stages; without any, its longest. One a day. */
  readonly main: boolean;
  /** Short, without stages, and not the main sleep. */
  readonly nap: boolean;
  /** Its ends were corrected by hand: only then is there time before falling and after waking up. */
  readonly edited: boolean;
  readonly toFallAsleep_min: number;
  readonly afterWakeUp_min: number;
}

/** How much of a sleep the servers know: nothing, its beginning, its ends, or all of it. */
export type SleepState = "unknown" | "going_on" | "unprocessed" | "processed";

const stagesNeedMs = 180 * MS_PER_MINUTE;
const shortestMs = 20 * MS_PER_MINUTE;

/** So long after falling asleep a sleep is noticed, and after waking up its stages are worked out. */
const noticedAfterMs = 60 * MS_PER_MINUTE;
const processedAfterMs = 20 * MS_PER_MINUTE;

/**
 * The sleeps that ended on that civil day, by the offset then in force, in order of time, whether
 * synced by now or not.
 */
export const nightsOf: (body: Body, day: Day) => readonly Sleep[] = rememberedByDay((body, day) => {
  const { from_ms, to_ms } = around(day);
  const napOf = napsOf(body.person, day);
  const slept = stretchesOf(body, from_ms, to_ms, (minutes, m) => {
    const doing = minutes.activity[m]!;
    return doing === activity.asleep || (doing === activity.awake && napOf(wallClock(minutes, m)));
  });
  const sleeps = slept
    .filter((stretch) => stretch.to_ms - stretch.from_ms >= shortestMs)
    .map((stretch) => sleepOf(body, stretch))
    .filter(({ date }) => date === day);
  const main = sleeps.toSorted((a, b) =>
    Number(b.type === "stages") - Number(a.type === "stages") || lasting(b) - lasting(a)
  )[0];
  return sleeps.map((sleep) => ({
    ...sleep,
    main: sleep === main,
    nap: sleep !== main && sleep.status === "rejected_nap",
  }));
});

/** How much of a sleep is known when the watch has synced up to that instant (ms since 1970). */
export function sleepState(sleep: Sleep, syncedTo: number): SleepState {
  if (syncedTo <= sleep.from_ms + noticedAfterMs) return "unknown";
  if (syncedTo < sleep.to_ms) return "going_on";
  return syncedTo < sleep.to_ms + processedAfterMs ? "unprocessed" : "processed";
}

/** Time in each stage and in how many pieces, short awakenings left aside. */
export function stageTotals(
  sleep: Pick<Sleep, "stages">,
): ReadonlyMap<StageName, { readonly seconds: number; readonly count: number }> {
  const totals = new Map<StageName, { seconds: number; count: number }>();
  for (const { stage, from_ms, to_ms } of sleep.stages) {
    const { seconds, count } = totals.get(stage) ?? { seconds: 0, count: 0 };
    totals.set(stage, { seconds: seconds + (to_ms - from_ms) / 1000, count: count + 1 });
  }
  return totals;
}

function lasting({ from_ms, to_ms }: Stretch): number {
  return to_ms - from_ms;
}

/** Whether it is time for a nap: on some days, in the early afternoon, where nothing else is on. */
function napsOf(
  person: Person,
  day: Day,
): (clock: { readonly day: number; readonly minute: number }) => boolean {
  const random = seeded(person.seed, "nap", day);
  const isTaken = random() < 0.25;
  const from = Math.round(near(880, 40, random));
  const to = isTaken ? from + 28 + Math.floor(random() * 60) : from;
  const number = dayNumber(day);
  return (clock) => clock.day === number && clock.minute >= from && clock.minute < to;
}

function sleepOf(body: Body, stretch: Stretch): Omit<Sleep, "main" | "nap"> {
  const random = seeded(body.person.seed, "sleep", stretch.from_ms);
  const from_ms = stretch.from_ms + Math.floor(random() * 9) * epochMs;
  const to_ms = stretch.to_ms - (1 + Math.floor(random() * 6)) * epochMs;
  const tooShort = to_ms - from_ms < stagesNeedMs;
  const status = tooShort ? "rejected_nap" : random() < 0.05 ? "rejected_coverage" : "succeeded";
  const type = status === "succeeded" ? "stages" : "classic";
  const ends = stretchBetween(body, from_ms, to_ms);
  const edited = seeded(body.person.seed, "edited", from_ms)() < 0.12;
  return {
    ...ends,
    ...type === "stages"
      ? stagedNight(from_ms, to_ms, random)
      : classicSleep(from_ms, to_ms, random),
    id: longId(from_ms, random),
    date: dayAt(to_ms, ends.to_offset_s),
    type,
    status,
    edited,
    toFallAsleep_min: edited ? 1 + Math.floor(random() * 15) : 0,
    afterWakeUp_min: edited ? 1 + Math.floor(random() * 5) : 0,
  };
}
