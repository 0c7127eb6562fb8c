/**
 * Heart-rate variability and breathing of `Physical Activity_GoogleData`: twins of the category's
 * files. Until autumn 2025 their times were on the wall clock, with a Z all the same; since then they
 * are in UTC, and another algorithm's. When an account changed over is held against its nights.
 */

import { heartRateVariability } from "../../../../catalog/heart.ts";
import { breathingRateByStage } from "../../../../catalog/vitals.ts";
import type { Family } from "../../family.ts";
import { type CsvFamily, number } from "../csv_family.ts";
import { csvFile, stampsOf } from "../first_look_csv.ts";
import { csvStream, wantedOf } from "../flatten_csv.ts";
import { wallRowsOfReadings, wallRowsOfSleeps } from "../wall_rows.ts";
import { ofStages } from "./nights.ts";
import { dated } from "./patterns.ts";

const samples: CsvFamily = {
  ...dated("heart_rate_variability", heartRateVariability, {
    rmssd_ms: number("root mean square of successive differences milliseconds", { needed: true }),
    // Zeros only, in every export seen.
    sdnn_ms: number("standard deviation milliseconds", { absent: [0], optional: true }),
  }),
  clock: "mixed",
  fallback: true,
};

const summaries: CsvFamily = {
  ...dated(
    "respiratory_rate_sleep_summary",
    breathingRateByStage,
    ofStages(
      (stage) => `${stage} sleep stats - milli breaths per minute`,
      (stage) => `${stage} sleep stats - standard deviation milli breaths per minute`,
      (stage) => `${stage} sleep stats - signal to noise`,
    ),
  ),
  clock: "mixed",
  fallback: true,
};

/** The earliest night seen in UTC: what is decided by where nothing is known of the nights. */
const changeOver = Date.UTC(2025, 8, 19);

const isEarly = (time: number) => time < changeOver;

export const variabilityFiles: readonly Family[] = [
  csvFile(samples, {
    wallRows: (document, context) =>
      wallRowsOfReadings(stampsOf(document, wantedOf(samples)), context, isEarly),
  }),
  csvFile(summaries, {
    // A line a night, at its end.
    wallRows: (document, context) =>
      wallRowsOfSleeps(
        Array.from(stampsOf(document, wantedOf(summaries)), (end, row) => ({
          rows: [row],
          end,
          otherwise: isEarly(end),
        })),
        context,
      ),
  }),
];

export const variabilityStreams = [samples, summaries].map(csvStream);
