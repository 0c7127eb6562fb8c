/**
 * The minutes of a day as the Fitbit Web API shows them: by the wall clock, every minute of the day
 * whether the watch was worn or not.
 */

import { dayNumber, MS_PER_DAY } from "../../../day.ts";
import type { Day } from "../../../day.ts";
import type { World } from "../api.ts";
import { activity, minutesPerDay } from "../day_plan.ts";
import { eachMinute, MS_PER_MINUTE, totalKcal } from "../minutes.ts";
import { strokesByMinute } from "../swim_strokes.ts";
import type { FitbitSettings } from "./settings.ts";

/** One minute. */
export interface DayMinute {
  /** Milliseconds since 1970. */
  readonly time_ms: number;
  readonly utc_offset_s: number;
  /** Of the day, on the clock by which it is shown. */
  readonly second: number;
  readonly worn: boolean;
  readonly asleep: boolean;
  readonly steps: number;
  readonly distance_mm: number;
  readonly floors: number;
  readonly kcal: number;
  readonly mets10: number;
  /** 0 sedentary to 3 very active. */
  readonly level: number;
  readonly strokes: number;
}

/** A day with all its minutes, or those before an instant. */
export interface DayOfMinutes {
  readonly day: Day;
  /** Whether the watch was worn at all: else the service has nothing of that day. */
  readonly isWorn: boolean;
  readonly minutes: readonly DayMinute[];
}

/**
 * The minutes of a civil day, or of a UTC day.
 * @param until Only minutes that were over by then (ms since 1970).
 */
export function dayMinutes(
  { body }: Pick<World, "body">,
  day: Day,
  utc: boolean,
  until = Infinity,
): DayOfMinutes {
  const found: DayMinute[] = [];
  const strokes = strokesByMinute(body, day);
  const add: Parameters<typeof eachMinute>[2] = (minutes, m) => {
    const time_ms = minutes.start_ms + m * MS_PER_MINUTE;
    if (time_ms + MS_PER_MINUTE > until) return;
    const utc_offset_s = minutes.utc_offset_s[m]!;
    const wall = utc ? time_ms : time_ms + utc_offset_s * 1000;
    found.push({
      time_ms,
      utc_offset_s,
      second: (wall - Math.floor(wall / MS_PER_DAY) * MS_PER_DAY) / 1000,
      worn: minutes.worn[m] === 1,
      asleep: minutes.activity[m] === activity.asleep,
      steps: minutes.steps[m]!,
      distance_mm: minutes.distance_mm[m]!,
      floors: minutes.floors[m]!,
      kcal: totalKcal(minutes.mets10[m]!),
      mets10: minutes.mets10[m]!,
      level: minutes.level[m]!,
      strokes: strokes.get(time_ms) ?? 0,
    });
  };
  if (utc) {
    const minutes = body.minutesOfUtcDay(dayNumber(day));
    for (let m = 0; m < minutesPerDay; m++) add(minutes, m);
  } else eachMinute(body, day, add);
  return { day, isWorn: found.some(({ worn }) => worn), minutes: found };
}

/** How the hour that the clock shows twice may be shown. */
export const repeatedHours: Readonly<
  Record<FitbitSettings["repeatedHour"], (minutes: readonly DayMinute[]) => readonly DayMinute[]>
> = {
  duplicate: (minutes) => minutes,
  skip(minutes) {
    let latest = -1;
    return minutes.filter(({ second }) => {
      const isAhead = second > latest;
      if (isAhead) latest = second;
      return isAhead;
    });
  },
  merge: (minutes) =>
    Array.from(Map.groupBy(minutes, ({ second }) => second).values(), ([first, second]) => {
      if (first === undefined) throw new RangeError("A group has a first member");
      return second === undefined ? first : {
        ...first,
        steps: first.steps + second.steps,
        distance_mm: first.distance_mm + second.distance_mm,
        floors: first.floors + second.floors,
        kcal: first.kcal + second.kcal,
        mets10: first.mets10 + second.mets10,
        level: Math.max(first.level, second.level),
        strokes: first.strokes + second.strokes,
      };
    }).sort((a, b) => a.second - b.second),
};

/** The hour that the clock skips: not there, or filled up with zeros. */
export const skippedHours: Readonly<
  Record<FitbitSettings["skippedHour"], (minutes: readonly DayMinute[]) => readonly DayMinute[]>
> = {
  absent: (minutes) => minutes,
  zeros: (minutes) =>
    minutes.flatMap((minute, i) => {
      const before = minutes[i - 1];
      const gap = before === undefined ? 0 : (minute.second - before.second) / 60 - 1;
      const filled = Array.from({ length: Math.max(0, gap) }, (_, n) => ({
        ...minute,
        second: (before?.second ?? 0) + (n + 1) * 60,
        worn: false,
        steps: 0,
        distance_mm: 0,
        floors: 0,
        kcal: 0,
        mets10: 0,
        level: 0,
        strokes: 0,
      }));
      return [...filled, minute];
    }),
};
