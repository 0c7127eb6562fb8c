/** The catalogue of foods and its units: lists without days, the whole at once. */

import { dayNumber, MS_PER_DAY } from "../../../day.ts";
import { catalogueFoods, foodUnits } from "../intake_values.ts";
import type { JsonObject } from "../json.ts";
import { service } from "./data_sources.ts";
import { laidOut } from "./moments.ts";
import type { GoogleStream } from "./stream.ts";

/** Points without time, which a walk through the days meets on the first of them. */
function undated<Value extends { readonly id: string }>(
  values: readonly Value[],
  payload: (value: Value) => JsonObject,
): GoogleStream {
  return {
    points(utcDay, _verb, { body }) {
      const isFirst = utcDay === dayNumber(body.person.memberSince);
      const time = { time_ms: utcDay * MS_PER_DAY, utc_offset_s: 0 };
      const placed = isFirst ? values.map((value) => ({ ...value, ...time })) : [];
      return laidOut(placed, (value) => ({ source: service, payload: payload(value) }));
    },
  };
}

const pathOfUnits = "users/me/dataTypes/food-measurement-unit/dataPoints";

const food = undated(catalogueFoods, ({ name, energy_kcal, unit, nutrients_g }) => {
  const serving = {
    amount: 1,
    foodMeasurementUnit: `${pathOfUnits}/${unit.id}`,
    foodMeasurementUnitDisplayName: unit.name,
    foodMeasurementUnitDisplayNamePlural: unit.plural,
    multiplier: 1,
  };
  return {
    accessLevel: "PUBLIC",
    displayName: name,
    languageCode: "en-GB",
    energyAvg: { kcal: energy_kcal, userProvidedUnit: "KILOCALORIE" },
    defaultServing: serving,
    servings: [serving],
    nutrients: nutrients_g.map(([nutrient, grams]) => ({ nutrient, quantity: { grams } })),
  };
});

const foodMeasurementUnit = undated(foodUnits, ({ name, plural }) => ({
  displayName: name,
  pluralDisplayName: plural,
}));

export const foodStreams: readonly (readonly [string, GoogleStream])[] = [
  ["food", food],
  ["food-measurement-unit", foodMeasurementUnit],
];
