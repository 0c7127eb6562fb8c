/** Which civil days a file of an archive spans, and by which clock its times are read. Pure. */

import { type Day, dayAt } from "../../day.ts";
import type { DocumentClock, OffsetFrom } from "../../raw/manifest.ts";
import { type ClockHistory, offsetsBetween } from "./clock_history.ts";
import { utcOffsetBy } from "../utc_clock.ts";
import type { ClockContext, Night, RowRange, Span } from "./family.ts";
import { type HeldNight, wallInstantBy } from "./instants.ts";

/** A document's place in the wearer's days. */
export interface Place {
  readonly first_day: Day;
  readonly last_day: Day;
  readonly clock: DocumentClock;
}

/** What a file says that has rows of both clocks, and needs all the others to be placed. */
export interface Placing {
  readonly span: Span;
  /** The last day that can hold data, where later ones are padding. */
  readonly until?: Day;
  /** Of a mixed file. */
  wallRows(context: ClockContext): readonly RowRange[];
}

/** Clocks differ from UTC by less than this. */
const farthestMs = 15 * 3_600_000;

/** Room for what a change of the clocks skips or repeats. */
const marginMs = 3 * 3_600_000;

/** The place of a file; undefined when the wearer's offset from UTC is not known. */
export function placeOf(
  { span, until, wallRows }: Placing,
  context: ClockContext,
): Place | undefined {
  const { history } = context;
  switch (span.kind) {
    case "days": {
      // Labels of days, not instants: there is nothing to convert.
      const last_day = until === undefined || until > span.last ? span.last : until;
      const first_day = span.first < last_day ? span.first : last_day;
      const isPadded = last_day !== span.last;
      return {
        first_day,
        last_day,
        clock: isPadded ? { kind: "explicit", until: last_day } : { kind: "explicit" },
      };
    }
    case "utc": {
      const offsets = offsetsBetween(history, span.first, span.last);
      const days = offsets && utcDays(span.first, span.last, offsets);
      return offsets && days && { ...days, clock: { kind: "utc", offsets } };
    }
    case "wall": {
      const offsets = wallOffsets(span.first, span.last, history);
      if (offsets === undefined) return undefined;
      const nights = span.ofSleeps === true ? heldNights(span, offsets, context.nights) : [];
      return {
        ...wallDays(span.first, span.last),
        clock: { kind: "wall", offsets, ...nights.length === 0 ? {} : { nights } },
      };
    }
    case "mixed": {
      const offsets = offsetsBetween(history, span.first - farthestMs, span.last + farthestMs);
      const utc = offsets && utcDays(span.first, span.last, offsets);
      if (offsets === undefined || utc === undefined) return undefined;
      const wall = wallDays(span.first, span.last);
      return {
        first_day: utc.first_day < wall.first_day ? utc.first_day : wall.first_day,
        last_day: utc.last_day > wall.last_day ? utc.last_day : wall.last_day,
        clock: {
          kind: "mixed",
          offsets,
          wall_rows: wallRows(context).map(([first, last]) => [first, last]),
        },
      };
    }
  }
}

/** Where a file stays until its wearer's offset from UTC is known. */
export function unknownPlace(span: Span): Place {
  const days = span.kind === "days"
    ? { first_day: span.first, last_day: span.last }
    : wallDays(span.first, span.last);
  return { ...days, clock: { kind: "unknown" } };
}

type Days = Pick<Place, "first_day" | "last_day">;

function wallDays(first: number, last: number): Days {
  return { first_day: dayAt(first, 0), last_day: dayAt(last, 0) };
}

function wallOffsets(first: number, last: number, history: ClockHistory): OffsetFrom[] | undefined {
  const around = offsetsBetween(history, first - farthestMs, last + farthestMs);
  if (around === undefined) return undefined;
  const at = wallInstantBy(around);
  return offsetsBetween(history, at(first).time - marginMs, at(last).time + marginMs);
}

/** The nights of a file in which the clock changed. */
function heldNights(
  { first, last }: { readonly first: number; readonly last: number },
  offsets: OffsetFrom[],
  nights: readonly Night[],
): HeldNight[] {
  const at = wallInstantBy(offsets);
  const offsetAt = utcOffsetBy({ kind: "utc", offsets });
  const ofFile = nights.filter(({ start, end }) => end >= first && start <= last);
  const held = ofFile.flatMap(({ start, end }) => {
    const { time, utc_offset_s } = at(start);
    return offsetAt(time + end - start) === utc_offset_s
      ? []
      : [[`${start} ${end}`, { start, end, offset_s: utc_offset_s }] as const];
  });
  // A night at the boundary of two files is in both.
  return Array.from(new Map(held).values());
}

/** A journey east over the date line makes a later instant an earlier day: look at every change. */
function utcDays(first: number, last: number, offsets: readonly OffsetFrom[]): Days | undefined {
  const days = offsets.flatMap(({ from, offset_s }, index) => {
    const begin = Math.max(first, from === null ? -Infinity : Date.parse(from));
    const next = offsets[index + 1]?.from;
    const end = Math.min(
      last,
      next === undefined || next === null ? Infinity : Date.parse(next) - 1,
    );
    return begin > end ? [] : [dayAt(begin, offset_s), dayAt(end, offset_s)];
  }).sort();
  const [first_day] = days;
  const last_day = days.at(-1);
  return first_day === undefined || last_day === undefined ? undefined : { first_day, last_day };
}
