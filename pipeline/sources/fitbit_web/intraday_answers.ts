/**
 * Answers with a value for every step of a day (steps, distance, floors, swimming strokes, ...), read
 * into arrays: they carry zeros for every minute, also of days on which nothing was measured.
 */

import type { Day } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import type { Manifest } from "../../raw/manifest.ts";
import {
  arrayAt,
  countUnknownFields,
  member,
  objectAt,
  parseDocument,
  type UnknownFields,
  unreadable,
} from "../json/document.ts";
import { readClockTime } from "../json/read_value.ts";
import { memberOf } from "./activity_resources.ts";
import { answeredDay } from "./answer_days.ts";

/** The points of one answer, in its order. */
export interface IntradayAnswer {
  readonly day: Day;
  /** Seconds since midnight, where a point's step begins. */
  readonly seconds: Float64Array;
  /** Each number of the points by its name, `value` among them. */
  readonly numbers: Readonly<Record<string, Float64Array>>;
  /** The service had nothing of that day: it gave no daily value. */
  readonly isEmptyDay: boolean;
}

/**
 * The answers of a document; those without points are left out. Throws a DocumentError that names
 * the place of what is wrong.
 * @param names The numbers that each point must have, beside `time`.
 */
export function intradayAnswers(
  document: Uint8Array,
  manifest: Manifest,
  resource: string,
  names: readonly string[],
  unknown: UnknownFields,
  notes: string[],
): IntradayAnswer[] {
  const daily = memberOf(resource);
  const intraday = `${daily}-intraday`;
  const known = {
    [daily]: [{ dateTime: true, value: true }],
    [intraday]: { dataset: true, datasetInterval: true, datasetType: true },
  } as const;
  return arrayAt(parseDocument(document), "the document").flatMap((value, index) => {
    const place = `answers[${index}]`;
    const answer = objectAt(value, place);
    countUnknownFields(answer, known, "", unknown);
    const entries = arrayAt(member(answer, daily) ?? [], `${place}.${daily}`);
    const days = entries.map((entry, i) => {
      const at = `${place}.${daily}[${i}]`;
      return answeredDay(member(objectAt(entry, at), "dateTime"), `${at}.dateTime`, manifest);
    });
    const series = member(answer, intraday);
    if (series === undefined) {
      notes.push(`The answer for ${days.join(", ")} was given without its minutes`);
      return [];
    }
    const at = `${place}.${intraday}`;
    const list = arrayAt(member(objectAt(series, at), "dataset"), `${at}.dataset`);
    const points = readPoints(list, names, `${at}.dataset`, `${intraday}.dataset[]`, unknown);
    if (list.length === 0) return [];
    return [{ day: onlyDay(days, manifest, index), ...points, isEmptyDay: days.length === 0 }];
  });
}

function readPoints(
  list: readonly unknown[],
  names: readonly string[],
  place: string,
  general: string,
  unknown: UnknownFields,
): Pick<IntradayAnswer, "seconds" | "numbers"> {
  const seconds = new Float64Array(list.length);
  const numbers = Object.fromEntries(names.map((name) => [name, new Float64Array(list.length)]));
  const known = Object.fromEntries(["time", ...names].map((name) => [name, true as const]));
  list.forEach((entry, i) => {
    const point = objectAt(entry, `${place}[${i}]`);
    countUnknownFields(point, known, general, unknown);
    const time = member(point, "time");
    const second = typeof time === "string" ? readClockTime(time) : undefined;
    if (second === undefined) {
      throw unreadable(`${place}[${i}].time`, 'a time of day such as "13:59:55"', time);
    }
    seconds[i] = second;
    for (const [name, values] of Object.entries(numbers)) {
      const value = member(point, name);
      if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
        throw unreadable(`${place}[${i}].${name}`, "a number from 0", value);
      }
      values[i] = value;
    }
  });
  return { seconds, numbers };
}

/** The day of an answer's points, which carry times only. */
function onlyDay(days: readonly Day[], manifest: Manifest, index: number): Day {
  const [first, second] = days;
  if (first !== undefined && second === undefined) return first;
  if (first === undefined && manifest.first_day === manifest.last_day) {
    if (manifest.clock.kind !== "utc") return manifest.first_day;
    // The dates around a civil day are asked for one after the other.
    const asked = /\/date\/(\d{4}-\d{2}-\d{2})\//.exec(manifest.origin[index] ?? "")?.[1];
    if (asked !== undefined) return asked;
  }
  throw new DocumentError(
    `Cannot tell the day of an answer's points: expected one day in it, found ${days.length}`,
  );
}
