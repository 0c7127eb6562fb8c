/** Offsets that follow from two files, weighed against what counts for more. Pure. */

import { addDays, type Day, dayAt } from "../../day.ts";
import type { KnownOffset } from "./clock_pieces.ts";
import type { DayEvidence } from "./day_evidence.ts";

/** So far from each other, two offsets that differ are no change of the clock: one of them is wrong. */
const togetherMs = 3_600_000;

/** A device may cut its days a little beside midnight. */
const toleranceMs = 60_000;

/**
 * The offsets without those that follow from two files alone (`aligned`) and contradict a heart-rate
 * file's day, or what a file states of the same hour.
 */
export function trustedOffsets(
  days: readonly DayEvidence[],
  known: readonly KnownOffset[],
): { readonly known: readonly KnownOffset[]; readonly against: readonly Day[] } {
  const byDay = new Map(days.map((one) => [one.day, one]));
  const stated = known.filter(({ aligned }) => aligned !== true)
    .toSorted((a, b) => a.at - b.at);
  const isAgainst = (one: KnownOffset) =>
    one.aligned === true &&
    (isOnOtherDay(one, byDay) ||
      near(stated, one.at).some((other) => other.offset_s !== one.offset_s));
  return {
    known: known.filter((one) => !isAgainst(one)),
    against: known.filter(isAgainst).map(({ at, offset_s }) => dayAt(at, offset_s)),
  };
}

/** Whether a heart-rate file has the moment on another day than the offset puts it. */
function isOnOtherDay(
  { at, offset_s }: KnownOffset,
  byDay: ReadonlyMap<Day, DayEvidence>,
): boolean {
  const day = dayAt(at, offset_s);
  return [-2, -1, 1, 2].some((days) =>
    byDay.get(addDays(day, days))?.stretches.some(({ first, last }) =>
      at >= first + toleranceMs && at <= last - toleranceMs
    )
  );
}

/** Those of the same hour, of offsets in order of time. */
function near(known: readonly KnownOffset[], at: number): KnownOffset[] {
  let low = 0;
  let high = known.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[middle]?.at ?? Infinity) < at - togetherMs) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while ((known[end]?.at ?? Infinity) <= at + togetherMs) end++;
  return known.slice(low, end);
}
