/**
 * Days on which the clocks change. The local answers of the Fitbit Web API do not tell the two
 * passes of a repeated hour apart, so such a day is asked for in UTC as well.
 */

import { type Day, dayAt, dayBounds, daysBetween, nextOffsetChange } from "../../day.ts";
import type { OffsetFrom } from "../../raw/manifest.ts";
import { offsetsOfZone } from "../utc_clock.ts";

/** Whether the zone's offset changes within the civil day. */
export function clocksChange(day: Day, timeZone: string): boolean {
  const { start, end } = dayBounds(day, timeZone);
  return nextOffsetChange(start, timeZone) < end;
}

/** The UTC dates that together cover a civil day of the zone. */
export function utcDatesOf(day: Day, timeZone: string): Day[] {
  const { start, end } = dayBounds(day, timeZone);
  return daysBetween(dayAt(start, 0), dayAt(end - 1, 0));
}

/** The zone's offsets during those UTC dates, from the rules of the zone. */
export function offsetsDuring(
  utcDates: readonly Day[],
  timeZone: string,
  evidence: string,
): OffsetFrom[] {
  const bounds = utcDates.map((date) => dayBounds(date, "UTC"));
  const start = Math.min(...bounds.map((bound) => bound.start));
  const end = Math.max(...bounds.map((bound) => bound.end));
  return offsetsOfZone({ start, end }, timeZone, evidence);
}
