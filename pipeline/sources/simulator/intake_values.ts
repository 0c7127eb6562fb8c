/** What the person enters of drinks and meals, and what is in them. */

import type { Day } from "../../day.ts";
import type { Body } from "./body.ts";
import { near, seeded } from "./random.ts";
import { longId } from "./stretches.ts";
import { type Moment, momentsOf } from "./wall_time.ts";

export interface Drink extends Moment {
  readonly id: string;
  readonly volume_ml: number;
}

export interface Food extends Moment {
  readonly id: string;
  readonly name: string;
  /** Of the service's catalogue; undefined for what was typed in. */
  readonly foodId: string | undefined;
  /** Words of the Google Health API. */
  readonly meal: string;
  readonly energy_kcal: number;
  readonly energyFromFat_kcal: number | undefined;
  readonly carbohydrate_g: number | undefined;
  readonly fat_g: number | undefined;
  readonly serving: number;
  readonly servingUnit: string | undefined;
  readonly unitId: string | undefined;
  /** By the Google Health API's words; only foods of the catalogue have them. */
  readonly nutrients_g: readonly Nutrient[];
}

type Nutrient = readonly [nutrient: string, grams: number];

interface Dish {
  readonly name: string;
  readonly meal: string;
  readonly second: number;
  readonly kcal: number;
  /** Undefined for what is in no catalogue. */
  readonly unit: string | undefined;
  readonly nutrients_g: readonly Nutrient[];
}

const dishes: readonly Dish[] = [
  {
    name: "Porridge",
    meal: "BREAKFAST",
    second: 7 * 3600 + 2400,
    kcal: 310,
    unit: "bowl",
    nutrients_g: [["PROTEIN", 10.4], ["DIETARY_FIBER", 7.9], ["SODIUM", 0.12], ["IRON", 0.0031]],
  },
  {
    name: "Lentil soup",
    meal: "LUNCH",
    second: 12 * 3600 + 2700,
    kcal: 420,
    unit: "plate",
    nutrients_g: [["PROTEIN", 24.2], ["DIETARY_FIBER", 15.1], ["VITAMIN_C", 0.009]],
  },
  {
    name: "Bread and cheese",
    meal: "DINNER",
    second: 69_300,
    kcal: 510,
    unit: undefined,
    nutrients_g: [],
  },
];

/** A food of the service's catalogue, for one serving. */
export interface CatalogueFood {
  readonly id: string;
  readonly name: string;
  readonly energy_kcal: number;
  readonly unit: FoodUnit;
  readonly nutrients_g: readonly Nutrient[];
}

/** What foods are counted in. */
export interface FoodUnit {
  readonly id: string;
  readonly name: string;
  readonly plural: string;
}

export const foodUnits: readonly FoodUnit[] = [
  { id: "24", name: "bowl", plural: "bowls" },
  { id: "243", name: "plate", plural: "plates" },
];

const idOfDish = (index: number) => String(80_000_000 + index);

/** The catalogue, by id: the dishes that are counted in units. */
export const catalogueFoods: readonly CatalogueFood[] = dishes.flatMap((dish, index) => {
  const unit = foodUnits.find(({ name }) => name === dish.unit);
  return unit === undefined ? [] : [{
    id: idOfDish(index),
    name: dish.name,
    energy_kcal: dish.kcal,
    unit,
    nutrients_g: dish.nutrients_g,
  }];
});

/** Share of days on which nothing is entered: people forget. */
const forgotten = 0.25;

/** Glasses and cups of a civil day, in order. */
export function drinksOf({ person, zones }: Body, day: Day): Drink[] {
  const random = seeded(person.seed, "drinks", day);
  if (day < person.memberSince || random() < forgotten) return [];
  return Array.from({ length: 3 + Math.floor(random() * 4) }, (_, index) => {
    const second = (8 + index * 2) * 3600 + Math.floor(random() * 3600);
    const volume_ml = [200, 250, 330, 500][Math.floor(random() * 4)] ?? 250;
    return momentsOf(zones, day, second)
      .map((moment) => ({ ...moment, id: longId(moment.time_ms, random), volume_ml }));
  }).flat();
}

/** Foods of a civil day, in order. */
export function foodsOf({ person, zones }: Body, day: Day): Food[] {
  const random = seeded(person.seed, "foods", day);
  if (day < person.memberSince || random() < forgotten) return [];
  return dishes.flatMap((dish, index) => {
    const serving = random() < 0.3 ? 1.5 : 1;
    const energy_kcal = Math.round(near(dish.kcal, 60, random) * serving);
    const listed = dish.unit !== undefined;
    return momentsOf(zones, day, dish.second).map((moment) => ({
      ...moment,
      id: longId(moment.time_ms, random),
      name: dish.name,
      foodId: listed ? idOfDish(index) : undefined,
      meal: dish.meal,
      energy_kcal,
      // Nine kilocalories a gram.
      energyFromFat_kcal: listed ? Math.round(energy_kcal * 0.03 * 9) : undefined,
      carbohydrate_g: listed ? Number((energy_kcal * 0.12).toFixed(1)) : undefined,
      fat_g: listed ? Number((energy_kcal * 0.03).toFixed(1)) : undefined,
      serving,
      servingUnit: dish.unit,
      unitId: foodUnits.find(({ name }) => name === dish.unit)?.id,
      nutrients_g: dish.nutrients_g,
    }));
  });
}
