/**
 * The streams of an account archive: a family of member files each. The JSON family comes first: it
 * holds the same samples as its CSV twin, with the device's confidence.
 */

import type { Stream } from "../source.ts";
import { takeoutExerciseStreams } from "./exercise_streams.ts";
import { takeoutHeartRateCsv } from "./flatten_heart_rate_csv.ts";
import { takeoutHeartRateJson } from "./flatten_heart_rate_json.ts";
import { takeoutRestingHeartRateCsv } from "./flatten_resting_heart_rate_csv.ts";
import { takeoutRestingHeartRateJson } from "./flatten_resting_heart_rate_json.ts";
import { jsonRecordStreams } from "./json_record_streams.ts";
import { minuteStreams } from "./minute_streams.ts";
import { takeoutSleepStreams } from "./sleep_streams.ts";

export const takeoutStreams: readonly Stream[] = [
  takeoutHeartRateJson,
  takeoutHeartRateCsv,
  takeoutRestingHeartRateJson,
  takeoutRestingHeartRateCsv,
  ...minuteStreams,
  ...jsonRecordStreams,
  ...takeoutSleepStreams,
  ...takeoutExerciseStreams,
];
