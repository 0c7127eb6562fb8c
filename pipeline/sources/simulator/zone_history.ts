/**
 * Where a person was, as far as their wall clock is concerned: one zone after the other, each with
 * its own clock changes, flattened to the offsets that were in force.
 */

import { dayNumber, MS_PER_DAY, zoneOffset } from "../../day.ts";
import type { Day } from "../../day.ts";

/** From that instant on (`null`: from the beginning) the wall clock followed that zone. */
export interface ZonePeriod {
  readonly from: string | null;
  /** IANA name. */
  readonly timeZone: string;
}

/** `from <= t < to`, milliseconds since 1970; the same offset throughout. */
export interface OffsetSpan {
  readonly from: number;
  readonly to: number;
  readonly offset_s: number;
  readonly timeZone: string;
}

export interface ZoneHistory {
  /** All spans, in order, without holes: the first reaches back and the last ahead without end. */
  readonly spans: readonly OffsetSpan[];
  /** The span an instant falls in. */
  spanAt(epochMs: number): OffsetSpan;
  /** The instant at which a civil day is over, by the offset then in force. */
  endOfDay(day: Day): number;
}

/** No clock change is looked for after this: rules that far ahead are guesses. */
const horizon = Date.parse("2040-01-01T00:00:00Z");
const beginning = Date.parse("1990-01-01T00:00:00Z");

/** The offsets in force through a list of zones, earliest first; the first `from` must be null. */
export function zoneHistory(periods: readonly ZonePeriod[]): ZoneHistory {
  const spans = periods.flatMap((period, index) => {
    const from = period.from === null ? -Infinity : Date.parse(period.from);
    const next = periods[index + 1]?.from ?? null;
    return spansOf(period.timeZone, from, next === null ? Infinity : Date.parse(next));
  });
  const last = spans.at(-1);
  if (last === undefined) throw new RangeError("Cannot follow an empty list of zones");

  const spanAt = (epochMs: number) => spans.find((span) => epochMs < span.to) ?? last;
  return {
    spans,
    spanAt,
    endOfDay(day) {
      const midnight = dayNumber(day) * MS_PER_DAY;
      // On a journey a day can lie in two spans; the later one ends it.
      const ends = spans.flatMap((span) => {
        const start = Math.max(span.from, midnight - span.offset_s * 1000);
        const end = Math.min(span.to, midnight + MS_PER_DAY - span.offset_s * 1000);
        return start < end ? [end] : [];
      });
      return ends.at(-1) ?? midnight + MS_PER_DAY - spanAt(midnight).offset_s * 1000;
    },
  };
}

function spansOf(timeZone: string, from: number, to: number): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  let start = from;
  while (start < to) {
    const inside = Math.max(start, beginning);
    const change = Temporal.Instant.fromEpochMilliseconds(inside)
      .toZonedDateTimeISO(timeZone).getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity;
    const end = Math.min(change > horizon ? Infinity : change, to);
    spans.push({ from: start, to: end, offset_s: zoneOffset(inside, timeZone), timeZone });
    start = end;
  }
  return spans;
}
