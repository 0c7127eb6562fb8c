/** What a client must end up with of heart rate zones, activity and exercises, in the catalogue's units. */

import type { Day } from "../../../day.ts";
import { MS_PER_DAY } from "../../../day.ts";
import type { Truth, TruthOf, TruthRow } from "../truth.ts";
import { MS_PER_MINUTE } from "../minutes.ts";
import { trackTruth } from "../tracks.ts";
import { type Workout, workoutsOf } from "../workouts.ts";
import { minuteMeansOf } from "./activity_list.ts";
import { type DayMinute, dayMinutes } from "./day_minutes.ts";
import { dayTotals, seriesValues, untracked } from "./day_totals.ts";
import { means } from "./wall_clock.ts";
import { dayZoneMinutes, zoneMinuteNames } from "./zone_minutes.ts";
import { kcalOfMinute, zonesAt } from "./zones.ts";

type World = TruthOf["world"];

const zoneWord = (name: string) => name.toLowerCase().replaceAll(" ", "_");

const byText = (column: string) => (a: TruthRow, b: TruthRow) =>
  String(a[column]) < String(b[column]) ? -1 : 1;

/**
 * Every minute of a day on which the watch was worn: the service has zeros where it was not. A day of
 * nothing but zeros cannot be told from one without the watch.
 */
function perMinute(
  value: (minute: DayMinute) => number,
  rowOf: (minute: DayMinute) => TruthRow,
): Truth {
  return ({ world }, day) => {
    const { isWorn, minutes } = dayMinutes(world, day, false);
    if (!isWorn || minutes.every((minute) => value(minute) === 0)) return [];
    return minutes.map((minute) => ({
      time: new Date(minute.time_ms).toISOString(),
      utc_offset_s: minute.utc_offset_s,
      duration_s: 60,
      ...rowOf(minute),
    }));
  };
}

const levels = ["sedentary", "lightly_active", "moderately_active", "very_active"];

const activeZoneMinutes: Truth = ({ world }, day) =>
  dayZoneMinutes(world, day).map(({ time_ms, utc_offset_s, zone, value }) => ({
    time: new Date(time_ms).toISOString(),
    utc_offset_s,
    duration_s: 60,
    zone: ["", "fat_burn", "cardio", "peak"][zone] ?? "",
    active_zone_minutes: value["activeZoneMinutes"] ?? 0,
  }));

const activityDay: Truth = ({ world }, day) => {
  const totals = dayTotals(world, day);
  if (!totals.isWorn) return [];
  const [sedentary, lightly, fairly, very] = totals.levelMinutes;
  return [{
    date: day,
    steps: totals.steps,
    // The summary has two decimals of a kilometre.
    distance_m: Number((totals.distance_mm / 1e6).toFixed(2)) * 1000,
    floors: totals.floors,
    elevation_gain_m: totals.floors * 3.048,
    energy_kcal: totals.kcal,
    active_energy_kcal: totals.activityKcal,
    basal_energy_kcal: totals.basalKcal,
    sedentary_min: sedentary,
    lightly_active_min: lightly,
    fairly_active_min: fairly,
    very_active_min: very,
    swimming_strokes: null,
    active_zone_minutes: null,
  }];
};

const activitySeries: Truth = ({ world }, day) => {
  const of = dayTotals(world, day);
  const [sedentary, lightly, fairly, very] = of.levelMinutes;
  const values: readonly (readonly [resource: string, value: number, unit: string])[] = [
    ["steps", of.steps, "count"],
    ["distance", of.distance_mm / 1000, "m"],
    ["floors", of.floors, "count"],
    ["elevation", Math.floor(of.floors * 3.048), "m"],
    ["calories", of.kcal, "kcal"],
    ["caloriesBMR", of.basalKcal, "kcal"],
    ["activityCalories", of.activityKcal, "kcal"],
    ["minutesSedentary", sedentary, "min"],
    ["minutesLightlyActive", lightly, "min"],
    ["minutesFairlyActive", fairly, "min"],
    ["minutesVeryActive", very, "min"],
    ["swimming-strokes", of.strokes, "count"],
    ...zoneMinuteNames.flatMap((name) => {
      const minutes = of.zoneMinutes[name];
      return minutes === undefined ? [] : [[name, minutes, "min"] as const];
    }),
  ];
  // Nothing was entered by hand: what the tracker counted is the same.
  const tracked = values
    .filter(([resource]) => resource in seriesValues && !untracked.has(resource))
    .map(([resource, value, unit]) => [`tracker/${resource}`, value, unit] as const);
  return [...values, ...tracked]
    .map(([resource, value, unit]) => ({ date: day, resource, value, unit }))
    .sort(byText("resource"));
};

/** Minute means of a day's samples, in whole beats, as the zones are counted from. */
function dayMeans({ body }: World, day: Day): readonly number[] {
  const { time_ms, utc_offset_s, bpm } = body.ofDay(day);
  const second = Array.from(
    time_ms,
    (time, i) => ((time + (utc_offset_s[i] ?? 0) * 1000) % MS_PER_DAY) / 1000,
  );
  return means({ second, bpm: Array.from(bpm) }, 60).bpm;
}

const heartRateZones: Truth = ({ world }, day) => {
  const minutes = dayMeans(world, day);
  const { age } = world.body.person;
  return zonesAt(age).map(({ name, min, max }) => {
    const inside = minutes.filter((bpm) => bpm >= min && bpm < max);
    return {
      date: day,
      zone: zoneWord(name),
      min_bpm: min,
      max_bpm: max,
      minutes: minutes.length === 0 ? null : inside.length,
      energy_kcal: minutes.length === 0
        ? null
        : Number(inside.reduce((sum, bpm) => sum + kcalOfMinute(bpm), 0).toFixed(5)),
    };
  }).sort(byText("zone"));
};

const restingHeartRate: Truth = ({ world }, day) => {
  const resting = world.body.restingHeartRate(day);
  return resting === undefined
    ? []
    : [{ date: day, bpm: resting.bpm, error_bpm: null, method: null }];
};

function exerciseRow(workout: Workout): TruthRow {
  const { from_ms, to_ms, distance_mm, active_s, pool_m, manual } = workout;
  const hasPace = distance_mm !== undefined && pool_m === undefined;
  return {
    time: new Date(from_ms).toISOString(),
    utc_offset_s: workout.from_offset_s,
    duration_s: (to_ms - from_ms) / 1000,
    end_time: new Date(to_ms).toISOString(),
    exercise_id: workout.id,
    type: workout.name.toLowerCase(),
    name: workout.name,
    active_duration_s: active_s,
    energy_kcal: workout.energy_kcal,
    distance_m: distance_mm === undefined ? null : distance_mm / 1000,
    steps: workout.steps ?? null,
    mean_bpm: workout.mean_bpm ?? null,
    active_zone_minutes: workout.activeZoneMinutes ?? null,
    sedentary_min: 0,
    lightly_active_min: 0,
    fairly_active_min: 0,
    very_active_min: Math.round((to_ms - from_ms) / MS_PER_MINUTE),
    pace_s_per_m: hasPace ? active_s / (distance_mm / 1000) : null,
    speed_m_per_s: hasPace ? distance_mm / 1000 / active_s : null,
    elevation_gain_m: null,
    run_vo2_max_ml_per_kg_min: null,
    light_zone_s: null,
    moderate_zone_s: null,
    vigorous_zone_s: null,
    peak_zone_s: null,
    pool_length_m: pool_m ?? null,
    swim_lengths: pool_m === undefined ? null : workout.lengths.length,
    cadence_per_min: null,
    stride_length_m: null,
    vertical_oscillation_m: null,
    vertical_ratio: null,
    ground_contact_s: null,
    has_gps: workout.hasGps,
    log_type: manual ? "manual" : "auto_detected",
    device: manual ? null : "Charge 6",
    notes: null,
  };
}

const exerciseZone: Truth = ({ world }, day) =>
  workoutsOf(world.body, day).filter(({ mean_bpm }) => mean_bpm !== undefined)
    .flatMap((workout) => {
      const minutes = minuteMeansOf(world, workout);
      return zonesAt(world.body.person.age).map(({ name, min, max }) => ({
        time: new Date(workout.from_ms).toISOString(),
        utc_offset_s: workout.from_offset_s,
        exercise_id: workout.id,
        zone: zoneWord(name),
        min_bpm: min,
        max_bpm: max,
        minutes: minutes.filter((bpm) => bpm >= min && bpm < max).length,
        energy_kcal: null,
      })).sort(byText("zone"));
    });

/** By the table's name. */
export const activityTruth: Readonly<Record<string, Truth>> = {
  steps: perMinute(({ steps }) => steps, ({ steps }) => ({ steps })),
  distance: perMinute(
    ({ distance_mm }) => distance_mm,
    ({ distance_mm }) => ({ distance_m: distance_mm / 1000 }),
  ),
  floors: perMinute(({ floors }) => floors, ({ floors }) => ({ floors })),
  swimming_strokes: perMinute(({ strokes }) => strokes, ({ strokes }) => ({ strokes })),
  altitude: perMinute(({ floors }) => floors, ({ floors }) => ({ gain_m: floors * 3.048 })),
  calories: perMinute(
    ({ kcal }) => kcal,
    ({ kcal, mets10 }) => ({ energy_kcal: kcal, met: mets10 / 10 }),
  ),
  activity_level: perMinute(({ kcal }) => kcal, ({ level }) => ({ level: levels[level] ?? "" })),
  active_zone_minutes: activeZoneMinutes,
  activity_day: activityDay,
  activity_series: activitySeries,
  heart_rate_zones: heartRateZones,
  resting_heart_rate: restingHeartRate,
  exercise: ({ world }, day) => workoutsOf(world.body, day).map(exerciseRow),
  exercise_zone: exerciseZone,
  exercise_track: trackTruth,
};
