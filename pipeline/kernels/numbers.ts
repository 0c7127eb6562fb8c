/** What the kernels tell of a whole column of numbers. */

import {
  countSteps,
  countZeros,
  extentOfFloat64,
  extentOfInt32,
  isAscending as areAscending,
  writeInt32s,
  writeRowsWithin,
} from "./kernels.wasm";
import { float64At, int32At, Workspace } from "./memory.ts";

/** Where the kernels put the least and the largest number. */
const extentAt = 16;

/** The least and the largest of some numbers; both NaN when one of them is, or there is none. */
export interface Extent {
  readonly min: number;
  readonly max: number;
  /** Whether none has a fraction. */
  readonly whole: boolean;
}

/** What is asked for of a column more than once: columns are not written to once they are made. */
const extents = new WeakMap<Float64Array | Int32Array, Extent>();

/** The extent of numbers that do not change any more. */
export function extentOf(values: Float64Array | Int32Array): Extent {
  let extent = extents.get(values);
  if (extent === undefined) {
    const at = new Workspace().hold(values);
    const whole = values instanceof Int32Array
      ? extentOfInt32(at, values.length)
      : extentOfFloat64(at, values.length);
    const [min = NaN, max = NaN] = float64At(extentAt, 2);
    extent = { min, max, whole: whole !== 0 };
    extents.set(values, extent);
  }
  return extent;
}

/** Whole numbers within 32 bits as such; NaN becomes 0. */
export function int32sOf(values: Float64Array): Int32Array {
  const { length } = values;
  const workspace = new Workspace();
  const valuesAt = workspace.hold(values);
  const to = workspace.room(length * 4);
  writeInt32s(valuesAt, length, to);
  return new Int32Array(int32At(to, length));
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
