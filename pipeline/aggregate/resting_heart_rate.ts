/** Resting heart rate beside the heart rate of its day. */

import type { Row } from "./rows.ts";

/**
 * The rows of the day aggregate with resting heart rates put in: those of the table, and no other.
 * A day that has nothing else gets a row too.
 */
export function withResting(days: readonly Row[], restingHeartRates: readonly Row[]): Row[] {
  const byDate = new Map<unknown, Row>(
    days.map((row) => [
      row["date"],
      { ...row, resting_heart_rate_bpm: null, resting_heart_rate_source: null },
    ]),
  );
  for (const { date, bpm, source } of restingHeartRates) {
    byDate.set(date, {
      ...byDate.get(date),
      date,
      resting_heart_rate_bpm: bpm,
      resting_heart_rate_source: source,
    });
  }
  return Array.from(byDate.values());
}
