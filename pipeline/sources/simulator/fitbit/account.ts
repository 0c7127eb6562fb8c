/** Profile and devices. */

import type { World } from "../api.ts";
import { rhythmProfile } from "../clinical_values.ts";
import type { Json } from "../json.ts";
import { runningStride_mm, walkingStride_mm } from "../minutes.ts";

export interface AccountResource {
  readonly scope: string;
  /** What the refusal calls the data. */
  readonly dataWord: string;
  answer(world: World): Json;
}

const resources: Readonly<Record<string, AccountResource>> = {
  "profile.json": {
    scope: "profile",
    dataWord: "profile",
    answer({ body, clock }) {
      const span = body.zones.spanAt(clock.now());
      return {
        user: {
          age: body.person.age,
          clockTimeDisplayFormat: "24hour",
          distanceUnit: "METRIC",
          encodedId: body.person.fitbitUserId,
          locale: "en_GB",
          memberSince: body.person.memberSince,
          // The offset of this moment: wrong for any date before the last clock change.
          offsetFromUTCMillis: span.offset_s * 1000,
          startDayOfWeek: "MONDAY",
          strideLengthRunning: runningStride_mm / 10,
          strideLengthRunningType: "default",
          strideLengthWalking: walkingStride_mm / 10,
          strideLengthWalkingType: "default",
          timezone: span.timeZone,
          weightUnit: "METRIC",
        },
      };
    },
  },
  "devices.json": {
    scope: "settings",
    dataWord: "settings",
    answer: (world) => [
      {
        battery: "Medium",
        batteryLevel: 64,
        deviceVersion: "Aria Air",
        features: [],
        id: "2512873640",
        lastSyncTime: localText(world, world.clock.now() - 60_000),
        mac: "SC0000000002",
        type: "SCALE",
      },
      {
        battery: "High",
        batteryLevel: 85,
        deviceVersion: "Charge 6",
        features: [],
        id: "2512873631",
        lastSyncTime: localText(world, world.syncedTo()),
        mac: "FE0000000001",
        type: "TRACKER",
      },
    ],
  },
};

/** How the person stands to notifications of an irregular rhythm. */
const rhythm: Readonly<Record<string, AccountResource>> = {
  "irn/profile.json": {
    scope: "irregular_rhythm_notifications",
    dataWord: "irregular rhythm notifications",
    answer: (world) => ({ ...rhythmProfile, lastUpdated: localText(world, world.syncedTo()) }),
  },
};

/** Goals as the person set them; the metric system's, for the account is in it. */
const goals: Readonly<Record<string, AccountResource>> = {
  "activities/goals/daily.json": {
    scope: "activity",
    dataWord: "activity",
    answer: () => ({
      goals: { activeMinutes: 30, caloriesOut: 2700, distance: 8.5, floors: 10, steps: 10_000 },
    }),
  },
  "activities/goals/weekly.json": {
    scope: "activity",
    dataWord: "activity",
    answer: () => ({ goals: { distance: 56.25, floors: 70, steps: 70_000 } }),
  },
  "sleep/goal.json": {
    scope: "sleep",
    dataWord: "sleep",
    answer: () => ({
      consistency: { flowId: 0 },
      goal: { bedtime: "22:30", minDuration: 480, updatedOn: "2026-10-01T08:00:00.000Z" },
    }),
  },
};

/** What a client must make of them: period, goal, value and unit. */
export const goalRows: readonly (readonly [string, string, number, string])[] = [
  ["day", "activeMinutes", 30, "min"],
  ["day", "caloriesOut", 2700, "kcal"],
  ["day", "distance", 8500, "m"],
  ["day", "floors", 10, "count"],
  ["day", "steps", 10_000, "count"],
  ["night", "bedtime", 1350, "min after midnight"],
  ["night", "minDuration", 480, "min"],
  ["week", "distance", 56_250, "m"],
  ["week", "floors", 70, "count"],
  ["week", "steps", 70_000, "count"],
];

/** Of years that only the service has; energy it no longer counts. */
const lifetime: Readonly<Record<string, AccountResource>> = {
  "activities.json": {
    scope: "activity",
    dataWord: "activity",
    answer: () => ({
      best: {
        total: {
          distance: { date: "2024-06-16", value: 31.25 },
          steps: { date: "2024-06-16", value: 41_230 },
        },
        tracker: { steps: { date: "2023-09-02", value: 38_115 } },
      },
      lifetime: {
        total: {
          activeScore: -1,
          caloriesOut: -1,
          distance: 9120.5,
          floors: 12_345,
          steps: 7_654_321,
        },
        tracker: { activeScore: -1, caloriesOut: -1, floors: 12_345, steps: 7_600_000 },
      },
    }),
  },
};

/** What a client must make of them: period, resource, value, unit and the best day. */
export const lifetimeRows: readonly (readonly [string, string, number, string, string | null])[] = [
  ["best_day", "distance", 31_250, "m", "2024-06-16"],
  ["best_day", "steps", 41_230, "count", "2024-06-16"],
  ["best_day", "tracker/steps", 38_115, "count", "2023-09-02"],
  ["lifetime", "distance", 9_120_500, "m", null],
  ["lifetime", "floors", 12_345, "count", null],
  ["lifetime", "steps", 7_654_321, "count", null],
  ["lifetime", "tracker/floors", 12_345, "count", null],
  ["lifetime", "tracker/steps", 7_600_000, "count", null],
];

/** The resources by their path behind the user. */
export const accountResources: ReadonlyMap<string, AccountResource> = new Map(
  Object.entries({ ...resources, ...rhythm, ...goals, ...lifetime }),
);

/** Wall clock of the profile's zone, with milliseconds, without offset. */
function localText({ body, clock }: World, epochMs: number): string {
  const { timeZone } = body.zones.spanAt(clock.now());
  return Temporal.Instant.fromEpochMilliseconds(epochMs)
    .toZonedDateTimeISO(timeZone).toPlainDateTime()
    .toString({ fractionalSecondDigits: 3 });
}
