/** What the watch measured between two instants of a workout, from the minutes and the samples. */

import { dayAt, MS_PER_DAY } from "../../day.ts";
import type { Body } from "./body.ts";
import { zoneBounds, zoneOf } from "./heart_zones.ts";
import { MS_PER_MINUTE, totalKcal } from "./minutes.ts";
import type { Stretch } from "./stretches.ts";

/** What was measured between two instants; members are undefined where nothing was. */
export interface Measured {
  readonly energy_kcal: number;
  readonly distance_mm: number | undefined;
  readonly steps: number | undefined;
  /** Mean of all samples, rounded. */
  readonly mean_bpm: number | undefined;
}

/** A minute of a workout. */
export interface WorkoutMinute {
  readonly from_ms: number;
  readonly steps: number;
  readonly distance_mm: number;
  readonly kcal: number;
  readonly zone: number;
  readonly swimming: boolean;
}

/** The minutes that have a part between two instants, in order of time. */
export function minutesBetween(body: Body, from_ms: number, to_ms: number): WorkoutMinute[] {
  const found: WorkoutMinute[] = [];
  const first = Math.floor(from_ms / MS_PER_MINUTE) * MS_PER_MINUTE;
  for (let time = first; time < to_ms; time += MS_PER_MINUTE) {
    const minutes = body.minutesOfUtcDay(Math.floor(time / MS_PER_DAY));
    const m = Math.floor((time - minutes.start_ms) / MS_PER_MINUTE);
    found.push({
      from_ms: time,
      steps: minutes.steps[m]!,
      distance_mm: minutes.distance_mm[m]!,
      kcal: totalKcal(minutes.mets10[m]!),
      zone: minutes.zone[m]!,
      swimming: minutes.swimming[m] === 1,
    });
  }
  return found;
}

/** The sums of the minutes, each counted by how much of it lies between the instants. */
export function measuredBetween(body: Body, from_ms: number, to_ms: number): Measured {
  const minutes = minutesBetween(body, from_ms, to_ms);
  const share = ({ from_ms: start }: WorkoutMinute) =>
    (Math.min(to_ms, start + MS_PER_MINUTE) - Math.max(from_ms, start)) / MS_PER_MINUTE;
  const bpm = samplesBetween(body, from_ms, to_ms);
  return {
    energy_kcal: Math.round(sum(minutes, (minute) => minute.kcal * share(minute))),
    distance_mm: Math.round(sum(minutes, (minute) => minute.distance_mm * share(minute))),
    steps: Math.round(sum(minutes, (minute) => minute.steps * share(minute))),
    mean_bpm: bpm.length === 0 ? undefined : Math.round(sum(bpm, (one) => one) / bpm.length),
  };
}

/** The heart rate of every sample between two instants. */
function samplesBetween(body: Body, from_ms: number, to_ms: number): number[] {
  const found: number[] = [];
  const last = Math.floor((to_ms - 1) / MS_PER_DAY);
  for (let utcDay = Math.floor(from_ms / MS_PER_DAY); utcDay <= last; utcDay++) {
    const { time_ms, bpm } = body.ofUtcDay(utcDay);
    for (let i = 0; i < time_ms.length; i++) {
      if (time_ms[i]! >= from_ms && time_ms[i]! < to_ms) found.push(bpm[i]!);
    }
  }
  return found;
}

/** Samples lie a second apart in training: their number in a zone is the time in it. */
export function zoneSeconds(
  body: Body,
  { from_ms, from_offset_s, to_ms }: Stretch,
): number[] | undefined {
  const resting = body.restingHeartRate(dayAt(from_ms, from_offset_s));
  if (resting === undefined) return undefined;
  const bounds = zoneBounds(body.person.age, resting.bpm);
  const seconds = bounds.min_bpm.map(() => 0);
  for (const bpm of samplesBetween(body, from_ms, to_ms)) seconds[zoneOf(bpm, bounds)]!++;
  return seconds;
}

/** The sum over values of what each of them counts. */
export function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}
