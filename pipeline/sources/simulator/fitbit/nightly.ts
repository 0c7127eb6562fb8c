/** What the watch makes of a night, and the service of fitness, under the day the night ended on. */

import { dayNumber } from "../../../day.ts";
import type { Day } from "../../../day.ts";
import type { World } from "../api.ts";
import { type Fitness, fitnessOf } from "../body_values.ts";
import type { Json, JsonObject } from "../json.ts";
import { type Nightly, nightlyOf } from "../nightly.ts";
import { daysAsked, wallText } from "./days_asked.ts";
import { unknownResource } from "./errors.ts";
import type { FitbitStream } from "./stream.ts";

/** So long after its end a night has been worked out. */
const workedOutAfterMs = 3_600_000;

/** Most resources give 30 days at once. */
const month = 30;

/** What was measured in the nights that are worked out by now. */
function nightsOn(days: readonly Day[], world: World): Nightly[] {
  return days.flatMap((day) => {
    const night = nightlyOf(world.body, day);
    const isKnown = night !== undefined &&
      night.sleep.to_ms + workedOutAfterMs <= world.syncedTo();
    return isKnown ? [night] : [];
  });
}

/** How a resource writes a night: in summary, and in full; nights without a value are left out. */
interface NightSpec {
  readonly scope: string;
  readonly dataWord: string;
  /** The member with the nights; absent when the answer is a night, or a list of them. */
  readonly list?: string;
  /** Days at once in summary. */
  readonly longest?: number;
  summary(night: Nightly): JsonObject | undefined;
  all?(night: Nightly): JsonObject;
}

function nightStream(spec: NightSpec): FitbitStream {
  const { list, scope, dataWord } = spec;
  return {
    scope,
    dataWord,
    answer(path, _query, world): Json {
      const isAll = path.endsWith("/all");
      const asked = daysAsked(path, isAll ? month : spec.longest ?? month, world);
      const write = isAll ? spec.all : spec.summary;
      if (write === undefined) throw unknownResource(`${list ?? ""}/${path}`);
      const nights = nightsOn(asked.days, world).flatMap((night): JsonObject[] => {
        const content = write(night);
        return content === undefined ? [] : [{ ...content, dateTime: night.day }];
      });
      if (list !== undefined) return { [list]: nights };
      return asked.single ? nights[0] ?? {} : nights;
    },
  };
}

/** Breaths a minute; -1 stands for too little data. */
const breaths = (night: Nightly, stage: keyof Nightly["breathing"]): JsonObject => ({
  breathingRate: night.breathing[stage]?.breaths_per_min ?? -1,
});

/** Difference of a night's skin temperature from the usual one; undefined while that is not known. */
export function relativeTemperature_c({ temperature }: Nightly): number | undefined {
  const { nightly_c, baseline_c } = temperature;
  // JSON knows no negative zero.
  return baseline_c === undefined ? undefined : Number((nightly_c - baseline_c).toFixed(1)) + 0;
}

/** A fitness score as the service writes it: a range, or on some days a number. */
export function fitnessScore(day: Day, { vo2Max }: Fitness): {
  readonly text: string;
  readonly range: readonly [low: number, high: number] | undefined;
} {
  const whole = Math.round(vo2Max);
  if (dayNumber(day) % 5 === 0) return { text: String(whole), range: undefined };
  const range = [whole - 2, whole + 2] as const;
  return { text: range.join("-"), range };
}

const cardioScore: FitbitStream = {
  scope: "cardio_fitness",
  dataWord: "cardio fitness",
  answer(path, _query, world) {
    const { days } = daysAsked(path, month, world);
    return {
      cardioScore: days.flatMap((day): JsonObject[] => {
        const [fitness] = fitnessOf(world.body, day);
        if (fitness === undefined || fitness.time_ms >= world.syncedTo()) return [];
        return [{ dateTime: day, value: { vo2Max: fitnessScore(day, fitness).text } }];
      }),
    };
  },
};

/** By the path behind the user. */
export const nightlyResources: readonly (readonly [string, FitbitStream])[] = [
  [
    "hrv",
    nightStream({
      scope: "heartrate",
      dataWord: "heart rate",
      list: "hrv",
      summary: ({ dailyVariability }) => ({
        value: {
          dailyRmssd: dailyVariability.rmssd_ms,
          deepRmssd: dailyVariability.deepSleepRmssd_ms,
        },
      }),
      all: ({ variability }) => ({
        minutes: variability.map((value) => ({
          minute: wallText(value.time_ms, value.utc_offset_s),
          value: {
            rmssd: value.rmssd_ms,
            coverage: value.coverage,
            hf: value.highFrequencyPower_ms2,
            lf: value.lowFrequencyPower_ms2,
          },
        })),
      }),
    }),
  ],
  [
    "spo2",
    nightStream({
      scope: "oxygen_saturation",
      dataWord: "oxygen saturation",
      // The summary has no limit that anybody stated.
      longest: 1095,
      summary: ({ dailySaturation }) => ({
        value: {
          avg: dailySaturation.mean_percent,
          min: dailySaturation.lower_percent,
          max: dailySaturation.upper_percent,
        },
      }),
      all: ({ saturation }) => ({
        minutes: saturation.map(({ time_ms, utc_offset_s, percent }) => ({
          value: percent,
          // Without milliseconds, unlike all others.
          minute: wallText(time_ms, utc_offset_s).slice(0, 19),
        })),
      }),
    }),
  ],
  [
    "br",
    nightStream({
      scope: "respiratory_rate",
      dataWord: "respiratory rate",
      list: "br",
      summary: (night) => ({ value: breaths(night, "full") }),
      all: (night) => ({
        value: {
          deepSleepSummary: breaths(night, "deep"),
          remSleepSummary: breaths(night, "rem"),
          fullSleepSummary: breaths(night, "full"),
          lightSleepSummary: breaths(night, "light"),
        },
      }),
    }),
  ],
  [
    "temp/skin",
    nightStream({
      scope: "temperature",
      dataWord: "temperature",
      list: "tempSkin",
      summary(night) {
        const nightlyRelative = relativeTemperature_c(night);
        return nightlyRelative === undefined
          ? undefined
          : { value: { nightlyRelative }, logType: skinSensor };
      },
    }),
  ],
  ["cardioscore", cardioScore],
];

/** What the skin temperature comes from. */
export const skinSensor = "dedicated_temp_sensor";
