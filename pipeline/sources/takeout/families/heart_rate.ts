/** Heart rate and resting heart rate: their files. */

import { type Day, isDay } from "../../../day.ts";
import { DocumentError } from "../../../errors.ts";
import { arrayAt, isObject, member, parseDocument } from "../../json/document.ts";
import { dayEvidence } from "../day_evidence.ts";
import type { Family } from "../family.ts";
import {
  bounds,
  cutNote,
  dayIn,
  emptyArray,
  headerAlone,
  nothingIn,
  ofDays,
} from "../first_look.ts";
import { csvTimes, jsonSampleTimes } from "../sample_times.ts";

export const heartRateFamilies: readonly Family[] = [
  {
    stream: "heart_rate-*.json",
    name: /^heart_rate-\d{4}-\d\d-\d\d\.json$/,
    summarise(document, baseName) {
      const times = jsonSampleTimes(document);
      const [first, last] = bounds(times);
      if (first === undefined || last === undefined) {
        return nothingIn(document, emptyArray, 'a "dateTime" written MM/DD/YY HH:MM:SS');
      }
      const file = dayIn(baseName);
      const day = file === undefined ? undefined : dayEvidence(file, times);
      return {
        samples: times.length,
        span: { kind: "utc", first, last },
        ...(day === undefined ? {} : { evidence: { day } }),
        ...cutNote(document),
      };
    },
  },
  {
    stream: "heart_rate_*.csv",
    name: /^heart_rate_\d{4}-\d\d-\d\d\.csv$/,
    summarise(document) {
      const { rows, first, last } = csvTimes(document);
      return rows === 0
        ? nothingIn(document, headerAlone, "a timestamp written YYYY-MM-DDThh:mm:ssZ")
        : { samples: rows, span: { kind: "utc", first, last } };
    },
  },
  {
    stream: "resting_heart_rate-*.json",
    name: /^resting_heart_rate(-\d{4}-\d\d-\d\d)?\.json$/,
    summarise: (document) => ofDays(restingJsonDays(document)),
  },
];

/** Days that have a value: the window of 365 is padded with records whose `date` is null. */
function restingJsonDays(document: Uint8Array): Day[] {
  const days: Day[] = [];
  for (const record of arrayAt(parseDocument(document), "the document")) {
    const value = isObject(record) ? member(record, "value") : undefined;
    if (!isObject(value)) {
      throw new DocumentError("It is no list of resting heart rates: a record has no value");
    }
    const date = member(value, "date");
    const parts = typeof date === "string" ? /^(\d\d)\/(\d\d)\/(\d\d)$/.exec(date) : null;
    const day = parts === null ? "" : `20${parts[3]}-${parts[1]}-${parts[2]}`;
    if (isDay(day)) days.push(day);
  }
  return days;
}
