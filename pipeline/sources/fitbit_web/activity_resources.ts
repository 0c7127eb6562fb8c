/** The activity resources of the Fitbit Web API: how they are spelled, and what they measure. */

/** How a resource's numbers are written; distances and heights are in the account's units. */
export type Measure = "count" | "distance" | "height" | "kcal" | "min";

/** What the resources of the daily series measure. */
const ofDays = {
  "steps": "count",
  "distance": "distance",
  "floors": "count",
  "elevation": "height",
  "calories": "kcal",
  "caloriesBMR": "kcal",
  "activityCalories": "kcal",
  "minutesSedentary": "min",
  "minutesLightlyActive": "min",
  "minutesFairlyActive": "min",
  "minutesVeryActive": "min",
  "swimming-strokes": "count",
} as const satisfies Readonly<Record<string, Measure>>;

/** The same of what the tracker counted, without entries by hand; of others there is none. */
const ofTracker = Object.entries(ofDays)
  .filter(([resource]) => !["caloriesBMR", "swimming-strokes"].includes(resource))
  .map(([resource, measure]) => [`tracker/${resource}`, measure] as const);

/** The resources of the daily series that are asked for, with what they measure. */
export const seriesMeasures: ReadonlyMap<string, Measure> = new Map([
  ...Object.entries(ofDays),
  ...ofTracker,
]);

/** Active zone minutes, whose daily values are objects. */
export const zoneMinutesResource = "active-zone-minutes";

/** Resources with a value every minute. */
export const intradayResources = [
  "steps",
  "distance",
  "floors",
  "elevation",
  "calories",
  "swimming-strokes",
] as const;

export type IntradayResource = typeof intradayResources[number];

/** A resource as the members of an answer spell it: `activities-steps`, `activities-tracker-steps`. */
export function memberOf(resource: string): string {
  return `activities-${resource.replaceAll("/", "-")}`;
}
