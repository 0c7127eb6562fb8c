/** What the kernels tell of a whole column of numbers. */

import {
  countSteps,
  countZeros,
  extentOfFloat64,
  extentOfInt32,
  isDescending as areDescending,
  writeInt32s,
  writeRowsWithin,
} from "./kernels.wasm";
import { float64At, int32At, Workspace } from "./memory.ts";

/** Where the kernels put the least and the largest number. */
const extentAt = 16;

/** What the kernels say of numbers beside them, a bit each. */
const allWhole = 1;
const allAscending = 2;

/** The least and the largest of some numbers; both NaN when one of them is, or there is none. */
export interface Extent {
  readonly min: number;
  readonly max: number;
  /** Whether none has a fraction. */
  readonly whole: boolean;
}

interface FloatExtent extends Extent {
  /** Whether every number is larger than the one before it. */
  readonly ascending: boolean;
}

/** What is asked for of a column more than once: columns are not written to once they are made. */
const extents = new WeakMap<Int32Array, Extent>();
const floatExtents = new WeakMap<Float64Array, FloatExtent>();

/** The extent of numbers that do not change any more. */
export function extentOf(values: Float64Array | Int32Array): Extent {
  if (values instanceof Float64Array) return floatExtentOf(values);
  let extent = extents.get(values);
  if (extent === undefined) {
    extentOfInt32(new Workspace().hold(values), values.length);
    extent = { ...minAndMax(), whole: true };
    extents.set(values, extent);
  }
  return extent;
}

function floatExtentOf(values: Float64Array): FloatExtent {
  let extent = floatExtents.get(values);
  if (extent === undefined) {
    const found = extentOfFloat64(new Workspace().hold(values), values.length);
    const whole = (found & allWhole) !== 0;
    extent = { ...minAndMax(), whole, ascending: (found & allAscending) !== 0 };
    floatExtents.set(values, extent);
  }
  return extent;
}

function minAndMax(): { min: number; max: number } {
  const [min = NaN, max = NaN] = float64At(extentAt, 2);
  return { min, max };
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

/** Whether every number, of those that do not change any more, is larger than the one before it. */
export function isAscending(values: Float64Array): boolean {
  return floatExtentOf(values).ascending;
}

/** Whether every number is smaller than the one before it. */
export function isDescending(values: Float64Array): boolean {
  return areDescending(new Workspace().hold(values), values.length) !== 0;
}

/**
 * The rows whose wall clock - times in ms since 1970, offsets in seconds from UTC - is from `start` on
 * and before `end`; undefined when all are. Neither column changes any more.
 */
export function rowsWithin(
  times: Float64Array,
  offsets: Int32Array,
  start: number,
  end: number,
): Int32Array | undefined {
  const { length } = times;
  const [time, offset] = [extentOf(times), extentOf(offsets)];
  const isWithin = time.min + offset.min * 1000 >= start && time.max + offset.max * 1000 < end;
  if (isWithin) return undefined;
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
