/** How the person stands to irregular-rhythm notifications, as the account says on the day it is asked. */

import { irregularRhythmProfile } from "../../catalog/heart.ts";
import { flag, instant } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { undatedStream } from "./undated.ts";

/** The profile; what is false is the default, and left out. */
export const googleRhythmProfile: Stream = undatedStream({
  name: "irnProfile",
  table: irregularRhythmProfile,
  columns: {
    onboarded: field("onboardingStatus", flag, false),
    enrolled: field("enrollmentStatus", flag, false),
    last_data: field("updateTime", instant),
  },
  known: [],
});
