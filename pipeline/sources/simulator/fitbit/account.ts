/** Profile and devices. */

import type { World } from "../api.ts";
import type { Json } from "../json.ts";

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

/** The resources by their path behind the user. */
export const accountResources: ReadonlyMap<string, AccountResource> = new Map(
  Object.entries(resources),
);

/** Wall clock of the profile's zone, with milliseconds, without offset. */
function localText({ body, clock }: World, epochMs: number): string {
  const { timeZone } = body.zones.spanAt(clock.now());
  return Temporal.Instant.fromEpochMilliseconds(epochMs)
    .toZonedDateTimeISO(timeZone).toPlainDateTime()
    .toString({ fractionalSecondDigits: 3 });
}
