/**
 * A person's own normal, from nothing but their own days: a trend through them, and the range that
 * their values had of late. Pure; the page draws by it and `unusual.ts` judges by it.
 */

/** Days that tell what is usual: the eight weeks before a day. */
export const usualDays = 56;

/** Fewer values than this say nothing of what is usual. */
const leastValues = 14;

/** What was usual at a day: the middle value, and the range of the middle four fifths. */
export interface Usual {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

type Values = readonly (number | null | undefined)[];

/**
 * For each day what was usual in the {@link usualDays} before it, itself not counted; undefined where
 * fewer than 14 of them have a value.
 */
export function usualOf(values: Values): (Usual | undefined)[] {
  return values.map((_, day) => {
    const before = present(values.slice(Math.max(0, day - usualDays), day));
    if (before.length < leastValues) return undefined;
    before.sort((a, b) => a - b);
    return {
      low: quantile(before, 0.1),
      middle: quantile(before, 0.5),
      high: quantile(before, 0.9),
    };
  });
}

/** How many days a trend is taken over, by how many there are: a week, a fortnight, four weeks. */
export function trendDays(days: number): number {
  return days <= 120 ? 7 : days <= 800 ? 15 : 29;
}

/**
 * The mean of so many days around each day (an odd number); undefined where fewer than a third of
 * them have a value.
 */
export function trendOf(values: Values, days: number): (number | undefined)[] {
  const half = (days - 1) / 2;
  return values.map((_, day) => {
    const around = present(values.slice(Math.max(0, day - half), day + half + 1));
    if (around.length < days / 3) return undefined;
    return around.reduce((sum, value) => sum + value, 0) / around.length;
  });
}

/** The value at a share of the sorted values, linear between two of them. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const lower = sorted[Math.floor(position)] ?? NaN;
  const upper = sorted[Math.ceil(position)] ?? NaN;
  return lower + (upper - lower) * (position % 1);
}

/** The values that are there. */
export function present(values: Values): number[] {
  return values.filter((value) => value !== null && value !== undefined);
}
