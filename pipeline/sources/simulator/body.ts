/**
 * The body that is measured: every heart-rate sample of the made-up person, as a function of the
 * seed and the day. Times are UTC instants on whole seconds, 1 to 15 s apart while the watch is worn.
 */

import { dayNumber, dayOfNumber, MS_PER_DAY } from "../../day.ts";
import type { Day } from "../../day.ts";
import { activity, planDay } from "./day_plan.ts";
import type { DayPlan } from "./day_plan.ts";
import { minutesOf } from "./minutes.ts";
import type { Minutes } from "./minutes.ts";
import type { Cadence, Person } from "./person.ts";
import { seeded } from "./random.ts";
import type { Random } from "./random.ts";
import { zoneHistory } from "./zone_history.ts";
import type { ZoneHistory } from "./zone_history.ts";

/** Samples in order of time; all arrays are equally long. */
export interface Samples {
  /** Milliseconds since 1970. */
  readonly time_ms: Float64Array;
  /** Offset of the wall clock from UTC, in seconds, when it was measured. */
  readonly utc_offset_s: Int32Array;
  readonly bpm: Int32Array;
  /** What the person was doing, an `activity` of day_plan.ts. */
  readonly activity: Uint8Array;
}

export interface RestingHeartRate {
  readonly bpm: number;
  /** False when only waking data went into it. */
  readonly withSleep: boolean;
}

export interface Body {
  readonly person: Person;
  readonly zones: ZoneHistory;
  /** What was measured in that UTC day (days since 1970). */
  ofUtcDay(utcDay: number): Samples;
  /** What was measured in that civil day, before `until` (ms since 1970). */
  ofDay(day: Day, until?: number): Samples;
  /** What the watch made of the minutes of that UTC day. */
  minutesOfUtcDay(utcDay: number): Minutes;
  /** Undefined on a day the watch was not worn. */
  restingHeartRate(day: Day): RestingHeartRate | undefined;
}

/** Seconds to the next sample, each with its share of all samples. */
type Spacing = readonly (readonly [seconds: number, share: number])[];

// A recorded day had 5 s in 54 %, 15 s in 25 %, 10 s in 20 % of all cases; newer watches are denser.
const spacings: Readonly<Record<Cadence, Spacing>> = {
  usual: [[3, 0.2], [4, 0.1], [5, 0.5], [7, 0.06], [10, 0.1], [15, 0.04]],
  dense: [[2, 0.38], [3, 0.36], [4, 0.16], [5, 0.1]],
};

/** Days kept at a time: a walk through the pages of a day asks for the same ones again and again. */
const keptDays = 48;

/** The body of a person. Days are made when first asked for, in a few milliseconds each. */
export function createBody(person: Person): Body {
  const zones = zoneHistory(person.zones);
  const plans = new Map<number, DayPlan>();
  const made = new Map<number, Samples>();
  const minutes = new Map<number, Minutes>();

  const planOf = (civilDay: number): DayPlan =>
    kept(plans, civilDay, () => planDay(person, dayOfNumber(civilDay)));
  const ofUtcDay = (utcDay: number): Samples =>
    kept(made, utcDay, () => measure(utcDay, person, zones, planOf));

  return {
    person,
    zones,
    ofUtcDay,
    ofDay(day, until = Infinity) {
      const number = dayNumber(day);
      // Offsets reach from -12 to +14 hours: a civil day lies within three UTC days.
      const around = [number - 1, number, number + 1].map(ofUtcDay);
      return joined(around, (samples, i) => {
        const wall = samples.time_ms[i]! + samples.utc_offset_s[i]! * 1000;
        return Math.floor(wall / MS_PER_DAY) === number && samples.time_ms[i]! < until;
      });
    },
    minutesOfUtcDay: (utcDay) =>
      kept(minutes, utcDay, () => minutesOf(utcDay, person, zones, ofUtcDay(utcDay), planOf)),
    restingHeartRate: (day) => planOf(dayNumber(day)).resting,
  };
}

/** The value under the key, made when it is not there; only the latest made are kept. */
function kept<T>(map: Map<number, T>, key: number, make: () => T): T {
  const found = map.get(key);
  if (found !== undefined) return found;
  const value = make();
  map.set(key, value);
  if (map.size > keptDays) {
    for (const oldest of map.keys()) {
      map.delete(oldest);
      break;
    }
  }
  return value;
}

function measure(
  utcDay: number,
  person: Person,
  zones: ZoneHistory,
  planOf: (civilDay: number) => DayPlan,
): Samples {
  const random = seeded(person.seed, "samples", utcDay);
  const spacing = spacings[person.cadence];
  const time_ms: number[] = [];
  const utc_offset_s: number[] = [];
  const bpm: number[] = [];
  const doing: number[] = [];

  const end = (utcDay + 1) * 86_400;
  let second = utcDay * 86_400 + Math.floor(random() * 5);
  let span = zones.spanAt(second * 1000);
  let level = 0;
  while (second < end) {
    if (second * 1000 >= span.to) span = zones.spanAt(second * 1000);
    const wall = second + span.offset_s;
    const plan = planOf(Math.floor(wall / 86_400));
    const minute = Math.floor((wall % 86_400) / 60);
    const kind = plan.activity[minute]!;
    if (kind === activity.offWrist) {
      second += 60 - (wall % 60) + Math.floor(random() * 4);
      level = 0;
      continue;
    }
    const target = plan.target_bpm[minute]!;
    level = level === 0 ? target : level + (target - level) * 0.12 + (random() - 0.5) * 3;
    time_ms.push(second * 1000);
    utc_offset_s.push(span.offset_s);
    bpm.push(Math.min(205, Math.max(38, Math.round(level))));
    doing.push(kind);
    second += kind === activity.exercise ? 1 : secondsToNext(spacing, random);
  }
  return {
    time_ms: Float64Array.from(time_ms),
    utc_offset_s: Int32Array.from(utc_offset_s),
    bpm: Int32Array.from(bpm),
    activity: Uint8Array.from(doing),
  };
}

function secondsToNext(spacing: Spacing, random: Random): number {
  const draw = random();
  // Now and then the sensor loses the pulse for a while.
  if (draw > 0.9995) return 40 + Math.floor(random() * 200);
  let share = 0;
  for (const [seconds, part] of spacing) {
    share += part;
    if (draw < share) return seconds;
  }
  return 1;
}

/** The samples of several days that fulfil a condition, in one. */
function joined(days: readonly Samples[], wanted: (day: Samples, i: number) => boolean): Samples {
  const picks = days.map((day) => ({
    day,
    chosen: day.time_ms.map((_, i) => i).filter((i) => wanted(day, i)),
  }));
  const rows = picks.reduce((sum, { chosen }) => sum + chosen.length, 0);
  const all = {
    time_ms: new Float64Array(rows),
    utc_offset_s: new Int32Array(rows),
    bpm: new Int32Array(rows),
    activity: new Uint8Array(rows),
  };
  let row = 0;
  for (const { day, chosen } of picks) {
    for (const i of chosen) {
      all.time_ms[row] = day.time_ms[i]!;
      all.utc_offset_s[row] = day.utc_offset_s[i]!;
      all.bpm[row] = day.bpm[i]!;
      all.activity[row] = day.activity[i]!;
      row++;
    }
  }
  return all;
}
