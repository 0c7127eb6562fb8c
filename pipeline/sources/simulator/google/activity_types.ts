/** The data types of moving about: what each records of a day, and how it is written. */

import { activity, minutesPerDay } from "../day_plan.ts";
import { zoneNames } from "../heart_zones.ts";
import type { JsonObject } from "../json.ts";
import {
  activeKcal,
  basalKcal,
  floor_mm,
  levelNames,
  type Minutes,
  MS_PER_MINUTE,
  noZone,
  totalKcal,
  zoneMinutes,
} from "../minutes.ts";
import type { Person } from "../person.ts";
import { lengthsBetween, strokeNames } from "../swims.ts";
import { type OfMinute, perMinute, type Piece, runs } from "./activity_pieces.ts";

/** One data type. */
export interface ActivityType {
  /** What is recorded of a UTC day. */
  pieces(minutes: Minutes, person: Person): Piece[];
  /** The payload beside the interval. */
  payload(piece: Piece): JsonObject;
  readonly rollUp?: {
    readonly maxDays: 14 | 90;
    /** Finer pieces than those recorded. */
    pieces?(minutes: Minutes): Piece[];
    value(values: readonly number[], kinds: readonly number[]): JsonObject;
  };
}

/** An int64: text, and left out when it is zero. */
const int64 = (value: number) => (value === 0 ? undefined : String(value));

/** A double, left out when it is zero. */
const double = (value: number) => (value === 0 ? undefined : value);

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** A whole quantity of every worn minute, zero included, and its sum. */
function counted(
  member: string,
  sumMember: string,
  valueOf: OfMinute<number>,
): ActivityType {
  return {
    pieces: perMinute(valueOf),
    payload: ({ value }) => ({ [member]: int64(value) }),
    rollUp: { maxDays: 90, value: (values) => ({ [sumMember]: int64(sumOf(values)) }) },
  };
}

/** Energy in kcal; minutes without any have no point. */
function energy(kcalOf: OfMinute<number>, maxDays: 14 | 90): ActivityType {
  return {
    pieces: perMinute(kcalOf),
    payload: ({ value }) => ({ kcal: value }),
    rollUp: { maxDays, value: (values) => ({ kcalSum: double(sumOf(values)) }) },
  };
}

/** The sums of the values by their kind, calmest first; kinds without any are left out. */
function byKind(values: readonly number[], kinds: readonly number[]): [number, number][] {
  const sums = new Map<number, number>();
  kinds.forEach((kind, i) => sums.set(kind, (sums.get(kind) ?? 0) + (values[i] ?? 0)));
  return [...sums].sort(([a], [b]) => a - b);
}

const zoneOf: OfMinute<number> = ({ zone }, m) => zone[m] === noZone ? undefined : zone[m];

/** Active minutes have three levels: those of levels after sedentary. */
const activeLevels = ["", "LIGHT", "MODERATE", "VIGOROUS"] as const;

/** Zones that are worth active zone minutes, by the index of the heart-rate zone. */
const azmZones = ["", "FAT_BURN", "CARDIO", "PEAK"] as const;
const azmSums = ["", "sumInFatBurnHeartZone", "sumInCardioHeartZone", "sumInPeakHeartZone"];

const sitting: OfMinute<number> = (minutes, m) =>
  minutes.activity[m] === activity.awake && minutes.level[m] === 0 ? 0 : undefined;

/** The shortest sitting that counts as a period. */
const leastSitting = 10;

/** Every length of the swims that a day holds. */
function swumLengths(minutes: Minutes, person: Person): Piece[] {
  const swims = runs(({ swimming }, m) => swimming[m] === 1 ? 1 : undefined)(minutes);
  return swims.flatMap(({ start_ms, end_ms }) =>
    lengthsBetween(person, start_ms, end_ms).map(({ strokes, stroke, ...times }) => ({
      ...times,
      value: strokes,
      kind: stroke,
    }))
  );
}

export const activityTypes = {
  "steps": counted("count", "countSum", ({ steps }, m) => steps[m]),
  "distance": counted("millimeters", "millimetersSum", ({ distance_mm }, m) => distance_mm[m]),
  "floors": counted("count", "countSum", ({ floors }, m) => floors[m]),
  "altitude": counted(
    "gainMillimeters",
    "gainMillimetersSum",
    ({ floors }, m) => floors[m]! * floor_mm,
  ),
  "active-energy-burned": energy(
    ({ mets10 }, m) => mets10[m] === 10 ? undefined : activeKcal(mets10[m]!),
    90,
  ),
  "basal-energy-burned": energy(() => basalKcal, 90),
  "total-calories": energy(({ mets10 }, m) => totalKcal(mets10[m]!), 14),
  "active-minutes": {
    pieces: perMinute(({ level }, m) => level[m] === 0 ? undefined : 1, ({ level }, m) => level[m]),
    payload: ({ kind, value }) => ({
      activeMinutesByActivityLevel: [
        { activityLevel: activeLevels[kind], activeMinutes: String(value) },
      ],
    }),
    rollUp: {
      maxDays: 14,
      value: (values, kinds) => ({
        activeMinutesRollupByActivityLevel: byKind(values, kinds).map(([kind, sum]) => ({
          activityLevel: activeLevels[kind],
          activeMinutesSum: String(sum),
        })),
      }),
    },
  },
  "active-zone-minutes": {
    pieces: perMinute(
      (minutes, m) => zoneMinutes[zoneOf(minutes, m) ?? 0] || undefined,
      zoneOf,
    ),
    payload: ({ kind, value }) => ({
      heartRateZone: azmZones[kind],
      activeZoneMinutes: String(value),
    }),
    rollUp: {
      maxDays: 90,
      value: (values, kinds) =>
        Object.fromEntries(
          byKind(values, kinds).map(([kind, sum]) => [azmSums[kind], String(sum)]),
        ),
    },
  },
  "activity-level": {
    pieces: runs(({ level }, m) => level[m]),
    payload: ({ kind }) => ({ activityLevelType: levelNames[kind] }),
  },
  "sedentary-period": {
    pieces: runs(sitting, leastSitting),
    payload: () => ({}),
    rollUp: {
      maxDays: 90,
      pieces: (minutes) =>
        runs(sitting, leastSitting)(minutes).flatMap(({ start_ms, value }) =>
          Array.from({ length: Math.min(value, minutesPerDay) }, (_, m) => ({
            start_ms: start_ms + m * MS_PER_MINUTE,
            end_ms: start_ms + (m + 1) * MS_PER_MINUTE,
            value: 1,
            kind: 0,
          }))
        ),
      value: (values) => ({ durationSum: `${60 * sumOf(values)}s` }),
    },
  },
  "time-in-heart-rate-zone": {
    pieces: runs(zoneOf),
    payload: ({ kind }) => ({ heartRateZoneType: zoneNames[kind] }),
    rollUp: {
      maxDays: 90,
      pieces: perMinute((minutes, m) => zoneOf(minutes, m) === undefined ? undefined : 1, zoneOf),
      value: (values, kinds) => ({
        timeInHeartRateZones: byKind(values, kinds).map(([kind, sum]) => ({
          heartRateZone: zoneNames[kind],
          duration: `${60 * sum}s`,
        })),
      }),
    },
  },
  "calories-in-heart-rate-zone": {
    pieces: perMinute(
      (minutes, m) => zoneOf(minutes, m) === undefined ? undefined : totalKcal(minutes.mets10[m]!),
      zoneOf,
    ),
    payload: () => ({}),
    rollUp: {
      maxDays: 14,
      value: (values, kinds) => ({
        caloriesInHeartRateZones: byKind(values, kinds).map(([kind, sum]) => ({
          heartRateZone: zoneNames[kind],
          kcal: sum,
        })),
      }),
    },
  },
  "swim-lengths-data": {
    pieces: swumLengths,
    payload: ({ kind, value }) => ({
      swimStrokeType: strokeNames[kind],
      strokeCount: String(value),
    }),
    rollUp: { maxDays: 90, value: (values) => ({ strokeCountSum: String(sumOf(values)) }) },
  },
} satisfies Record<string, ActivityType>;

export type ActivityTypeName = keyof typeof activityTypes;
