/**
 * The families of archive files that we read: by which names, into which stream, and what is to be
 * known of one before it is kept. The one place to add a family. Pure.
 */

import { type Day, isDay } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import { arrayAt, isObject, member, parseDocument } from "../json/document.ts";
import { type ClockHints, demographicHints, exerciseHints, profileHints } from "./clock_hints.ts";
import { csvTable } from "./csv_table.ts";
import { type DayEvidence, dayEvidence } from "./day_evidence.ts";
import { csvTimes, jsonSampleTimes } from "./sample_times.ts";

/** What is known of a member from a first look. */
export interface MemberSummary {
  /** Samples, or days with a value. */
  readonly samples: number;
  /** What it spans: UTC instants (ms since 1970), or civil days that need no clock. */
  readonly span:
    | { readonly kind: "instants"; readonly first: number; readonly last: number }
    | { readonly kind: "days"; readonly first: Day; readonly last: Day };
  /** What its samples say about the wearer's clock. */
  readonly evidence?: DayEvidence;
  /** What a person should know of it. */
  readonly note?: string;
}

/** Files of one kind that become documents of one stream. */
export interface Family {
  readonly stream: string;
  /** The member's base name, in lower case. */
  readonly name: RegExp;
  /**
   * A first look; undefined when the file holds nothing. Throws a DocumentError when it is not what
   * its name says.
   */
  summarise(document: Uint8Array, baseName: string): MemberSummary | undefined;
}

/** Files that are read for the clock alone, and not kept. */
export interface HintFamily {
  readonly name: RegExp;
  hints(document: Uint8Array): ClockHints;
}

export const families: readonly Family[] = [
  {
    stream: "heart_rate-*.json",
    name: /^heart_rate-\d{4}-\d\d-\d\d\.json$/,
    summarise(document, baseName) {
      const times = jsonSampleTimes(document);
      const [first, last] = bounds(times);
      if (first === undefined || last === undefined) {
        return nothingIn(document, /^\s*\[\s*\]\s*$/, 'a "dateTime" written MM/DD/YY HH:MM:SS');
      }
      const day = dayIn(baseName);
      const evidence = day === undefined ? undefined : dayEvidence(day, times);
      return {
        samples: times.length,
        span: { kind: "instants", first, last },
        ...(evidence === undefined ? {} : { evidence }),
        ...(isWhole(document) ? {} : { note: "it ends in the middle; kept as it is" }),
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
        : { samples: rows, span: { kind: "instants", first, last } };
    },
  },
  {
    stream: "resting_heart_rate-*.json",
    name: /^resting_heart_rate(-\d{4}-\d\d-\d\d)?\.json$/,
    summarise: (document) => ofDays(restingJsonDays(document)),
  },
  {
    stream: "daily_resting_heart_rate*.csv",
    name: /^daily_resting_heart_rate(_\d{4}-\d\d-\d\d)?\.csv$/,
    summarise(document) {
      const table = csvTable(document, {
        required: ["timestamp", "beats per minute"],
        optional: ["data source"],
      });
      const days = table.rows.map((row) => (table.cell(row, "timestamp") ?? "").slice(0, 10));
      return ofDays(days.filter(isDay)) ??
        nothingIn(document, headerAlone, "a timestamp that begins YYYY-MM-DD");
    },
  },
];

export const hintFamilies: readonly HintFamily[] = [
  { name: /^profile\.csv$/, hints: profileHints },
  { name: /^userdemographicdata.*\.csv$/, hints: demographicHints },
  { name: /^userexercises.*\.csv$/, hints: exerciseHints },
];

/** What an empty category has for a file: nothing under the header, or these words. */
const headerAlone = /^(no data|[^\n]*)\s*$/;

/** Undefined for a file that is empty in the way of its kind; else throws a DocumentError. */
function nothingIn(document: Uint8Array, empty: RegExp, expected: string): undefined {
  if (empty.test(new TextDecoder().decode(document))) return undefined;
  throw new DocumentError(`None of its samples has a time: expected ${expected}`);
}

function bounds(times: Float64Array): [number?, number?] {
  if (times.length === 0) return [];
  let first = Infinity;
  let last = -Infinity;
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return [first, last];
}

/** Whether a JSON array is closed, perhaps before a last newline. */
function isWhole(document: Uint8Array): boolean {
  let end = document.length;
  while (end > 0 && document[end - 1]! <= 0x20) end--;
  return document[end - 1] === 0x5d;
}

function dayIn(baseName: string): Day | undefined {
  const day = /\d{4}-\d\d-\d\d/.exec(baseName)?.[0];
  return day !== undefined && isDay(day) ? day : undefined;
}

function ofDays(days: readonly Day[]): MemberSummary | undefined {
  const sorted = days.toSorted();
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { samples: days.length, span: { kind: "days", first, last } };
}

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
