/**
 * The demo: who it is about and which days it covers. Dates are fixed so that anybody's output can
 * be compared; the range holds a clock change, a journey, an unworn day and a late sync.
 */

import type { Person } from "./person.ts";

/** The 30 days the demo fetches, both included. */
export const demoFirstDay = "2026-10-01";
export const demoLastDay = "2026-10-30";

/** The zone the person lives in. */
export const demoTimeZone = "Europe/Berlin";

/** The demo's present: a week and more after the last day, so that all its days are settled. */
export const demoNow = Date.parse("2026-11-07T12:00:00Z");

export const demoPerson: Person = {
  seed: 2016,
  memberSince: demoFirstDay,
  age: 40,
  zones: [
    // Europe/Berlin leaves summer time on 2026-10-25 at 01:00 UTC: that day has 25 hours.
    { from: null, timeZone: demoTimeZone },
    // A flight west (the day has 30 hours) and one back through the night (18 hours).
    { from: "2026-10-12T16:00:00Z", timeZone: "America/New_York" },
    { from: "2026-10-18T06:00:00Z", timeZone: demoTimeZone },
  ],
  cadence: "usual",
  unwornDays: ["2026-10-08"],
  unwornNights: ["2026-10-21"],
  offline: [{ from: "2026-10-14T11:20:00Z", to: "2026-10-16T21:05:00Z" }],
  healthUserId: "8412907366153",
  fitbitUserId: "9SIM42",
};

/** Fitbit's ids are six of the digits and letters of this base. */
const fitbitBase = 36;
const fitbitLength = 6;

/** The demo's person for its seed; for another one somebody else, with accounts of their own. */
export function personOf(seed: number): Person {
  const others = seed - demoPerson.seed;
  const fitbitIds = fitbitBase ** fitbitLength;
  const fitbitId = (parseInt(demoPerson.fitbitUserId, fitbitBase) + others + fitbitIds) % fitbitIds;
  return {
    ...demoPerson,
    seed,
    healthUserId: `${Number(demoPerson.healthUserId) + others}`,
    fitbitUserId: fitbitId.toString(fitbitBase).toUpperCase().padStart(fitbitLength, "0"),
  };
}
