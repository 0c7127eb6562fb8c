/** Times that the person reads off a clock, as instants. */

import { dayNumber, MS_PER_DAY } from "../../day.ts";
import type { Day } from "../../day.ts";
import type { ZoneHistory } from "./zone_history.ts";

/** An instant with the offset of the wall clock then in force. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly time_ms: number;
  readonly utc_offset_s: number;
}

/** An instant with its offset. */
export function momentAt({ spanAt }: ZoneHistory, time_ms: number): Moment {
  return { time_ms, utc_offset_s: spanAt(time_ms).offset_s };
}

/**
 * When the clock showed that second of a civil day, the first time it did; empty when it never did,
 * because it was put forward over it.
 */
export function momentsOf({ spans }: ZoneHistory, day: Day, second: number): readonly Moment[] {
  const wall = dayNumber(day) * MS_PER_DAY + second * 1000;
  const span = spans.find(({ from, to, offset_s }) =>
    wall - offset_s * 1000 >= from && wall - offset_s * 1000 < to
  );
  return span === undefined
    ? []
    : [{ time_ms: wall - span.offset_s * 1000, utc_offset_s: span.offset_s }];
}

/** Whether the civil day an instant belongs to is that one. */
export function isOn({ time_ms, utc_offset_s }: Moment, day: Day): boolean {
  return Math.floor((time_ms + utc_offset_s * 1000) / MS_PER_DAY) === dayNumber(day);
}
