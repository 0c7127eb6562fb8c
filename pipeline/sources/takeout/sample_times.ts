/**
 * The times of a heart-rate member and nothing else of it: enough to know how many samples it has,
 * when they were, and which clock its wearer's day followed. Whether its values can be read is the
 * flattener's business. Pure.
 */

import { DocumentError } from "../../errors.ts";
import { csvText } from "./csv/read_cells.ts";
import { readInstant } from "../json/read_value.ts";
import { bounds } from "./first_look.ts";

const quote = 0x22;
const colon = 0x3a;
const comma = 0x2c;
const newline = 0x0a;
const dateTimeKey = new TextEncoder().encode('"dateTime"');
const byteOrderMark = new TextEncoder().encode("\ufeff");

/**
 * UTC instants (ms since 1970) of a `heart_rate-*.json` file's samples, in the order of the file.
 * Reads the strings `"dateTime" : "MM/DD/YY HH:MM:SS"`; the two-digit year is one of this century.
 * Throws a DocumentError when the text is no JSON array.
 */
export function jsonSampleTimes(bytes: Uint8Array): Float64Array {
  const start = skipSpace(bytes, startsWith(bytes, 0, byteOrderMark) ? byteOrderMark.length : 0);
  if (bytes[start] !== 0x5b) {
    throw new DocumentError(`It ${beginning(bytes)}: expected a JSON array of samples`);
  }
  const times = new Float64Array(Math.ceil(bytes.length / 30));
  const days = new DayStarts(bytes);
  let count = 0;
  let key = start;
  let least = Infinity;
  for (;;) {
    const next = nextKey(bytes, key, least);
    if (next < 0) return times.slice(0, count);
    if (count > 0) least = Math.min(least, next - key);
    key = next;
    let at = skipSpace(bytes, key + dateTimeKey.length);
    if (bytes[at] !== colon) continue;
    at = skipSpace(bytes, at + 1);
    const time = bytes[at] === quote ? slashedTime(bytes, at + 1, days) : NaN;
    if (!Number.isNaN(time)) times[count++] = time;
  }
}

/**
 * Where the next key begins after the one at `key`; -1 when there is none. Records are as long as
 * each other but for a digit or two, so it is looked for first where the shortest so far would end.
 */
function nextKey(bytes: Uint8Array, key: number, least: number): number {
  for (let more = 0; more <= 2; more++) {
    const guess = key + least + more;
    if (bytes[guess] === quote && startsWith(bytes, guess, dateTimeKey)) return guess;
  }
  const last = bytes.length - dateTimeKey.length;
  for (let at = key + 1; at < last; at++) {
    if (bytes[at] === quote && startsWith(bytes, at, dateTimeKey)) return at;
  }
  return -1;
}

/** What a heart-rate CSV holds. */
export interface CsvTimes {
  readonly rows: number;
  /** Earliest and latest UTC instant (ms since 1970); NaN when there is no row. */
  readonly first: number;
  readonly last: number;
}

const noData = new TextEncoder().encode("no data");
const csvColumns = ["timestamp", "beats per minute"];

/**
 * Rows and UTC span of a `heart_rate_*.csv` file: `timestamp` written `YYYY-MM-DDThh:mm:ss[.f]Z`, a
 * column found by its name. A file that says `no data` has no row. Throws a DocumentError when the
 * header has not the columns of the family.
 */
export function csvTimes(bytes: Uint8Array): CsvTimes {
  if (startsWith(bytes, 0, noData)) return { rows: 0, first: NaN, last: NaN };
  if (bytes.includes(quote)) return quotedTimes(bytes);
  const headerEnd = lineEnd(bytes, 0);
  const header = new TextDecoder().decode(bytes.subarray(0, headerEnd));
  const names = header.trim().split(",").map((name) => name.trim());
  const column = requireColumns(names, bytes)[0] ?? 0;
  const days = new DayStarts(bytes);
  let rows = 0;
  let first = NaN;
  let last = NaN;
  for (let at = headerEnd + 1; at < bytes.length;) {
    const end = lineEnd(bytes, at);
    let cell = at;
    for (let skip = column; skip > 0 && cell < end; cell++) if (bytes[cell] === comma) skip--;
    const time = isoTime(bytes, cell, days);
    if (!Number.isNaN(time)) {
      rows++;
      // Written so that NaN, the beginning, gives way.
      if (!(time >= first)) first = time;
      if (!(time <= last)) last = time;
    }
    at = end + 1;
  }
  return { rows, first, last };
}

/** The same of a file with quotes, as a spreadsheet saves it. */
function quotedTimes(bytes: Uint8Array): CsvTimes {
  const { header, rows } = csvText(bytes);
  const column = requireColumns(header, bytes)[0] ?? 0;
  const times = rows.flatMap((row) => readInstant(row[column] ?? "") ?? []);
  const [first = NaN, last = NaN] = bounds(Float64Array.from(times));
  return { rows: times.length, first, last };
}

/** Where the family's columns stand in a header; throws a DocumentError when one is missing. */
function requireColumns(header: readonly string[], bytes: Uint8Array): number[] {
  return csvColumns.map((name) => {
    const found = header.indexOf(name);
    if (found >= 0) return found;
    throw new DocumentError(`It ${beginning(bytes)}: expected a column "${name}"`);
  });
}

function beginning(bytes: Uint8Array): string {
  const head = new TextDecoder().decode(bytes.subarray(0, 60)).trimStart().split("\n")[0] ?? "";
  return head === "" ? "is empty" : `begins with "${head.trim()}"`;
}

function startsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  for (let i = 0; i < prefix.length; i++) if (bytes[at + i] !== prefix[i]) return false;
  return true;
}

function skipSpace(bytes: Uint8Array, at: number): number {
  while (at < bytes.length && bytes[at]! <= 0x20) at++;
  return at;
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(newline, from);
  return end < 0 ? bytes.length : end;
}

/** `MM/DD/YY HH:MM:SS`; NaN when it is not. */
function slashedTime(bytes: Uint8Array, at: number, days: DayStarts): number {
  if (bytes[at + 2] !== 0x2f || bytes[at + 5] !== 0x2f || bytes[at + 8] !== 0x20) return NaN;
  const century = 2000;
  const day = days.at(century + twoDigits(bytes, at + 6), at, at + 3);
  return day + timeOfDay(bytes, at + 9);
}

/** `HH:MM:SS` in ms. */
function timeOfDay(bytes: Uint8Array, at: number): number {
  return ((twoDigits(bytes, at) * 60 + twoDigits(bytes, at + 3)) * 60 + twoDigits(bytes, at + 6)) *
    1000;
}

/** When the days begin that dates name, ms since 1970; the one before is nearly always the next. */
class DayStarts {
  #year = NaN;
  #month = NaN;
  #day = NaN;
  #start = NaN;

  constructor(private readonly bytes: Uint8Array) {}

  /** @param monthAt Where the month stands, two digits. @param dayAt Where the day of it stands. */
  at(year: number, monthAt: number, dayAt: number): number {
    const month = twoDigits(this.bytes, monthAt);
    const day = twoDigits(this.bytes, dayAt);
    if (day !== this.#day || month !== this.#month || year !== this.#year) {
      this.#year = year;
      this.#month = month;
      this.#day = day;
      this.#start = Date.UTC(year, month - 1, day);
    }
    return this.#start;
  }
}

/** `YYYY-MM-DDThh:mm:ss`, of the fraction only the milliseconds; NaN when it is not. */
function isoTime(bytes: Uint8Array, at: number, days: DayStarts): number {
  if (bytes[at + 4] !== 0x2d || bytes[at + 7] !== 0x2d || bytes[at + 10] !== 0x54) return NaN;
  let fraction = 0;
  if (bytes[at + 19] === 0x2e) {
    for (let digit = 0, scale = 100; digit < 3; digit++, scale /= 10) {
      const value = bytes[at + 20 + digit]! - 0x30;
      if (!(value >= 0 && value <= 9)) break;
      fraction += value * scale;
    }
  }
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  return days.at(year, at + 5, at + 8) + timeOfDay(bytes, at + 11) + fraction;
}

/** The number in two digits; NaN where they are none. */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 0x30;
  const ones = bytes[at + 1]! - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}
