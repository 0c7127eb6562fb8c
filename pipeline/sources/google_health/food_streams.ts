/** The catalogue of foods that entries of meals refer to, and the units it counts them in. */

import { food, foodMeasurementUnit } from "../../catalog/intake.ts";
import { lastSegment, real, text, word } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { grams } from "./intake_streams.ts";
import { undatedStream } from "./undated.ts";

const energies = ["energyAvg", "energyMin", "energyMax", "energyFromFat"];
const masses = ["totalCarbohydrate", "totalFat"];

/** Both lists; fields as in the schemas Food, FoodServing and FoodMeasurementUnit of v4. */
export const foodStreams: readonly Stream[] = [
  undatedStream({
    name: "food",
    list: "dataPoints",
    table: food,
    columns: {
      food_id: field("name", lastSegment),
      name: field("food.displayName", text),
      brand: field("food.brand", text),
      description: field("food.description", text),
      access: field("food.accessLevel", word),
      meal: field("food.mealType", word),
      serving: field("food.defaultServing.amount", real),
      serving_unit: field("food.defaultServing.foodMeasurementUnitDisplayName", text),
      unit_id: field("food.defaultServing.foodMeasurementUnit", lastSegment),
      energy_kcal: field("food.energyAvg.kcal", real),
      energy_min_kcal: field("food.energyMin.kcal", real),
      energy_max_kcal: field("food.energyMax.kcal", real),
      energy_from_fat_kcal: field("food.energyFromFat.kcal", real),
      carbohydrate_g: field("food.totalCarbohydrate.grams", real),
      fat_g: field("food.totalFat.grams", real),
      protein_g: field("food.nutrients", grams("PROTEIN")),
      fiber_g: field("food.nutrients", grams("DIETARY_FIBER")),
      sodium_g: field("food.nutrients", grams("SODIUM")),
    },
    known: [
      "dataSource",
      "food.languageCode",
      // Other servings than the default one stay in the raw document.
      "food.servings",
      "food.defaultServing.foodMeasurementUnitDisplayNamePlural",
      "food.defaultServing.multiplier",
      ...[...energies, ...masses].map((quantity) => `food.${quantity}.userProvidedUnit`),
    ],
  }),
  undatedStream({
    name: "food-measurement-unit",
    list: "dataPoints",
    table: foodMeasurementUnit,
    columns: {
      unit_id: field("name", lastSegment),
      name: field("foodMeasurementUnit.displayName", text),
      plural: field("foodMeasurementUnit.pluralDisplayName", text),
    },
    known: ["dataSource"],
  }),
];
