/** Nights and days whose lines take some reckoning, or hold a list in a cell. */

import { heartRateVariabilityHistogram, heartRateZones } from "../../../../catalog/heart.ts";
import { skinTemperature } from "../../../../catalog/vitals.ts";
import { MS_PER_DAY } from "../../../../day.ts";
import type { Evidence } from "../../family.ts";
import { earliestStamp } from "../columns.ts";
import type { Line } from "../line.ts";
import { each, type LineFamily, type LineRow, linesOf, type Row } from "../line_family.ts";
import { fileName } from "./patterns.ts";

/** To the millionth: 34.05 - 34.02 is 0.030000000000001137 in binary. */
const rounded = (celsius: number) => Math.round(celsius * 1e6) / 1e6;

const dayOf = (wall: number) => Math.floor(wall / MS_PER_DAY);

/** How many samples a line of {@link computedTemperature} is made of. */
const samplesOf = (line: Line) => line.number("temperature_samples") ?? 0;

/** A line for each sleep, so that a day may have several: the one with most samples is the night. */
export const computedTemperature: LineFamily = {
  stream: "Computed Temperature - *.csv",
  name: /^computed temperature - .*\.csv$/,
  table: skinTemperature,
  version: 1,
  clock: "days",
  stamp: "sleep_end",
  required: ["sleep_start", "temperature_samples", "nightly_temperature"],
  known: [
    "type",
    "baseline_relative_sample_sum",
    "baseline_relative_sample_sum_of_squares",
    "baseline_relative_nightly_standard_deviation",
    "baseline_relative_sample_standard_deviation",
  ],
  rows(lines) {
    const nights = new Map<number, Line>();
    for (const line of lines) {
      const day = dayOf(line.wall("sleep_end"));
      const other = nights.get(day);
      if (other === undefined || samplesOf(line) > samplesOf(other)) nights.set(day, line);
    }
    return Array.from(nights, ([date, line]): LineRow => {
      const sum = line.number("baseline_relative_sample_sum");
      const samples = samplesOf(line);
      return [line, {
        date,
        nightly_c: line.number("nightly_temperature"),
        // The mean of the samples' differences from the baseline.
        relative_c: sum === undefined || samples === 0 ? undefined : rounded(sum / samples),
        relative_standard_deviation_30d_c: line.number(
          "baseline_relative_nightly_standard_deviation",
        ),
      }];
    });
  },
};

/** Its sleeps are on the wall clock in every export. */
export function nightsOf(document: Uint8Array): Evidence {
  return {
    nights: linesOf(document, computedTemperature).lines.flatMap((line) => {
      const start = line.time("sleep_start");
      const end = line.time("sleep_end");
      return start === undefined || end === undefined ? [] : [{ start, end }];
    }),
  };
}

/** An object in a list that is no JSON: its words stand without quotes. */
const objectPattern = /\{[^{}]*\}/g;
const zonePattern = /\b(LIGHT|MODERATE|VIGOROUS|PEAK|FAT_BURN|CARDIO|OUT_OF_RANGE)\b/i;
const leastPattern = /\bmin\w*\W+(\d+)/i;
const mostPattern = /\bmax\w*\W+(\d+)/i;

export const listFamilies: readonly LineFamily[] = [
  {
    stream: "daily_sleep_temperature_derivations*.csv",
    name: fileName("daily_sleep_temperature_derivations"),
    table: skinTemperature,
    version: 1,
    clock: "days",
    stamp: "timestamp",
    required: ["nightly temperature celsius", "baseline temperature celsius"],
    known: ["relative nightly stddev 30d celsius"],
    recorder: "data source",
    rows: each((line) => {
      const nightly = line.number("nightly temperature celsius");
      const baseline = line.number("baseline temperature celsius");
      if (nightly === undefined && baseline === undefined) return [];
      return [{
        date: dayOf(line.wall("timestamp")),
        nightly_c: nightly,
        baseline_c: baseline,
        relative_c: nightly === undefined || baseline === undefined
          ? undefined
          : rounded(nightly - baseline),
        relative_standard_deviation_30d_c: line.number("relative nightly stddev 30d celsius"),
      }];
    }),
  },
  {
    stream: "daily_heart_rate_zones*.csv",
    name: fileName("daily_heart_rate_zones"),
    table: heartRateZones,
    version: 1,
    clock: "days",
    stamp: "timestamp",
    required: ["heart_rate_zone"],
    recorder: "data source",
    rows(lines) {
      // The same again and again: in one export 38 MB of it.
      const seen = new Set<string>();
      return lines.flatMap((line) => {
        const cells = `${line.text("timestamp")} ${line.text("heart_rate_zone")}`;
        if (seen.has(cells)) return [];
        seen.add(cells);
        return zonesOf(line).map((row): LineRow => [line, row]);
      });
    },
  },
  {
    stream: "Heart Rate Variability Histogram - *.csv",
    name: /^heart rate variability histogram - .*\.csv$/,
    table: heartRateVariabilityHistogram,
    version: 1,
    clock: "wall",
    stamp: "timestamp",
    required: ["bucket_values"],
    rows: each((line, instantOf) => {
      const cell = line.text("bucket_values") ?? "[]";
      const values = /^\[([^\]]*)\]$/.exec(cell.trim())?.[1]?.split(",").map((value) =>
        value.trim()
      );
      if (values === undefined || !values.every((value) => /^(\d+(\.\d+)?)?$/.test(value))) {
        throw line.unreadable("bucket_values", "a list of numbers");
      }
      const at = instantOf(line.wall("timestamp"), line);
      return values.flatMap((value, bucket) =>
        value === "" ? [] : [{ ...at, bucket, value: Number(value) }]
      );
    }),
  },
];

/** The zones of a line, which is of no day where it is labelled 1970. */
function zonesOf(line: Line): Row[] {
  const label = line.wall("timestamp");
  if (label < earliestStamp) return [];
  const objects = line.text("heart_rate_zone")?.match(objectPattern) ?? [];
  return objects.map((object) => {
    const zone = zonePattern.exec(object)?.[1]?.toLowerCase();
    if (zone === undefined) throw line.unreadable("heart_rate_zone", "objects with a zone");
    return {
      date: dayOf(label),
      zone,
      min_bpm: bound(leastPattern, object),
      max_bpm: bound(mostPattern, object),
    };
  });
}

function bound(pattern: RegExp, object: string): number | undefined {
  const found = pattern.exec(object)?.[1];
  return found === undefined ? undefined : Number(found);
}
