/** What the tables of sleep add to the aggregates: the night that ended on a day. */

import { sleep } from "../../catalog/sleep.ts";
import type { Contribution } from "../contribution.ts";
import { daily, each } from "../daily.ts";
import { count, last, total } from "../daily_rules.ts";
import { localMinutes, ofMainSleep, ofOtherSleeps } from "../sleep.ts";

const main = "of the main sleep that ended that day";

export const sleepContributions: readonly Contribution[] = [
  daily(sleep, {
    sleep_start: {
      rule: ofMainSleep(last("time")),
      type: "timestamp_ms",
      unit: "UTC",
      about: `Start ${main}`,
    },
    sleep_end: {
      rule: ofMainSleep(last("end_time")),
      type: "timestamp_ms",
      unit: "UTC",
      about: `End ${main}`,
    },
    ...each(
      ["start", "middle", "end"] as const,
      (moment) => `sleep_${moment}_local_min`,
      (moment) => ({
        rule: ofMainSleep(localMinutes(moment)),
        unit: "min",
        about: `The ${moment} ${main} on the wall clock, in minutes from the midnight with which ` +
          "the day began; negative the evening before",
        overDays: "mean",
      }),
    ),
    sleep_duration_min: {
      rule: ofMainSleep(total("duration_s", 1 / 60)),
      unit: "min",
      about: `From start to end ${main}`,
      overDays: "mean",
    },
    ...each(
      ["asleep_min", "awake_min", "deep_min", "light_min", "rem_min", "wake_min", "restless_min"],
      (column) => `sleep_${column}`,
      (column) => ({ rule: ofMainSleep(last(column)), like: column, overDays: "mean" }),
    ),
    sleep_efficiency_percent: {
      rule: ofMainSleep(last("efficiency")),
      like: "efficiency",
      overDays: "mean",
    },
    other_sleep_count: {
      rule: ofOtherSleeps(count),
      type: "int32",
      about: "Naps that ended that day, and the rest of a night that the source cut in two",
      overDays: "sum",
    },
    other_sleep_asleep_min: {
      rule: ofOtherSleeps(total("asleep_min")),
      unit: "min",
      about: "Time asleep in them",
      overDays: "sum",
    },
  }),
];
