/** What is measured now and then: weight and fat on a scale, height, glucose, a fever, fitness. */

import { dayNumber } from "../../day.ts";
import type { Day } from "../../day.ts";
import type { Body } from "./body.ts";
import { activity, planDay } from "./day_plan.ts";
import type { Person } from "./person.ts";
import { near, seeded } from "./random.ts";
import { longId } from "./stretches.ts";
import { isSwimDay } from "./swims.ts";
import { type Moment, momentsOf } from "./wall_time.ts";

export interface Weighing extends Moment {
  readonly id: string;
  readonly weight_g: number;
  /** Undefined when it was entered by hand. */
  readonly fat_percent: number | undefined;
  readonly notes: string | undefined;
}

export interface Glucose extends Moment {
  readonly id: string;
  readonly mgPerDl: number;
  /** Words of the Google Health API; undefined for what a sensor under the skin cannot know. */
  readonly measuredBy: string;
  readonly timing: string | undefined;
  readonly meal: string | undefined;
  readonly specimen: string;
  readonly notes: string | undefined;
}

export interface CoreTemperature extends Moment {
  readonly id: string;
  readonly temperature_c: number;
  readonly location: string;
}

export interface Fitness extends Moment {
  readonly vo2Max: number;
}

export interface Height extends Moment {
  readonly id: string;
  readonly height_mm: number;
}

/** A second of the day from hours and minutes. */
const at = (hours: number, minutes: number, seconds = 0) => hours * 3600 + minutes * 60 + seconds;

/** Weighings of a civil day: on the scale every other morning or so, some evenings by hand as well. */
export function weighingsOf({ person, zones }: Body, day: Day): Weighing[] {
  if (day < person.memberSince) return [];
  const random = seeded(person.seed, "weight", day);
  const usual = 68_000 + seeded(person.seed, "weight")() * 12_000;
  const slowly = 900 * Math.sin((2 * Math.PI * dayNumber(day)) / 80);
  const grams = Math.round(near(usual + slowly, 500, random) / 10) * 10;
  const fat = Number(near(19, 1.2, random).toFixed(1));
  const morning = at(7, Math.floor(random() * 40), Math.floor(random() * 60));
  if (random() > 0.45) return [];
  const onScale = momentsOf(zones, day, morning).map((moment) => ({
    ...moment,
    id: longId(moment.time_ms, random),
    weight_g: grams,
    fat_percent: fat,
    notes: undefined,
  }));
  if (random() > 0.4) return onScale;
  const byHand = momentsOf(zones, day, at(21, 30)).map((moment) => ({
    ...moment,
    id: longId(moment.time_ms, random),
    weight_g: grams + 400,
    fat_percent: undefined,
    notes: "after dinner",
  }));
  return [...onScale, ...byHand];
}

/** The height, entered at noon of the first day. */
export function heightsOf({ person, zones }: Body, day: Day): Height[] {
  if (day !== person.memberSince) return [];
  const random = seeded(person.seed, "height");
  return momentsOf(zones, day, at(12, 0)).map((moment) => ({
    ...moment,
    id: longId(moment.time_ms, random),
    height_mm: 1600 + Math.floor(random() * 300),
  }));
}

/** A sensor every quarter of an hour for two days in nine, and two finger pricks on those days. */
export function glucoseOf({ person, zones }: Body, day: Day): Glucose[] {
  if (day < person.memberSince || dayNumber(day) % 9 > 1) return [];
  const random = seeded(person.seed, "glucose", day);
  const sensed = Array.from({ length: 96 }, (_, i) => momentsOf(zones, day, i * 900 + 7))
    .flat().map((moment, i): Glucose => ({
      ...moment,
      id: longId(moment.time_ms, random),
      mgPerDl: Math.round(near(98 + 14 * Math.sin(i / 7), 9, random)),
      measuredBy: "CONTINUOUS_GLUCOSE_MONITORING",
      timing: undefined,
      meal: undefined,
      specimen: "INTERSTITIAL_FLUID",
      notes: undefined,
    }));
  const pricks = [
    { second: at(7, 20), timing: "FASTING", meal: "BREAKFAST", usual: 88, notes: undefined },
    { second: at(14, 10), timing: "AFTER_MEAL", meal: "LUNCH", usual: 128, notes: "with dessert" },
  ].flatMap(({ second, timing, meal, usual, notes }) =>
    momentsOf(zones, day, second).map((moment): Glucose => ({
      ...moment,
      id: longId(moment.time_ms, random),
      mgPerDl: Math.round(near(usual, 8, random)),
      measuredBy: "SELF_MONITORING_BLOOD_GLUCOSE",
      timing,
      meal,
      specimen: "CAPILLARY_BLOOD",
      notes,
    }))
  );
  return inOrder([...sensed, ...pricks]);
}

/** Three days in every sixteen with a temperature taken by hand, morning and evening. */
export function coreTemperaturesOf({ person, zones }: Body, day: Day): CoreTemperature[] {
  if (day < person.memberSince || dayNumber(day) % 16 > 2) return [];
  const random = seeded(person.seed, "fever", day);
  return [{ second: at(8, 5), location: "EAR" }, { second: at(20, 40), location: "MOUTH" }]
    .flatMap(({ second, location }) =>
      momentsOf(zones, day, second).map((moment) => ({
        ...moment,
        id: longId(moment.time_ms, random),
        temperature_c: Number(near(37.9, 0.8, random).toFixed(1)),
        location,
      }))
    );
}

/** The estimate of fitness that the service makes on worn days, at noon. */
export function fitnessOf(body: Body, day: Day): Fitness[] {
  if (body.restingHeartRate(day) === undefined) return [];
  const { person, zones } = body;
  return momentsOf(zones, day, at(12, 0))
    .map((moment) => ({ ...moment, vo2Max: vo2MaxOn(person, day, "fitness") }));
}

/** The estimate at the end of a run: training that is no swim. */
export function runFitnessOf({ person, zones }: Body, day: Day): Fitness[] {
  const minute = planDay(person, day).activity.lastIndexOf(activity.exercise);
  if (minute < 0 || isSwimDay(person, day)) return [];
  return momentsOf(zones, day, minute * 60)
    .map((moment) => ({ ...moment, vo2Max: vo2MaxOn(person, day, "run fitness") }));
}

/** Words of the Google Health API for a maximal oxygen uptake. */
export function fitnessLevel(vo2Max: number): string {
  return vo2Max < 40 ? "AVERAGE" : vo2Max < 43 ? "GOOD" : "VERY_GOOD";
}

function vo2MaxOn({ seed }: Person, day: Day, label: string): number {
  const usual = 38 + seeded(seed, "vo2 max")() * 8;
  return Number(near(usual, 0.8, seeded(seed, label, day)).toFixed(1));
}

function inOrder<T extends Moment>(values: readonly T[]): T[] {
  return values.toSorted((a, b) => a.time_ms - b.time_ms);
}
