/** The resources with simulated data, by their path behind the user: the one place to add another. */

import { heartRate } from "./heart_rate.ts";
import type { FitbitStream } from "./stream.ts";

export const streams: ReadonlyMap<string, FitbitStream> = new Map([
  ["activities/heart", heartRate],
]);
