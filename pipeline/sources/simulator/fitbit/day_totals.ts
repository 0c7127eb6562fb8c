/** What the service says of a whole day: in the summary, in the daily series, beside the minutes. */

import type { Day } from "../../../day.ts";
import type { World } from "../api.ts";
import { minutesPerDay } from "../day_plan.ts";
import type { Body } from "../body.ts";
import { basalKcal } from "../minutes.ts";
import { around, rememberedByDay } from "../stretches.ts";
import { type DayMinute, dayMinutes } from "./day_minutes.ts";
import { dayZoneMinutes, zoneMinuteNames } from "./zone_minutes.ts";
import type { Units } from "./units.ts";

export interface DayTotals {
  readonly isWorn: boolean;
  readonly steps: number;
  readonly distance_mm: number;
  readonly floors: number;
  readonly kcal: number;
  readonly basalKcal: number;
  /** All energy of the minutes that were not spent sitting. */
  readonly activityKcal: number;
  /** Sedentary (without sleep), lightly, fairly and very active minutes. */
  readonly levelMinutes: readonly [number, number, number, number];
  readonly strokes: number;
  /** By the names of an answer; zones without any are left out, as is the day then. */
  readonly zoneMinutes: Readonly<Record<string, number>>;
}

/** The day's own distance is not quite the sum of its minutes (seen in a recorded answer). */
const distanceFactor = 1.0024;

/**
 * The totals of a civil day.
 * @param until Only of what was over by then (ms since 1970).
 */
export function dayTotals(
  { body }: Pick<World, "body">,
  day: Day,
  until = Infinity,
): DayTotals {
  return until >= around(day).to_ms ? wholeDay(body, day) : totalsOf(body, day, until);
}

const wholeDay = rememberedByDay((body, day) => totalsOf(body, day, Infinity));

function totalsOf(body: Body, day: Day, until: number): DayTotals {
  const world = { body };
  const { isWorn, minutes } = dayMinutes(world, day, false, until);
  const resting = Math.round(minutesPerDay * basalKcal);
  if (!isWorn) {
    return {
      isWorn,
      steps: 0,
      distance_mm: 0,
      floors: 0,
      kcal: resting,
      basalKcal: resting,
      activityKcal: 0,
      levelMinutes: [minutesPerDay, 0, 0, 0],
      strokes: 0,
      zoneMinutes: {},
    };
  }
  const sum = (of: (minute: DayMinute) => number) =>
    minutes.reduce((total, minute) => total + of(minute), 0);
  const atLevel = (level: number) => sum((m) => (m.level === level && !m.asleep ? 1 : 0));
  const zones = dayZoneMinutes(world, day, until);
  const inZone = (name: string) =>
    zones.reduce((total, { value }) => total + (value[name] ?? 0), 0);
  return {
    isWorn,
    steps: sum((m) => m.steps),
    distance_mm: sum((m) => m.distance_mm) * distanceFactor,
    floors: sum((m) => m.floors),
    kcal: Math.round(sum((m) => m.kcal)),
    basalKcal: resting,
    activityKcal: Math.round(sum((m) => (m.level === 0 ? 0 : m.kcal))),
    levelMinutes: [atLevel(0), atLevel(1), atLevel(2), atLevel(3)],
    strokes: sum((m) => m.strokes),
    zoneMinutes: Object.fromEntries(
      zoneMinuteNames.map((name) => [name, inZone(name)] as const).filter(([, count]) => count > 0),
    ),
  };
}

/** Daily values by their resource, as text. */
export const seriesValues: Readonly<Record<string, (of: DayTotals, units: Units) => string>> = {
  "steps": ({ steps }) => String(steps),
  "distance": ({ distance_mm }, units) =>
    distance_mm === 0 ? "0.0" : String(units.distance(distance_mm)),
  "floors": ({ floors }) => String(floors),
  "elevation": ({ floors }, units) => String(Math.floor(units.height(floors))),
  "calories": ({ kcal }) => String(kcal),
  "caloriesBMR": ({ basalKcal }) => String(basalKcal),
  "activityCalories": ({ activityKcal }) => String(activityKcal),
  "minutesSedentary": ({ levelMinutes }) => String(levelMinutes[0]),
  "minutesLightlyActive": ({ levelMinutes }) => String(levelMinutes[1]),
  "minutesFairlyActive": ({ levelMinutes }) => String(levelMinutes[2]),
  "minutesVeryActive": ({ levelMinutes }) => String(levelMinutes[3]),
  "swimming-strokes": ({ strokes }) => String(strokes),
};

/** Daily values that the service does not give for the tracker alone. */
export const untracked: ReadonlySet<string> = new Set(["caloriesBMR", "swimming-strokes"]);
