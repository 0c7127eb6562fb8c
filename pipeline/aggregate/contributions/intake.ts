/** What the tables of drinking and eating add to the aggregates. */

import { hydration, nutrition } from "../../catalog/intake.ts";
import type { Contribution } from "../contribution.ts";
import { daily } from "../daily.ts";
import { total } from "../daily_rules.ts";

export const intakeContributions: readonly Contribution[] = [
  daily(hydration, {
    hydration_ml: {
      rule: total("volume_ml"),
      unit: "ml",
      about: "How much was drunk",
      overDays: "sum",
    },
  }),
  daily(nutrition, {
    nutrition_energy_kcal: {
      rule: total("energy_kcal"),
      unit: "kcal",
      about: "Energy eaten",
      overDays: "sum",
    },
  }),
];
