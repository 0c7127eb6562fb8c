/**
 * `exercise`: workouts with their splits, laps and events; in `list` those that a chest strap's app
 * recorded stand beside the watch's.
 */

import { MS_PER_DAY } from "../../../day.ts";
import type { World } from "../api.ts";
import type { JsonObject } from "../json.ts";
import { civilDaysOf } from "../stretches.ts";
import type { Measured } from "../workout_measures.ts";
import { type Split, type Workout, workoutsOf } from "../workouts.ts";
import { strap, watch } from "./data_sources.ts";
import {
  partTimes,
  sessionInterval,
  type SessionPoint,
  sessionPoints,
  stampText,
} from "./session_points.ts";
import type { GoogleSettings } from "./settings.ts";
import type { DataSource, GoogleStream } from "./stream.ts";
import { durationText, instantText } from "./times.ts";

/** What the person wrote down, without any device. */
const byHand: DataSource = {
  dataSource: { recordingMethod: "MANUAL", platform: "FITBIT" },
  families: new Set(["google-sources"]),
};

/** So long after its end the service has stored a workout. */
const storedAfterMs = 95_000;

/** So long after its end the person writes one down that was not recorded. */
const notedAfterMs = 2_400_000;

export const exercise: GoogleStream = {
  points(utcDay, verb, world, settings) {
    const workouts = civilDaysOf(utcDay).flatMap((day) => workoutsOf(world.body, day))
      .filter(({ from_ms }) => Math.floor(from_ms / MS_PER_DAY) === utcDay);
    const withStrap = verb === "list" && settings.secondSource;
    const points = workouts.flatMap((workout): SessionPoint[] => {
      const point = {
        id: workout.id,
        time_ms: workout.from_ms,
        known_ms: workout.to_ms - 1 + (workout.manual ? notedAfterMs : 0),
        source: workout.manual ? 2 : 0,
        payload: workoutPayload(workout, settings, world),
      };
      return withStrap && !workout.manual
        ? [point, {
          ...point,
          id: `${workout.id.slice(0, 10)}-strap`,
          source: 1,
          payload: strapPayload(workout, settings),
        }]
        : [point];
    });
    return sessionPoints(points, [watch, strap, byHand], world);
  },
};

/** Mean pace and speed over the time without pauses; undefined without a distance. */
export function paceOf(
  { distance_mm }: Pick<Measured, "distance_mm">,
  active_s: number,
): { readonly pace_s_per_m: number; readonly speed_mm_per_s: number } | undefined {
  if (distance_mm === undefined || distance_mm === 0) return undefined;
  return {
    pace_s_per_m: Number((active_s * 1000 / distance_mm).toFixed(6)),
    speed_mm_per_s: Number((distance_mm / active_s).toFixed(3)),
  };
}

/** How a run's steps fell: only from watches that measure it, and only for the whole of a run. */
export function mobilityOf(
  workout: Workout,
): { readonly cadence_per_min: number; readonly stride_mm: number } | undefined {
  const { type, steps, distance_mm, active_s, laps } = workout;
  if (type !== "running" || laps.length === 0 || steps === undefined || distance_mm === undefined) {
    return undefined;
  }
  return {
    cadence_per_min: Number((steps / active_s * 60).toFixed(2)),
    stride_mm: Math.round(distance_mm / steps),
  };
}

function metrics(measured: Measured, active_s: number): JsonObject {
  const pace = paceOf(measured, active_s);
  return {
    caloriesKcal: measured.energy_kcal,
    distanceMillimeters: measured.distance_mm,
    steps: measured.steps === undefined ? undefined : String(measured.steps),
    averageHeartRateBeatsPerMinute: measured.mean_bpm === undefined
      ? undefined
      : String(measured.mean_bpm),
    averagePaceSecondsPerMeter: pace?.pace_s_per_m,
    averageSpeedMillimetersPerSecond: pace?.speed_mm_per_s,
  };
}

function workoutPayload(workout: Workout, settings: GoogleSettings, world: World): JsonObject {
  const stored = workout.to_ms + (workout.manual ? notedAfterMs : storedAfterMs);
  const mobility = mobilityOf(workout);
  return {
    interval: sessionInterval(workout, settings.civilTime),
    exerciseType: workout.type.toUpperCase(),
    displayName: workout.name,
    activeDuration: durationText(workout.active_s),
    createTime: stampText(stored),
    updateTime: stampText(stored + 120_000),
    notes: notesOf(workout),
    exerciseMetadata: {
      hasGps: workout.hasGps,
      poolLengthMillimeters: workout.pool_m === undefined
        ? undefined
        : String(workout.pool_m * 1000),
    },
    exerciseEvents: eventTexts(workout, world),
    metricsSummary: {
      ...metrics(workout, workout.active_s),
      activeZoneMinutes: workout.activeZoneMinutes === undefined
        ? undefined
        : String(workout.activeZoneMinutes),
      totalSwimLengths: workout.pool_m === undefined ? undefined : workout.lengths.length,
      heartRateZoneDurations: zonesOf(workout.zone_s),
      mobilityMetrics: mobility === undefined ? undefined : {
        avgCadenceStepsPerMinute: mobility.cadence_per_min,
        avgStrideLengthMillimeters: String(mobility.stride_mm),
      },
    },
    splits: splitsOf(workout.splits),
    splitSummaries: splitsOf(workout.laps),
  };
}

function zonesOf(zone_s: Workout["zone_s"]): JsonObject | undefined {
  if (zone_s === undefined) return undefined;
  const [light = 0, moderate = 0, vigorous = 0, peak = 0] = zone_s;
  return {
    lightTime: durationText(light),
    moderateTime: durationText(moderate),
    vigorousTime: durationText(vigorous),
    peakTime: durationText(peak),
  };
}

function splitsOf(splits: readonly Split[]): JsonObject[] | undefined {
  if (splits.length === 0) return undefined;
  return splits.map((split) => ({
    splitType: split.type.toUpperCase(),
    ...partTimes(split),
    activeDuration: durationText(split.active_s),
    metricsSummary: metrics(split, split.active_s),
  }));
}

/** When it was started, paused, taken up again and stopped; nothing of what was written down afterwards. */
export function eventsOf(
  { from_ms, to_ms, pauses, manual }: Workout,
): { readonly type: string; readonly time_ms: number }[] {
  if (manual) return [];
  return [
    { type: "START", time_ms: from_ms },
    ...pauses.flatMap(({ from_ms, to_ms }) => [
      { type: "PAUSE", time_ms: from_ms },
      { type: "RESUME", time_ms: to_ms },
    ]),
    { type: "STOP", time_ms: to_ms },
  ];
}

function eventTexts(workout: Workout, { body }: World): JsonObject[] | undefined {
  const events = eventsOf(workout);
  if (events.length === 0) return undefined;
  return events.map(({ type, time_ms }) => ({
    exerciseEventType: type,
    eventTime: instantText(time_ms),
    eventUtcOffset: durationText(body.zones.spanAt(time_ms).offset_s),
  }));
}

/** What the person wrote of it. */
export function notesOf({ manual }: Workout): string | undefined {
  return manual ? "Written down afterwards" : undefined;
}

/** The strap's app knows heart rate and time, and calls every training alike. */
function strapPayload(workout: Workout, settings: GoogleSettings): JsonObject {
  return {
    interval: sessionInterval(workout, settings.civilTime),
    exerciseType: "WORKOUT",
    displayName: "Workout",
    activeDuration: durationText((workout.to_ms - workout.from_ms) / 1000),
    metricsSummary: {
      averageHeartRateBeatsPerMinute: workout.mean_bpm === undefined
        ? undefined
        : String(workout.mean_bpm + 1),
    },
  };
}
