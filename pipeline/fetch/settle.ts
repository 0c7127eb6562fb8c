/**
 * What the ledger's facts say of one civil day of one stream. Pure; fetch and status both ask here.
 */

import { type Day, dayNumber, MS_PER_DAY } from "../day.ts";
import type { DocumentRow, FailureRow } from "../raw/ledger.ts";
import type { Manifest } from "../raw/manifest.ts";

/** How long after its end a day can still change: late syncs, late corrections. */
export const defaultSettleDays = 7;

/**
 * - `never`: not asked yet
 * - `young`: asked, but too early to be final, or the watch had not synced past its end, or the
 *   source still worked on it
 * - `settled`: asked when late syncs and corrections were in; not asked again
 * - `empty`: settled, and there is nothing
 * - `failed`: the last attempt did not get an answer, or the final one could not be understood
 */
export type DayState = "never" | "young" | "settled" | "empty" | "failed";

/** The states in the order they are shown. */
export const dayStates: readonly DayState[] = ["never", "young", "settled", "empty", "failed"];

/**
 * When a civil day has ended wherever on Earth one is: at noon UTC of the next day. Zone-free, at
 * most 26 hours later than the day's own end, and so never too early.
 */
export function dayOver(day: Day): number {
  return (dayNumber(day) + 1.5) * MS_PER_DAY;
}

/**
 * The state of a day whose answer is `document` (undefined: none) and whose last failure is `failure`.
 * @param isPutAside The answer could not be understood.
 */
export function dayState(
  day: Day,
  document: Pick<DocumentRow, "asked_at" | "synced_to" | "empty"> | undefined,
  failure: Pick<FailureRow, "at" | "pending"> | undefined,
  settleDays: number = defaultSettleDays,
  isPutAside = false,
): DayState {
  if (failure !== undefined && (document === undefined || failure.at > document.asked_at)) {
    if (failure.pending === 0) return "failed";
    if (document === undefined) return "young";
  }
  if (document === undefined) return "never";
  const over = dayOver(day);
  const late = Date.parse(document.asked_at) >= over + settleDays * MS_PER_DAY;
  const synced = document.synced_to === null || Date.parse(document.synced_to) >= over;
  if (!late || !synced) return "young";
  if (isPutAside) return "failed";
  return document.empty === 1 ? "empty" : "settled";
}

/** For each day (since 1970) that rows span, the latest of them by `at`. */
export function latestByDay<Row extends { first_day: Day; last_day: Day }>(
  rows: readonly Row[],
  at: (row: Row) => string,
): Map<number, Row> {
  const days = new Map<number, Row>();
  for (const row of rows) {
    const last = dayNumber(row.last_day);
    for (let n = dayNumber(row.first_day); n <= last; n++) {
      const held = days.get(n);
      if (held === undefined || at(row) >= at(held)) days.set(n, row);
    }
  }
  return days;
}

/**
 * Whether asking again can bring anything: everything but settled and empty days, and of the young
 * ones not those that only wait for the watch when it has not synced since they were asked.
 * @param lastSync When the watch last synced (ms), undefined when nobody can say.
 */
export function isDue(
  state: DayState,
  day: Day,
  document: Pick<DocumentRow, "asked_at" | "synced_to"> | undefined,
  lastSync: number | undefined,
  settleDays: number = defaultSettleDays,
): boolean {
  if (state === "settled" || state === "empty") return false;
  if (state !== "young" || document === undefined) return true;
  const late = Date.parse(document.asked_at) >= dayOver(day) + settleDays * MS_PER_DAY;
  if (!late || document.synced_to === null || lastSync === undefined) return true;
  return lastSync > Date.parse(document.synced_to);
}

/**
 * Whether a final answer that could not be understood is asked for again: at once for the first time,
 * and while the same bytes keep coming after a day, two, four and so on. The service may mend what it
 * says, but need not.
 */
export function isRetried(
  { received_at, asked_at }: Pick<Manifest, "received_at" | "asked_at">,
  now: number,
): boolean {
  const asked = Date.parse(asked_at);
  const lasted = asked - Date.parse(received_at);
  return lasted === 0 || now - asked >= Math.max(MS_PER_DAY, lasted);
}
