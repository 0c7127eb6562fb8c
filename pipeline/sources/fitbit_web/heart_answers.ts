/**
 * The heart answers of the Fitbit Web API, in both shapes: unbounded (zones and resting heart rate
 * inside `value`) and bounded by times (zones beside a `value` that is a text).
 */

import type { Day } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { plausibleBpm } from "../heart_rate_columns.ts";
import { eachElement } from "../json/cut_lists.ts";
import {
  arrayAt,
  countUnknownFields,
  isObject,
  member,
  objectAt,
  type UnknownFields,
  unreadable,
} from "../json/document.ts";
import { recordOf, time, whole } from "../json/record_shape.ts";
import { answeredDay } from "./answer_days.ts";

const daily = "activities-heart";
const intraday = "activities-heart-intraday";

/** Numbers of a sample's row: seconds since midnight, and beats per minute. */
export const sampleColumn = { second: 0, bpm: 1 } as const;

/** Where the samples of a document lie. */
export const heartSamples = {
  lists: [eachElement, intraday, "dataset"],
  shape: recordOf(2, {
    time: time("clock_time", sampleColumn.second),
    value: whole(sampleColumn.bpm, { required: true, quoted: "never", ...plausibleBpm }),
  }),
} as const;

/** What an answer says of one civil day. */
export interface HeartDay {
  readonly day: Day;
  /** Undefined in the bounded shape, and while the source has none. */
  readonly restingBpm: number | undefined;
  /** In the shape of an answer to a request with times: its zones are those of that window. */
  readonly isBounded: boolean;
  /** The zones of the body and the person's own, as they stand there; either may be absent. */
  readonly zones: readonly { readonly list: unknown; readonly place: string }[];
}

/** One answer of a document. */
export interface HeartAnswer {
  readonly days: readonly HeartDay[];
  /** The list of samples; undefined when the answer was given without them. */
  readonly samples: { readonly list: unknown; readonly place: string } | undefined;
}

/** How the samples' list is named in counts of unknown fields. */
export const samplesPath = `${intraday}.dataset`;

/** The known fields of a zone. */
export const knownZone = {
  caloriesOut: true,
  max: true,
  min: true,
  minutes: true,
  name: true,
} as const;

const ofDay = { customHeartRateZones: [knownZone], heartRateZones: [knownZone] } as const;

/** Known fields beside the daily part, and of the daily part. */
const knownAnswer = {
  [daily]: true,
  [intraday]: { dataset: true, datasetInterval: true, datasetType: true },
} as const;
const knownBounded = { ...ofDay, dateTime: true, value: true } as const;
const knownUnbounded = { dateTime: true, value: { ...ofDay, restingHeartRate: true } } as const;

/** The answers of a document, checked; throws a DocumentError that names what is wrong and where. */
export function heartAnswers(envelope: unknown, manifest: Manifest): HeartAnswer[] {
  return arrayAt(envelope, "the document").map((value, index) => {
    const place = `answers[${index}]`;
    const answer = objectAt(value, place);
    const days = arrayAt(member(answer, daily), `${place}.${daily}`)
      .map((value, i) => heartDay(value, `${place}.${daily}[${i}]`, manifest));
    const series = member(answer, intraday);
    if (series === undefined) return { days, samples: undefined };
    const at = `${place}.${intraday}`;
    const list = member(objectAt(series, at), "dataset");
    return { days, samples: { list, place: `${at}.dataset` } };
  });
}

/** Counts the unknown fields beside the daily part, of which the resting heart rate's stream takes care. */
export function countUnknownAroundSamples(envelope: unknown, unknown: UnknownFields): void {
  for (const answer of arrayAt(envelope, "the document")) {
    countUnknownFields(answer, knownAnswer, "", unknown);
  }
}

/** Counts the unknown fields of the daily part. */
export function countUnknownOfDays(envelope: unknown, unknown: UnknownFields): void {
  for (const answer of arrayAt(envelope, "the document")) {
    for (const day of arrayAt(member(objectAt(answer, "an answer"), daily), daily)) {
      const isUnbounded = isObject(day) && isObject(member(day, "value"));
      const known = isUnbounded ? knownUnbounded : knownBounded;
      countUnknownFields(day, known, `${daily}[]`, unknown);
    }
  }
}

function heartDay(value: unknown, place: string, manifest: Manifest): HeartDay {
  const found = objectAt(value, place);
  const inner = member(found, "value");
  const resting = isObject(inner) ? member(inner, "restingHeartRate") : undefined;
  if (resting !== undefined && !isRestingBpm(resting)) {
    throw unreadable(`${place}.value.restingHeartRate`, "a number of beats a minute", resting);
  }
  return {
    day: answeredDay(member(found, "dateTime"), `${place}.dateTime`, manifest),
    restingBpm: resting,
    isBounded: !isObject(inner),
    zones: ["heartRateZones", "customHeartRateZones"].map((name) => {
      const within = isObject(inner)
        ? { of: inner, at: `${place}.value` }
        : { of: found, at: place };
      return { list: member(within.of, name), place: `${within.at}.${name}` };
    }),
  };
}

function isRestingBpm(value: unknown): value is number {
  return typeof value === "number" && value >= plausibleBpm.min && value <= plausibleBpm.max;
}
