/**
 * Rows of a fixed number of numbers, a growing array for each column: what is read from a document
 * before it becomes columns of a table. NaN stands for null.
 */

import { int32sOf } from "../../kernels/numbers.ts";

/** Rows of a buffer: from `first` up to, not including, `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

const firstRows = 4096;

/** The memory of buffers that are done with: that of the next ones. */
const spare: Float64Array[] = [];

export class ColumnBuffer {
  /** An array a column; longer than the rows it holds. */
  readonly columns: Float64Array[];
  /** How many rows are complete. */
  rows = 0;

  constructor(width: number) {
    this.columns = Array.from({ length: width }, () => spare.pop() ?? new Float64Array(firstRows));
  }

  /**
   * Hands its memory on to the next buffer, which over many documents saves asking for as much again
   * and again. This one is empty afterwards.
   */
  handOn(): void {
    spare.push(...this.columns.splice(0));
    this.rows = 0;
  }

  /** Makes room for so many more rows. */
  reserve(more: number): void {
    const needed = this.rows + more;
    this.columns.forEach((column, index) => {
      if (needed <= column.length) return;
      const longer = new Float64Array(Math.max(needed, column.length * 2));
      longer.set(column.subarray(0, this.rows));
      this.columns[index] = longer;
    });
  }

  /** Adds rows from so many numbers of each column. */
  append(rows: number, numbersOf: (column: number) => Float64Array): void {
    this.reserve(rows);
    this.columns.forEach((column, index) => column.set(numbersOf(index), this.rows));
    this.rows += rows;
  }

  /** One column of the rows in those ranges, one range after the other. */
  float64(column: number, ranges: readonly RowRange[]): Float64Array {
    const into = new Float64Array(rowsIn(ranges));
    let row = 0;
    for (const { first, end } of ranges) {
      into.set(this.columns[column]?.subarray(first, end) ?? [], row);
      row += end - first;
    }
    return into;
  }

  /** The same for whole numbers within 32 bits; NaN becomes 0. */
  int32(column: number, ranges: readonly RowRange[]): Int32Array {
    const [only] = ranges;
    return int32sOf(
      only !== undefined && ranges.length === 1
        ? this.columns[column]?.subarray(only.first, only.end) ?? new Float64Array()
        : this.float64(column, ranges),
    );
  }
}

/** How many rows the ranges hold. */
export function rowsIn(ranges: readonly RowRange[]): number {
  return ranges.reduce((sum, { first, end }) => sum + end - first, 0);
}
