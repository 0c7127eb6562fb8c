/** How the kernels (`kernels/assembly/values.ts`) are told what kind of value to read. */

import type { ValueShape, Writing } from "./record_shape.ts";

const codes: Readonly<Record<Writing, number>> = {
  instant: 0,
  utc_offset: 1,
  us_date_time: 2,
  clock_time: 3,
  whole: 4,
  text: 5,
  decimal: 6,
};

/** A value's shape as numbers. */
export interface Reading {
  readonly code: number;
  /** Where in a row the number goes; negative when it is not kept. */
  readonly column: number;
  readonly min: number;
  readonly max: number;
}

/** The reading of a value of that shape. */
export function readingOf({ writing, column = -1, min, max }: ValueShape): Reading {
  return { code: codes[writing], column, min, max };
}

/** In place of a code: no value follows. */
export const noValue = -1;
