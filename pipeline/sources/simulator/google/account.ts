/** Who and with which devices: identity, profile, settings, paired devices, rhythm notifications. */

import type { World } from "../api.ts";
import { rhythmProfile } from "../clinical_values.ts";
import type { JsonObject } from "../json.ts";
import { runningStride_mm, walkingStride_mm } from "../minutes.ts";
import { parsePageSize } from "./read_points.ts";
import { dateParts, durationText, instantText } from "./times.ts";

export interface AccountResource {
  /** Scopes of which one is needed, without the prefix; empty: any. */
  readonly scopes: readonly string[];
  answer(world: World, query: URLSearchParams): JsonObject;
}

const resources: Readonly<Record<string, AccountResource>> = {
  identity: {
    scopes: [],
    answer: ({ body }) => ({
      name: "users/me/identity",
      healthUserId: body.person.healthUserId,
      legacyUserId: body.person.fitbitUserId,
    }),
  },
  profile: {
    scopes: ["profile.readonly"],
    answer: ({ body }) => ({
      name: "users/me/profile",
      age: body.person.age,
      membershipStartDate: dateParts(Date.parse(`${body.person.memberSince}T00:00:00Z`)),
      autoWalkingStrideLengthMm: walkingStride_mm,
      autoRunningStrideLengthMm: runningStride_mm,
    }),
  },
  settings: {
    scopes: ["settings.readonly"],
    answer({ body, clock }) {
      const span = body.zones.spanAt(clock.now());
      return {
        name: "users/me/settings",
        autoStrideEnabled: true,
        distanceUnit: "DISTANCE_UNIT_KILOMETERS",
        glucoseUnit: "GLUCOSE_UNIT_MG_DL",
        heightUnit: "HEIGHT_UNIT_CENTIMETERS",
        languageLocale: "en_GB",
        utcOffset: durationText(span.offset_s),
        strideLengthWalkingType: "STRIDE_LENGTH_TYPE_AUTO",
        strideLengthRunningType: "STRIDE_LENGTH_TYPE_DEFAULT",
        swimUnit: "SWIM_UNIT_METERS",
        temperatureUnit: "TEMPERATURE_UNIT_CELSIUS",
        timeZone: span.timeZone,
        waterUnit: "WATER_UNIT_ML",
        weightUnit: "WEIGHT_UNIT_KILOGRAMS",
        foodLanguageCode: "en-GB",
      };
    },
  },
  irnProfile: {
    scopes: ["irn.readonly"],
    answer: (world) => ({
      name: "users/me/irnProfile",
      // False is what a value is when nothing is said, and so left out.
      onboardingStatus: rhythmProfile.onboarded || undefined,
      enrollmentStatus: rhythmProfile.enrolled || undefined,
      updateTime: instantText(world.syncedTo()),
    }),
  },
  pairedDevices: {
    scopes: ["settings.readonly"],
    answer(world, query) {
      const size = parsePageSize(query.get("pageSize") ?? "", { usual: 5, most: 100 });
      const from = Number(query.get("pageToken") ?? "0");
      const devices = devicesOf(world);
      const more = from + size < devices.length;
      return {
        pairedDevices: devices.slice(from, from + size),
        nextPageToken: more ? String(from + size) : undefined,
      };
    },
  },
};

/** The resources by their path behind `/v4/users/{user}/`. */
export const accountResources: ReadonlyMap<string, AccountResource> = new Map(
  Object.entries(resources),
);

/** The watch, and scales that synced later: only the watch's time says which days are complete. */
function devicesOf(world: World): JsonObject[] {
  return [
    {
      name: "users/me/pairedDevices/2512873640",
      deviceType: "SCALE",
      batteryLevel: 64,
      batteryStatus: "Medium",
      deviceVersion: "Aria Air",
      lastSyncTime: instantText(world.clock.now() - 60_000),
      macAddress: "SC0000000002",
    },
    {
      name: "users/me/pairedDevices/2512873631",
      deviceType: "TRACKER",
      batteryLevel: 85,
      batteryStatus: "High",
      deviceVersion: "Charge 6",
      lastSyncTime: instantText(world.syncedTo()),
      macAddress: "FE0000000001",
      features: ["ACTIVE_ZONE_MINUTES", "HEART_RATE", "SLEEP", "STEPS"],
    },
  ];
}
