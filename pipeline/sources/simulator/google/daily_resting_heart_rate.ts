/** `daily-resting-heart-rate`: one point a worn day, published once the day is over and synced. */

import { dayOfNumber, MS_PER_DAY } from "../../../day.ts";
import type { DataSource, GoogleStream } from "./stream.ts";
import { dateParts } from "./times.ts";

/** Worked out by the service from what the watch measured. */
const service: DataSource = {
  dataSource: { recordingMethod: "DERIVED", platform: "FITBIT" },
  families: new Set(["google-wearables", "google-sources"]),
};

/** The server works it out some time after the day has ended. */
const publishedAfterMs = 2 * 3_600_000;

export const dailyRestingHeartRate: GoogleStream = {
  points(utcDay, _verb, world) {
    const day = dayOfNumber(utcDay);
    const resting = world.body.restingHeartRate(day);
    const worn = resting !== undefined;
    return {
      time_ms: Float64Array.from(worn ? [utcDay * MS_PER_DAY] : []),
      utc_offset_s: Int32Array.from(worn ? [0] : []),
      known_ms: Float64Array.from(worn ? [world.body.zones.endOfDay(day) + publishedAfterMs] : []),
      values: Int32Array.from(worn ? [resting.bpm] : []),
      source: Uint8Array.from(worn ? [0] : []),
      sources: [service],
      payload: () => ({
        date: dateParts(utcDay * MS_PER_DAY),
        beatsPerMinute: resting === undefined ? undefined : String(resting.bpm),
        dailyRestingHeartRateMetadata: {
          calculationMethod: resting?.withSleep === true ? "WITH_SLEEP" : "ONLY_WITH_AWAKE_DATA",
        },
      }),
    };
  },
};
