/**
 * Civil days as ISO text (`2026-10-25`), and the offsets of a zone. Text compares and sorts as days
 * do, and is what file names, ledger rows and the command line hold.
 */

/** A civil day, `YYYY-MM-DD`. */
export type Day = string;

export const MS_PER_DAY = 86_400_000;

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** Whether the text is a day that exists: `2026-02-30` is none. */
export function isDay(text: string): boolean {
  if (!dayPattern.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  // A day past the end of its month is read as one of the next.
  return !Number.isNaN(ms) && new Date(ms).getUTCDate() === Number(text.slice(8));
}

/** Days since 1970-01-01 of a day. */
export function dayNumber(day: Day): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new RangeError(`Cannot read "${day}" as a day: expected YYYY-MM-DD`);
  return ms / MS_PER_DAY;
}

/** The day that is so many days after 1970-01-01. */
export function dayOfNumber(number: number): Day {
  return new Date(number * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The day so many days later (earlier when negative). */
export function addDays(day: Day, days: number): Day {
  return dayOfNumber(dayNumber(day) + days);
}

/** The civil day of an instant at that offset from UTC. */
export function dayAt(epochMs: number, offsetS: number): Day {
  return dayOfNumber(Math.floor((epochMs + offsetS * 1000) / MS_PER_DAY));
}

/** All days from first to last, both included; empty when last is before first. */
export function daysBetween(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  const end = dayNumber(last);
  for (let n = dayNumber(first); n <= end; n++) days.push(dayOfNumber(n));
  return days;
}

/** From `from` to `until` (ms since 1970, not included) a zone's clocks do not change. */
interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly offsetS: number;
}

/** The stretch that was asked for last, by zone: days are mostly asked for one after the other. */
const stretches = new Map<string, Stretch>();

function stretchAt(epochMs: number, timeZone: string): Stretch {
  const last = stretches.get(timeZone);
  if (last !== undefined && epochMs >= last.from && epochMs < last.until) return last;
  const zoned = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone);
  const stretch = {
    from: epochMs,
    until: zoned.getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity,
    offsetS: zoned.offsetNanoseconds / 1e9,
  };
  stretches.set(timeZone, stretch);
  return stretch;
}

/** Offset from UTC, in seconds, of a zone's wall clock at an instant. */
export function zoneOffset(epochMs: number, timeZone: string): number {
  return stretchAt(epochMs, timeZone).offsetS;
}

/** The instants (ms since 1970) at which a civil day begins and ends in a zone; 23-25 hours apart. */
export function dayBounds(day: Day, timeZone: string): { start: number; end: number } {
  const midnight = dayNumber(day) * MS_PER_DAY;
  // The clocks do not change from a day before it to a day after it, wherever in the world it is.
  const { until, offsetS } = stretchAt(midnight - MS_PER_DAY, timeZone);
  if (until > midnight + 3 * MS_PER_DAY) {
    const start = midnight - offsetS * 1000;
    return { start, end: start + MS_PER_DAY };
  }
  const date = Temporal.PlainDate.from(day);
  return {
    start: date.toZonedDateTime(timeZone).epochMilliseconds,
    end: date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds,
  };
}

/** The next instant (ms since 1970) at which a zone's clocks change; Infinity when they never do. */
export function nextOffsetChange(epochMs: number, timeZone: string): number {
  return stretchAt(epochMs, timeZone).until;
}

/** The civil day it is now in a zone. */
export function today(nowMs: number, timeZone: string): Day {
  return dayAt(nowMs, zoneOffset(nowMs, timeZone));
}
