/** The data types with simulated data, by name: the one place to add another. */

import { dailyRestingHeartRate } from "./daily_resting_heart_rate.ts";
import { heartRate } from "./heart_rate.ts";
import type { GoogleStream } from "./stream.ts";

export const streams: ReadonlyMap<string, GoogleStream> = new Map([
  ["heart-rate", heartRate],
  ["daily-resting-heart-rate", dailyRestingHeartRate],
]);
