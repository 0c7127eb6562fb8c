/** What the first looks at the archive's files have in common. Pure. */

import { type Day, isDay } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import type { MemberSummary } from "./family.ts";

/**
 * A header test: whether the first line of a CSV file has all these columns, whatever others.
 *
 * @example
 * ```ts
 * import { hasColumns } from "./first_look.ts";
 * import assert from "node:assert/strict";
 * assert.equal(hasColumns("timestamp", "steps")("timestamp,steps,data source\r\n..."), true);
 * ```
 */
export function hasColumns(...columns: readonly string[]): (beginning: string) => boolean {
  return (beginning) => {
    const [line = ""] = beginning.split(/\r?\n/, 1);
    const found = line.split(",").map((cell) => cell.trim().replace(/^"|"$/g, ""));
    return columns.every((column) => found.includes(column));
  };
}

/** What an empty category has for a file: nothing under the header, or these words. */
export const headerAlone = /^(no data|[^\n]*)\s*$/;

/** A JSON file without a record. */
export const emptyArray = /^\s*\[\s*\]\s*$/;

/** Undefined for a file that is empty in the way of its kind; else throws a DocumentError. */
export function nothingIn(document: Uint8Array, empty: RegExp, expected: string): undefined {
  if (empty.test(new TextDecoder().decode(document))) return undefined;
  throw new DocumentError(`None of its samples has a time: expected ${expected}`);
}

/** Earliest and latest; nothing when there is none. */
export function bounds(times: Float64Array): [number?, number?] {
  if (times.length === 0) return [];
  let first = Infinity;
  let last = -Infinity;
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return [first, last];
}

/** What a person is told of a JSON array that is not closed; nothing of one that is. */
export function cutNote(document: Uint8Array): { note?: string } {
  let end = document.length;
  while (end > 0 && document[end - 1]! <= 0x20) end--;
  return document[end - 1] === 0x5d ? {} : { note: "it ends in the middle; kept as it is" };
}

/** The day in a file's name. */
export function dayIn(baseName: string): Day | undefined {
  const day = /\d{4}-\d\d-\d\d/.exec(baseName)?.[0];
  return day !== undefined && isDay(day) ? day : undefined;
}

/** The summary of a file of labelled days; undefined when there is none. */
export function ofDays(days: readonly Day[]): MemberSummary | undefined {
  const sorted = days.toSorted();
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { samples: days.length, span: { kind: "days", first, last } };
}
