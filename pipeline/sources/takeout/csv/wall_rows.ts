/**
 * Which rows of a file are on the wearer's wall clock though they are marked as UTC: those that fit
 * the nights slept, whose wall clock is known, as they are written; the others fit them in UTC. Pure.
 */

import type { ClockContext, Night, RowRange } from "../family.ts";
import { offsetAt } from "../zone_rules.ts";

const MS_PER_HOUR = 3_600_000;

/** Rows that are of one sleep, so of one clock. */
export interface SleepRows {
  readonly rows: readonly number[];
  /** When the sleep began and ended, as written: ms since 1970 as if it were UTC. */
  readonly start?: number;
  readonly end?: number;
  /** Whether they are on the wall clock where no night tells. */
  readonly otherwise: boolean;
}

/** Two versions of a night begin and end minutes apart; two nights never do. */
const mostApart = 2 * MS_PER_HOUR;

/** The rows on the wall clock, of files that say when each sleep began or ended. */
export function wallRowsOfSleeps(
  sleeps: readonly SleepRows[],
  context: ClockContext,
): RowRange[] {
  const nights = new Nights(context);
  return rangesOf(
    sleeps.filter(({ start, end, otherwise }) => {
      const offset = nights.offsetMs(start ?? end ?? 0);
      const asWall = nights.distance(start, end, 0);
      const asUtc = nights.distance(start, end, offset);
      return Math.min(asWall, asUtc) > mostApart ? otherwise : asWall < asUtc;
    }).flatMap(({ rows }) => rows),
  );
}

/** Readings at the very ends of a night may lie a little beside it. */
const toleranceMs = 300_000;

/**
 * The rows on the wall clock, of files with readings through the night. Where a night is there twice,
 * once on each clock, rows that could be of either copy are taken as of the wall clock.
 * @param times As written, a row each; NaN for none.
 * @param otherwise Whether a row is on the wall clock where no night tells.
 */
export function wallRowsOfReadings(
  times: Float64Array,
  context: ClockContext,
  otherwise: (time: number) => boolean,
): RowRange[] {
  const nights = new Nights(context);
  const asWall = Int32Array.from(times, (time) => nights.around(time));
  const asUtc = Int32Array.from(times, (time) => nights.around(time + nights.offsetMs(time)));
  const surelyWall = new Set<number>();
  const surelyUtc = new Set<number>();
  for (let row = 0; row < times.length; row++) {
    if (asUtc[row]! < 0) surelyWall.add(asWall[row]!);
    if (asWall[row]! < 0) surelyUtc.add(asUtc[row]!);
  }
  const isWall = Array.from(times, (_, row): boolean | undefined => {
    const [wall, utc] = [asWall[row]!, asUtc[row]!];
    if (wall < 0 || utc < 0) return wall === utc ? undefined : utc < 0;
    return surelyWall.has(wall) || (surelyUtc.has(utc) ? false : undefined);
  });
  return rangesOf(
    decided(isWall, (row) => otherwise(times[row]!)).flatMap((wall, row) => wall ? [row] : []),
  );
}

/**
 * Nights that fit on either clock are on that of the rows before and after them, since an account
 * changes over once; otherwise only where those differ or there are none.
 */
function decided(
  given: readonly (boolean | undefined)[],
  otherwise: (row: number) => boolean,
): boolean[] {
  const next = given.slice();
  for (let row = next.length - 2; row >= 0; row--) next[row] ??= next[row + 1];
  let before: boolean | undefined;
  return given.map((own, row) => {
    before = own ?? before;
    if (own !== undefined) return own;
    const after = next[row];
    return before === undefined || after === undefined || before === after
      ? before ?? after ?? otherwise(row)
      : otherwise(row);
  });
}

/** The nights, and how far times are from them. */
class Nights {
  readonly #nights: readonly Night[];
  readonly #context: ClockContext;

  constructor(context: ClockContext) {
    this.#nights = context.nights;
    this.#context = context;
  }

  /** The offset from UTC at an instant, in ms; 0 when nothing is known of it. */
  offsetMs(at: number): number {
    const { spans } = this.#context.history;
    return spans.length === 0 || Number.isNaN(at) ? 0 : offsetAt(spans, at) * 1000;
  }

  /** How far beginning and end, moved by so much, are from those of the nearest night, at most. */
  distance(start: number | undefined, end: number | undefined, moved: number): number {
    const near = start ?? end;
    if (near === undefined) return Infinity;
    let least = Infinity;
    for (const night of this.#startingAround(near + moved)) {
      const apart = Math.max(
        start === undefined ? 0 : Math.abs(start + moved - night.start),
        end === undefined ? 0 : Math.abs(end + moved - night.end),
      );
      if (apart < least) least = apart;
    }
    return least;
  }

  /** The number of the night that a time on the wall clock lies in; negative when in none. */
  around(time: number): number {
    const last = firstIndex(this.#nights, time + toleranceMs + 1) - 1;
    for (let index = last; index >= 0 && index > last - 4; index--) {
      const night = this.#nights[index];
      if (night !== undefined && time <= night.end + toleranceMs) return index;
    }
    return -1;
  }

  /** Those that begin within a day and a half. */
  #startingAround(time: number): readonly Night[] {
    return this.#nights.slice(
      firstIndex(this.#nights, time - 36 * MS_PER_HOUR),
      firstIndex(this.#nights, time + 36 * MS_PER_HOUR),
    );
  }
}

/** The index of the first night that begins at a time or later. */
function firstIndex(nights: readonly Night[], time: number): number {
  let low = 0;
  let high = nights.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nights[middle]?.start ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The numbers of rows, in any order, as ranges. */
function rangesOf(rows: readonly number[]): RowRange[] {
  const ranges: [number, number][] = [];
  for (const row of rows.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === row - 1) last[1] = row;
    else ranges.push([row, row]);
  }
  return ranges;
}
