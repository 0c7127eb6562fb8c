/** `daily-resting-heart-rate`: one point a worn day. */

import { daily } from "./moments.ts";

export const dailyRestingHeartRate = daily(
  (body, day) => body.restingHeartRate(day),
  ({ bpm, withSleep }) => ({
    beatsPerMinute: String(bpm),
    dailyRestingHeartRateMetadata: {
      calculationMethod: withSleep ? "WITH_SLEEP" : "ONLY_WITH_AWAKE_DATA",
    },
  }),
);
