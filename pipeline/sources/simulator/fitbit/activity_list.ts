/** The list of exercises of the Fitbit Web API, page by page. */

import { addDays, dayAt, daysBetween, isDay } from "../../../day.ts";
import type { World } from "../api.ts";
import { digits, type JsonObject } from "../json.ts";
import { MS_PER_MINUTE } from "../minutes.ts";
import { minutesBetween } from "../workout_measures.ts";
import { type Workout, workoutsOf } from "../workouts.ts";
import { invalid } from "./errors.ts";
import type { FitbitStream } from "./stream.ts";
import { type Units, unitsOf } from "./units.ts";
import { minutesInZones } from "./zones.ts";

const mostEntries = 100;

/** Exercises that began on or after `afterDate`, or before `beforeDate`. */
export const activityList: FitbitStream = {
  scope: "activity",
  dataWord: "activity",
  answer(_path, query, world, _settings, language) {
    const { afterDate, beforeDate, sort, offset, limit } = parameters(query);
    const { body } = world;
    const now = world.clock.now();
    const first = afterDate?.slice(0, 10) ?? body.person.memberSince;
    const last = beforeDate === undefined
      ? dayAt(now, body.zones.spanAt(now).offset_s)
      : addDays(beforeDate.slice(0, 10), -1);
    const known = daysBetween(first, last)
      .flatMap((day) => workoutsOf(body, day))
      .filter(({ to_ms }) => to_ms <= world.syncedTo());
    const all = sort === "asc" ? known : known.toReversed();
    const page = all.slice(offset, offset + limit);
    const asked = afterDate === undefined ? { beforeDate } : { afterDate };
    const address = (at: number) => {
      const next = new URLSearchParams({
        offset: String(at),
        limit: String(limit),
        sort,
        ...afterDate === undefined ? { beforeDate: beforeDate ?? "" } : { afterDate },
      });
      return `https://api.fitbit.com/1/user/-/activities/list.json?${next}`;
    };
    return {
      activities: page.map((workout) => exerciseRecord(world, workout, unitsOf(language))),
      pagination: {
        ...asked,
        limit,
        next: offset + limit < all.length ? address(offset + limit) : "",
        offset,
        previous: offset > 0 ? address(Math.max(0, offset - limit)) : "",
        sort,
      },
    };
  },
};

function parameters(query: URLSearchParams) {
  const afterDate = query.get("afterDate") ?? undefined;
  const beforeDate = query.get("beforeDate") ?? undefined;
  const given = afterDate ?? beforeDate;
  if (given === undefined || !isDay(given.slice(0, 10))) {
    throw invalid("afterDate", "Either beforeDate or afterDate should be specified");
  }
  const sort = query.get("sort");
  if (sort !== "asc" && sort !== "desc") throw invalid("sort", `Invalid sort: ${sort}`);
  const limit = Number(query.get("limit") ?? 20);
  const offset = Number(query.get("offset") ?? NaN);
  if (!(limit >= 1 && limit <= mostEntries)) throw invalid("limit", `Invalid limit: ${limit}`);
  if (!(offset >= 0)) throw invalid("offset", "Invalid offset");
  return { afterDate, beforeDate, sort, limit, offset } as const;
}

/** What an exercise covered in the unit the answer names, and what follows from it. */
function covered(
  { distance_mm, pool_m, active_s }: Workout,
  units: Units,
): { distance?: number; distanceUnit?: string; speed?: number; pace?: number } {
  if (distance_mm === undefined) return {};
  if (pool_m !== undefined) return { distance: distance_mm / 1000, distanceUnit: "Meter" };
  const distance = units.distance(distance_mm);
  return {
    distance,
    distanceUnit: units.name,
    speed: distance / active_s * 3600,
    pace: active_s / distance,
  };
}

/** Means of the minutes of an exercise, in whole beats. */
export function minuteMeansOf(
  { body }: Pick<World, "body">,
  { from_ms, to_ms }: Workout,
): number[] {
  return minutesBetween(body, from_ms, to_ms).flatMap(({ from_ms: time }) => {
    const { mean_bpm, start_ms } = body.minutesOfUtcDay(Math.floor(time / 86_400_000));
    const mean = mean_bpm[Math.floor((time - start_ms) / MS_PER_MINUTE)]!;
    return Number.isNaN(mean) ? [] : [Math.round(mean)];
  });
}

/** The exercise as the service writes it. */
export function exerciseRecord(world: World, workout: Workout, units: Units): JsonObject {
  const { body } = world;
  const { manual, mean_bpm, steps, pool_m, activeZoneMinutes } = workout;
  const duration = workout.to_ms - workout.from_ms;
  const start = withOffset(workout.from_ms, workout.from_offset_s);
  const { distance, distanceUnit, speed, pace } = covered(workout, units);
  return {
    activeDuration: workout.active_s * 1000,
    activityLevel: ["sedentary", "lightly", "fairly", "very"]
      .map((name) => ({
        minutes: name === "very" ? Math.round(duration / MS_PER_MINUTE) : 0,
        name,
      })),
    activityName: workout.name,
    activityTypeId: typeIds[workout.type],
    activeZoneMinutes: activeZoneMinutes === undefined
      ? undefined
      : { minutesInHeartRateZones: [], totalMinutes: activeZoneMinutes },
    averageHeartRate: mean_bpm,
    calories: workout.energy_kcal,
    distance,
    distanceUnit,
    duration,
    hasGps: workout.hasGps,
    heartRateZones: mean_bpm === undefined
      ? undefined
      : minutesInZones(body.person.age, minuteMeansOf(world, workout)),
    lastModified: new Date(workout.to_ms + 5 * MS_PER_MINUTE).toISOString(),
    logId: digits(workout.id),
    logType: manual ? "manual" : "auto_detected",
    manualValuesSpecified: { calories: manual, distance: false, steps: false },
    originalDuration: duration,
    originalStartTime: start,
    pace,
    poolLength: pool_m,
    poolLengthUnit: pool_m === undefined ? undefined : "Meter",
    source: manual ? undefined : {
      id: "2512873631",
      name: "Charge 6",
      trackerFeatures: ["CALORIES", "DISTANCE", "HEARTRATE", "STEPS"],
      type: "tracker",
      url: "https://www.fitbit.com/",
    },
    speed,
    startTime: start,
    steps,
    swimLengths: pool_m === undefined ? undefined : workout.lengths.length,
  };
}

const typeIds: Readonly<Record<Workout["type"], number>> = {
  running: 90009,
  swimming_pool: 90024,
  elliptical: 20047,
  yoga: 52001,
};

/** `2017-09-01T18:54:51.000-07:00`. */
function withOffset(epochMs: number, offset_s: number): string {
  const local = new Date(epochMs + offset_s * 1000).toISOString().slice(0, -1);
  const minutes = Math.abs(offset_s) / 60;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${local}${offset_s < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
