/** What the kernels tell of a whole column of numbers. */

import {
  countSteps,
  countZeros,
  extentOfFloat64,
  extentOfInt32,
  firstFloat64Outside,
  firstInt32Outside,
  isAscending as areAscending,
  writeRowsWithin,
} from "./kernels.wasm";
import { float64At, int32At, Workspace } from "./memory.ts";

/** Where the kernels put the least and the largest number. */
const extentAt = 16;

/** The least and the largest of at least one number, none of them NaN. */
export function extentOf(values: Float64Array | Int32Array): { min: number; max: number } {
  const at = new Workspace().hold(values);
  if (values instanceof Int32Array) extentOfInt32(at, values.length);
  else extentOfFloat64(at, values.length);
  const [min = 0, max = 0] = float64At(extentAt, 2);
  return { min, max };
}

/** The first row with a number that is not from `least` to `most`, or not whole; -1 when there is none. */
export function firstNumberOutside(
  values: Float64Array | Int32Array,
  least: number,
  most: number,
  whole = false,
): number {
  const at = new Workspace().hold(values);
  return values instanceof Int32Array
    ? firstInt32Outside(at, values.length, least, most)
    : firstFloat64Outside(at, values.length, least, most, Number(whole));
}

/** How many of the flags are 0. */
export function zerosIn(flags: Uint8Array): number {
  return countZeros(new Workspace().hold(flags), flags.length);
}

/** Whether every number is larger than the one before it. */
export function isAscending(values: Float64Array): boolean {
  return areAscending(new Workspace().hold(values), values.length) !== 0;
}

/**
 * The rows whose wall clock - times in ms since 1970, offsets in seconds from UTC - is from `start` on
 * and before `end`; undefined when all are.
 */
export function rowsWithin(
  times: Float64Array,
  offsets: Int32Array,
  start: number,
  end: number,
): Int32Array | undefined {
  const { length } = times;
  const workspace = new Workspace();
  const timesAt = workspace.hold(times);
  const offsetsAt = workspace.hold(offsets);
  const to = workspace.room((length + 1) * 4);
  const count = writeRowsWithin(timesAt, offsetsAt, length, start, end, to);
  return count === length ? undefined : new Int32Array(int32At(to, count));
}

/** How many different steps of that length (ms, counted from 1970) ascending times lie in. */
export function stepsOf(times: Float64Array, step: number): number {
  return countSteps(new Workspace().hold(times), times.length, step);
}
