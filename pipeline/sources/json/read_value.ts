/**
 * The careful readers of single values: from what JSON.parse gave to a number, or undefined when
 * it is not written as it should be.
 */

import { dayNumber, isDay, MS_PER_DAY } from "../../day.ts";
import type { ValueShape, Writing } from "./record_shape.ts";

/** The largest distance of any wall clock from UTC that is taken for real. */
export const maxOffsetS = 64_800;

const readers: Record<Writing, (value: unknown, shape: ValueShape) => number | undefined> = {
  instant: (value) => typeof value === "string" ? readInstant(value) : undefined,
  utc_offset: (value) => typeof value === "string" ? readUtcOffset(value) : undefined,
  us_date_time: (value) => typeof value === "string" ? readUsDateTime(value) : undefined,
  clock_time: (value) => typeof value === "string" ? readClockTime(value) : undefined,
  whole: readWholeNumber,
  decimal: readDecimalNumber,
  // The text itself is not kept, only that it is one.
  text: (value) => typeof value === "string" ? 0 : undefined,
};

/** The number that a value of a document stands for; undefined when it is not written as expected. */
export function readValue(value: unknown, shape: ValueShape): number | undefined {
  return readers[shape.writing](value, shape);
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/** The day read last and its midnight, NaN when there is no such day: neighbouring values share it. */
const lastDay = { text: "1970-01-01", ms: 0 };

/**
 * Milliseconds since 1970 of an RFC 3339 instant in UTC, anything below a millisecond cut off.
 *
 * @example
 * ```ts
 * import { readInstant } from "./read_value.ts";
 * import assert from "node:assert/strict";
 * assert.equal(readInstant("1970-01-02T00:00:01.5Z"), 86_401_500);
 * assert.equal(readInstant("2026-02-30T00:00:00Z"), undefined);
 * ```
 */
export function readInstant(text: string): number | undefined {
  if (!instantPattern.test(text)) return undefined;
  if (!text.startsWith(lastDay.text)) {
    lastDay.text = text.slice(0, 10);
    lastDay.ms = Date.parse(lastDay.text);
    // A day past the end of its month is read as one of the next.
    const isThere = new Date(lastDay.ms).getUTCDate() === Number(lastDay.text.slice(8));
    if (!isThere) lastDay.ms = NaN;
  }
  const two = (at: number) => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
  const seconds = (two(11) * 60 + two(14)) * 60 + two(17);
  const fraction_ms = text.length === 20
    ? 0
    : Number(text.slice(20, -1).slice(0, 3).padEnd(3, "0"));
  const ms = lastDay.ms + seconds * 1000 + fraction_ms;
  return Number.isNaN(ms) ? undefined : ms;
}

const durationPattern = /^(-?)(\d{1,6})(?:\.(\d{1,9}))?s$/;
const hoursPattern = /^([+-])(\d{2}):(\d{2})$/;

/** Seconds of an offset from UTC, rounded to whole ones: `-18000s`, `1576.800s`, `-07:00`. */
export function readUtcOffset(text: string): number | undefined {
  const [, minus, whole, fraction] = durationPattern.exec(text) ?? [];
  let seconds: number;
  let negative = minus === "-";
  if (whole !== undefined) {
    seconds = Number(whole) + (fraction !== undefined && fraction >= "5" ? 1 : 0);
  } else {
    const [, sign, hours, minutes] = hoursPattern.exec(text) ?? [];
    if (hours === undefined || minutes === undefined || minutes > "59") return undefined;
    seconds = Number(hours) * 3600 + Number(minutes) * 60;
    negative = sign === "-";
  }
  if (seconds > maxOffsetS) return undefined;
  return negative ? -seconds : seconds;
}

const usDateTimePattern = /^(\d{2})\/(\d{2})\/(\d{2}) (\d{2}:\d{2}:\d{2})$/;

/** Milliseconds since 1970 of `MM/DD/YY HH:MM:SS`, taken as UTC; YY is 20YY. */
export function readUsDateTime(text: string): number | undefined {
  const [, month, dayOfMonth, year, clock] = usDateTimePattern.exec(text) ?? [];
  const day = `20${year}-${month}-${dayOfMonth}`;
  if (clock === undefined || !isDay(day)) return undefined;
  const second = readClockTime(clock);
  return second === undefined ? undefined : dayNumber(day) * MS_PER_DAY + second * 1000;
}

const clockPattern = /^(\d{2}):(\d{2}):(\d{2})$/;

/** Seconds since midnight of `HH:MM:SS`. */
export function readClockTime(text: string): number | undefined {
  const [, hours, minutes, seconds] = clockPattern.exec(text) ?? [];
  if (hours === undefined || minutes === undefined || seconds === undefined) return undefined;
  if (hours > "23" || minutes > "59" || seconds > "59") return undefined;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

const wholePattern = /^(0|[1-9]\d{0,8})$/;

/** A whole number within bounds, in quotes or not as `quoted` says. */
export function readWholeNumber(
  value: unknown,
  { quoted, min, max }: Pick<ValueShape, "quoted" | "min" | "max">,
): number | undefined {
  let number: number;
  if (typeof value === "string") {
    if (quoted === "never" || !wholePattern.test(value)) return undefined;
    number = Number(value);
  } else {
    if (quoted === "always" || typeof value !== "number" || !Number.isInteger(value)) {
      return undefined;
    }
    number = value;
  }
  return number >= min && number <= max ? number : undefined;
}

const decimalPattern = /^-?(0|[1-9]\d{0,15})(\.\d{1,20})?([eE][+-]?\d{1,2})?$/;

/** A number within bounds, in quotes or not as `quoted` says. */
export function readDecimalNumber(
  value: unknown,
  { quoted, min, max }: Pick<ValueShape, "quoted" | "min" | "max">,
): number | undefined {
  const isText = typeof value === "string";
  if (quoted === (isText ? "never" : "always")) return undefined;
  const number = isText && decimalPattern.test(value) ? Number(value) : value;
  return typeof number === "number" && number >= min && number <= max ? number : undefined;
}

/** An instant with the offset of the clock that showed it. */
export interface Stamp {
  /** Milliseconds since 1970. */
  readonly time_ms: number;
  readonly utc_offset_s: number;
}

/**
 * What `2026-10-01T14:00:05.000+02:00` says, or the same with `Z`; undefined when it is neither.
 *
 * @example
 * ```ts
 * import { readStamp } from "./read_value.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(readStamp("1970-01-01T02:00:01.500+02:00"), {
 *   time_ms: 1500,
 *   utc_offset_s: 7200,
 * });
 * ```
 */
export function readStamp(text: string): Stamp | undefined {
  const [, local = "", zone = ""] = /^(.*?)(Z|[+-]\d{2}:\d{2})$/.exec(text) ?? [];
  const shown = readInstant(`${local}Z`);
  const utc_offset_s = zone === "Z" ? 0 : readUtcOffset(zone);
  if (shown === undefined || utc_offset_s === undefined) return undefined;
  return { time_ms: shown - utc_offset_s * 1000, utc_offset_s };
}
