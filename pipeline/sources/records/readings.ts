/**
 * How a value stands in JSON and what it is in a column. A reading gives undefined for an absent
 * value, and throws a DocumentError that names the place for one that is not as it must be.
 */

import { dayNumber, isDay } from "../../day.ts";
import { isObject, member, objectAt, unreadable } from "../json/document.ts";
import { readInstant, readUtcOffset } from "../json/read_value.ts";
import type { CellValue } from "./columns_builder.ts";

/** From a value that is there to a cell; undefined stands for null. */
export type Reading = (value: unknown, place: string) => CellValue;

/** A reading of plain numbers, as a scanner can do it too. */
export interface NumberReading {
  readonly isWhole: boolean;
  /** What is written is so many times as large as the cell. */
  readonly divisor: number;
}

const numberReadings = new WeakMap<Reading, NumberReading>();

/** What kind of number a reading takes; undefined for other readings. */
export function numberOf(reading: Reading): NumberReading | undefined {
  return numberReadings.get(reading);
}

const integerPattern = /^-?\d{1,16}$/;

/** A whole number, in quotes (int64 in Google's JSON) or not. */
export const whole: Reading = (value, place) => {
  const number = typeof value === "string" && integerPattern.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  throw unreadable(place, "a whole number", value);
};
numberReadings.set(whole, { isWhole: true, divisor: 1 });

/** A number, in quotes or not; `"NaN"` is null, as Google sends what is not known yet. */
export const real: Reading = (value, place) => {
  if (value === "NaN") return undefined;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw unreadable(place, "a number", value);
};
numberReadings.set(real, { isWhole: false, divisor: 1 });

/** A number in another unit: `scaled(0.001)` reads millimetres as metres. */
export function scaled(factor: number): Reading {
  // Dividing keeps 1/1000 exact where multiplying by 0.001 does not.
  const divisor = Math.round(1 / factor);
  const reading: Reading = (value, place) => {
    const number = real(value, place);
    return typeof number === "number" ? number / divisor : undefined;
  };
  numberReadings.set(reading, { isWhole: false, divisor });
  return reading;
}

/** Text as it stands. */
export const text: Reading = (value, place) => {
  if (typeof value === "string") return value;
  throw unreadable(place, "text", value);
};

/** A word of a fixed set in capitals, in small letters; `..._UNSPECIFIED` is null. New words pass. */
export const word: Reading = (value, place) => {
  if (typeof value !== "string") throw unreadable(place, "a word", value);
  return value.endsWith("_UNSPECIFIED") ? undefined : value.toLowerCase();
};

export const flag: Reading = (value, place) => {
  if (typeof value === "boolean") return value;
  throw unreadable(place, "true or false", value);
};

/** An RFC 3339 instant, in ms since 1970. */
export const instant: Reading = (value, place) => {
  const ms = typeof value === "string" ? readInstant(value) : undefined;
  if (ms !== undefined) return ms;
  throw unreadable(place, 'an instant such as "2026-10-01T12:00:05Z"', value);
};

/** An offset from UTC (`"7200s"`, `"+02:00"`), in seconds. */
export const utcOffset: Reading = (value, place) => {
  const seconds = typeof value === "string" ? readUtcOffset(value) : undefined;
  if (seconds !== undefined) return seconds;
  throw unreadable(place, 'an offset from UTC such as "7200s"', value);
};

const durationPattern = /^-?\d+(\.\d+)?s$/;

/** A duration such as `"2114s"` or `"0.245s"`, in seconds. */
export const seconds: Reading = (value, place) => {
  if (typeof value === "string" && durationPattern.test(value)) return Number(value.slice(0, -1));
  throw unreadable(place, 'a duration such as "2114s"', value);
};

/** A date object of year, month and day, in days since 1970. */
export const dateObject: Reading = (value, place) => {
  const date = objectAt(value, place);
  const [year, month, day] = ["year", "month", "day"].map((key) => String(member(date, key)));
  const iso = `${year?.padStart(4, "0")}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  if (isDay(iso)) return dayNumber(iso);
  throw unreadable(place, "a date of year, month and day", value);
};

/** A date such as `"2026-10-25"`, in days since 1970. */
export const isoDate: Reading = (value, place) => {
  if (typeof value === "string" && isDay(value)) return dayNumber(value);
  throw unreadable(place, 'a date such as "2026-10-25"', value);
};

/** The last segment of a resource name, or the id itself; ids past 2^53 stay text. */
export const lastSegment: Reading = (value, place) => {
  if (typeof value === "string") return value.slice(value.lastIndexOf("/") + 1);
  throw unreadable(place, "the name of a resource", value);
};

/** The value at a dotted path within a record; undefined where any part of it is absent. */
export function valueAt(record: unknown, path: string): unknown {
  return valueAlong(record, path.split("."));
}

/** The same, the path taken apart. */
export function valueAlong(record: unknown, keys: readonly string[]): unknown {
  let value = record;
  for (const key of keys) {
    if (!isObject(value)) return undefined;
    value = member(value, key);
  }
  return value;
}
