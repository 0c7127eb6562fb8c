/**
 * Workouts of the made-up person: every training of the day's plan, and now and then one that was
 * only written down afterwards. Steps, distance and energy are those of their minutes, heart rate and
 * zones those of their samples. Both APIs show the same ones.
 */

import { dayAt, dayOfNumber, daysBetween, MS_PER_DAY } from "../../day.ts";
import type { Day } from "../../day.ts";
import type { World } from "./api.ts";
import type { Body } from "./body.ts";
import { activity } from "./day_plan.ts";
import { MS_PER_MINUTE, noZone, zoneMinutes } from "./minutes.ts";
import { near, type Random, seeded } from "./random.ts";
import {
  around,
  longId,
  rememberedByDay,
  type Stretch,
  stretchBetween,
  stretchesOf,
  wallClock,
} from "./stretches.ts";
import { type Length, lengthsBetween, poolLength_m } from "./swims.ts";
import {
  type Measured,
  measuredBetween,
  minutesBetween,
  sum,
  zoneSeconds,
} from "./workout_measures.ts";

/** A part of a workout. */
export interface Split extends Stretch, Measured {
  /** Why it ended there. */
  readonly type: "distance" | "manual" | "duration";
  /** Without pauses. */
  readonly active_s: number;
}

/** One workout. */
export interface Workout extends Stretch, Measured {
  /** Digits, more than a double holds exactly. */
  readonly id: string;
  /** The civil day it began on. */
  readonly date: Day;
  readonly type: "running" | "swimming_pool" | "elliptical" | "yoga";
  /** As the person sees it. */
  readonly name: string;
  /** Written down afterwards: neither heart rate nor steps. */
  readonly manual: boolean;
  readonly pauses: readonly { readonly from_ms: number; readonly to_ms: number }[];
  /** Without pauses. */
  readonly active_s: number;
  /** Seconds with a sample in each zone of heart_zones.ts; undefined without heart rate. */
  readonly zone_s: readonly number[] | undefined;
  readonly activeZoneMinutes: number | undefined;
  /** Every kilometre of a run; what is left at the end is none. */
  readonly splits: readonly Split[];
  /** Where the button was pressed in a run, every ten minutes on the elliptical. */
  readonly laps: readonly Split[];
  readonly hasGps: boolean;
  /** Swims only. */
  readonly pool_m: number | undefined;
  readonly lengths: readonly Length[];
}

const names = {
  running: "Run",
  swimming_pool: "Swim",
  elliptical: "Elliptical",
  yoga: "Yoga",
} as const;

const kilometre_mm = 1_000_000;
const lapOfMinutes = 10;

/** The workouts that began on that civil day, in order of time, whether synced by now or not. */
export const workoutsOf: (body: Body, day: Day) => readonly Workout[] = rememberedByDay(
  (body, day) => {
    const { from_ms, to_ms } = around(day);
    const trained = stretchesOf(
      body,
      from_ms,
      to_ms,
      (minutes, m) => minutes.activity[m] === activity.exercise,
    );
    return [
      ...noted(body, day),
      ...trained
        .filter((stretch) => dayAt(stretch.from_ms, stretch.from_offset_s) === day)
        .map((stretch) => workout(body, stretch)),
    ].sort((a, b) => a.from_ms - b.from_ms);
  },
);

function workout(body: Body, stretch: Stretch): Workout {
  const { from_ms, to_ms } = stretch;
  const random = seeded(body.person.seed, "workout", from_ms);
  const minutes = minutesBetween(body, from_ms, to_ms);
  const swims = minutes.some(({ swimming }) => swimming);
  const type = swims ? "swimming_pool" : random() < 0.65 ? "running" : "elliptical";
  const pauses = swims ? [] : pausesWithin(from_ms, to_ms, random);
  const lengths = swims ? lengthsBetween(body.person, from_ms, to_ms) : [];
  const distance_mm = {
    running: sum(minutes, ({ distance_mm }) => distance_mm),
    swimming_pool: lengths.length * poolLength_m * 1000,
    elliptical: undefined,
  }[type];
  const measured = measuredBetween(body, from_ms, to_ms);
  return {
    ...stretch,
    ...measured,
    distance_mm,
    steps: swims ? undefined : measured.steps,
    id: longId(from_ms, random),
    date: dayAt(from_ms, stretch.from_offset_s),
    type,
    name: names[type],
    manual: false,
    pauses,
    active_s: (to_ms - from_ms) / 1000 -
      sum(pauses, (pause) => (pause.to_ms - pause.from_ms) / 1000),
    zone_s: zoneSeconds(body, stretch),
    activeZoneMinutes: sum(minutes, ({ zone }) => zone === noZone ? 0 : zoneMinutes[zone] ?? 0),
    splits: type === "running" ? kilometres(body, stretch, pauses) : [],
    laps: lapsOf(body, stretch, type, pauses, random),
    hasGps: type === "running",
    pool_m: swims ? poolLength_m : undefined,
    lengths,
  };
}

/** Yoga on some mornings, which no watch recorded. */
function noted(body: Body, day: Day): Workout[] {
  const random = seeded(body.person.seed, "noted", day);
  const isDone = random() < 0.12 && day >= body.person.memberSince;
  const start = Math.round(near(660, 25, random));
  if (!isDone) return [];
  const { from_ms, to_ms } = around(day);
  for (let time = from_ms; time < to_ms; time += MS_PER_MINUTE) {
    const minutes = body.minutesOfUtcDay(Math.floor(time / MS_PER_DAY));
    const clock = wallClock(minutes, Math.floor((time - minutes.start_ms) / MS_PER_MINUTE));
    if (dayOfNumber(clock.day) !== day || clock.minute !== start) continue;
    const lasting = 20 + 5 * Math.floor(random() * 5);
    const stretch = stretchBetween(body, time, time + lasting * MS_PER_MINUTE);
    return [{
      ...stretch,
      energy_kcal: 3 * lasting,
      distance_mm: undefined,
      steps: undefined,
      mean_bpm: undefined,
      id: longId(time, random),
      date: day,
      type: "yoga",
      name: names.yoga,
      manual: true,
      pauses: [],
      active_s: lasting * 60,
      zone_s: undefined,
      activeZoneMinutes: undefined,
      splits: [],
      laps: [],
      hasGps: false,
      pool_m: undefined,
      lengths: [],
    }];
  }
  return [];
}

/** At a red light, in some of them. */
function pausesWithin(from_ms: number, to_ms: number, random: Random): Workout["pauses"] {
  if (random() < 0.6) return [];
  const start = from_ms + Math.floor((to_ms - from_ms) / 3000 * (1 + random())) * 1000;
  return [{ from_ms: start, to_ms: start + (15 + Math.floor(random() * 60)) * 1000 }];
}

function kilometres(body: Body, { from_ms, to_ms }: Stretch, pauses: Workout["pauses"]): Split[] {
  const splits: Split[] = [];
  let start = from_ms;
  let covered = 0;
  for (const minute of minutesBetween(body, from_ms, to_ms)) {
    const before = covered;
    covered += minute.distance_mm;
    const goal = (splits.length + 1) * kilometre_mm;
    if (covered < goal) continue;
    const part = (goal - before) / minute.distance_mm;
    const end = minute.from_ms + Math.round(60 * part) * 1000;
    splits.push({ ...split(body, start, end, "distance", pauses), distance_mm: kilometre_mm });
    start = end;
  }
  return splits;
}

function lapsOf(
  body: Body,
  { from_ms, to_ms }: Stretch,
  type: Workout["type"],
  pauses: Workout["pauses"],
  random: Random,
): Split[] {
  const ends: number[] = [];
  if (type === "elliptical") {
    for (let end = from_ms; end < to_ms; end += lapOfMinutes * MS_PER_MINUTE) ends.push(end);
  } else if (type === "running" && random() < 0.4) {
    const at = (part: number) => from_ms + Math.floor((to_ms - from_ms) * part / 1000) * 1000;
    ends.push(from_ms, at(0.2 + random() * 0.2), at(0.6 + random() * 0.2));
  }
  const why = type === "elliptical" ? "duration" : "manual";
  return ends.map((start, index) => split(body, start, ends[index + 1] ?? to_ms, why, pauses))
    .map((lap) => type === "elliptical" ? { ...lap, distance_mm: undefined } : lap);
}

function split(
  body: Body,
  from_ms: number,
  to_ms: number,
  type: Split["type"],
  pauses: Workout["pauses"],
): Split {
  const paused = sum(
    pauses,
    (pause) => Math.max(0, Math.min(to_ms, pause.to_ms) - Math.max(from_ms, pause.from_ms)) / 1000,
  );
  return {
    ...stretchBetween(body, from_ms, to_ms),
    ...measuredBetween(body, from_ms, to_ms),
    type,
    active_s: (to_ms - from_ms) / 1000 - paused,
  };
}

/** The workout of that id, as far as it is synced; undefined when there is none. */
export function workoutNamed(
  { body, clock, syncedTo }: Pick<World, "body" | "clock" | "syncedTo">,
  id: string,
): Workout | undefined {
  const last = dayAt(clock.now(), body.zones.spanAt(clock.now()).offset_s);
  return daysBetween(body.person.memberSince, last).flatMap((day) => workoutsOf(body, day))
    .find((workout) => workout.id === id && workout.to_ms <= syncedTo());
}
