/**
 * From the times of an archive's file to instants, by the clock its manifest names: the times are
 * UTC, the wearer's wall clock, or row by row the one or the other.
 */

import { DocumentError } from "../../errors.ts";
import type { DocumentClock, OffsetFrom } from "../../raw/manifest.ts";
import { counted } from "../../terminal/counted.ts";
import { RepeatedHour } from "../repeated_hour.ts";
import { utcOffsetBy } from "../utc_clock.ts";

/** An instant (ms since 1970) and the wall clock's offset from UTC (s) at it. */
export interface Instant {
  readonly time: number;
  readonly utc_offset_s: number;
}

export interface Instants {
  readonly times: Float64Array;
  readonly offsets: Int32Array;
  /** How many could be of either pass of an hour that the clocks repeated; taken as of the first. */
  readonly ambiguous: number;
}

/**
 * The instant of one time after the other. Throws a DocumentError for a clock that cannot place
 * them. In an hour that the clocks repeat a wall-clock time is that of the first pass; one that they
 * skip is read with the offset before.
 * @param clock The manifest's.
 * @returns From a time as it is written (ms since 1970, a wall clock's as if it were UTC) and, for a
 * mixed document, the number of its row (the first is 0).
 *
 * @example
 * ```ts
 * import { instantBy } from "./instants.ts";
 * import assert from "node:assert/strict";
 * const offsets = [{ from: null, offset_s: 7200, evidence: "" }];
 * const at = instantBy({ kind: "wall", offsets });
 * assert.deepEqual(at(Date.UTC(2024, 6, 1, 9)), {
 *   time: Date.UTC(2024, 6, 1, 7),
 *   utc_offset_s: 7200,
 * });
 * ```
 */
export function instantBy(clock: DocumentClock): (written: number, row?: number) => Instant {
  switch (clock.kind) {
    case "wall":
      return clock.nights === undefined
        ? wallInstantBy(clock.offsets)
        : nightlyInstantBy(clock.offsets, clock.nights);
    case "mixed": {
      const ofWall = wallInstantBy(clock.offsets);
      const ofUtc = utcInstantBy({ kind: "utc", offsets: clock.offsets });
      const isWall = isInside(clock.wall_rows);
      return (written, row) => isWall(row ?? 0) ? ofWall(written) : ofUtc(written);
    }
    default:
      return utcInstantBy(clock);
  }
}

/**
 * All at once: those of a document's rows, in their order. Of a repeated hour the order may tell the
 * passes apart: after a step back it is the second one, and so is the second of two equal times.
 */
export function instantsOf(written: Float64Array, clock: DocumentClock): Instants {
  const at = instantBy(clock);
  const repeats = clock.kind === "wall" || clock.kind === "mixed"
    ? repeatedHours(clock.offsets)
    : [];
  const isWall = clock.kind === "mixed" ? isInside(clock.wall_rows) : () => true;
  const nights = clock.kind === "wall" ? clock.nights ?? [] : [];
  const passes = new RepeatedHour();
  const times = new Float64Array(written.length);
  const offsets = new Int32Array(written.length);
  for (let row = 0; row < written.length; row++) {
    const wall = written[row]!;
    const found = repeats.find(({ start, until }) => wall >= start && wall < until);
    const isRepeated = found !== undefined && isWall(row) && nightOf(nights, wall) === undefined;
    const repeated = isRepeated ? found : undefined;
    if (repeated === undefined) passes.leave();
    if (repeated !== undefined && passes.isSecond(wall)) {
      times[row] = wall - repeated.offset_s * 1000;
      offsets[row] = repeated.offset_s;
      continue;
    }
    const { time, utc_offset_s } = at(wall, row);
    times[row] = time;
    offsets[row] = utc_offset_s;
  }
  passes.leave();
  return { times, offsets, ambiguous: passes.ambiguous };
}

/** What a person should know of samples in a repeated hour. */
export function ambiguousNote(samples: number): string {
  return `${counted(samples, "sample")} of an hour that the clocks repeated could be of either ` +
    `pass, and ${samples === 1 ? "was" : "were"} taken as of the first`;
}

/** What the wall clock shows twice, and its offset the second time. */
function repeatedHours(offsets: readonly OffsetFrom[]) {
  return offsets.flatMap(({ from, offset_s }, index) => {
    const before_s = offsets[index - 1]?.offset_s ?? offset_s;
    if (from === null || offset_s >= before_s) return [];
    const change = Date.parse(from);
    return [{ start: change + offset_s * 1000, until: change + before_s * 1000, offset_s }];
  });
}

function utcInstantBy(clock: DocumentClock): (written: number) => Instant {
  const offsetAt = utcOffsetBy(clock);
  return (time) => ({ time, utc_offset_s: offsetAt(time) });
}

/** The instant of a time on a wall clock that changed as told; `from` and offsets as in a manifest. */
export function wallInstantBy(offsets: readonly OffsetFrom[]): (written: number) => Instant {
  const stretches = wallStretches(offsets);
  const [only] = stretches;
  if (only === undefined) throw new DocumentError("The manifest has no offset from UTC");
  let current = only;
  return (written) => {
    if (written < current.after || written >= current.until) {
      current = stretches.find(({ until }) => written < until) ?? only;
    }
    const { offset_s, before_s, start } = current;
    const utc_offset_s = written < start ? before_s : offset_s;
    return { time: written - utc_offset_s * 1000, utc_offset_s };
  };
}

/** A sleep as written, ms, and the offset (s) with which it began. */
export interface HeldNight {
  readonly start: number;
  readonly end: number;
  readonly offset_s: number;
}

function nightOf(nights: readonly HeldNight[], written: number): HeldNight | undefined {
  return nights.find(({ start, end }) => written >= start && written <= end);
}

/** The same, but within the nights the clock did not change before they were over. */
function nightlyInstantBy(
  offsets: readonly OffsetFrom[],
  nights: readonly HeldNight[],
): (written: number) => Instant {
  const at = wallInstantBy(offsets);
  const offsetAt = utcOffsetBy({ kind: "utc", offsets: offsets.slice() });
  return (written) => {
    const night = nightOf(nights, written);
    if (night === undefined) return at(written);
    const time = written - night.offset_s * 1000;
    return { time, utc_offset_s: offsetAt(time) };
  };
}

/** The wall clock from `start` to `until` at one offset; times from `after` to `start` it skipped. */
interface WallStretch {
  readonly after: number;
  readonly start: number;
  readonly until: number;
  readonly offset_s: number;
  /** The offset before. */
  readonly before_s: number;
}

function wallStretches(offsets: readonly OffsetFrom[]): WallStretch[] {
  const changes = offsets
    .map(({ from, offset_s }) => ({ from: from === null ? -Infinity : Date.parse(from), offset_s }))
    .sort((a, b) => a.from - b.from);
  const stretches: WallStretch[] = [];
  let after = -Infinity;
  changes.forEach(({ from, offset_s }, index) => {
    const until = (changes[index + 1]?.from ?? Infinity) + offset_s * 1000;
    const before_s = changes[index - 1]?.offset_s ?? offset_s;
    stretches.push({ after, start: from + offset_s * 1000, until, offset_s, before_s });
    after = Math.max(after, until);
  });
  return stretches;
}

function isInside(ranges: readonly (readonly [number, number])[]): (row: number) => boolean {
  return (row) => ranges.some(([first, last]) => row >= first && row <= last);
}
