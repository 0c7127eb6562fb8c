/** `sleep` of the Google Health API: nights and naps, and their stages. */

import { sleep, sleepStage } from "../../catalog/sleep.ts";
import { dayAt, dayNumber } from "../../day.ts";
import { arrayAt, member, objectAt, unreadable } from "../json/document.ts";
import {
  flag,
  instant,
  type Reading,
  utcOffset,
  valueAt,
  whole,
  word,
} from "../records/readings.ts";
import { type Field, field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { pointId, pointStream } from "./points.ts";
import { partStream } from "./session_parts.ts";

/** The civil day an interval ended on, by the offset in force then; in days since 1970. */
const dayOfEnd: Reading = (value, place) => {
  const interval = objectAt(value, place);
  const end = instant(member(interval, "endTime"), `${place}.endTime`);
  const offset = utcOffset(member(interval, "endUtcOffset"), `${place}.endUtcOffset`);
  if (typeof end === "number" && typeof offset === "number") return dayNumber(dayAt(end, offset));
  throw unreadable(place, "a time and an offset", value);
};

/** A flag of the metadata: where these are sent at all, `false` is the default that is left out. */
function metadataFlag(name: string): Field {
  return field("metadata", (value, place) => {
    const found = member(objectAt(value, place), name);
    return found === undefined ? false : flag(found, `${place}.${name}`);
  });
}

/** The minutes of one stage in the summary, which has an element for each stage that there was. */
function summaryMinutes(type: string): Field {
  return field("summary.stagesSummary", (value, place) => {
    const index = arrayAt(value, place).findIndex((stage) => valueAt(stage, "type") === type);
    const minutes = valueAt(arrayAt(value, place)[index], "minutes");
    return minutes === undefined ? undefined : whole(minutes, `${place}[${index}].minutes`);
  });
}

/** A sleep without an end goes on: neither its day nor its length is known yet. */
function notEnded(payload: unknown): string | undefined {
  const start = valueAt(payload, "interval.startTime");
  if (start === undefined || valueAt(payload, "interval.endTime") !== undefined) return undefined;
  return `a sleep had not ended when it was asked for, and makes no row: it began at ${start}`;
}

const googleSleep = pointStream({
  name: "sleep",
  kind: "session",
  table: sleep,
  columns: {
    date: field("interval", dayOfEnd),
    sleep_id: pointId,
    type: field("type", word),
    main_sleep: metadataFlag("mainSleep"),
    nap: metadataFlag("nap"),
    manual: metadataFlag("manuallyEdited"),
    processed: metadataFlag("processed"),
    asleep_min: field("summary.minutesAsleep", whole),
    awake_min: field("summary.minutesAwake", whole),
    to_fall_asleep_min: field("summary.minutesToFallAsleep", whole),
    after_wake_up_min: field("summary.minutesAfterWakeUp", whole),
    in_sleep_period_min: field("summary.minutesInSleepPeriod", whole),
    deep_min: summaryMinutes("DEEP"),
    light_min: summaryMinutes("LIGHT"),
    rem_min: summaryMinutes("REM"),
    wake_min: summaryMinutes("AWAKE"),
    restless_min: summaryMinutes("RESTLESS"),
    stages_status: field("metadata.stagesStatus", word),
  },
  known: [
    ...["createTime", "updateTime", "stages", "shortAwakenings", "outOfBedSegments"],
    ...["processed", "mainSleep", "nap", "manuallyEdited", "externalId"]
      .map((name) => `metadata.${name}`),
  ],
  leaveOut: notEnded,
});

const stage = { stage: field("type", word) };
const stamps = ["createTime", "updateTime"];

/**
 * Stages follow each other without a gap; short awakenings and time out of bed lie over them.
 */
const googleSleepStages = partStream({
  session: googleSleep,
  table: sleepStage,
  id: "sleep_id",
  dayOf: "end",
  lists: [
    { member: "stages", columns: stage, constants: { short: false }, known: stamps },
    { member: "shortAwakenings", columns: stage, constants: { short: true }, known: stamps },
    {
      member: "outOfBedSegments",
      columns: {},
      constants: { stage: "out_of_bed", short: true },
      known: stamps,
    },
  ],
  version: 1,
});

/** The two tables of one data type. */
export const sleepStreams: readonly Stream[] = [googleSleep, googleSleepStages];
