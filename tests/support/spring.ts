/** The night on which the clocks of Berlin go forward, long past, and somebody who is at home. */

import type { HouseOptions } from "./house.ts";

/** The day of 23 hours. */
export const springDay = "2026-03-29";

/** A present some weeks after it; the watch was worn, and synced, all the time. */
export const spring = {
  now: "2026-04-20T12:00:00Z",
  person: {
    memberSince: "2026-03-20",
    zones: [{ from: null, timeZone: "Europe/Berlin" }],
    unwornDays: [],
    unwornNights: [],
    offline: [],
  },
} as const satisfies HouseOptions;
