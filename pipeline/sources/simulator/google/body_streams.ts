/** Data types of the body, of drinks and of meals as the server gives them. */

import { glucoseOf, heightsOf, weighingsOf } from "../body_values.ts";
import { drinksOf, foodsOf } from "../intake_values.ts";
import { byHand, scale, watch } from "./data_sources.ts";
import { entries, samples } from "./moments.ts";
import type { GoogleStream } from "./stream.ts";

const types: Readonly<Record<string, GoogleStream>> = {
  "weight": samples({
    ofDay: weighingsOf,
    source: ({ fat_percent }) => fat_percent === undefined ? byHand : scale,
    payload: ({ weight_g, notes }) => ({ weightGrams: weight_g, notes }),
  }),
  "body-fat": samples({
    ofDay: (body, day) =>
      weighingsOf(body, day).flatMap(({ fat_percent, ...weighing }) =>
        fat_percent === undefined ? [] : [{ ...weighing, fat_percent }]
      ),
    source: () => scale,
    payload: ({ fat_percent }) => ({ percentage: fat_percent }),
  }),
  "height": samples({
    ofDay: heightsOf,
    source: () => byHand,
    payload: ({ height_mm }) => ({ heightMillimeters: String(height_mm) }),
  }),
  "blood-glucose": samples({
    ofDay: glucoseOf,
    source: ({ timing }) => timing === undefined ? watch : byHand,
    payload: ({ mgPerDl, measuredBy, timing, meal, specimen, notes }) => ({
      bloodGlucoseMilligramsPerDeciliter: mgPerDl,
      measurementSource: measuredBy,
      measurementTiming: timing,
      mealType: meal,
      specimen,
      notes,
    }),
  }),
  "hydration-log": entries({
    ofDay: drinksOf,
    source: () => byHand,
    payload: ({ volume_ml }) => ({
      amountConsumed: { milliliters: volume_ml, userProvidedUnit: "MILLILITER" },
    }),
  }),
  "nutrition-log": entries({
    ofDay: foodsOf,
    source: () => byHand,
    payload: (food) => ({
      foodDisplayName: food.name,
      food: food.foodId === undefined
        ? undefined
        : `users/me/dataTypes/food/dataPoints/${food.foodId}`,
      mealType: food.meal,
      energy: energy(food.energy_kcal),
      energyFromFat: energy(food.energyFromFat_kcal),
      totalCarbohydrate: mass(food.carbohydrate_g),
      totalFat: mass(food.fat_g),
      serving: {
        amount: food.serving,
        foodMeasurementUnit: food.unitId === undefined
          ? undefined
          : `users/me/dataTypes/food-measurement-unit/dataPoints/${food.unitId}`,
        foodMeasurementUnitDisplayName: food.servingUnit,
      },
      nutrients: food.nutrients_g.length === 0
        ? undefined
        : food.nutrients_g.map(([nutrient, grams]) => ({ nutrient, quantity: mass(grams) })),
    }),
  }),
};

function energy(kcal: number | undefined) {
  return kcal === undefined ? undefined : { kcal, userProvidedUnit: "KILOCALORIE" };
}

function mass(grams: number | undefined) {
  return grams === undefined ? undefined : { grams, userProvidedUnit: "GRAM" };
}

export const bodyStreams: readonly (readonly [string, GoogleStream])[] = Object.entries(types);
