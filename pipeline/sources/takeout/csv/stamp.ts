/** The times that stand in the cells of the archive's CSV files. Pure. */

import { dayNumber, isDay, MS_PER_DAY } from "../../../day.ts";
import { readClockTime, readUsDateTime, readUtcOffset } from "../../json/read_value.ts";

/** A time as it is written. */
export interface Stamp {
  /** What the clock showed: ms since 1970 as if it were UTC. */
  readonly wall: number;
  /** The offset from UTC written after it, in seconds; 0 for `Z`, undefined for none. */
  readonly offset_s: number | undefined;
}

const pattern =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)? ?(Z|UTC|[+-]\d\d:?\d\d)?$/;

/** As Java writes a date: `Sat Jul 05 20:45:19 UTC 2025`. */
const javaPattern = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d) (?:UTC|GMT) (\d{4})$/;

const months = "JanFebMarAprMayJunJulAugSepOctNovDec";

function javaAsIso(text: string): string | undefined {
  const [, month = "", date, time, year] = javaPattern.exec(text) ?? [];
  const place = year === undefined ? -1 : months.indexOf(month);
  if (place < 0 || place % 3 !== 0) return undefined;
  return `${year}-${String(place / 3 + 1).padStart(2, "0")}-${date}T${time}Z`;
}

/**
 * A date, or a date with a time (with or without seconds), with or without an offset; also
 * `MM/DD/YY HH:MM:SS`, and `Sat Jul 05 20:45:19 UTC 2025`. Undefined for anything else. Anything below a
 * millisecond is cut off.
 *
 * @example
 * ```ts
 * import { readStamp } from "./stamp.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(readStamp("1970-01-02T00:00"), { wall: 86_400_000, offset_s: undefined });
 * assert.deepEqual(readStamp("1970-01-01 01:00:00-0500"), { wall: 3_600_000, offset_s: -18_000 });
 * assert.equal(readStamp("2026-02-30"), undefined);
 * ```
 */
export function readStamp(text: string): Stamp | undefined {
  const american = readUsDateTime(text);
  if (american !== undefined) return { wall: american, offset_s: undefined };
  const iso = javaAsIso(text) ?? text;
  const [, day, minute = "00:00", second = "00", fraction = "", mark] = pattern.exec(iso) ?? [];
  if (day === undefined || !isDay(day)) return undefined;
  const seconds = readClockTime(`${minute}:${second}`);
  if (seconds === undefined) return undefined;
  const wall = dayNumber(day) * MS_PER_DAY + seconds * 1000 +
    Number(fraction.slice(0, 3).padEnd(3, "0"));
  if (mark === undefined) return { wall, offset_s: undefined };
  const offset_s = mark === "Z" || mark === "UTC" ? 0 : readOffset(mark);
  return offset_s === undefined ? undefined : { wall, offset_s };
}

/** `-05:00` or `-0500`, in seconds; undefined when it is neither. */
export function readOffset(text: string): number | undefined {
  const [, hours, minutes] = /^([+-]\d\d):?(\d\d)$/.exec(text) ?? [];
  return hours === undefined ? undefined : readUtcOffset(`${hours}:${minutes}`);
}

/** Ms since 1970 of a time as it is written, less an offset other than 0; undefined when it is none. */
export function stampMs(text: string): number | undefined {
  const stamp = readStamp(text);
  return stamp && stamp.wall - (stamp.offset_s ?? 0) * 1000;
}
