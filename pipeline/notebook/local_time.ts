/** The wearer's own clock in a frame. */

import { type Frame, pl } from "../frames.ts";

/**
 * The frame with one more column, `local_time`: what the wearer's clock showed, `time` and
 * `utc_offset_s` added up. It has no zone: an hour in it may come twice, or not at all, on the nights
 * the clocks change.
 */
export function withLocalTime(frame: Frame): Frame {
  const offset_ms = pl.col("utc_offset_s").cast(pl.Int64).mul(1000);
  const local = pl.col("time").cast(pl.Int64).add(offset_ms).cast(pl.Datetime("ms"));
  return frame.withColumns(local.alias("local_time"));
}

/**
 * Minutes since midnight on the wearer's clock, cut into steps of so many minutes: what a day's rows
 * are grouped by to set days beside each other. For frames that have `local_time`.
 *
 * ```ts ignore
 * const quarters = minutes.groupBy(minuteOfDay(15).alias("minute")).agg(pl.col("bpm").mean());
 * ```
 */
export function minuteOfDay(step: number) {
  const clock = pl.col("local_time").dt;
  const minute = clock.hour().cast(pl.Int32).mul(60).add(clock.minute().cast(pl.Int32));
  return minute.sub(minute.modulo(step));
}

/** The x axis of a chart over {@link minuteOfDay}. */
export const clockAxis = {
  label: "Local time",
  domain: [0, 24 * 60],
  ticks: Array.from({ length: 13 }, (_, i) => i * 120),
  tickFormat: clockOfMinute,
};

/** `23:40` of a minute counted from midnight, also of one before it (-20) or a day later (1460). */
export function clockOfMinute(minute: number): string {
  const ofDay = ((Math.round(minute) % 1440) + 1440) % 1440;
  const hours = Math.floor(ofDay / 60);
  return `${String(hours).padStart(2, "0")}:${String(ofDay % 60).padStart(2, "0")}`;
}
