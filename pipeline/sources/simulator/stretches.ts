/** Stretches of time in which the person keeps doing one thing, found minute by minute. */

import { dayNumber, dayOfNumber, MS_PER_DAY } from "../../day.ts";
import type { Day } from "../../day.ts";
import type { Body } from "./body.ts";
import { MS_PER_MINUTE } from "./minutes.ts";
import type { Minutes } from "./minutes.ts";

/** `from_ms <= t < to_ms`, ms since 1970, with the offset of the wall clock at both ends. */
export interface Stretch {
  readonly from_ms: number;
  readonly from_offset_s: number;
  readonly to_ms: number;
  readonly to_offset_s: number;
}

/** The stretch between two instants, with the offsets in force at them. */
export function stretchBetween(body: Body, from_ms: number, to_ms: number): Stretch {
  return {
    from_ms,
    from_offset_s: body.zones.spanAt(from_ms).offset_s,
    to_ms,
    to_offset_s: body.zones.spanAt(to_ms).offset_s,
  };
}

/**
 * The longest stretches of whole minutes for which a test holds, of those that begin and end between
 * two instants: one that reaches an edge is not known to be whole, and left out.
 */
export function stretchesOf(
  body: Body,
  from_ms: number,
  to_ms: number,
  holds: (minutes: Minutes, m: number) => boolean,
): Stretch[] {
  const stretches: Stretch[] = [];
  let start: number | undefined;
  let before = true;
  for (let time = from_ms; time < to_ms; time += MS_PER_MINUTE) {
    const minutes = body.minutesOfUtcDay(Math.floor(time / MS_PER_DAY));
    const now = holds(minutes, Math.floor((time - minutes.start_ms) / MS_PER_MINUTE));
    if (now && !before) start = time;
    if (!now && start !== undefined) {
      stretches.push(stretchBetween(body, start, time));
      start = undefined;
    }
    before = now;
  }
  return stretches;
}

/** Minute of the day on the person's wall clock, and which day it is (since 1970). */
export function wallClock(minutes: Minutes, m: number): { day: number; minute: number } {
  const wall = minutes.start_ms + m * MS_PER_MINUTE + minutes.utc_offset_s[m]! * 1000;
  const day = Math.floor(wall / MS_PER_DAY);
  return { day, minute: Math.floor((wall - day * MS_PER_DAY) / MS_PER_MINUTE) };
}

/** Instants (ms since 1970) that surely lie before and after a civil day, whatever the offset. */
export function around(day: Day): { from_ms: number; to_ms: number } {
  const midnight = dayNumber(day) * MS_PER_DAY;
  return { from_ms: midnight - MS_PER_DAY, to_ms: midnight + 2 * MS_PER_DAY };
}

/** The civil days that share instants with a UTC day (since 1970). */
export function civilDaysOf(utcDay: number): readonly Day[] {
  return [utcDay - 1, utcDay, utcDay + 1].map(dayOfNumber);
}

/** What is worked out once for a body and day, however often it is asked for. */
export function rememberedByDay<T>(make: (body: Body, day: Day) => T): (body: Body, day: Day) => T {
  const bodies = new WeakMap<Body, Map<Day, T>>();
  return (body, day) => {
    const days = bodies.get(body) ?? new Map<Day, T>();
    bodies.set(body, days);
    const found = days.get(day);
    if (found !== undefined) return found;
    const made = make(body, day);
    days.set(day, made);
    return made;
  };
}

/**
 * An id of nineteen digits, past what a double holds exactly, made from the instant something began.
 */
export function longId(from_ms: number, random: () => number): string {
  return `${from_ms / 1000}${String(Math.floor(random() * 1e9)).padStart(9, "0")}`;
}
