/** Sleep, vitals, body, clinical lists and devices: every stream, and what is asked of the live service. */

import type { Stream } from "../source.ts";
import { bodyLogStreams } from "./body_log_streams.ts";
import { clinicalStreams } from "./clinical_lists.ts";
import { goalsLook, objectLook, presentLook, recordsLook } from "./dated_looks.ts";
import { bodySeriesStreams } from "./body_series_streams.ts";
import { fitbitDevices } from "./devices.ts";
import type { FitbitWebStream } from "./live_stream.ts";
import { goalStreams } from "./goals.ts";
import { fitbitLifetime } from "./lifetime.ts";
import { listLook } from "./looks.ts";
import { nightlyStreams } from "./nightly_streams.ts";
import { fitbitProfile } from "./profile.ts";
import { fitbitRhythmBeats } from "./rhythm_beats.ts";
import { sleepLogStreams } from "./sleep_logs.ts";
import { sleepMinuteStreams } from "./sleep_minutes.ts";

/** Every stream, live or saved, for each table the most trusted first. */
export const sleepAndBodyStreams: readonly Stream[] = [
  ...sleepLogStreams,
  ...sleepMinuteStreams,
  ...nightlyStreams,
  ...bodyLogStreams,
  ...bodySeriesStreams,
  ...clinicalStreams,
  fitbitRhythmBeats,
  fitbitDevices,
  fitbitProfile,
  ...goalStreams,
  fitbitLifetime,
];

type Asked = Omit<FitbitWebStream, keyof Stream>;

/** Ranges of 30 days at most; whether both ends count nobody has said, so less is asked. */
const ofFourWeeks = { window: { days: 28 }, cost: { requests: 1, bytes: 3000 } } as const;

/** A value a day. */
function daily(path: string, scope: string, list: string | undefined): Asked {
  return {
    ...ofFourWeeks,
    scope,
    path: `/1/user/-/${path}/date/{first}/{last}.json`,
    look: recordsLook(list, "dateTime"),
  };
}

/**
 * Samples of nights, which are filed under the day a night ended on: those of the last evening are
 * with the day after.
 */
function ofNights(path: string, scope: string, list: string | undefined, bytes: number): Asked {
  return {
    ...ofFourWeeks,
    scope,
    path: `/1/user/-/${path}/date/{first}/{after}/all.json`,
    look: recordsLook(list, "dateTime", 1),
    cost: { requests: 1, bytes },
  };
}

/** Entries of a log. */
function log(name: string): Asked {
  return {
    ...ofFourWeeks,
    scope: "weight",
    path: `/1/user/-/body/log/${name}/date/{first}/{last}.json`,
    look: recordsLook(name, "date"),
  };
}

/** A value a day, from one weighing to the next. */
function bodySeries(resource: string): Asked {
  return {
    ...ofFourWeeks,
    scope: "weight",
    path: `/1/user/-/body/${resource}/date/{first}/{last}.json`,
    look: recordsLook(`body-${resource}`, "dateTime"),
  };
}

/** What somebody has set out to do, or has done, by now. */
function ofNow(path: string, scope: string, list: string): Asked {
  return {
    window: "today",
    scope,
    path,
    look: goalsLook(list),
    cost: { requests: 1, bytes: 500 },
  };
}

/** What the account says of the person now, and nobody else need know. */
function ofAccount(path: string, scope: string): Asked {
  return {
    window: "today",
    scope,
    path: `/1/user/-/${path}.json`,
    look: objectLook,
    cost: { requests: 1, bytes: 2000 },
    onRequest: true,
  };
}

/** Lists of ten entries a page, only asked for on request. */
function clinical(path: string, scope: string, list: string, day: string, bytes: number): Asked {
  return {
    window: "year",
    scope,
    path: `/1/user/-/${path}.json?afterDate={first}&sort=asc&offset=0&limit=10`,
    look: listLook(list, day),
    cost: { requests: 20, bytes },
    onRequest: true,
  };
}

/** What is asked for, by stream, in this order. */
const asked: Readonly<Record<string, Asked>> = {
  "sleep": {
    // 100 days at most.
    window: { days: 90 },
    scope: "sleep",
    path: "/1.2/user/-/sleep/date/{first}/{last}.json",
    look: recordsLook("sleep", "dateOfSleep"),
    cost: { requests: 1, bytes: 900_000 },
  },
  "spo2": { ...daily("spo2", "oxygen_saturation", undefined), window: "year" },
  "hrv": daily("hrv", "heartrate", "hrv"),
  "br": daily("br", "respiratory_rate", "br"),
  "temp/skin": daily("temp/skin", "temperature", "tempSkin"),
  "temp/core": daily("temp/core", "temperature", "tempCore"),
  "cardioscore": daily("cardioscore", "cardio_fitness", "cardioScore"),
  "body/log/weight": log("weight"),
  "body/log/fat": log("fat"),
  "hrv/all": ofNights("hrv", "heartrate", "hrv", 350_000),
  "spo2/all": ofNights("spo2", "oxygen_saturation", undefined, 650_000),
  "br/all": {
    ...daily("br", "respiratory_rate", "br"),
    path: "/1/user/-/br/date/{first}/{last}/all.json",
  },
  "devices": {
    window: "today",
    scope: "settings",
    path: "/1/user/-/devices.json",
    look: presentLook,
    cost: { requests: 1, bytes: 500 },
  },
  "body/weight": bodySeries("weight"),
  "body/fat": bodySeries("fat"),
  "body/bmi": { ...bodySeries("bmi"), window: "year", cost: { requests: 1, bytes: 17_000 } },
  "activities/goals/daily": ofNow("/1/user/-/activities/goals/daily.json", "activity", "goals"),
  "activities/goals/weekly": ofNow("/1/user/-/activities/goals/weekly.json", "activity", "goals"),
  "sleep/goal": ofNow("/1.2/user/-/sleep/goal.json", "sleep", "goal"),
  "activities/lifetime": ofNow("/1/user/-/activities.json", "activity", "lifetime"),
  "ecg/list": clinical("ecg/list", "electrocardiogram", "ecgReadings", "startTime", 1_000_000),
  "irn/alerts/list": clinical(
    "irn/alerts/list",
    "irregular_rhythm_notifications",
    "alerts",
    "alertTime",
    50_000,
  ),
  "irn/profile": ofAccount("irn/profile", "irregular_rhythm_notifications"),
  "profile": ofAccount("profile", "profile"),
};

export const sleepAndBodyLive: readonly FitbitWebStream[] = Object.entries(asked)
  .map(([name, how]) => {
    const stream = sleepAndBodyStreams.find((stream) => stream.name === name);
    if (stream === undefined) throw new RangeError(`Cannot ask for "${name}": no stream reads it`);
    return { ...stream, ...how };
  });
