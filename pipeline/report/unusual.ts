/** The days most unlike the person's own days before them, and in what. No judgement of health. */

import { measures } from "./measures.ts";
import { present, quantile, usualDays, usualOf } from "./normal.ts";
import type { UnusualDay, UnusualSign } from "./page_data.ts";

/** How many days are kept. */
const mostDays = 60;

/** Sums over less of a day than this are not compared. */
const leastCoverage = 0.75;

/** A value counts as a sign from so many times the usual spread on. */
const leastDistance = 2.5;

/**
 * The days with signs, the most unlike first. A sign is a value far outside the usual range: its
 * distance from the middle is measured in units of the usual spread (the median distance from the
 * median, scaled as for a bell curve), and a day's score is its distances put together, each capped
 * so that one odd measurement does not outweigh three that agree.
 *
 * @param columns Values a day by measure, all from the day `first` (since 1970) on.
 */
export function unusualDays(
  columns: Readonly<Record<string, readonly (number | null)[]>>,
  first: number,
): UnusualDay[] {
  const found = new Map<number, { signs: (UnusualSign & { distance: number })[] }>();
  for (const { column, compared, kept, coverage } of measures) {
    if (!compared) continue;
    const covered = coverage === undefined ? undefined : columns[coverage];
    // Half a day's steps are no small number of steps.
    const values = (columns[column] ?? []).map((value, i) =>
      (covered?.[i] ?? 1) < leastCoverage ? null : value
    );
    usualOf(values).forEach((usual, i) => {
      const value = values[i] ?? null;
      if (usual === undefined || value === null) return;
      const before = present(values.slice(Math.max(0, i - usualDays), i));
      const distance = Math.abs(value - usual.middle) / spreadOf(before, usual.middle, kept);
      if (distance < leastDistance || (value >= usual.low && value <= usual.high)) return;
      const day = found.get(i) ?? { signs: [] };
      const { low, middle, high } = usual;
      day.signs.push({ measure: column, value, usual: middle, low, high, distance });
      found.set(i, day);
    });
  }
  return Array.from(found, ([i, { signs }]): UnusualDay => ({
    day: first + i,
    score: round(Math.hypot(...signs.map(({ distance }) => Math.min(distance, 6))), 2),
    signs: signs.sort((a, b) => b.distance - a.distance)
      .map(({ measure, value, usual, low, high }) => ({
        measure,
        value,
        usual: round(usual, 2),
        low: round(low, 2),
        high: round(high, 2),
      })),
  }))
    .sort((a, b) => b.score - a.score || b.day - a.day)
    .slice(0, mostDays);
}

/** The median distance from the middle, as a standard deviation; never less than what is kept. */
function spreadOf(values: readonly number[], middle: number, kept: number): number {
  const distances = values.map((value) => Math.abs(value - middle)).sort((a, b) => a - b);
  const least = Math.max(10 ** -kept, Math.abs(middle) * 0.01);
  return Math.max(quantile(distances, 0.5) * 1.4826, least);
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
