/**
 * Instants and offsets for the wall-clock times of answers: by the zone's rules, or from UTC for
 * answers that were asked for with `timezone=UTC`; the manifest's clock says which.
 */

import { type Day, dayNumber, MS_PER_DAY } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { counted } from "../../terminal/counted.ts";
import { instantsOf } from "../takeout/instants.ts";
import { utcOffsetsAt } from "../utc_clock.ts";
import { placeLocalTimes } from "./local_times.ts";

/** So many samples, one after the other in the order of the answer, of one day. */
export interface DayOfSamples {
  readonly day: Day;
  readonly rows: number;
}

export interface PlacedTimes {
  /** Milliseconds since 1970. */
  readonly times: Float64Array;
  /** Seconds from UTC. */
  readonly offsets: Int32Array;
}

/**
 * Places samples. Throws a DocumentError when the manifest's clock cannot place them.
 * @param seconds Since midnight of each sample's day; those of the first day first. The times take
 *   their place, in the same memory: over the days of years new pages cost more than the sums.
 * @param notes Gets what could not be told for sure.
 */
export function placedTimes(
  days: readonly DayOfSamples[],
  seconds: Float64Array,
  { clock }: Manifest,
  notes: string[],
): PlacedTimes {
  switch (clock.kind) {
    case "local":
      return localTimes(days, seconds, clock.time_zone, notes);
    case "utc": {
      const times = writtenTimes(days, seconds);
      return { times, offsets: utcOffsetsAt(times, clock) };
    }
    case "wall":
      return instantsOf(writtenTimes(days, seconds), clock);
    default:
      throw new DocumentError(
        'Cannot place wall-clock times: expected the manifest\'s clock to be "local" or "utc"',
      );
  }
}

/** The times as they are written, in ms since 1970 as if they were UTC. */
function writtenTimes(days: readonly DayOfSamples[], seconds: Float64Array): Float64Array {
  const times = seconds;
  let row = 0;
  for (const { day, rows } of days) {
    const midnight = dayNumber(day) * MS_PER_DAY;
    for (const end = row + rows; row < end; row++) times[row] = midnight + seconds[row]! * 1000;
  }
  return times;
}

function localTimes(
  days: readonly DayOfSamples[],
  seconds: Float64Array,
  timeZone: string,
  notes: string[],
): PlacedTimes {
  const times = seconds;
  const offsets = new Int32Array(seconds.length);
  let first = 0;
  for (const { day, rows } of days) {
    const range = { first, end: first + rows };
    const { ambiguous, skipped } = placeLocalTimes(day, timeZone, seconds, range, times, offsets);
    if (ambiguous > 0) {
      notes.push(
        `${day}: ${counted(ambiguous, "sample")} of the hour that the clocks in ${timeZone} ` +
          `repeated could be of either pass, and ${
            ambiguous === 1 ? "was" : "were"
          } taken as of the first`,
      );
    }
    if (skipped > 0) {
      notes.push(
        `${day}: at times that the clocks in ${timeZone} skipped: ${counted(skipped, "sample")}, ` +
          "read with the offset before the change",
      );
    }
    first = range.end;
  }
  return { times, offsets };
}
