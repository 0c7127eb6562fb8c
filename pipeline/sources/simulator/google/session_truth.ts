/** What a client must end up with of sleeps and exercises, in the catalogue's units. */

import { nightsOf, type Sleep } from "../nights.ts";
import { type Stretch, stretchBetween } from "../stretches.ts";
import type { Truth, TruthRow } from "../truth.ts";
import type { Measured } from "../workout_measures.ts";
import { trackTruth } from "../tracks.ts";
import { type Split, type Workout, workoutsOf } from "../workouts.ts";
import { eventsOf, mobilityOf, notesOf, paceOf } from "./exercise.ts";
import { summaryMinutes } from "./sleep.ts";

/** The columns of an interval. */
function interval({ from_ms, from_offset_s, to_ms }: Stretch) {
  return {
    time: new Date(from_ms).toISOString(),
    utc_offset_s: from_offset_s,
    duration_s: (to_ms - from_ms) / 1000,
  };
}

function sleepRow(sleep: Sleep): TruthRow {
  const minutes = summaryMinutes(sleep);
  const of = (stage: string) => minutes.stages.find((one) => one.stage === stage)?.minutes ?? null;
  return {
    date: sleep.date,
    ...interval(sleep),
    end_time: new Date(sleep.to_ms).toISOString(),
    end_utc_offset_s: sleep.to_offset_s,
    sleep_id: sleep.id,
    type: sleep.type,
    main_sleep: sleep.main,
    nap: sleep.nap,
    manual: sleep.edited,
    processed: true,
    asleep_min: minutes.asleep,
    awake_min: minutes.awake,
    to_fall_asleep_min: sleep.toFallAsleep_min || null,
    after_wake_up_min: sleep.afterWakeUp_min || null,
    in_bed_min: null,
    in_sleep_period_min: minutes.inSleepPeriod,
    deep_min: of("deep"),
    light_min: of("light"),
    rem_min: of("rem"),
    wake_min: of("awake"),
    restless_min: of("restless"),
    efficiency: null,
    stages_status: sleep.status,
  };
}

const sleepTruth: Truth = ({ world }, day) => nightsOf(world.body, day).map(sleepRow);

const stageTruth: Truth = ({ world: { body } }, day) =>
  nightsOf(body, day).flatMap((sleep) => {
    const row = (stage: string, short: boolean, from_ms: number, to_ms: number): TruthRow => ({
      ...interval(stretchBetween(body, from_ms, to_ms)),
      sleep_id: sleep.id,
      stage,
      short,
      date: sleep.date,
    });
    return [
      ...sleep.stages.map((part) => row(part.stage, false, part.from_ms, part.to_ms)),
      ...sleep.shortAwakenings.map((part) => row(part.stage, true, part.from_ms, part.to_ms)),
      ...sleep.outOfBed.map((part) => row("out_of_bed", true, part.from_ms, part.to_ms)),
    ].sort((a, b) => (String(a["time"]) < String(b["time"]) ? -1 : 1));
  });

function measured(of: Measured, active_s: number) {
  const pace = paceOf(of, active_s);
  return {
    active_duration_s: active_s,
    energy_kcal: of.energy_kcal,
    distance_m: of.distance_mm === undefined ? null : of.distance_mm / 1000,
    steps: of.steps ?? null,
    mean_bpm: of.mean_bpm ?? null,
    pace_s_per_m: pace?.pace_s_per_m ?? null,
    speed_m_per_s: pace === undefined ? null : pace.speed_mm_per_s / 1000,
    elevation_gain_m: null,
  };
}

function zoneSeconds(zone_s: Workout["zone_s"]) {
  return {
    light_zone_s: zone_s?.[0] ?? null,
    moderate_zone_s: zone_s?.[1] ?? null,
    vigorous_zone_s: zone_s?.[2] ?? null,
    peak_zone_s: zone_s?.[3] ?? null,
  };
}

function exerciseRow(workout: Workout): TruthRow {
  const mobility = mobilityOf(workout);
  return {
    ...interval(workout),
    end_time: new Date(workout.to_ms).toISOString(),
    exercise_id: workout.id,
    type: workout.type,
    name: workout.name,
    ...measured(workout, workout.active_s),
    active_zone_minutes: workout.activeZoneMinutes ?? null,
    run_vo2_max_ml_per_kg_min: null,
    ...zoneSeconds(workout.zone_s),
    pool_length_m: workout.pool_m ?? null,
    swim_lengths: workout.pool_m === undefined ? null : workout.lengths.length,
    cadence_per_min: mobility?.cadence_per_min ?? null,
    stride_length_m: mobility === undefined ? null : mobility.stride_mm / 1000,
    vertical_oscillation_m: null,
    vertical_ratio: null,
    ground_contact_s: null,
    has_gps: workout.hasGps,
    log_type: null,
    device: null,
    notes: notesOf(workout) ?? null,
  };
}

const exerciseTruth: Truth = ({ world }, day) => workoutsOf(world.body, day).map(exerciseRow);

const splitTruth: Truth = ({ world }, day) =>
  workoutsOf(world.body, day).flatMap((workout) => {
    const row = (lap: boolean) => (split: Split): TruthRow => ({
      ...interval(split),
      date: workout.date,
      exercise_id: workout.id,
      lap,
      type: split.type,
      ...measured(split, split.active_s),
      active_zone_minutes: null,
      ...zoneSeconds(undefined),
    });
    return [...workout.splits.map(row(false)), ...workout.laps.map(row(true))]
      .sort((a, b) => (String(a["time"]) < String(b["time"]) ? -1 : 1));
  });

const eventTruth: Truth = ({ world: { body } }, day) =>
  workoutsOf(body, day).flatMap((workout) =>
    eventsOf(workout).map(({ type, time_ms }) => ({
      time: new Date(time_ms).toISOString(),
      utc_offset_s: body.zones.spanAt(time_ms).offset_s,
      date: workout.date,
      exercise_id: workout.id,
      type: type.toLowerCase(),
    }))
  );

/** By the table's name. */
export const sessionTruth: Readonly<Record<string, Truth>> = {
  sleep: sleepTruth,
  sleep_stage: stageTruth,
  exercise: exerciseTruth,
  exercise_split: splitTruth,
  exercise_event: eventTruth,
  exercise_track: trackTruth,
};
