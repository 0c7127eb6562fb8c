/** What a client must end up with of the body, of drinks and meals, of clinical records, of devices. */

import { addDays } from "../../../day.ts";
import { glucoseOf, heightsOf, weighingsOf } from "../body_values.ts";
import { clinicalDevice, ecgsOf, rhythmAlertsOf } from "../clinical_values.ts";
import { catalogueFoods, drinksOf, foodsOf, foodUnits } from "../intake_values.ts";
import { isToday } from "../present.ts";
import { profileTruth } from "../profile_truth.ts";
import { rhythmTruth } from "../rhythm_truth.ts";
import type { Truth, TruthRow } from "../truth.ts";
import { isOn } from "../wall_time.ts";
import { momentColumns, moments } from "./vitals_truth.ts";

const word = (text: string | undefined) => text?.toLowerCase() ?? null;

/** By the table's name. */
export const bodyTruth: Readonly<Record<string, Truth>> = {
  weight: moments(weighingsOf, ({ weight_g, notes }) => ({
    weight_kg: weight_g / 1000,
    bmi: null,
    origin: null,
    notes: notes ?? null,
  })),
  body_fat: ({ world }, day) =>
    weighingsOf(world.body, day).flatMap(({ fat_percent, ...weighing }) =>
      fat_percent === undefined
        ? []
        : [{ ...momentColumns(weighing), percent: fat_percent, origin: null }]
    ),
  height: moments(heightsOf, ({ height_mm }) => ({ height_m: height_mm / 1000 })),
  blood_glucose: moments(glucoseOf, ({ mgPerDl, measuredBy, timing, meal, specimen, notes }) => ({
    glucose_mg_per_dl: mgPerDl,
    measured_by: word(measuredBy),
    timing: word(timing),
    meal: word(meal),
    specimen: word(specimen),
    notes: notes ?? null,
  })),
  hydration: moments(drinksOf, ({ id, volume_ml }) => ({ entry_id: id, volume_ml })),
  nutrition: moments(foodsOf, (food) => {
    const nutrients = new Map(food.nutrients_g);
    return {
      entry_id: food.id,
      food: food.name,
      food_id: food.foodId ?? null,
      meal: word(food.meal),
      energy_kcal: food.energy_kcal,
      energy_from_fat_kcal: food.energyFromFat_kcal ?? null,
      carbohydrate_g: food.carbohydrate_g ?? null,
      fat_g: food.fat_g ?? null,
      protein_g: nutrients.get("PROTEIN") ?? null,
      fiber_g: nutrients.get("DIETARY_FIBER") ?? null,
      sodium_g: nutrients.get("SODIUM") ?? null,
      serving: food.serving,
      serving_unit: food.servingUnit ?? null,
      unit_id: food.unitId ?? null,
    };
  }),
  nutrient: ({ world }, day) =>
    foodsOf(world.body, day).flatMap((food) =>
      food.nutrients_g.map(([nutrient, mass_g]): TruthRow => ({
        ...momentColumns(food),
        entry_id: food.id,
        nutrient: word(nutrient),
        mass_g,
      })).toSorted((a, b) => String(a["nutrient"]) < String(b["nutrient"]) ? -1 : 1)
    ),
  food: ({ world }, day) =>
    isToday(world, day)
      ? catalogueFoods.map(({ id, name, energy_kcal, unit, nutrients_g }) => {
        const nutrients = new Map(nutrients_g);
        return {
          date: day,
          food_id: id,
          name,
          brand: null,
          description: null,
          access: "public",
          meal: null,
          serving: 1,
          serving_unit: unit.name,
          unit_id: unit.id,
          energy_kcal,
          energy_min_kcal: null,
          energy_max_kcal: null,
          energy_from_fat_kcal: null,
          carbohydrate_g: null,
          fat_g: null,
          protein_g: nutrients.get("PROTEIN") ?? null,
          fiber_g: nutrients.get("DIETARY_FIBER") ?? null,
          sodium_g: nutrients.get("SODIUM") ?? null,
        };
      })
      : [],
  food_measurement_unit: ({ world }, day) =>
    isToday(world, day)
      ? foodUnits.map(({ id, name, plural }) => ({ date: day, unit_id: id, name, plural }))
      : [],
  // A reading without offset counts to its day by UTC.
  ecg: ({ world }, day) =>
    [addDays(day, -1), day, addDays(day, 1)].flatMap((taken) => ecgsOf(world.body, taken))
      .map((ecg) => ({ ...ecg, utc_offset_s: ecg.utc_offset_s ?? 0 }))
      .filter((ecg) => isOn(ecg, day))
      .map((ecg) => ({
        ...momentColumns(ecg),
        duration_s: ecg.samples.length / ecg.samplingFrequency_hz,
        result: word(ecg.result),
        bpm: ecg.bpm,
        sampling_frequency_hz: ecg.samplingFrequency_hz,
        lead: 1,
        device: clinicalDevice,
        waveform_counts: null,
        waveform_mv: ecg.samples
          .map((sample) => String(Number((sample / ecg.stepsPerMillivolt).toFixed(6))))
          .join(" "),
      })),
  irregular_rhythm: ({ world }, day) =>
    rhythmAlertsOf(world.body, day).flatMap((alert) =>
      alert.windows.map((window) => ({
        ...momentColumns(window),
        duration_s: (window.end_ms - window.time_ms) / 1000,
        notification: new Date(alert.time_ms).toISOString(),
        notification_end: new Date(alert.time_ms).toISOString(),
        detected_time: null,
        // The service leaves out what is false.
        positive: window.positive ? true : null,
        beats: window.beats.length,
        mean_bpm: window.beats.reduce((sum, { bpm }) => sum + bpm, 0) / window.beats.length,
        device: clinicalDevice,
        algorithm_version: "2.0",
        service_version: "1.4.2",
      }))
    ),
  ...rhythmTruth,
  profile: profileTruth,
  device: ({ world }, day) => {
    if (!isToday(world, day)) return [];
    const row = (device_id: string, rest: TruthRow): TruthRow => ({
      date: day,
      device_id,
      ...rest,
    });
    return [
      row("2512873631", {
        type: "tracker",
        model: "Charge 6",
        battery_percent: 85,
        battery: "high",
        last_sync: new Date(world.syncedTo()).toISOString(),
        has_heart_rate: true,
      }),
      row("2512873640", {
        type: "scale",
        model: "Aria Air",
        battery_percent: 64,
        battery: "medium",
        last_sync: new Date(world.clock.now() - 60_000).toISOString(),
        has_heart_rate: null,
      }),
    ];
  },
};
