/** The walk through a stream's points, newest first, a page at a time. */

import { addDays, dayNumber, MS_PER_DAY } from "../../../day.ts";
import type { World } from "../api.ts";
import { hash32 } from "../random.ts";
import { utcDaysOf } from "./filter.ts";
import type { TimeRange } from "./filter.ts";
import type { Cursor } from "./page_token.ts";
import type { Points } from "./stream.ts";

/** What is asked of a stream, whatever the page. */
export interface Question {
  readonly range: TimeRange;
  /** Whether points of that source are wanted. */
  readonly wants: (points: Points, index: number) => boolean;
  readonly points: (utcDay: number) => Points;
}

export interface Page {
  /** The points on it, newest first. */
  readonly found: readonly { readonly points: Points; readonly index: number }[];
  /** Where the next page begins; undefined after the last. */
  readonly next: Cursor | undefined;
}

/**
 * The server gives up on a page after so many UTC days: a page on which it found nothing is empty
 * and still carries a token.
 */
const daysPerPage = 40;

/** The server stops a page near this, whatever size was asked for. */
const stopsNear = 5000;

/** Where a walk begins. */
export function firstCursor(range: TimeRange, world: World): Cursor {
  // A range that is over by now is always walked alike, so that the same question about settled
  // days gives the same tokens; daily points may become known a little after their day.
  const knownBefore = Math.min(world.syncedTo(), range.to + 2 * MS_PER_DAY);
  const newest = Math.floor(knownBefore / MS_PER_DAY);
  return { utcDay: Math.min(utcDaysOf(range).last, newest), given: 0, knownBefore };
}

/** One page of at most `size` points, from the cursor on. */
export function pageFrom(cursor: Cursor, size: number, question: Question, world: World): Page {
  const memberSince = dayNumber(addDays(world.body.person.memberSince, -1));
  const oldest = Math.max(utcDaysOf(question.range).first, memberSince);
  const served = stopsNear - (hash32(`${cursor.utcDay} ${cursor.given}`) % 50);
  const room = Math.min(size, served);

  const found: { points: Points; index: number }[] = [];
  let { utcDay, given } = cursor;
  for (let walked = 0; utcDay >= oldest && walked < daysPerPage; walked++) {
    const points = question.points(utcDay);
    const matching = matchesOf(points, question, cursor.knownBefore);
    const taken = matching.slice(given, given + room - found.length);
    for (const index of taken) found.push({ points, index });
    given += taken.length;
    if (given < matching.length) break;
    utcDay--;
    given = 0;
    if (found.length === room) break;
  }
  const next = utcDay < oldest ? undefined : { utcDay, given, knownBefore: cursor.knownBefore };
  return { found, next };
}

/** Indexes of the points of a day that belong to the answer, newest first. */
export function matchesOf(points: Points, question: Question, knownBefore: number): number[] {
  const { kind, from, to } = question.range;
  const matching: number[] = [];
  for (let i = points.time_ms.length - 1; i >= 0; i--) {
    const offset = kind === "civil" ? points.utc_offset_s[i]! * 1000 : 0;
    const time = points.time_ms[i]! + offset;
    if (
      time >= from && time < to && points.known_ms[i]! < knownBefore && question.wants(points, i)
    ) matching.push(i);
  }
  return matching;
}
