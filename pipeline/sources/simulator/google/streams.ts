/** The data types with simulated data, by name: the one place to add another. */

import { activityStreams } from "./activity_streams.ts";
import { bodyStreams } from "./body_streams.ts";
import { clinicalStreams } from "./clinical_streams.ts";
import { dailyRestingHeartRate } from "./daily_resting_heart_rate.ts";
import { exercise } from "./exercise.ts";
import { foodStreams } from "./food_streams.ts";
import { heartRate } from "./heart_rate.ts";
import { sleep } from "./sleep.ts";
import type { GoogleStream } from "./stream.ts";
import { vitalsStreams } from "./vitals_streams.ts";

export const streams: ReadonlyMap<string, GoogleStream> = new Map([
  ["heart-rate", heartRate],
  ["daily-resting-heart-rate", dailyRestingHeartRate],
  ...activityStreams,
  ...vitalsStreams,
  ...bodyStreams,
  ...clinicalStreams,
  ...foodStreams,
  ["sleep", sleep],
  ["exercise", exercise],
]);
