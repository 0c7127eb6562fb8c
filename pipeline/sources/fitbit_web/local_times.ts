/**
 * From the wall-clock times of a civil day to instants. The answers of the Fitbit Web API carry no
 * offset, so the zone's rules decide; on the night the clocks go back an hour occurs twice, and only
 * the order of the samples can tell its two passes apart.
 */

import {
  type Day,
  dayBounds,
  dayNumber,
  MS_PER_DAY,
  nextOffsetChange,
  zoneOffset,
} from "../../day.ts";
import { RepeatedHour } from "../repeated_hour.ts";

/** A part of a civil day with one offset: the wall clock runs from `startS` to `endS` through it. */
export interface Stretch {
  /** Seconds since the civil day's midnight; `endS` is not included. */
  readonly startS: number;
  readonly endS: number;
  readonly offsetS: number;
}

/** The stretches of a civil day in a zone, in order of time; none on a day that the zone skipped. */
export function stretchesOf(day: Day, timeZone: string): Stretch[] {
  const { start, end } = dayBounds(day, timeZone);
  const midnight = dayNumber(day) * MS_PER_DAY;
  const stretches: Stretch[] = [];
  for (let at = start; at < end;) {
    const until = Math.min(end, nextOffsetChange(at, timeZone));
    const offsetS = zoneOffset(at, timeZone);
    stretches.push({
      startS: (at - midnight) / 1000 + offsetS,
      endS: (until - midnight) / 1000 + offsetS,
      offsetS,
    });
    at = until;
  }
  return stretches;
}

/** What could not be told for sure, in samples. */
export interface Doubts {
  /** In a repeated hour, with nothing to tell which pass they are of; taken as the first. */
  readonly ambiguous: number;
  /** At times that the clocks skipped; read with the offset before the change. */
  readonly skipped: number;
}

/**
 * Places the samples `first` to `end` (not included) of a civil day.
 * @param seconds Seconds since midnight on the wall clock, in the order of the answer.
 * @param times Gets the instants, ms since 1970; may be `seconds` itself.
 * @param offsets Gets the offsets from UTC, seconds.
 */
export function placeLocalTimes(
  day: Day,
  timeZone: string,
  seconds: Float64Array,
  { first, end }: { readonly first: number; readonly end: number },
  times: Float64Array,
  offsets: Int32Array,
): Doubts {
  const midnight = dayNumber(day) * MS_PER_DAY;
  const stretches = stretchesOf(day, timeZone);
  const place = (i: number, offsetS: number) => {
    times[i] = midnight + (seconds[i]! - offsetS) * 1000;
    offsets[i] = offsetS;
  };
  const [only] = stretches;
  if (only !== undefined && stretches.length === 1 && only.startS === 0 && only.endS === 86_400) {
    placeAfter(midnight - only.offsetS * 1000, seconds, { first, end }, times);
    offsets.fill(only.offsetS, first, end);
    return { ambiguous: 0, skipped: 0 };
  }

  const before = zoneOffset(dayBounds(day, timeZone).start - 1, timeZone);
  const passes = new RepeatedHour();
  let skipped = 0;
  for (let i = first; i < end; i++) {
    const second = seconds[i]!;
    const [earlier, later] = stretches.filter(({ startS, endS }) =>
      second >= startS && second < endS
    );
    if (earlier !== undefined && later !== undefined) {
      place(i, passes.isSecond(second) ? later.offsetS : earlier.offsetS);
      continue;
    }
    passes.leave();
    if (earlier === undefined) skipped++;
    place(
      i,
      earlier?.offsetS ?? stretches.findLast(({ endS }) => endS <= second)?.offsetS ?? before,
    );
  }
  passes.leave();
  return { ambiguous: passes.ambiguous, skipped };
}

/** The loop of nearly all days, apart from the rest: small enough to be compiled at once. */
function placeAfter(
  start: number,
  seconds: Float64Array,
  { first, end }: { readonly first: number; readonly end: number },
  times: Float64Array,
): void {
  for (let i = first; i < end; i++) times[i] = start + seconds[i]! * 1000;
}
