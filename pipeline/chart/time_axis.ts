/**
 * Instants on a line, labelled with the wearer's own clock. The line is UTC, so no hour is drawn over
 * another one: on the night the clocks go back 02:00 stands there twice, and on a journey the labels
 * jump where the wearer's clock did.
 */

import { MS_PER_DAY } from "../day.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A stretch of time with one offset from UTC. */
export interface OffsetSpan {
  /** Milliseconds since 1970; `end` is where the next one starts. */
  readonly start: number;
  readonly end: number;
  readonly offset_s: number;
}

/** A mark on the axis. */
export interface Tick {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly label: string;
}

/**
 * The stretches between the samples' changes of offset, from the midnight (of the wearer's clock)
 * before the first sample to the one after the last. Times ascend; empty when there are none.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { offsetSpans } from "./time_axis.ts";
 *
 * // The clocks in Berlin went back at 01:00 UTC: the day had 25 hours.
 * const times = [Date.UTC(2026, 9, 25, 0, 59), Date.UTC(2026, 9, 25, 1, 1)];
 * const [summer, winter] = offsetSpans(times, [7200, 3600]);
 * assert.ok(summer !== undefined && winter !== undefined);
 * assert.equal(new Date(summer.end).toISOString(), "2026-10-25T01:00:00.000Z");
 * assert.equal((winter.end - summer.start) / 3_600_000, 25);
 * ```
 */
export function offsetSpans(times: ArrayLike<number>, offsets: ArrayLike<number>): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  for (let i = 0; i < times.length; i++) {
    const [time, offset_s] = [times[i]!, offsets[i]!];
    const last = spans.pop();
    if (last === undefined) {
      spans.push({ start: midnight(time, offset_s), end: time, offset_s });
    } else if (last.offset_s === offset_s) {
      spans.push({ ...last, end: time });
    } else {
      const change = changeBetween(last.end, time);
      spans.push({ ...last, end: change }, { start: change, end: time, offset_s });
    }
  }
  const last = spans.pop();
  if (last !== undefined) {
    spans.push({ ...last, end: midnight(last.end, last.offset_s) + MS_PER_DAY });
  }
  return spans;
}

/** Clocks change on a quarter of an hour: that one between two samples, else the later sample. */
function changeBetween(before: number, after: number): number {
  const quarter = Math.floor(after / (15 * MINUTE)) * 15 * MINUTE;
  return quarter > before ? quarter : after;
}

/** The last local midnight at or before an instant. */
function midnight(time: number, offset_s: number): number {
  const wall = time + offset_s * 1000;
  return Math.floor(wall / MS_PER_DAY) * MS_PER_DAY - offset_s * 1000;
}

/** Distances between marks that a clock face or a calendar has. */
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((days) => days * MS_PER_DAY),
];

/**
 * Round marks of the wearer's clock between two instants, both included; about `most` at most, and
 * never so close, where the clock changed, that their labels run into each other.
 */
export function localTicks(
  spans: readonly OffsetSpan[],
  from: number,
  to: number,
  most = 13,
): Tick[] {
  const step = steps.find((step) => (to - from) / step < most) ?? steps.at(-1)!;
  const closest = 0.7 * (to - from) / most;
  const ticks: Tick[] = [];
  spans.forEach(({ start, end, offset_s }, i) => {
    const isLast = i === spans.length - 1;
    const first = Math.max(from, start) + offset_s * 1000;
    const last = Math.min(to, end) + offset_s * 1000;
    for (let wall = Math.ceil(first / step) * step; wall <= last; wall += step) {
      const time = wall - offset_s * 1000;
      // Where one stretch ends the next one has the word.
      if (time === end && !isLast) continue;
      const previous = ticks.at(-1);
      if (previous !== undefined && time - previous.time < closest) continue;
      const label = step < MINUTE
        ? toSecond(wall)
        : step < MS_PER_DAY
        ? clock(wall)
        : calendarDay(wall);
      ticks.push({ time, label });
    }
  });
  return ticks;
}

/** What the wearer's clock showed (`23:40`) at an instant in ms since 1970. */
export function clockTime(time: number, offset_s: number): string {
  return clock(time + offset_s * 1000);
}

function clock(wall: number): string {
  return new Date(wall).toISOString().slice(11, 16);
}

function toSecond(wall: number): string {
  return new Date(wall).toISOString().slice(11, 19);
}

function calendarDay(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** `UTC+2`, `UTC−3:30`. */
export function offsetName(offset_s: number): string {
  if (offset_s === 0) return "UTC";
  const minutes = Math.abs(offset_s) / 60;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return `UTC${offset_s < 0 ? "−" : "+"}${hours}${
    rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`
  }`;
}

/**
 * The instants at which the wearer's clock showed that time of day (`18:30`): none when the clocks
 * jumped over it, two when they went back over it, one for each day of a longer range.
 * Throws a RangeError when the text is no time of day.
 */
export function instantsOf(timeOfDay: string, spans: readonly OffsetSpan[]): number[] {
  const match = /^(\d{2}):(\d{2})$/.exec(timeOfDay);
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2])];
  if (!(hours * 60 + minutes <= 24 * 60 && minutes < 60)) {
    throw new RangeError(`Cannot read "${timeOfDay}" as a time of day: expected 00:00 to 24:00`);
  }
  const ofDay = hours * HOUR + minutes * MINUTE;
  const found: number[] = [];
  spans.forEach(({ start, end, offset_s }, i) => {
    const endCounts = i === spans.length - 1 && ofDay === MS_PER_DAY;
    const wallAtStart = start + offset_s * 1000;
    const dayAtStart = Math.floor(wallAtStart / MS_PER_DAY) * MS_PER_DAY;
    for (let wall = dayAtStart + ofDay; wall - offset_s * 1000 <= end; wall += MS_PER_DAY) {
      const time = wall - offset_s * 1000;
      if (time >= start && (time < end || endCounts)) found.push(time);
    }
  });
  return found;
}
