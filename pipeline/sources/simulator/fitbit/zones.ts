/** Heart-rate zones: minutes and calories in each, as both shapes of the answer carry them. */

import type { JsonObject } from "../json.ts";

export interface Zone {
  readonly name: string;
  /** Closed at the bottom, open at the top. */
  readonly min: number;
  readonly max: number;
}

/** The zones at an age, the calmest first. */
export function zonesAt(age: number): Zone[] {
  const most = 220 - age;
  const [fatBurn, cardio, peak] = [0.5, 0.7, 0.85].map((part) => Math.round(most * part));
  const limits = [30, fatBurn ?? 0, cardio ?? 0, peak ?? 0, 220];
  return ["Out of Range", "Fat Burn", "Cardio", "Peak"].map((name, i) => ({
    name,
    min: limits[i] ?? 0,
    max: limits[i + 1] ?? 0,
  }));
}

/** Rough, but a float with digits as the real one. */
export function kcalOfMinute(bpm: number): number {
  return 1.1857 + Math.max(0, bpm - 62) * 0.0853;
}

/** Zones without `minutes` and `caloriesOut`, as days without data have them. */
export function emptyZones(age: number): JsonObject[] {
  return zonesAt(age).map(({ name, min, max }) => ({ max, min, name }));
}

/** The same without calories, as records of exercises have them. */
export function minutesInZones(age: number, minuteMeans: readonly number[]): JsonObject[] {
  return zonesAt(age).map(({ name, min, max }) => ({
    max,
    min,
    minutes: minuteMeans.filter((bpm) => bpm >= min && bpm < max).length,
    name,
  }));
}

/** Zones over the minute means of a window: each minute counts in the zone its mean lies in. */
export function filledZones(age: number, minuteMeans: readonly number[]): JsonObject[] {
  return zonesAt(age).map(({ name, min, max }) => {
    const inside = minuteMeans.filter((bpm) => bpm >= min && bpm < max);
    const kcal = inside.reduce((sum, bpm) => sum + kcalOfMinute(bpm), 0);
    return { caloriesOut: Number(kcal.toFixed(5)), max, min, minutes: inside.length, name };
  });
}

/** Today's zones are provisional: a recorded answer had all 1440 minutes in the lowest. */
export function provisionalZones(age: number): JsonObject[] {
  return zonesAt(age).map(({ name, min, max }, i) => ({
    caloriesOut: i === 0 ? 2047.9085 : 0,
    max,
    min,
    minutes: i === 0 ? 1440 : 0,
    name,
  }));
}
