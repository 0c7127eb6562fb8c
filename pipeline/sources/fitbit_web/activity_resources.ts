/** The activity resources of the Fitbit Web API: how they are spelled, and in which unit they are. */

/** What a resource's numbers are, once distances and heights are in metres. */
export type ActivityUnit = "count" | "m" | "kcal" | "min";

/** How a resource's numbers are written. */
export type Measure = "count" | "distance" | "height" | "kcal" | "min";

/** Resources with a value a minute, also asked for day by day. */
export const intradayResources = [
  "steps",
  "distance",
  "floors",
  "elevation",
  "calories",
] as const;

export type IntradayResource = typeof intradayResources[number];

/** What each resource of the daily series measures, with whole numbers of its unit or parts of it. */
export const seriesMeasures = {
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

export type SeriesResource = keyof typeof seriesMeasures;

/** The resources that also exist as the tracker alone counted them, without logged activities. */
export const trackerResources = [
  "tracker/steps",
  "tracker/distance",
  "tracker/floors",
  "tracker/elevation",
  "tracker/calories",
  "tracker/activityCalories",
  "tracker/minutesSedentary",
  "tracker/minutesLightlyActive",
  "tracker/minutesFairlyActive",
  "tracker/minutesVeryActive",
] as const;
