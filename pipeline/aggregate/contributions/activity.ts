/** What the tables of moving about add to the aggregates. */

import * as activity from "../../catalog/activity.ts";
import type { TableSpec } from "../../catalog.ts";
import type { Contribution } from "../contribution.ts";
import { daily, each } from "../daily.ts";
import { count, last, total } from "../daily_rules.ts";
import { quantity, type QuantitySpec, shares } from "../quantity.ts";

/** A quantity of one column, of which every row says that the watch was worn. */
function worn(
  table: TableSpec,
  name: string,
  column: string,
  about: string,
  clock: Pick<QuantitySpec, "tellsClock" | "homeClock"> = {},
): Contribution {
  const unit = table.columns.find((spec) => spec.name === column)?.unit;
  return quantity({
    table,
    sum: { column },
    ...unit === undefined ? {} : { unit },
    shares: [{ name, about }],
    coverage: true,
    ...clock,
  });
}

const { steps, distance, floors, altitude, calories, activeCalories, basalCalories } = activity;
const ownTotals = activity.activityDay.columns
  .filter(({ name }) => name !== "date" && name !== "source");

export const activityContributions: readonly Contribution[] = [
  worn(steps, "steps", "steps", "Steps", { tellsClock: true }),
  worn(distance, "distance_m", "distance_m", "Distance covered"),
  worn(floors, "floors", "floors", "Floors climbed"),
  worn(altitude, "altitude_gain_m", "gain_m", "Height gained"),
  worn(calories, "calories_kcal", "energy_kcal", "All energy used, resting included", {
    homeClock: true,
  }),
  worn(activeCalories, "active_calories_kcal", "energy_kcal", "Energy used by moving"),
  worn(basalCalories, "basal_calories_kcal", "energy_kcal", "Energy used by resting"),
  quantity({
    table: activity.activeMinutes,
    sum: { column: "minutes" },
    unit: "min",
    by: "level",
    shares: shares(
      ["light", "moderate", "vigorous"],
      (level) => `active_minutes_${level}`,
      (level) => `Active minutes of ${level} intensity; levels do not tile a day`,
    ),
  }),
  quantity({
    table: activity.activeZoneMinutes,
    sum: { column: "active_zone_minutes" },
    unit: "min",
    by: "zone",
    shares: [
      {
        name: "active_zone_minutes",
        about: "Active zone minutes of all zones; cardio and peak are doubled already",
      },
      ...shares(
        ["fat_burn", "cardio", "peak"],
        (zone) => `active_zone_minutes_${zone}`,
        (zone) => `Active zone minutes of zone ${zone}`,
      ),
    ],
  }),
  quantity({
    table: activity.activityLevel,
    sum: "minutes",
    unit: "min",
    by: "level",
    shares: shares(
      ["sedentary", "lightly_active", "moderately_active", "very_active"],
      (level) => `activity_level_${level}_min`,
      (level) => `Time ${level}; 0 where another level is known`,
    ),
    oneAtATime: true,
    coverage: true,
  }),
  quantity({
    table: activity.sedentaryPeriod,
    sum: "minutes",
    unit: "min",
    shares: [{ name: "sedentary_period_min", about: "Time sitting or lying" }],
  }),
  quantity({
    table: activity.swimmingStrokes,
    sum: { column: "strokes" },
    shares: [{ name: "swimming_strokes", about: "Strokes swum" }],
  }),
  daily(activity.swimLengths, {
    swim_lengths_count: { rule: count, type: "int32", about: "Lengths swum", overDays: "sum" },
    swim_lengths_strokes: { rule: total("strokes"), about: "Strokes swum", overDays: "sum" },
  }),
  daily(
    activity.activityDay,
    each(ownTotals, ({ name }) => `activity_day_${name}`, ({ name, about }) => ({
      rule: last(name),
      like: name,
      about: `${about}: the source's own total, which need not be the sum of its minutes`,
      overDays: "sum",
    })),
  ),
];
