/** What the tables of training add to the aggregates. */

import { exercise } from "../../catalog/exercise.ts";
import type { Contribution } from "../contribution.ts";
import { daily } from "../daily.ts";
import { count, total } from "../daily_rules.ts";

export const exerciseContributions: readonly Contribution[] = [
  daily(exercise, {
    exercise_count: {
      rule: count,
      type: "int32",
      about: "Exercises that began that day",
      overDays: "sum",
    },
    exercise_min: {
      rule: total("duration_s", 1 / 60),
      unit: "min",
      about: "Their time, pauses included",
      overDays: "sum",
    },
    exercise_kcal: {
      rule: total("energy_kcal"),
      unit: "kcal",
      about: "Energy used in them",
      overDays: "sum",
    },
    exercise_distance_m: {
      rule: total("distance_m"),
      unit: "m",
      about: "Distance covered in them",
      overDays: "sum",
    },
  }),
];
