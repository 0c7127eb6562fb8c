/** The daily summary of the Fitbit Web API. It does not say which day it is of. */

import { type Day, isDay, today } from "../../../day.ts";
import type { World } from "../api.ts";
import { digits, type JsonObject } from "../json.ts";
import { type Workout, workoutsOf } from "../workouts.ts";
import { dayTotals } from "./day_totals.ts";
import { invalid } from "./errors.ts";
import type { FitbitStream } from "./stream.ts";
import { type Units, unitsOf } from "./units.ts";
import { labelled, means } from "./wall_clock.ts";
import { emptyZones, filledZones } from "./zones.ts";

export const activitySummary: FitbitStream = {
  scope: "activity",
  dataWord: "activity",
  answer(path, _query, world, _settings, language) {
    const now = world.clock.now();
    const day = path === "today" ? today(now, world.body.zones.spanAt(now).timeZone) : path;
    if (!isDay(day)) throw invalid("date", `Invalid date: ${path}`);
    const units = unitsOf(language);
    const until = world.syncedTo();
    const { body } = world;
    const totals = dayTotals(world, day, until);
    const [sedentary, lightly, fairly, very] = totals.levelMinutes;
    const total = Number(units.distance(totals.distance_mm).toFixed(2));
    return {
      activities: workoutsOf(body, day).filter(({ to_ms }) => to_ms <= until)
        .map((workout) => entry(day, workout, units)),
      goals: { activeMinutes: 30, caloriesOut: 2993, distance: 8.05, floors: 10, steps: 10_000 },
      summary: {
        activeScore: -1,
        activityCalories: totals.activityKcal,
        caloriesBMR: totals.basalKcal,
        caloriesOut: totals.kcal,
        distances: ["total", "tracker"].map((activity) => ({ activity, distance: total })),
        elevation: units.height(totals.floors),
        fairlyActiveMinutes: fairly,
        floors: totals.floors,
        heartRateZones: summaryZones(world, day),
        lightlyActiveMinutes: lightly,
        marginalCalories: Math.round(totals.activityKcal / 2),
        restingHeartRate: totals.isWorn ? body.restingHeartRate(day)?.bpm : undefined,
        sedentaryMinutes: sedentary,
        steps: totals.steps,
        veryActiveMinutes: very,
      },
    };
  },
};

/** The zones of a day, right also before it is over. */
function summaryZones(world: World, day: Day): JsonObject[] {
  const { age } = world.body.person;
  const { bpm } = means(labelled(day, false, world, "duplicate"), 60);
  return bpm.length === 0 ? emptyZones(age) : filledZones(age, bpm);
}

/** An exercise, to the minute, without an offset. */
function entry(day: Day, workout: Workout, units: Units): JsonObject {
  const local = new Date(workout.from_ms + workout.from_offset_s * 1000).toISOString();
  return {
    activityId: 90009,
    activityParentId: 90009,
    activityParentName: workout.name,
    calories: workout.energy_kcal,
    description: "",
    distance: workout.distance_mm === undefined ? undefined : units.distance(workout.distance_mm),
    duration: workout.to_ms - workout.from_ms,
    hasActiveZoneMinutes: workout.activeZoneMinutes !== undefined,
    hasStartTime: true,
    isFavorite: false,
    lastModified: new Date(workout.to_ms).toISOString(),
    logId: digits(workout.id),
    name: workout.name,
    startDate: day,
    startTime: local.slice(11, 16),
    steps: workout.steps,
  };
}
