/** The days a person may write on the command line: ISO, `today`, `yesterday`, `30d` ago. */

import { addDays, type Day, isDay } from "../day.ts";
import { UsageError } from "../errors.ts";

/**
 * A day as it was written, to be resolved once it is known which day it is.
 * Throws a UsageError that says what can be written.
 *
 * @example
 * ```ts
 * import { dayChoice } from "./dates.ts";
 * import assert from "node:assert/strict";
 * assert.equal(dayChoice("from", "30d")("2026-11-22"), "2026-10-23");
 * ```
 */
export function dayChoice(option: string, text: string): (today: Day) => Day {
  if (text === "today") return (today) => today;
  if (text === "yesterday") return (today) => addDays(today, -1);
  const ago = /^(\d{1,5})d$/.exec(text)?.[1];
  if (ago !== undefined) return (today) => addDays(today, -Number(ago));
  if (isDay(text)) return () => text;
  throw new UsageError(
    `Cannot read --${option} "${text}" as a day`,
    "Write it as 2026-10-25, or today, yesterday, or 30d for 30 days ago",
  );
}

/** An IANA time zone as it was written; throws a UsageError when there is none of that name. */
export function zoneChoice(text: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UsageError(
      `Cannot find a time zone "${text}"`,
      "Write it as Europe/Berlin or America/New_York",
    );
  }
}
