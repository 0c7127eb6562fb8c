/** What the tables of the body add to the aggregates. */

import * as body from "../../catalog/body.ts";
import type { Contribution } from "../contribution.ts";
import { daily } from "../daily.ts";
import { last } from "../daily_rules.ts";
import { dailyStatistics } from "../statistics.ts";

export const bodyContributions: readonly Contribution[] = [
  daily(body.weight, {
    weight_kg: {
      rule: last("weight_kg"),
      unit: "kg",
      about: "Last weighing of the day",
      overDays: "mean",
    },
  }),
  daily(body.bodyFat, {
    body_fat_percent: {
      rule: last("percent"),
      unit: "%",
      about: "Share of fat, last measurement of the day",
      overDays: "mean",
    },
  }),
  dailyStatistics(body.bloodGlucose, {
    column: "glucose_mg_per_dl",
    prefix: "blood_glucose",
    suffix: "mg_per_dl",
    unit: "mg/dl",
  }),
];
