/**
 * From answers with a value for every step of a day to the instants and numbers that were measured:
 * what the service filled in is left out, and said so.
 */

import { zoneOffset } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { counted } from "../../terminal/counted.ts";
import type { IntradayAnswer } from "./intraday_answers.ts";
import { type PlacedTimes, placedTimes } from "./placed_times.ts";
import { clocksChange } from "./utc_days.ts";

/** Points in the order of the answers; all arrays equally long. */
export interface IntradayRows extends PlacedTimes {
  readonly numbers: Readonly<Record<string, Float64Array>>;
}

/** What is to be known of a resource. */
export interface IntradayKind {
  /** Seconds that a point stands for. */
  readonly step_s: number;
  /** Zero is no value of this resource at all, but filled in wherever it stands. */
  readonly zeroIsGap: boolean;
  /** A day of nothing but zeros is no more than a day like most: nothing to be told. */
  readonly noneIsUsual: boolean;
}

/** The shortest civil day, of 23 hours, in seconds. */
const shortestDay_s = 82_800;

/**
 * The measured points.
 *
 * - A whole day of zeros, or one for which the service has no daily value, is a day on which nothing
 *   was measured; within any other day zeros are zeros.
 * - An hour that the clocks skipped was filled up with zeros.
 */
export function measuredRows(
  answers: readonly IntradayAnswer[],
  { step_s, zeroIsGap, noneIsUsual }: IntradayKind,
  manifest: Manifest,
  notes: string[],
): IntradayRows {
  const kept = answers.flatMap((answer) => {
    const values = answer.numbers["value"] ?? new Float64Array();
    const isWhole = values.length * step_s >= shortestDay_s;
    if ((isWhole || answer.isEmptyDay) && values.every((value) => value === 0)) {
      if (!noneIsUsual) {
        notes.push(`${answer.day}: nothing but zeros, as on a day without the watch: left out`);
      }
      return [];
    }
    if (!zeroIsGap) return [answer];
    const isThere = values.map((value) => (value === 0 ? 0 : 1));
    const missing = isThere.reduce((sum, there) => sum + 1 - there, 0);
    if (missing === 0) return [answer];
    notes.push(`${answer.day}: ${counted(missing, "point")} without a value: left out`);
    return [only(answer, isThere)];
  });

  const { clock } = manifest;
  const filled = kept.map((answer) => {
    if (clock.kind !== "local" || !clocksChange(answer.day, clock.time_zone)) return answer;
    const place = { day: answer.day, rows: answer.seconds.length };
    const { times, offsets } = placedTimes([place], answer.seconds.slice(), manifest, []);
    const values = answer.numbers["value"];
    const isReal = times.map((time, i) =>
      values?.[i] === 0 && zoneOffset(time, clock.time_zone) !== offsets[i] ? 0 : 1
    );
    return isReal.every((real) => real === 1) ? answer : only(answer, isReal);
  });
  const days = filled.map(({ day, seconds }) => ({ day, rows: seconds.length }));
  const names = Object.keys(answers[0]?.numbers ?? {});
  return {
    ...placedTimes(days, joined(filled.map(({ seconds }) => seconds)), manifest, notes),
    numbers: Object.fromEntries(names.map((name) => [
      name,
      joined(filled.map(({ numbers }) => numbers[name] ?? new Float64Array())),
    ])),
  };
}

/** The points for which `wanted` is 1. */
function only(answer: IntradayAnswer, wanted: ArrayLike<number>): IntradayAnswer {
  const pick = (values: Float64Array) => values.filter((_, i) => wanted[i] === 1);
  return {
    ...answer,
    seconds: pick(answer.seconds),
    numbers: Object.fromEntries(
      Object.entries(answer.numbers).map(([name, values]) => [name, pick(values)]),
    ),
  };
}

function joined(arrays: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}
