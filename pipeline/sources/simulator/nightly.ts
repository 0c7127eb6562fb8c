/**
 * What the watch makes of a night: variability of the heart rate, oxygen, breathing, temperature.
 * The samples lie within the sleep, the values of the whole night are worked out from them.
 */

import { dayNumber } from "../../day.ts";
import type { Day } from "../../day.ts";
import type { Body } from "./body.ts";
import { nightsOf, type Sleep } from "./nights.ts";
import { near, seeded } from "./random.ts";
import type { Person } from "./person.ts";
import { rememberedByDay } from "./stretches.ts";
import { type Moment, momentAt } from "./wall_time.ts";

/** Heart-rate variability of five minutes; undefined where the watch could not tell. */
export interface Variability extends Moment {
  readonly rmssd_ms: number;
  readonly sdnn_ms: number | undefined;
  readonly lowFrequencyPower_ms2: number;
  readonly highFrequencyPower_ms2: number;
  /** Share of usable beats, 0 to 1. */
  readonly coverage: number;
}

export interface Saturation extends Moment {
  readonly percent: number;
}

export interface Breathing {
  readonly breaths_per_min: number;
  readonly standardDeviation: number;
  readonly signalToNoise: number;
}

/** Stages of which the breathing is told; `full` is the whole night. */
export const breathingStages = ["full", "deep", "light", "rem"] as const;

export type BreathingStage = typeof breathingStages[number];

/** All that is measured in one night. */
export interface Nightly {
  /** The civil day it ended on. */
  readonly day: Day;
  readonly sleep: Sleep;
  readonly variability: readonly Variability[];
  readonly dailyVariability: {
    readonly rmssd_ms: number;
    readonly deepSleepRmssd_ms: number;
    readonly nonRem_bpm: number;
    readonly entropy: number;
  };
  readonly saturation: readonly Saturation[];
  readonly dailySaturation: {
    readonly mean_percent: number;
    readonly lower_percent: number;
    readonly upper_percent: number;
    readonly standardDeviation_percent: number;
  };
  /** A stage that was too short to tell is undefined. */
  readonly breathing: Readonly<Record<BreathingStage, Breathing | undefined>>;
  readonly temperature: {
    readonly nightly_c: number;
    /** Both undefined in the wearer's first nights. */
    readonly baseline_c: number | undefined;
    readonly standardDeviation30d_c: number | undefined;
  };
}

/** Nights it takes to know the wearer's usual skin temperature. */
const baselineNights = 3;

const fiveMinutes_ms = 300_000;

/**
 * What was measured in the night that ended on that civil day, whether synced by now or not;
 * undefined when there was none that has stages.
 */
export const nightlyOf = rememberedByDay((body, day): Nightly | undefined => {
  const sleep = nightsOf(body, day).find(({ main, type }) => main && type === "stages");
  if (sleep === undefined) return undefined;
  const variability = variabilityIn(sleep, body, day);
  const saturation = saturationIn(sleep, body, day);
  const rmssd = variability.map(({ rmssd_ms }) => rmssd_ms);
  const percent = saturation.map((sample) => sample.percent);
  const random = seeded(body.person.seed, "night", day);
  return {
    day,
    sleep,
    variability,
    dailyVariability: {
      rmssd_ms: to(3, mean(rmssd)),
      deepSleepRmssd_ms: to(3, mean(rmssd) * near(1.08, 0.05, random)),
      nonRem_bpm: (body.restingHeartRate(day)?.bpm ?? 58) - 1,
      entropy: to(3, near(2.7, 0.4, random)),
    },
    saturation,
    dailySaturation: {
      mean_percent: to(1, mean(percent)),
      lower_percent: Math.min(...percent),
      upper_percent: Math.max(...percent),
      standardDeviation_percent: to(2, deviation(percent)),
    },
    breathing: breathingIn(body.person, day),
    temperature: temperatureIn(body.person, day),
  };
});

function variabilityIn(sleep: Sleep, { person, zones }: Body, day: Day): Variability[] {
  const random = seeded(person.seed, "variability", day);
  const usual = 30 + seeded(person.seed, "variability")() * 20;
  const level = near(usual, 8, random);
  const found: Variability[] = [];
  const first = Math.ceil(sleep.from_ms / fiveMinutes_ms) * fiveMinutes_ms;
  for (let time = first; time + fiveMinutes_ms <= sleep.to_ms; time += fiveMinutes_ms) {
    const rmssd = Math.max(5, near(level, 12, random));
    const sdnn = to(3, rmssd * 1.2 + near(8, 4, random));
    found.push({
      ...momentAt(zones, time),
      rmssd_ms: to(3, rmssd),
      sdnn_ms: random() < 0.03 ? undefined : sdnn,
      lowFrequencyPower_ms2: to(3, near(900, 500, random)),
      highFrequencyPower_ms2: to(3, near(600, 400, random)),
      coverage: to(3, near(0.93, 0.06, random)),
    });
  }
  return found;
}

/** About one a minute, at no round second; none in the first minutes of sleep. */
function saturationIn(sleep: Sleep, { person, zones }: Body, day: Day): Saturation[] {
  const random = seeded(person.seed, "saturation", day);
  const level = near(96, 0.8, random);
  const found: Saturation[] = [];
  let time = sleep.from_ms + 240_000;
  while (time < sleep.to_ms) {
    found.push({ ...momentAt(zones, time), percent: Math.min(100, to(1, near(level, 2, random))) });
    time += (55 + Math.floor(random() * 11)) * 1000;
  }
  return found;
}

function breathingIn(person: Person, day: Day): Nightly["breathing"] {
  const random = seeded(person.seed, "breathing", day);
  const usual = near(14 + seeded(person.seed, "breathing")() * 3, 0.8, random);
  const around = (middle: number): Breathing => ({
    breaths_per_min: to(1, middle),
    standardDeviation: to(2, near(0.8, 0.4, random)),
    signalToNoise: to(2, near(4, 1.5, random)),
  });
  const full = around(usual);
  const deep = around(usual - 0.6);
  const light = around(usual + 0.1);
  const rem = around(usual + 0.9);
  return { full, deep, light, rem: random() < 0.2 ? undefined : rem };
}

function temperatureIn(person: Person, day: Day): Nightly["temperature"] {
  const baseline = 33.6 + seeded(person.seed, "temperature")() * 0.9;
  const random = seeded(person.seed, "temperature", day);
  const known = dayNumber(day) - dayNumber(person.memberSince) >= baselineNights;
  return {
    nightly_c: to(3, near(baseline, 0.7, random)),
    baseline_c: known ? to(3, near(baseline, 0.05, random)) : undefined,
    standardDeviation30d_c: known ? to(3, near(0.36, 0.1, random)) : undefined,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** A number to so many decimals. */
function to(decimals: number, value: number): number {
  return Number(value.toFixed(decimals));
}
