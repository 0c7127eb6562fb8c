/** The JSON tree of an export: every family, in the windows and on the clock that it has. */

import {
  addDays,
  type Day,
  dayAt,
  dayNumber,
  daysBetween,
  MS_PER_DAY,
} from "../../../pipeline/day.ts";
import {
  fitnessOf,
  heightsOf,
  runFitnessOf,
  weighingsOf,
} from "../../../pipeline/sources/simulator/body_values.ts";
import { exerciseRecord } from "../../../pipeline/sources/simulator/fitbit/activity_list.ts";
import { bmiOf, originOf } from "../../../pipeline/sources/simulator/fitbit/body_logs.ts";
import {
  type DayMinute,
  dayMinutes,
} from "../../../pipeline/sources/simulator/fitbit/day_minutes.ts";
import { dayTotals } from "../../../pipeline/sources/simulator/fitbit/day_totals.ts";
import { sleepLogJson } from "../../../pipeline/sources/simulator/fitbit/sleep.ts";
import { unitsOf } from "../../../pipeline/sources/simulator/fitbit/units.ts";
import { zonesAt } from "../../../pipeline/sources/simulator/fitbit/zones.ts";
import { drinksOf, foodsOf } from "../../../pipeline/sources/simulator/intake_values.ts";
import { digits, type Json, type JsonObject } from "../../../pipeline/sources/simulator/json.ts";
import { nightsOf } from "../../../pipeline/sources/simulator/nights.ts";
import { strokeNames } from "../../../pipeline/sources/simulator/swims.ts";
import { workoutsOf } from "../../../pipeline/sources/simulator/workouts.ts";
import { type Export, windowsOf } from "./export_of.ts";
import type { ExportFile } from "./layouts.ts";

/** A family: how its files are cut, and what stands in one of them. */
interface JsonFamily {
  readonly stem: string;
  /** The folder that G2 has it in. */
  readonly category: string;
  /** A file a civil day, a window of so many days, or pages. */
  readonly window: "day" | number | "page";
  /** The records of some civil days; of a window it also gets those without data. */
  readonly records: (of: Export, days: readonly Day[]) => readonly JsonObject[];
}

/** `MM/DD/YY HH:MM:SS` of ms since 1970. */
function stamp(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
}

const midnight = (day: Day) => stamp(dayNumber(day) * MS_PER_DAY);

/** The minutes of days with data that were over when the export was made. */
function minutesOf(of: Export, days: readonly Day[]): DayMinute[] {
  return days.filter((day) => of.days.includes(day))
    .flatMap((day) => dayMinutes(of.world, day, false, of.made).minutes);
}

/** A value a minute, as text. */
function minutes(
  clock: "utc" | "wall",
  valueOf: (minute: DayMinute) => string | undefined,
): JsonFamily["records"] {
  return (of, days) =>
    minutesOf(of, days).flatMap((minute) => {
      const value = valueOf(minute);
      if (value === undefined) return [];
      const ms = minute.time_ms + (clock === "wall" ? minute.utc_offset_s * 1000 : 0);
      return [{ dateTime: stamp(ms), value }];
    });
}

/** Steps, now and then with a second value for a minute, which is the smaller one. */
const steps: JsonFamily["records"] = (of, days) =>
  minutes("utc", ({ worn, steps }) => worn ? String(steps) : undefined)(of, days)
    .flatMap((record, index) =>
      index % 5000 === 3 ? [record, { ...record, value: "0" }] : [record]
    );

/** A value a day, padded to the end of the window as on a day without the watch. */
function levelMinutes(level: 0 | 1 | 2 | 3): JsonFamily["records"] {
  return (of, days) =>
    days.map((day) => {
      const isThere = of.days.includes(day);
      const unworn = level === 0 ? 1440 : 0;
      const value = isThere ? dayTotals(of.world, day, of.made).levelMinutes[level] : unworn;
      return { dateTime: midnight(day), value: String(value) };
    });
}

/** A record a day with data. */
function daily(
  recordOf: (of: Export, day: Day) => Json | undefined,
): JsonFamily["records"] {
  return (of, days) =>
    days.filter((day) => of.days.includes(day)).flatMap((day) => {
      const value = recordOf(of, day);
      return value === undefined ? [] : [{ dateTime: midnight(day), value }];
    });
}

/** Everything of some days that was over when the export was made. */
function past<T extends { readonly time_ms: number }>(
  of: Export,
  days: readonly Day[],
  valuesOf: (body: Export["world"]["body"], day: Day) => readonly T[],
): T[] {
  return days.flatMap((day) => valuesOf(of.world.body, day))
    .filter(({ time_ms }) => time_ms < of.made);
}

const heartRates: JsonFamily["records"] = (of, days) =>
  days.flatMap((day) => {
    const { time_ms, utc_offset_s, bpm } = of.world.body.ofDay(day, of.made);
    const rows = Array.from(time_ms.keys()).filter((row) => row % of.everySample === 0);
    const wall = (row: number) => (time_ms[row] ?? NaN) + (utc_offset_s[row] ?? NaN) * 1000;
    // Sorted by wall clock: the hour that comes twice lies interleaved.
    return rows.sort((a, b) => wall(a) - wall(b) || a - b).map((row) => ({
      dateTime: stamp(time_ms[row] ?? NaN),
      value: { bpm: bpm[row] ?? 0, confidence: row % 4 },
    }));
  });

/** Every day of the window, without a value where the watch was not worn. */
const restingHeartRates: JsonFamily["records"] = (of, days) =>
  days.map((day, index) => {
    const resting = of.days.includes(day) ? of.world.body.restingHeartRate(day) : undefined;
    return {
      dateTime: midnight(day),
      value: resting === undefined
        ? { date: null, value: 0, error: 0 }
        : { date: midnight(day).slice(0, 8), value: resting.bpm, error: index === 0 ? 100 : 6.75 },
    };
  });

const zoneNames = [
  "BELOW_DEFAULT_ZONE_1",
  "IN_DEFAULT_ZONE_1",
  "IN_DEFAULT_ZONE_2",
  "IN_DEFAULT_ZONE_3",
];

/** Minutes in each zone, by the mean of each minute's samples. */
function minutesInZones(of: Export, day: Day): JsonObject | undefined {
  const { time_ms, bpm } = of.world.body.ofDay(day, of.made);
  if (time_ms.length === 0) return undefined;
  const byMinute = Map.groupBy(
    Array.from(time_ms.keys()),
    (row) => Math.floor((time_ms[row] ?? NaN) / 60_000),
  );
  const means = Array.from(
    byMinute.values(),
    (rows) => rows.reduce((sum, row) => sum + (bpm[row] ?? 0), 0) / rows.length,
  );
  const valuesInZones = Object.fromEntries(
    zonesAt(of.world.body.person.age).map(({ min, max }, zone) => [
      zoneNames[zone] ?? "",
      means.filter((mean) => mean >= min && mean < max).length,
    ]),
  );
  return { valuesInZones };
}

const poundsOf = (grams: number) => Number((grams / 453.59237).toFixed(1));

const weighings: JsonFamily["records"] = (of, days) =>
  past(of, days, weighingsOf).map((weighing) => {
    const wall = weighing.time_ms + weighing.utc_offset_s * 1000;
    const [date = "", time = ""] = stamp(wall).split(" ");
    return {
      logId: wall,
      weight: poundsOf(weighing.weight_g),
      bmi: bmiOf(weighing, of.world.body),
      fat: weighing.fat_percent,
      date,
      time,
      source: originOf(weighing),
    };
  });

/** Newest first; the night that ends on the first day of the next window is in both files. */
const nights: JsonFamily["records"] = (of, days) => {
  const boundary = addDays(days.at(-1) ?? "", 1);
  return [...days, boundary].filter((day) => of.days.includes(day))
    .flatMap((day) => nightsOf(of.world.body, day))
    .filter(({ to_ms }) => to_ms < of.made)
    .map((sleep) => {
      const { isMainSleep, ...log } = sleepLogJson(sleep);
      return { ...log, mainSleep: isMainSleep };
    }).reverse();
};

const exercises: JsonFamily["records"] = (of, days) =>
  days.flatMap((day) => workoutsOf(of.world.body, day))
    .filter(({ to_ms }) => to_ms < of.made)
    .map((workout) => ({
      ...exerciseRecord(of.world, workout, unitsOf(null)),
      startTime: stamp(workout.from_ms),
      originalStartTime: stamp(workout.from_ms),
      lastModified: stamp(workout.to_ms + 300_000),
      shouldFetchDetails: workout.hasGps,
    }));

const mealTypes: Readonly<Record<string, number>> = { BREAKFAST: 1, LUNCH: 3, DINNER: 5 };

const dateOf = ({ time_ms, utc_offset_s }: { time_ms: number; utc_offset_s: number }) =>
  midnight(dayAt(time_ms, utc_offset_s)).slice(0, 8);

const foods: JsonFamily["records"] = (of, days) =>
  past(of, days, foodsOf).map((food) => {
    const grams = Object.fromEntries(food.nutrients_g);
    return {
      logId: digits(food.id),
      loggedFood: {
        foodId: food.foodId === undefined ? undefined : Number(food.foodId),
        name: food.name,
        amount: food.serving,
        unit: food.servingUnit === undefined
          ? undefined
          : { id: 1, name: food.servingUnit, plural: `${food.servingUnit}s` },
        mealTypeId: mealTypes[food.meal] ?? 7,
        calories: food.energy_kcal,
      },
      nutritionalValues: {
        calories: food.energy_kcal,
        carbs: food.carbohydrate_g,
        fat: food.fat_g,
        fiber: grams["DIETARY_FIBER"],
        protein: grams["PROTEIN"],
        sodium: grams["SODIUM"] === undefined ? undefined : grams["SODIUM"] * 1000,
      },
      logDate: dateOf(food),
      favorite: false,
    };
  });

const families: readonly JsonFamily[] = [
  { stem: "heart_rate", category: "Physical Activity", window: "day", records: heartRates },
  {
    stem: "steps",
    category: "Physical Activity",
    window: 30,
    records: steps,
  },
  {
    stem: "distance",
    category: "Physical Activity",
    window: 30,
    records: minutes("utc", ({ worn, distance_mm }) => worn ? String(distance_mm / 10) : undefined),
  },
  {
    stem: "calories",
    category: "Physical Activity",
    window: 30,
    records: minutes("wall", ({ kcal }) => kcal.toFixed(2)),
  },
  {
    stem: "altitude",
    category: "Physical Activity",
    window: 30,
    records: minutes("wall", ({ floors }) => floors === 0 ? undefined : String(floors * 10)),
  },
  ...(["sedentary", "lightly_active", "moderately_active", "very_active"] as const).map(
    (name, level): JsonFamily => ({
      stem: `${name}_minutes`,
      category: "Physical Activity",
      window: 30,
      records: levelMinutes(level === 0 ? 0 : level === 1 ? 1 : level === 2 ? 2 : 3),
    }),
  ),
  {
    stem: "resting_heart_rate",
    category: "Physical Activity",
    window: 365,
    records: restingHeartRates,
  },
  {
    stem: "demographic_vo2_max",
    category: "Physical Activity",
    window: 365,
    records: daily(({ world, made }, day) => {
      const fitness = fitnessOf(world.body, day).find(({ time_ms }) => time_ms < made);
      return fitness && {
        demographicVO2Max: fitness.vo2Max + 0.25,
        demographicVO2MaxError: 3,
        filteredDemographicVO2Max: fitness.vo2Max,
        filteredDemographicVO2MaxError: 0.5,
      };
    }),
  },
  {
    stem: "run_vo2_max",
    category: "Physical Activity",
    window: 365,
    records: (of, days) =>
      past(of, days.filter((day) => of.days.includes(day)), runFitnessOf)
        .map(({ time_ms, vo2Max }, index) => ({
          dateTime: stamp(time_ms),
          value: {
            exerciseId: digits(`63899698993461150${String(index).padStart(2, "0")}`),
            runVO2Max: vo2Max,
            runVO2MaxError: 4.5,
            filteredRunVO2Max: vo2Max - 0.25,
            filteredRunVO2MaxError: 2.5,
          },
        })),
  },
  {
    stem: "time_in_heart_rate_zones",
    category: "Physical Activity",
    window: "day",
    records: daily(minutesInZones),
  },
  {
    stem: "swim_lengths_data",
    category: "Physical Activity",
    window: 30,
    records: (of, days) =>
      days.flatMap((day) => workoutsOf(of.world.body, day)).flatMap(({ lengths }) => lengths)
        .filter(({ end_ms }) => end_ms < of.made)
        .map(({ start_ms, end_ms, stroke, strokes }) => ({
          dateTime: stamp(start_ms),
          value: {
            lapDurationSec: (end_ms - start_ms) / 1000,
            strokeCount: strokes,
            swimStrokeType: strokeNames[stroke],
            swimAlgorithmType: "ACCEL",
          },
        })),
  },
  {
    stem: "height",
    category: "Physical Activity",
    window: 365,
    records: daily(({ world }, day) => {
      const [height] = heightsOf(world.body, day);
      return height && String(height.height_mm);
    }),
  },
  { stem: "weight", category: "Biometrics", window: 30, records: weighings },
  { stem: "sleep", category: "Sleep", window: 30, records: nights },
  { stem: "exercise", category: "Physical Activity", window: "page", records: exercises },
  { stem: "food_logs", category: "Application", window: "page", records: foods },
  {
    stem: "water_logs",
    category: "Application",
    window: "page",
    records: (of, days) =>
      past(of, days, drinksOf).map((drink) => ({
        id: digits(drink.id),
        date: dateOf(drink),
        waterAmount: drink.volume_ml,
        measurementUnit: "ml",
      })),
  },
];

/** Every file of the tree that has a record. */
export function jsonTree(of: Export): ExportFile[] {
  return families.flatMap(({ stem, category, window, records }) =>
    filesOf(of, window).flatMap(({ suffix, days }): ExportFile[] => {
      const found = records(of, days);
      return found.length === 0 ? [] : [{
        place: { tree: "json", category },
        name: `${stem}-${suffix}.json`,
        text: printed(found),
      }];
    })
  );
}

function filesOf(of: Export, window: JsonFamily["window"]) {
  switch (window) {
    case "day":
      return of.days.map((day) => ({ suffix: day, days: [day] }));
    case "page":
      return [{ suffix: "0", days: of.days }];
    default:
      return windowsOf(of, window).map((start) => ({
        suffix: start,
        days: daysBetween(start, addDays(start, window - 1)),
      }));
  }
}

/** As the export prints it: blanks around colons, brackets together. */
function printed(records: readonly JsonObject[]): string {
  return JSON.stringify(records, null, 2)
    .replace(/"\\u0000(\d+)"/g, "$1")
    .replace(/^(\s*"\w+"):/gm, "$1 :")
    .replace(/\[\n\s+\{/g, "[{")
    .replace(/\},\n\s+\{/g, "},{")
    .replace(/\}\n\s*\]/g, "}]");
}
