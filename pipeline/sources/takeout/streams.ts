/**
 * The streams of an account archive: a family of member files each. As a rule the JSON
 * family comes first: it holds the same as its CSV twin and more, such as the device's confidence.
 */

import type { Stream } from "../source.ts";
import { takeoutExerciseStreams } from "./exercise_streams.ts";
import { csvStreams } from "./families/csv.ts";
import { takeoutHeartRateCsv } from "./flatten_heart_rate_csv.ts";
import { takeoutHeartRateJson } from "./flatten_heart_rate_json.ts";
import { takeoutRestingHeartRateJson } from "./flatten_resting_heart_rate_json.ts";
import { jsonRecordStreams } from "./json_record_streams.ts";
import { minuteStreams } from "./minute_streams.ts";
import { takeoutSleepStreams } from "./sleep_streams.ts";
import { tcxStream } from "./tcx_files.ts";

const jsonStreams: readonly Stream[] = [
  ...minuteStreams,
  ...jsonRecordStreams,
  ...takeoutSleepStreams,
  ...takeoutExerciseStreams,
];

/**
 * Tables for which the CSV files are the better: in UTC, where the JSON files are on the wall clock, or
 * in grams, where they are in tenths of a pound.
 */
const csvFirst: ReadonlySet<string> = new Set([
  "calories",
  "altitude",
  "floors",
  "weight",
  "body_fat",
  "height",
]);

export const takeoutStreams: readonly Stream[] = [
  takeoutHeartRateJson,
  takeoutHeartRateCsv,
  takeoutRestingHeartRateJson,
  ...jsonStreams.filter(({ table }) => !csvFirst.has(table)),
  ...csvStreams,
  tcxStream,
  ...jsonStreams.filter(({ table }) => csvFirst.has(table)),
];
