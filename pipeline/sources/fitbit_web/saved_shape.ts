/** What an answer that somebody saved can be: the interface of the table in saved_shapes.ts. */

import { type Day, isDay } from "../../day.ts";
import { isObject, member } from "../json/document.ts";

/** An answer, taken apart by JSON.parse. */
export type SavedObject = Readonly<Record<string, unknown>>;

/** Which stream and days an answer is of. */
export interface Classified {
  /** As in streams.ts: `activities/steps/1min`. */
  readonly stream: string;
  readonly first: Day;
  readonly last: Day;
  /** The day was in the answer itself, not just in the file's name. */
  readonly isTold: boolean;
  /** Where its records begin, for the order of parts of a day: `06:00:00`; empty when nothing says. */
  readonly firstTime: string;
}

/** What there is in the place of an answer that can be taken, in words that complete "It holds ...". */
export interface Lacking {
  readonly lacks: string;
}

/** One kind of answer. */
export interface SavedShape {
  /** The first top-level members such an answer may begin with, each as a pattern. */
  readonly members: readonly string[];
  /** Whether the answer is of this kind. */
  is(answer: SavedObject): boolean;
  /**
   * Which stream and days it is of, or what is wrong with it, or in words that complete
   * "skipped: ..." why there is nothing in it for us.
   * @param named The day in the file's name, for answers that do not tell theirs.
   */
  classify(answer: SavedObject, named: Day | undefined): Classified | Lacking | string;
  /** What tells its records apart (times, days, ids): of two answers that with more holds more. */
  keys(answer: SavedObject): readonly unknown[];
}

/** The values of one member of each object in a list; none when it is no list. */
export function membersOf(list: unknown, name: string): unknown[] {
  return Array.isArray(list)
    ? list.flatMap((entry) => {
      const value = isObject(entry) ? member(entry, name) : undefined;
      return value === undefined ? [] : [value];
    })
    : [];
}

/** First and last of the days among some texts that begin with one; undefined when there is none. */
export function daysAmong(
  texts: readonly unknown[],
): { readonly first: Day; readonly last: Day } | undefined {
  const days = texts
    .flatMap((text) => typeof text === "string" ? [text.slice(0, 10)] : []).filter(isDay).sort();
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? undefined : { first, last };
}

/** The reason why an answer without a day is not taken. */
function unnamedDay(inside: unknown): string {
  return typeof inside === "string"
    ? `an answer for "${inside}": name the file after its day, as HR2016-06-16.json`
    : "an answer that does not tell its day: name the file after it, as HR2016-06-16.json";
}

/** An answer about one day: the one it tells, or else the one that the file is named after. */
export function oneDay(
  stream: string,
  inside: unknown,
  named: Day | undefined,
  firstTime: string,
): Classified | string {
  const told = typeof inside === "string" && isDay(inside) ? inside : undefined;
  const day = told ?? named;
  if (day === undefined) return unnamedDay(inside);
  return { stream, first: day, last: day, isTold: told !== undefined, firstTime };
}
