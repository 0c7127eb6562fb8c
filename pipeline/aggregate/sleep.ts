/** Of the sleeps that ended on a day: the main one, and the others apart. */

import { MS_PER_DAY } from "../day.ts";
import type { DailyRule, RowsOfDay } from "./contribution.ts";
import { MS_PER_MINUTE } from "./grid.ts";
import { numberReader } from "./readers.ts";

const flags = ["main_sleep", "nap", "duration_s"] as const;

/**
 * The rule over the day's main sleep: the one the source calls so; where it calls none so, the longest
 * that it neither denies to be it nor calls a nap.
 */
export function ofMainSleep(rule: DailyRule): DailyRule {
  return {
    reads: [...flags, ...rule.reads],
    of: (day) => rule.of({ ...day, rows: mainSleep(day) }),
  };
}

/** The rule over all others: naps, and the rest of a night that the source cut in two. */
export function ofOtherSleeps(rule: DailyRule): DailyRule {
  return {
    reads: [...flags, ...rule.reads],
    of(day) {
      const [main] = mainSleep(day);
      return rule.of({ ...day, rows: day.rows.filter((row) => row !== main) });
    },
  };
}

/** The row of the main sleep; none when all are naps. */
function mainSleep({ columns, rows }: RowsOfDay): number[] {
  const isMain = numberReader(columns, "main_sleep");
  const isNap = numberReader(columns, "nap");
  const duration = numberReader(columns, "duration_s");
  const said = rows.filter((row) => isMain(row) === 1);
  const possible = said.length > 0
    ? said
    : rows.filter((row) => isMain(row) === null && isNap(row) !== 1);
  const [main] = possible.toSorted((a, b) => (duration(b) ?? 0) - (duration(a) ?? 0) || a - b);
  return main === undefined ? [] : [main];
}

/** Where in a sleep, and by which of its two clocks that is told. */
const moments = {
  start: { share: 0, offset: "utc_offset_s" },
  middle: { share: 0.5, offset: "end_utc_offset_s" },
  end: { share: 1, offset: "end_utc_offset_s" },
} as const;

/**
 * Minutes on the wall clock from the midnight with which the day began that the sleep ended on to its
 * start, middle or end; negative the evening before, so that means make sense.
 */
export function localMinutes(moment: keyof typeof moments): DailyRule {
  const { share, offset } = moments[moment];
  return {
    reads: ["date", "time", "end_time", offset],
    of({ columns, rows: [row] }) {
      if (row === undefined) return null;
      const number = (name: string) => numberReader(columns, name)(row) ?? NaN;
      const start = number("time");
      const instant = start + (number("end_time") - start) * share;
      const local = instant + number(offset) * 1000 - number("date") * MS_PER_DAY;
      return local / MS_PER_MINUTE;
    },
  };
}
