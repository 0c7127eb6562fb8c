/** Data types of what was drunk and eaten. */

import { hydration, nutrient, nutrition } from "../../catalog/intake.ts";
import { arrayAt } from "../json/document.ts";
import { lastSegment, type Reading, real, text, valueAt, word } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { pointId, pointStream } from "./points.ts";

/** The mass of one of an entry's nutrients, in grams; null when the entry does not list it. */
export function grams(nutrient: string): Reading {
  return (value, place) => {
    const index = arrayAt(value, place)
      .findIndex((element) => valueAt(element, "nutrient") === nutrient);
    const found = valueAt(arrayAt(value, place)[index], "quantity.grams");
    return found === undefined ? undefined : real(found, `${place}[${index}].quantity.grams`);
  };
}

/** Fields of an entry that neither table takes, or only the other one. */
const knownOfEntries = [
  "foodDisplayName",
  "food",
  "mealType",
  "energy.kcal",
  "energy.userProvidedUnit",
  "energyFromFat.kcal",
  "energyFromFat.userProvidedUnit",
  "totalCarbohydrate.grams",
  "totalCarbohydrate.userProvidedUnit",
  "totalFat.grams",
  "totalFat.userProvidedUnit",
  "serving.amount",
  "serving.foodMeasurementUnit",
  "serving.foodMeasurementUnitDisplayName",
];

/** Each data type with its fields; the payload's member is the type's name in camel case. */
export const intakeStreams: readonly Stream[] = [
  pointStream({
    name: "hydration-log",
    kind: "session",
    table: hydration,
    columns: { entry_id: pointId, volume_ml: field("amountConsumed.milliliters", real) },
    known: ["amountConsumed.userProvidedUnit"],
  }),
  pointStream({
    name: "nutrition-log",
    kind: "session",
    table: nutrition,
    columns: {
      entry_id: pointId,
      food: field("foodDisplayName", text),
      food_id: field("food", lastSegment),
      meal: field("mealType", word),
      energy_kcal: field("energy.kcal", real),
      energy_from_fat_kcal: field("energyFromFat.kcal", real),
      carbohydrate_g: field("totalCarbohydrate.grams", real),
      fat_g: field("totalFat.grams", real),
      protein_g: field("nutrients", grams("PROTEIN")),
      fiber_g: field("nutrients", grams("DIETARY_FIBER")),
      sodium_g: field("nutrients", grams("SODIUM")),
      serving: field("serving.amount", real),
      serving_unit: field("serving.foodMeasurementUnitDisplayName", text),
      unit_id: field("serving.foodMeasurementUnit", lastSegment),
    },
    known: knownOfEntries,
    version: 2,
  }),
  pointStream({
    name: "nutrition-log",
    kind: "session",
    table: nutrient,
    each: "nutrients",
    columns: {
      entry_id: pointId,
      nutrient: field("@.nutrient", word),
      mass_g: field("@.quantity.grams", real),
    },
    known: [...knownOfEntries, "@.quantity.userProvidedUnit"],
  }),
];
