/**
 * The streams of an account archive: a family of member files each. The JSON family comes first: it
 * holds the same samples as its CSV twin, with the device's confidence.
 */

import type { Stream } from "../source.ts";
import { takeoutHeartRateCsv } from "./flatten_heart_rate_csv.ts";
import { takeoutHeartRateJson } from "./flatten_heart_rate_json.ts";
import { takeoutRestingHeartRateCsv } from "./flatten_resting_heart_rate_csv.ts";
import { takeoutRestingHeartRateJson } from "./flatten_resting_heart_rate_json.ts";

export const takeoutStreams: readonly Stream[] = [
  takeoutHeartRateJson,
  takeoutHeartRateCsv,
  takeoutRestingHeartRateJson,
  takeoutRestingHeartRateCsv,
];
