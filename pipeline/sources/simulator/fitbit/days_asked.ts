/** The days that resources with dates in their path are asked for. */

import { addDays, dayNumber, daysBetween, isDay, today } from "../../../day.ts";
import type { Day } from "../../../day.ts";
import type { World } from "../api.ts";
import { invalid } from "./errors.ts";

/** Days back that a period reaches, the base date included. */
const periods: ReadonlyMap<string, number> = new Map([
  ["1d", 1],
  ["7d", 7],
  ["1w", 7],
  ["30d", 30],
  ["1m", 30],
]);

export interface DaysAsked {
  readonly days: readonly Day[];
  /** Asked for by one date, which some resources answer in another shape. */
  readonly single: boolean;
  /** `/all`: in full detail. */
  readonly all: boolean;
}

/**
 * Reads what follows `/date/`: a date, two of them or a period, and `/all`. Throws a FitbitRefusal.
 * @param longest So many days may be asked for at once.
 */
export function daysAsked(path: string, longest: number, world: World): DaysAsked {
  const parts = path.split("/");
  const all = parts.at(-1) === "all";
  const [base = "", end, ...rest] = all ? parts.slice(0, -1) : parts;
  if (rest.length > 0) throw invalid("date", `Invalid date: ${path}`);
  const last = dateOf(base, world);
  const period = end === undefined ? 1 : periods.get(end);
  const days = period === undefined
    ? daysBetween(last, dateOf(end ?? base, world))
    : daysBetween(addDays(last, 1 - period), last);
  if (days.length === 0 || days.length > longest) {
    throw invalid("date", `The date range must be from 1 to ${longest} days: ${path}`);
  }
  return { days, single: end === undefined, all };
}

function dateOf(text: string, { body, clock }: World): Day {
  const now = clock.now();
  if (text === "today") return today(now, body.zones.spanAt(now).timeZone);
  if (isDay(text) && dayNumber(text) > 0) return text;
  throw invalid("date", `Invalid date: ${text}`);
}

/** `2026-10-25T02:30:00.000` on a wall clock so far from UTC. */
export function wallText(time_ms: number, utc_offset_s: number): string {
  return new Date(time_ms + utc_offset_s * 1000).toISOString().slice(0, -1);
}
