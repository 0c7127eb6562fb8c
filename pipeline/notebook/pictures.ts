/** Frames as pictures. */

import { calendar as drawCalendar, type CalendarOptions } from "../chart/calendar.ts";
import { hypnogram as drawHypnogram } from "../chart/hypnogram.ts";
import type { Picture } from "../chart/picture.ts";
import { timeline as drawTimeline, type TimelineOptions } from "../chart/timeline.ts";
import { MS_PER_DAY } from "../day.ts";
import { type Frame, pl } from "../frames.ts";
import { numbers } from "./numbers.ts";

/**
 * A picture of one column over the wearer's own clock: a line through every row, broken where nothing
 * was measured. `from` and `to` show a part of it.
 *
 * ```ts ignore
 * timeline(samples, "bpm", {
 *   title: "An hour",
 *   label: "Heart rate (beats/min)",
 *   from: "18:00",
 *   to: "19:00",
 * });
 * ```
 */
export function timeline(frame: Frame, column: string, options: TimelineOptions): Picture {
  const sorted = frame.sort("time");
  return drawTimeline({
    time_ms: numbers(sorted, "time", "timestamp_ms"),
    utc_offset_s: numbers(sorted, "utc_offset_s", "float64"),
    value: numbers(sorted, column, "float64"),
  }, options);
}

/**
 * A picture of one column over days, a column a week. The frame has a `date`; days between its first
 * and last that it does not have are drawn as missing.
 *
 * ```ts ignore
 * calendar(days, "steps", { title: "Steps a day" });
 * ```
 */
export function calendar(frame: Frame, column: string, options: CalendarOptions): Picture {
  const sorted = frame.sort("date");
  const dates = numbers(sorted.select(pl.col("date").cast(pl.Int32)), "date", "float64");
  const values = numbers(sorted, column, "float64");
  const valueOf = new Map(Array.from(dates, (date, row) => [date, values[row] ?? NaN]));
  const [first, last] = [dates[0] ?? 0, dates.at(-1) ?? -1];
  const days = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return drawCalendar(
    days.map((date) => ({ date: date * MS_PER_DAY, value: valueOf.get(date) ?? NaN })),
    options,
  );
}

/**
 * A picture of one sleep from its rows of `sleep_stage`: which stage when.
 *
 * ```ts ignore
 * hypnogram(stages.filter(pl.col("sleep_id").eq(pl.lit(id))), "The night to 2026-10-30");
 * ```
 */
export function hypnogram(stages: Frame, title: string): Picture {
  const time = numbers(stages, "time", "timestamp_ms");
  const utc_offset_s = numbers(stages, "utc_offset_s", "float64");
  const duration_s = numbers(stages, "duration_s", "float64");
  const names = stages.getColumn("stage").toArray();
  return drawHypnogram(
    Array.from(time, (time, row) => ({
      time,
      utc_offset_s: utc_offset_s[row] ?? NaN,
      duration_s: duration_s[row] ?? NaN,
      stage: String(names[row]),
    })),
    title,
  );
}
