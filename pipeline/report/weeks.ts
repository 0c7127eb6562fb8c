/** Weeks out of days, as the week aggregate has them: Monday to Sunday. */

import { firstDayOf } from "../aggregate/first_days.ts";

export interface WeekSum {
  /** In days since 1970. */
  readonly monday: number;
  readonly sum: number;
}

/** The sums of the weeks that have a value; values a day, from the day `first` (since 1970) on. */
export function weeklySums(values: readonly (number | null)[], first: number): WeekSum[] {
  const sums = new Map<number, number>();
  values.forEach((value, i) => {
    if (value === null) return;
    const monday = firstDayOf.week(first + i);
    sums.set(monday, (sums.get(monday) ?? 0) + value);
  });
  return Array.from(sums, ([monday, sum]) => ({ monday, sum }));
}
