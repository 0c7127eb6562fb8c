/** What a client must end up with of irregular-rhythm notifications, beside their windows: both APIs agree. */

import { rhythmAlertsOf, rhythmProfile } from "./clinical_values.ts";
import { isToday } from "./present.ts";
import type { Truth } from "./truth.ts";

/** By the table's name. */
export const rhythmTruth: Readonly<Record<string, Truth>> = {
  irregular_rhythm_beat: ({ world: { body } }, day) =>
    rhythmAlertsOf(body, day).flatMap((alert) =>
      alert.windows.flatMap((window) =>
        window.beats.map((beat) => ({
          time: new Date(beat.time_ms).toISOString(),
          utc_offset_s: beat.utc_offset_s,
          notification: new Date(alert.time_ms).toISOString(),
          window_time: new Date(window.time_ms).toISOString(),
          bpm: beat.bpm,
        }))
      )
    ),
  irregular_rhythm_profile: ({ world }, day) =>
    isToday(world, day)
      ? [{ date: day, ...rhythmProfile, last_data: new Date(world.syncedTo()).toISOString() }]
      : [],
};
