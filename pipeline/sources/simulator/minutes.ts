/**
 * What the watch makes of each minute: steps, distance, climbing, energy, level, zone. All follow
 * from the day's plan and the heart rate, and agree with each other: distance is steps times stride,
 * energy is the resting part plus the active part, zone minutes come from the zones.
 */

import { dayNumber, dayOfNumber, MS_PER_DAY } from "../../day.ts";
import type { Day } from "../../day.ts";
import type { Body, Samples } from "./body.ts";
import { activity, minutesPerDay } from "./day_plan.ts";
import type { DayPlan } from "./day_plan.ts";
import { type ZoneBounds, zoneBounds, zoneOf } from "./heart_zones.ts";
import type { Person } from "./person.ts";
import { seeded } from "./random.ts";
import type { Random } from "./random.ts";
import { isSwimDay } from "./swims.ts";
import type { ZoneHistory } from "./zone_history.ts";

export const MS_PER_MINUTE = 60_000;

/** Energy used by resting, in a minute. */
export const basalKcal = 1.1857;

/** A minute without a measured heart rate lies in no zone. */
export const noZone = 255;

/** Height of a floor. */
export const floor_mm = 3048;

export const walkingStride_mm = 720;
export const runningStride_mm = 1010;

/** Activity levels from the calmest on, as `level` in {@link Minutes} counts them. */
export const levelNames = [
  "SEDENTARY",
  "LIGHTLY_ACTIVE",
  "MODERATELY_ACTIVE",
  "VERY_ACTIVE",
] as const;

/** Active zone minutes that a minute in each zone of heart_zones.ts is worth. */
export const zoneMinutes = [0, 1, 2, 2] as const;

/** The 1440 minutes of one UTC day; index 0 begins at midnight UTC. */
export interface Minutes {
  /** Milliseconds since 1970 of the first minute. */
  readonly start_ms: number;
  readonly utc_offset_s: Int32Array;
  /** 1 where the watch was worn; all else is 0 (energy: the resting part) where it was not. */
  readonly worn: Uint8Array;
  /** An `activity` of day_plan.ts. */
  readonly activity: Uint8Array;
  /** 1 where the exercise is a swim. */
  readonly swimming: Uint8Array;
  /** Mean of the minute's samples; NaN without any. */
  readonly mean_bpm: Float64Array;
  readonly steps: Int32Array;
  readonly distance_mm: Int32Array;
  readonly floors: Int32Array;
  /** Metabolic equivalents times ten, at least 10. */
  readonly mets10: Int32Array;
  /** An index into {@link levelNames}. */
  readonly level: Uint8Array;
  /** An index into `zoneNames` of heart_zones.ts, or {@link noZone}. */
  readonly zone: Uint8Array;
}

/** All energy used in a minute of so many metabolic equivalents times ten, in kcal. */
export function totalKcal(mets10: number): number {
  return Number((basalKcal * mets10 / 10).toFixed(5));
}

/** The part of {@link totalKcal} that is not resting. */
export function activeKcal(mets10: number): number {
  return Number((basalKcal * (mets10 - 10) / 10).toFixed(5));
}

/** The minutes of a UTC day (days since 1970), from its samples and the plans of its civil days. */
export function minutesOf(
  utcDay: number,
  person: Person,
  zones: ZoneHistory,
  samples: Samples,
  planOf: (civilDay: number) => DayPlan,
): Minutes {
  const random = seeded(person.seed, "minutes", utcDay);
  const start_ms = utcDay * MS_PER_DAY;
  const minutes = emptyMinutes(start_ms);
  minutes.mean_bpm.set(minuteMeans(samples, start_ms));
  const mover = bouts(random);
  let span = zones.spanAt(start_ms);
  let civilDay = NaN;
  let plan: DayPlan | undefined;
  let bounds: ZoneBounds | undefined;
  let swimDay = false;
  for (let m = 0; m < minutesPerDay; m++) {
    const time = start_ms + m * MS_PER_MINUTE;
    if (time >= span.to) span = zones.spanAt(time);
    minutes.utc_offset_s[m] = span.offset_s;
    const wall = time + span.offset_s * 1000;
    if (plan === undefined || Math.floor(wall / MS_PER_DAY) !== civilDay) {
      civilDay = Math.floor(wall / MS_PER_DAY);
      plan = planOf(civilDay);
      bounds = plan.resting && zoneBounds(person.age, plan.resting.bpm);
      swimDay = isSwimDay(person, dayOfNumber(civilDay));
    }
    const doing = plan.activity[Math.floor((wall % MS_PER_DAY) / MS_PER_MINUTE)]!;
    const moving = mover(doing, swimDay);
    minutes.activity[m] = doing;
    minutes.worn[m] = doing === activity.offWrist ? 0 : 1;
    minutes.swimming[m] = doing === activity.exercise && swimDay ? 1 : 0;
    minutes.steps[m] = moving.steps;
    minutes.distance_mm[m] = moving.steps * moving.stride_mm;
    minutes.floors[m] = moving.floors;
    minutes.mets10[m] = moving.mets10;
    minutes.level[m] = levelOf(moving.mets10);
    const bpm = minutes.mean_bpm[m]!;
    minutes.zone[m] = bounds === undefined || Number.isNaN(bpm) ? noZone : zoneOf(bpm, bounds);
  }
  return minutes;
}

/** Every minute of a civil day, in order: the UTC day's minutes and an index into them. */
export function eachMinute(
  body: Pick<Body, "minutesOfUtcDay">,
  day: Day,
  visit: (minutes: Minutes, m: number) => void,
): void {
  const number = dayNumber(day);
  // Offsets reach from -12 to +14 hours: a civil day lies within three UTC days.
  for (const utcDay of [number - 1, number, number + 1]) {
    const minutes = body.minutesOfUtcDay(utcDay);
    for (let m = 0; m < minutesPerDay; m++) {
      const wall = minutes.start_ms + m * MS_PER_MINUTE + minutes.utc_offset_s[m]! * 1000;
      if (Math.floor(wall / MS_PER_DAY) === number) visit(minutes, m);
    }
  }
}

function emptyMinutes(start_ms: number): Minutes {
  const whole = () => new Int32Array(minutesPerDay);
  const small = () => new Uint8Array(minutesPerDay);
  return {
    start_ms,
    utc_offset_s: whole(),
    worn: small(),
    activity: small(),
    swimming: small(),
    mean_bpm: new Float64Array(minutesPerDay),
    steps: whole(),
    distance_mm: whole(),
    floors: whole(),
    mets10: whole(),
    level: small(),
    zone: small(),
  };
}

function minuteMeans({ time_ms, bpm }: Samples, start_ms: number): Float64Array {
  const sums = new Float64Array(minutesPerDay);
  const counts = new Int32Array(minutesPerDay);
  for (let i = 0; i < time_ms.length; i++) {
    const m = Math.floor((time_ms[i]! - start_ms) / MS_PER_MINUTE);
    sums[m]! += bpm[i]!;
    counts[m]!++;
  }
  // Without a sample 0 / 0: not a number, as wanted.
  return sums.map((sum, m) => sum / counts[m]!);
}

/** How a minute is spent moving. */
interface Moving {
  readonly steps: number;
  readonly stride_mm: number;
  readonly floors: number;
  readonly mets10: number;
}

const still: Moving = { steps: 0, stride_mm: 0, floors: 0, mets10: 10 };

/** Minute after minute: awake, one sits still but for short bouts of moving about. */
function bouts(random: Random): (doing: number, swimDay: boolean) => Moving {
  let left = 0;
  const upTo = (count: number) => Math.floor(random() * count);
  const walked = (steps: number, mets10: number): Moving => ({
    steps,
    stride_mm: walkingStride_mm,
    floors: random() < 0.03 ? 1 + upTo(2) : 0,
    mets10,
  });
  return (doing, swimDay) => {
    switch (doing) {
      case activity.awake: {
        if (left === 0 && random() < 0.05) left = 1 + upTo(6);
        if (left === 0) return { ...still, mets10: 10 + upTo(4) };
        left--;
        const steps = 4 + upTo(56);
        return walked(steps, 17 + Math.floor(steps / 6));
      }
      case activity.walking:
        return walked(88 + upTo(32), 33 + upTo(12));
      case activity.exercise:
        return {
          steps: swimDay ? 0 : 150 + upTo(24),
          stride_mm: runningStride_mm,
          floors: 0,
          mets10: 70 + upTo(36),
        };
      default:
        return still;
    }
  };
}

/** The usual limits: below 1.5, 3 and 6 metabolic equivalents. */
function levelOf(mets10: number): number {
  return mets10 < 15 ? 0 : mets10 < 30 ? 1 : mets10 < 60 ? 2 : 3;
}
