/** The body and its fitness. */

import { restingHeartRate } from "../../../../catalog/heart.ts";
import { bodyFat, height, weight } from "../../../../catalog/body.ts";
import { coreBodyTemperature, dailyVo2Max, runVo2Max, vo2Max } from "../../../../catalog/vitals.ts";
import { hasColumns } from "../../first_look.ts";
import { type CsvFamily, number, text, word } from "../csv_family.ts";
import { daily, dated } from "./patterns.ts";

/** Who recorded it: scales and entries by hand are all true, none is left out. */
const origin = text("data source", { optional: true });

const needed = { needed: true } as const;

/** Of a person, 0 is no measurement. */
const measured = { ...needed, absent: [0] };

export const bodyFamilies: readonly CsvFamily[] = [
  daily("daily_resting_heart_rate", restingHeartRate, {
    bpm: number("beats per minute", measured),
  }),
  {
    ...daily("resting_heart_rate", restingHeartRate, { bpm: number("beats per minute", measured) }),
    // The same as its daily twin, where its times are labels of days too.
    header: isOfDays("timestamp", "beats per minute"),
    fallback: true,
  },
  {
    ...dated("core_body_temperature", coreBodyTemperature, {
      temperature_c: number("temperature celsius", {
        ...measured,
        or: ["core body temperature celsius", "body temperature celsius"],
      }),
      location: word("measurement location", { optional: true }),
    }),
    // Only where its column says the unit.
    header: (beginning) => isOfUnit.test(beginning),
  },
  {
    ...one(dated("weight", weight, {
      weight_kg: number("weight grams", { ...measured, per: 1000 }),
      origin,
    })),
    // With its JSON twin: either may lack weighings that the other has.
    series: "weight",
  },
  one(dated("body_fat", bodyFat, {
    percent: number("body fat percentage", measured),
    origin,
  })),
  {
    ...one(dated("height", height, {
      height_m: number("height millimeters", { ...measured, per: 1000 }),
    })),
    known: ["data source"],
  },
  daily("demographic_vo2max", dailyVo2Max, {
    vo2_max_ml_per_kg_min: number("demographic vo2max", {
      ...measured,
      or: ["demographic vo2 max"],
    }),
  }),
  daily("daily_vo2_max", dailyVo2Max, {
    vo2_max_ml_per_kg_min: number("daily vo2 max value", {
      ...measured,
      or: ["daily vo2 max", "vo2 max"],
    }),
  }),
  dated("vo2_max", vo2Max, {
    vo2_max_ml_per_kg_min: number("vo2 max value", { ...measured, or: ["vo2 max"] }),
    method: word("measurement method", { optional: true }),
  }),
  dated("run_vo2max", runVo2Max, {
    vo2_max_ml_per_kg_min: number("run vo2 max", { ...measured, or: ["run vo2max"] }),
  }),
];

const isOfUnit = /^[^\n]*\b(core body |body )?temperature celsius\b/i;

const dayLabel = /^\d{4}-\d\d-\d\d(T00:00(:00(\.0+)?)?)?Z?$/;

/** A header test: whether the file has these columns, and all times it begins with are those of midnight. */
function isOfDays(stamp: string, ...columns: readonly string[]): (beginning: string) => boolean {
  const has = hasColumns(stamp, ...columns);
  return (beginning) => {
    const [header = "", ...lines] = beginning.split(/\r?\n/);
    const place = header.split(",").indexOf(stamp);
    // The last line may be cut off.
    const labels = lines.slice(0, -1).map((line) => line.split(",")[place] ?? "");
    return has(beginning) && labels.every((label) => label === "" || dayLabel.test(label));
  };
}

/** A family of which no recorder is left out. */
function one({ recorder: _, ...family }: CsvFamily): CsvFamily {
  return family;
}
