/** Tables of sleep. A night belongs to the civil day it ended on. */

import type { TableSpec } from "../catalog.ts";
import { date, flag, instant, interval, real, source, text, whole } from "./columns.ts";

export const sleep: TableSpec = {
  name: "sleep",
  grain: "one sleep, night or nap",
  partition: "year",
  key: ["date", "time", "sleep_id"],
  version: 1,
  columns: [
    { ...date, about: "Civil day the sleep ended on" },
    ...interval,
    instant("end_time", "When it ended", { required: true }),
    whole("end_utc_offset_s", "Offset of the wall clock from UTC at the end", {
      unit: "s",
      required: true,
    }),
    text("sleep_id", "The source's own id; digits past 2^53, so text", { required: true }),
    text("type", "stages, or classic: too short for stages, or without enough heart data"),
    flag("main_sleep", "Whether it is the day's main sleep"),
    flag("nap", "Whether it is a nap"),
    flag("manual", "Whether it was entered or edited by hand"),
    flag("processed", "False while the source still works on it"),
    real("asleep_min", "Time asleep", { unit: "min" }),
    real("awake_min", "Time awake", { unit: "min" }),
    real("to_fall_asleep_min", "Time until falling asleep", { unit: "min" }),
    real("after_wake_up_min", "Time in bed after waking up", { unit: "min" }),
    real("in_bed_min", "Time in bed; not in Google Health", { unit: "min" }),
    real("in_sleep_period_min", "Bedtime to waking up; Google Health only", { unit: "min" }),
    real("deep_min", "Deep sleep", { unit: "min" }),
    real(
      "light_min",
      "Light sleep as the source sums it up: Google Health counts short awakenings in, the Fitbit Web API as awake",
      { unit: "min" },
    ),
    real("rem_min", "REM sleep", { unit: "min" }),
    real("wake_min", "Awake within the night as the source sums it up; see light_min", {
      unit: "min",
    }),
    real("restless_min", "Restless; classic sleep only", { unit: "min" }),
    whole("efficiency", "The vendor's value, not asleep over in bed; not in Google Health", {
      unit: "%",
    }),
    text("stages_status", "Why there are stages or none, as the source says it"),
    source,
  ],
};

export const sleepStage: TableSpec = {
  name: "sleep_stage",
  grain: "one stage of one sleep; short awakenings and time out of bed overlay the others",
  partition: "year",
  key: ["time", "sleep_id", "stage", "short"],
  version: 2,
  partsOf: "sleep_id",
  columns: [
    ...interval,
    text("sleep_id", "The sleep it belongs to", { required: true }),
    text("stage", "deep, light, rem, awake; asleep, restless, awake in classic sleep; out_of_bed"),
    flag(
      "short",
      "Whether it overlays the stage around it: an awakening up to 3 minutes, or time out of bed; the others follow each other without a gap",
      { required: true },
    ),
    { ...date, about: "Civil day the sleep ended on" },
    source,
  ],
};

export const sleepTables: readonly TableSpec[] = [sleep, sleepStage];
