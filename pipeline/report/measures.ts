/**
 * The measures of a day that the page shows: columns of the day aggregate, how they are called, and to
 * how many decimals they are kept.
 */

export interface Measure {
  /** The column of the day aggregate. */
  readonly column: string;
  /** As a heading. */
  readonly title: string;
  /** Behind a value; empty for counts. */
  readonly unit: string;
  /** Decimals in the page's data. */
  readonly kept: number;
  /** Decimals a person is shown. */
  readonly shown: number;
  /** Whether days are held against each other by it. */
  readonly compared: boolean;
  /** Of a day's sum: the column that says how much of the day is in it. */
  readonly coverage?: string;
}

const measure = (
  column: string,
  title: string,
  unit: string,
  kept: number,
  shown: number,
  compared = false,
  coverage?: string,
): Measure => ({
  column,
  title,
  unit,
  kept,
  shown,
  compared,
  ...coverage === undefined ? {} : { coverage },
});

export const measures: readonly Measure[] = [
  measure("heart_rate_n", "Heart-rate samples", "", 0, 0),
  measure("heart_rate_covered_minutes", "Minutes with heart rate", "min", 0, 0),
  measure("heart_rate_coverage", "Share of the day with heart rate", "", 4, 2),
  measure("heart_rate_mean_bpm", "Mean heart rate", "bpm", 2, 0),
  measure("heart_rate_min_bpm", "Lowest heart rate", "bpm", 0, 0),
  measure("heart_rate_max_bpm", "Highest heart rate", "bpm", 0, 0),
  measure("resting_heart_rate_bpm", "Resting heart rate", "bpm", 2, 0, true),
  measure("daily_heart_rate_variability_rmssd_ms", "Heart-rate variability", "ms", 2, 0, true),
  measure("steps", "Steps", "", 0, 0, true, "steps_coverage"),
  measure("steps_coverage", "Share of the day with steps", "", 4, 2),
  measure("distance_m", "Distance", "m", 0, 0),
  measure("calories_kcal", "Energy used", "kcal", 0, 0, true, "calories_coverage"),
  measure("calories_coverage", "Share of the day with energy", "", 4, 2),
  measure("sleep_asleep_min", "Time asleep", "min", 1, 0, true),
  measure("sleep_start_local_min", "Fell asleep at", "min", 1, 0),
  measure("sleep_middle_local_min", "Middle of the sleep", "min", 2, 0, true),
  measure("sleep_end_local_min", "Woke up at", "min", 1, 0),
  measure("sleep_duration_min", "Time in bed", "min", 1, 0),
  measure("sleep_deep_min", "Deep sleep", "min", 1, 0, true),
  measure("sleep_light_min", "Light sleep", "min", 1, 0),
  measure("sleep_rem_min", "REM sleep", "min", 1, 0, true),
  measure("sleep_wake_min", "Awake in the night", "min", 1, 0),
  measure("sleep_awake_min", "Awake", "min", 1, 0),
  measure("other_sleep_count", "Naps", "", 0, 0),
  measure("other_sleep_asleep_min", "Asleep in naps", "min", 1, 0),
  measure("daily_spo2_mean_percent", "Oxygen saturation", "%", 2, 1, true),
  measure("breathing_rate_breaths_per_min", "Breathing rate", "breaths/min", 2, 1, true),
  measure("skin_temperature_relative_c", "Skin temperature against baseline", "°C", 3, 1),
  measure("skin_temperature_nightly_c", "Skin temperature", "°C", 3, 1, true),
  measure("daily_vo2_max_ml_per_kg_min", "VO2 max", "ml/kg/min", 2, 1),
  measure("weight_kg", "Weight", "kg", 2, 1, true),
  measure("body_fat_percent", "Body fat", "%", 2, 1),
  measure("exercise_count", "Exercises", "", 0, 0),
  measure("exercise_min", "Time exercising", "min", 1, 0),
  measure("time_in_heart_rate_zone_light_min", "Light zone", "min", 2, 0),
  measure("time_in_heart_rate_zone_moderate_min", "Moderate zone", "min", 2, 0),
  measure("time_in_heart_rate_zone_vigorous_min", "Vigorous zone", "min", 2, 0),
  measure("time_in_heart_rate_zone_peak_min", "Peak zone", "min", 2, 0),
  measure("heart_rate_zones_out_of_range_min", "Below the zones", "min", 2, 0),
  measure("heart_rate_zones_fat_burn_min", "Fat burn zone", "min", 2, 0),
  measure("heart_rate_zones_cardio_min", "Cardio zone", "min", 2, 0),
  measure("heart_rate_zones_peak_min", "Peak zone", "min", 2, 0),
  measure("active_zone_minutes", "Active zone minutes", "min", 0, 0),
];

/** The measure of that column; throws a RangeError when the page has none. */
export function measureOf(column: string): Measure {
  const found = measures.find((measure) => measure.column === column);
  if (found !== undefined) return found;
  throw new RangeError(`Cannot find a measure "${column}"`);
}

/** The value as it is kept: rounded to the measure's decimals. */
export function kept(value: number, { kept }: Pick<Measure, "kept">): number {
  return Number(value.toFixed(kept));
}
