/**
 * The streams of the Google Health API: what is asked for, with which verb, in which windows and
 * pages. The one place to add a data type, beside the fields it has (*_streams.ts).
 */

import type { LiveStream, Stream, WindowSize } from "../source.ts";
import { activityStreams } from "./activity_streams.ts";
import { bodyStreams } from "./body_streams.ts";
import { clinicalStreams } from "./clinical_streams.ts";
import { googleDevices } from "./devices.ts";
import { exerciseStreams } from "./exercise_streams.ts";
import { foodStreams } from "./food_streams.ts";
import { googleHeartRate } from "./flatten_heart_rate.ts";
import { googleRestingHeartRate } from "./flatten_resting_heart_rate.ts";
import { intakeStreams } from "./intake_streams.ts";
import { personStreams } from "./person_streams.ts";
import type { RecordName } from "./records.ts";
import { sleepStreams } from "./sleep_streams.ts";
import { googleRhythmBeats } from "./rhythm_beats.ts";
import { googleRhythmProfile } from "./rhythm_profile.ts";
import { googleTracks, trackPath } from "./tracks.ts";
import { unfinishedSince } from "./unfinished_sleep.ts";
import type { VerbName } from "./verbs.ts";
import { vitalsStreams } from "./vitals_streams.ts";

/** How a data type is asked for. */
interface Asking {
  readonly verb: VerbName;
  readonly record: RecordName;
  readonly window: WindowSize;
  /** The scope's own part of its name. */
  readonly scope: keyof typeof scopes;
  /** The largest page the service gives for the type; 10,000 unless given. */
  readonly pageSize?: number;
  /** Requests of one window at most and bytes about; 1 and a few kilobytes unless given. */
  readonly cost?: LiveStream["cost"];
  readonly onRequest?: true;
  readonly openEnded?: true;
  /** The data type that is asked for, where the stream is called otherwise. */
  readonly type?: string;
  /** The path of a file that a point has beside it, which is kept after its page. */
  readonly filePath?: (point: unknown) => string | undefined;
  /**
   * From when on (ms since 1970) an answer given at `now` can still change because of a point, whatever
   * the watch has synced; undefined for a final point, absent for types without others.
   */
  readonly unfinishedSince?: (payload: unknown, now: number) => number | undefined;
}

/** A data type as it is asked for. */
export interface GoogleHealthStream extends LiveStream {
  readonly verb: Asking["verb"];
  readonly record: RecordName;
  readonly pageSize: number;
  readonly type: string;
  readonly filePath?: Asking["filePath"];
  readonly unfinishedSince?: Asking["unfinishedSince"];
}

const prefix = "https://www.googleapis.com/auth/googlehealth.";

const scopes = {
  activity: `${prefix}activity_and_fitness.readonly`,
  vitals: `${prefix}health_metrics_and_measurements.readonly`,
  sleep: `${prefix}sleep.readonly`,
  nutrition: `${prefix}nutrition.readonly`,
  settings: `${prefix}settings.readonly`,
  profile: `${prefix}profile.readonly`,
  ecg: `${prefix}ecg.readonly`,
  irn: `${prefix}irn.readonly`,
  location: `${prefix}location.readonly`,
} as const;

/**
 * A day of heart rate is up to 40,000 points of some 300 bytes, whatever was asked for in pages of
 * 5,000: the densest accounts seen had 37,000.
 */
const denseDay = { requests: 8, bytes: 6_000_000 } as const;

/** A day of minutes in one page. */
const minutesDay = { requests: 1, bytes: 400_000 } as const;

/** A day of stretches of minutes, or of the few minutes that were active. */
const stretchesDay = { requests: 1, bytes: 50_000 } as const;

const small = { requests: 1, bytes: 10_000 } as const;

/** Page size of the types that the service gives in larger pages. */
const largestPage = 10_000;

const perDay = {
  verb: "reconcile",
  record: "interval",
  window: "day",
  scope: "activity",
  cost: minutesDay,
} as const;
const stretches = { ...perDay, cost: stretchesDay } as const;
/** The same summed up by the service, for what it does not show as points. */
const perDayRolled = { ...perDay, verb: "rollUp" } as const;
const vitalsPerDay = { ...perDay, record: "sample", scope: "vitals" } as const;
/** A year of a point a day or fewer: pages may end after some weeks without any. */
const sparseYear = { requests: 10, bytes: 100_000 } as const;

/** A month of what is sensed every five minutes. */
const sensedMonth = { requests: 2, bytes: 2_000_000 } as const;

/** A month of what happens, or is entered, some times a day. */
const loggedMonth = { requests: 1, bytes: 200_000 } as const;

const nightly = { ...vitalsPerDay, cost: { requests: 1, bytes: 100_000 } } as const;
const yearlySamples = { ...vitalsPerDay, window: "year", cost: sparseYear } as const;
const yearly = { ...yearlySamples, record: "daily" } as const;
const intake = {
  ...vitalsPerDay,
  record: "session",
  window: "month",
  scope: "nutrition",
  cost: loggedMonth,
} as const;
const clinical = { verb: "list", window: "year", cost: sparseYear, onRequest: true } as const;
/** What the account says of itself on the day it is asked, and nobody else need know. */
const ofAccount = {
  verb: "resource",
  record: "undated",
  window: "today",
  onRequest: true,
} as const;
/** Of how many foods there are nobody has said: only asked for by name. */
const foodCatalogue = {
  verb: "listAll",
  record: "undated",
  window: "today",
  scope: "nutrition",
  cost: { requests: 20, bytes: 1_000_000 },
  onRequest: true,
} as const;
const sparseActivity = { ...perDay, window: "month", cost: loggedMonth } as const;
/** A month of sessions, 25 on a page and two a day; a night with its stages is about 12 kB. */
const sessions = {
  ...perDay,
  record: "session",
  window: "month",
  pageSize: 25,
  cost: { requests: 3, bytes: 500_000 },
} as const;
const daily = { verb: "reconcile", record: "daily", window: "month", scope: "vitals" } as const;

/** Every data type that is asked for, in the order it is asked within the same days. */
const asking: Readonly<Record<string, Asking>> = {
  "heart-rate": { ...vitalsPerDay, cost: denseDay },
  "daily-resting-heart-rate": daily,
  "steps": perDay,
  "distance": perDay,
  "floors": perDay,
  "altitude": perDay,
  "total-calories": perDayRolled,
  "active-energy-burned": perDay,
  // Every account seen was empty: a month of nothing is one request, one of minutes nine.
  "basal-energy-burned": { ...sparseActivity, cost: { requests: 10, bytes: 10_000 } },
  "active-minutes": stretches,
  "active-zone-minutes": stretches,
  "activity-level": stretches,
  "sedentary-period": sparseActivity,
  "time-in-heart-rate-zone": stretches,
  "calories-in-heart-rate-zone": perDayRolled,
  "swim-lengths-data": { ...perDay, window: "year", cost: sparseYear },
  "sleep": { ...sessions, record: "sleep", scope: "sleep", unfinishedSince },
  "exercise": sessions,
  "heart-rate-variability": nightly,
  "daily-heart-rate-variability": yearly,
  "daily-heart-rate-zones": yearly,
  "oxygen-saturation": nightly,
  "daily-oxygen-saturation": yearly,
  "daily-respiratory-rate": yearly,
  "respiratory-rate-sleep-summary": yearlySamples,
  "daily-sleep-temperature-derivations": yearly,
  "core-body-temperature": yearlySamples,
  "vo2-max": { ...yearlySamples, scope: "activity" },
  "run-vo2-max": { ...yearlySamples, scope: "activity" },
  "daily-vo2-max": { ...yearly, scope: "activity" },
  "weight": yearlySamples,
  "body-fat": yearlySamples,
  "height": yearlySamples,
  "blood-glucose": { ...vitalsPerDay, window: "month", cost: sensedMonth },
  "hydration-log": intake,
  "nutrition-log": intake,
  "food": foodCatalogue,
  "food-measurement-unit": foodCatalogue,
  "electrocardiogram": {
    ...clinical,
    record: "electrocardiogram",
    scope: "ecg",
    // The filter has no end.
    openEnded: true,
    // Every reading has 7,500 samples.
    cost: { requests: 20, bytes: 1_000_000 },
  },
  "irregular-rhythm-notification": { ...clinical, record: "session", scope: "irn" },
  "irnProfile": { ...ofAccount, scope: "irn" },
  "exportExerciseTcx": {
    ...sessions,
    type: "exercise",
    filePath: trackPath,
    // A track tells places: only asked for by name, and about half a megabyte each.
    window: "day",
    scope: "location",
    onRequest: true,
    cost: { requests: 4, bytes: 500_000 },
  },
  "profile": { ...ofAccount, scope: "profile" },
  "settings": { ...ofAccount, scope: "settings" },
  "pairedDevices": { verb: "devices", record: "undated", window: "today", scope: "settings" },
};

/** Every stream, one for each table that a data type feeds. */
export const googleHealthStreams: readonly Stream[] = [
  googleHeartRate,
  googleRestingHeartRate,
  ...activityStreams,
  ...sleepStreams,
  ...exerciseStreams,
  ...vitalsStreams,
  ...bodyStreams,
  ...intakeStreams,
  ...foodStreams,
  ...clinicalStreams,
  googleRhythmBeats,
  googleRhythmProfile,
  googleTracks,
  googleDevices,
  ...personStreams,
];

/** The data types to ask for, each once. */
export const googleHealthLive: readonly GoogleHealthStream[] = Object.entries(asking)
  .map(([name, { scope, pageSize, cost, ...how }]) => {
    const stream = googleHealthStreams.find((stream) => stream.name === name);
    if (stream === undefined) throw new RangeError(`Cannot ask for "${name}": no stream reads it`);
    return {
      ...stream,
      type: name,
      ...how,
      scope: scopes[scope],
      pageSize: pageSize ?? largestPage,
      cost: cost ?? small,
    };
  });

/** The scopes a login asks for: those of the streams, and what the account's facts need. */
export const googleHealthScopes: readonly string[] = [
  ...new Set([
    ...googleHealthLive.filter(({ onRequest }) => onRequest !== true).map(({ scope }) => scope),
    scopes.profile,
    scopes.settings,
  ]),
];
