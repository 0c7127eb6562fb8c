/** Data types of the night and of fitness as the server gives them. */

import type { Day } from "../../../day.ts";
import type { Body } from "../body.ts";
import { coreTemperaturesOf, fitnessLevel, fitnessOf, runFitnessOf } from "../body_values.ts";
import { zoneBounds, zoneNames } from "../heart_zones.ts";
import type { JsonObject } from "../json.ts";
import {
  type Breathing,
  breathingStages,
  type Nightly,
  nightlyOf,
  type Saturation,
  type Variability,
} from "../nightly.ts";
import { momentAt } from "../wall_time.ts";
import { byHand, service, watch } from "./data_sources.ts";
import { daily, type Recorded, samples } from "./moments.ts";
import type { GoogleStream } from "./stream.ts";

/** A night's samples are there an hour after it: they are worked out from the whole of it. */
const workedOutAfterMs = 3_600_000;

/** Moments of the night that ended on a day. */
function ofNight<Value extends Recorded>(valuesOf: (night: Nightly) => readonly Value[]) {
  return (body: Body, day: Day): (Value & Recorded)[] => {
    const night = nightlyOf(body, day);
    if (night === undefined) return [];
    const known_ms = night.sleep.to_ms + workedOutAfterMs;
    return valuesOf(night).map((value) => ({ ...value, known_ms }));
  };
}

/** A number that is not known yet: a NaN, and so a text in JSON. */
const orNaN = (value: number | undefined) => value ?? "NaN";

function statsOf(breathing: Breathing | undefined): JsonObject {
  return breathing === undefined ? {} : {
    breathsPerMinute: breathing.breaths_per_min,
    standardDeviation: breathing.standardDeviation,
    signalToNoise: breathing.signalToNoise,
  };
}

const types: Readonly<Record<string, GoogleStream>> = {
  "heart-rate-variability": samples({
    ofDay: ofNight<Variability>(({ variability }) => variability),
    source: () => watch,
    payload: (value) => ({
      rootMeanSquareOfSuccessiveDifferencesMilliseconds: value.rmssd_ms,
      standardDeviationMilliseconds: value.sdnn_ms,
      metadata: {
        lowFrequencyPower: value.lowFrequencyPower_ms2,
        highFrequencyPower: value.highFrequencyPower_ms2,
      },
    }),
  }),
  "daily-heart-rate-variability": daily(nightlyOf, ({ dailyVariability }) => ({
    averageHeartRateVariabilityMilliseconds: dailyVariability.rmssd_ms,
    deepSleepRootMeanSquareOfSuccessiveDifferencesMilliseconds: dailyVariability.deepSleepRmssd_ms,
    nonRemHeartRateBeatsPerMinute: String(dailyVariability.nonRem_bpm),
    entropy: dailyVariability.entropy,
  })),
  "daily-heart-rate-zones": daily(zonesOf, (zones) => ({ heartRateZones: zones })),
  "oxygen-saturation": samples({
    ofDay: ofNight<Saturation>(({ saturation }) => saturation),
    source: () => watch,
    payload: ({ percent }) => ({ percentage: percent }),
  }),
  "daily-oxygen-saturation": daily(nightlyOf, ({ dailySaturation }) => ({
    averagePercentage: dailySaturation.mean_percent,
    lowerBoundPercentage: dailySaturation.lower_percent,
    upperBoundPercentage: dailySaturation.upper_percent,
    standardDeviationPercentage: dailySaturation.standardDeviation_percent,
  })),
  "daily-respiratory-rate": daily(nightlyOf, ({ breathing }) => ({
    breathsPerMinute: breathing.full?.breaths_per_min,
  })),
  "respiratory-rate-sleep-summary": samples({
    ofDay(body, day) {
      const night = nightlyOf(body, day);
      if (night === undefined) return [];
      const { sleep, breathing } = night;
      const known_ms = sleep.to_ms + workedOutAfterMs;
      return [{ ...momentAt(body.zones, sleep.to_ms - 1000), known_ms, breathing }];
    },
    source: () => service,
    payload: ({ breathing }) =>
      Object.fromEntries(
        breathingStages.map((stage) => [`${stage}SleepStats`, statsOf(breathing[stage])]),
      ),
  }),
  "daily-sleep-temperature-derivations": daily(nightlyOf, ({ temperature }) => ({
    nightlyTemperatureCelsius: temperature.nightly_c,
    baselineTemperatureCelsius: orNaN(temperature.baseline_c),
    relativeNightlyStddev30dCelsius: orNaN(temperature.standardDeviation30d_c),
  })),
  "core-body-temperature": samples({
    ofDay: coreTemperaturesOf,
    source: () => byHand,
    payload: ({ id, temperature_c, location }) => ({
      temperatureCelsius: temperature_c,
      measurementLocation: location,
      id,
    }),
  }),
  "vo2-max": samples({
    ofDay: fitnessOf,
    source: () => service,
    payload: ({ vo2Max }) => ({ vo2Max, measurementMethod: "GOOGLE_DEMOGRAPHIC" }),
  }),
  "run-vo2-max": samples({
    ofDay: runFitnessOf,
    source: () => watch,
    payload: ({ vo2Max }) => ({ runVo2Max: vo2Max }),
  }),
  "daily-vo2-max": daily((body, day) => fitnessOf(body, day)[0], ({ vo2Max }) => ({
    vo2Max,
    vo2MaxCovariance: 2.1,
    estimated: true,
    cardioFitnessLevel: fitnessLevel(vo2Max),
  })),
};

function zonesOf({ person, restingHeartRate }: Body, day: Day): JsonObject[] | undefined {
  const resting = restingHeartRate(day);
  if (resting === undefined) return undefined;
  const { min_bpm, max_bpm } = zoneBounds(person.age, resting.bpm);
  return zoneNames.map((heartRateZoneType, i) => ({
    heartRateZoneType,
    minBeatsPerMinute: String(min_bpm[i]),
    maxBeatsPerMinute: String((min_bpm[i + 1] ?? max_bpm + 1) - 1),
  }));
}

export const vitalsStreams: readonly (readonly [string, GoogleStream])[] = Object.entries(types);
