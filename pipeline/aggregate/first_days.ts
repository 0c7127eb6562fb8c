/** Weeks and months by the date they are called by. */

import { dayNumber, dayOfNumber } from "../day.ts";

/** The date by which a week or a month is called: its Monday, its first day. */
export const firstDayOf = {
  /** ISO weeks begin on Monday; 1970-01-01 was a Thursday. */
  week: (date: number) => Math.floor((date + 3) / 7) * 7 - 3,
  month: (date: number) => dayNumber(`${dayOfNumber(date).slice(0, 7)}-01`),
} as const;
