/**
 * What the person does on one civil day, minute by minute of their wall clock: sleeps, wakes, works,
 * walks, trains, takes the watch off. The heart follows.
 */

import { addDays, dayNumber } from "../../day.ts";
import type { Day } from "../../day.ts";
import type { Person } from "./person.ts";
import { near, seeded } from "./random.ts";
import type { Random } from "./random.ts";

/** What a minute is spent on. */
export const activity = { offWrist: 0, asleep: 1, awake: 2, walking: 3, exercise: 4 } as const;

export const minutesPerDay = 1440;

export interface DayPlan {
  /** An {@link activity} for each minute of the day. */
  readonly activity: Uint8Array;
  /** The heart rate that each minute draws towards. */
  readonly target_bpm: Float32Array;
  /** Resting heart rate of the day; undefined when the watch was not worn. */
  readonly resting: { readonly bpm: number; readonly withSleep: boolean } | undefined;
}

/** Minutes from the day's midnight at which the person gets up and goes to bed (may pass 1440). */
interface Rhythm {
  readonly wake: number;
  readonly bed: number;
}

function rhythmOf(person: Person, day: Day): Rhythm {
  const random = seeded(person.seed, "rhythm", day);
  // 1970-01-01 was a Thursday.
  const weekend = [2, 3].includes(dayNumber(day) % 7);
  return {
    wake: Math.round(near(weekend ? 500 : 415, 35, random)),
    bed: Math.round(near(weekend ? 1450 : 1395, 45, random)),
  };
}

function restingBpm(person: Person, day: Day): number {
  const base = 54 + Math.floor(seeded(person.seed, "resting")() * 8);
  const season = 2 * Math.sin((2 * Math.PI * dayNumber(day)) / 29);
  return Math.round(base + season + near(0, 1.5, seeded(person.seed, "resting", day)));
}

/** Writes one stretch of the day, the ends clipped to it. */
type Stretch = (
  start: number,
  minutes: number,
  kind: number,
  bpm: (minute: number) => number,
) => void;

/** The plan of a civil day. */
export function planDay(person: Person, day: Day): DayPlan {
  const kinds = new Uint8Array(minutesPerDay);
  const targets = new Float32Array(minutesPerDay);
  const worn = day >= person.memberSince && !person.unwornDays.includes(day);
  if (!worn) return { activity: kinds, target_bpm: targets, resting: undefined };

  const random = seeded(person.seed, "day", day);
  const resting = restingBpm(person, day);
  const rhythm = rhythmOf(person, day);
  const bedTheDayBefore = rhythmOf(person, addDays(day, -1)).bed - minutesPerDay;
  const stretch: Stretch = (start, minutes, kind, bpm) => {
    for (let m = Math.max(0, start); m < Math.min(minutesPerDay, start + minutes); m++) {
      kinds[m] = kind;
      targets[m] = bpm(m);
    }
  };
  // Sleep goes down and up in cycles of an hour and a half.
  const sleeping = (m: number) => resting + 3 * Math.sin((2 * Math.PI * m) / 90) - 1;
  const idling = (m: number) => resting + 16 + 5 * Math.sin((2 * Math.PI * m) / 200);

  stretch(0, minutesPerDay, activity.awake, idling);
  stretch(bedTheDayBefore, rhythm.wake - bedTheDayBefore, activity.asleep, sleeping);
  stretch(rhythm.bed, minutesPerDay, activity.asleep, sleeping);
  walks(rhythm, resting, random, stretch);
  training(resting, random, stretch);
  stretch(rhythm.wake + 12, 20 + Math.floor(random() * 35), activity.offWrist, () => 0);
  const nightAway = person.unwornNights.includes(day);
  if (nightAway) stretch(0, rhythm.wake + 12, activity.offWrist, () => 0);
  if (person.unwornNights.includes(addDays(day, 1))) {
    stretch(rhythm.bed - 10, minutesPerDay, activity.offWrist, () => 0);
  }
  return {
    activity: kinds,
    target_bpm: targets,
    resting: { bpm: resting, withSleep: !nightAway },
  };
}

function walks(rhythm: Rhythm, resting: number, random: Random, stretch: Stretch): void {
  for (const start of [rhythm.wake + 85, 765, 1045]) {
    const from = Math.round(near(start, 20, random));
    stretch(from, 8 + Math.floor(random() * 15), activity.walking, () => resting + 38);
  }
}

/** Every other day or so, in the evening: warm up, intervals, cool down. */
function training(resting: number, random: Random, stretch: Stretch): void {
  if (random() < 0.55) return;
  const from = Math.round(near(1110, 50, random));
  const minutes = 30 + Math.floor(random() * 31);
  const top = 142 + random() * 25;
  stretch(from, minutes, activity.exercise, (m) => {
    const effort = Math.min(1, (m - from + 1) / 6) * (0.9 + 0.1 * Math.sin((m - from) / 1.7));
    return resting + (top - resting) * effort;
  });
  stretch(from + minutes, 15, activity.awake, (m) => resting + 45 - 1.6 * (m - from - minutes));
}
