/**
 * Answers with a value for every step of a day (steps, distance, floors, swimming strokes, ...), read
 * into arrays: they carry zeros for every minute, also of days on which nothing was measured.
 */

import type { Day } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { eachElement } from "../json/cut_lists.ts";
import { arrayAt, countUnknownFields, member, objectAt } from "../json/document.ts";
import type { OpenDocument, RecordPlace } from "../json/open_document.ts";
import { decimal, recordOf, time } from "../json/record_shape.ts";
import { type IntradayResource, memberOf } from "./activity_resources.ts";
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

/** The points of a resource's answers: where they lie, and what each holds. */
export interface IntradayPoints extends RecordPlace {
  readonly resource: IntradayResource;
  /** The numbers that each must have, beside `time`; their columns follow its own. */
  readonly names: readonly string[];
}

const bounds = { required: true, quoted: "never", min: 0, max: 1e9 } as const;

/** Those of that resource, with those numbers. */
export function intradayPoints(
  resource: IntradayResource,
  names: readonly string[],
): IntradayPoints {
  const numbers = names.map((name, index) => [name, decimal(index + 1, bounds)] as const);
  return {
    resource,
    names,
    lists: [eachElement, `${memberOf(resource)}-intraday`, "dataset"],
    shape: recordOf(names.length + 1, {
      time: time("clock_time", 0),
      ...Object.fromEntries(numbers),
    }),
  };
}

/**
 * The answers of a document; those without points are left out. Throws a DocumentError that names
 * the place of what is wrong.
 * @param notes Gets a line for each answer without a series of points.
 */
export function intradayAnswers(
  { envelope, rows, rowsOf, unknown }: OpenDocument,
  { resource, names }: IntradayPoints,
  manifest: Manifest,
  notes: string[],
): IntradayAnswer[] {
  const daily = memberOf(resource);
  const intraday = `${daily}-intraday`;
  const known = {
    [daily]: [{ dateTime: true, value: true }],
    [intraday]: { dataset: true, datasetInterval: true, datasetType: true },
  } as const;
  const answers = arrayAt(envelope, "the document").flatMap((value, index) => {
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
    const list = member(objectAt(series, at), "dataset");
    const range = rowsOf(list, `${at}.dataset`, `${intraday}.dataset`);
    if (range.end === range.first) return [];
    return [{
      day: onlyDay(days, manifest, index),
      seconds: rows.float64(0, [range]),
      numbers: Object.fromEntries(
        names.map((name, column) => [name, rows.float64(column + 1, [range])]),
      ),
      isEmptyDay: days.length === 0,
    }];
  });
  rows.handOn();
  return answers;
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
