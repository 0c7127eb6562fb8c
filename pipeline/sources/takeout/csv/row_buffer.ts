/**
 * Rows of a fixed number of numbers, one after the other in one growing array: what is read from a
 * document before it becomes columns. NaN stands for null.
 */

import { type RowRange, rowsIn } from "../../json/column_buffer.ts";

const firstRows = 4096;

/** The memory of a buffer that is done with: that of the next one. */
let spare: Float64Array | undefined;

export class RowBuffer {
  /** `width` numbers a row; longer than the rows it holds. */
  values: Float64Array;
  /** How many rows are complete. */
  rows = 0;

  constructor(readonly width: number) {
    this.values = spare ?? new Float64Array(firstRows * width);
    spare = undefined;
  }

  /**
   * Hands its memory on to the next buffer, which over many documents saves asking for as much again
   * and again. This one is empty afterwards.
   */
  handOn(): void {
    spare = this.values;
    this.values = new Float64Array();
    this.rows = 0;
  }

  /** Makes room for one more row and returns where its first number goes. */
  next(): number {
    const base = this.rows * this.width;
    if (base + this.width > this.values.length) {
      const wider = new Float64Array(this.values.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    return base;
  }

  /** One column of the rows in those ranges, one range after the other. */
  float64(column: number, ranges: readonly RowRange[]): Float64Array {
    const into = new Float64Array(rowsIn(ranges));
    let row = 0;
    for (const { first, end } of ranges) {
      for (let i = first; i < end; i++) into[row++] = this.values[i * this.width + column]!;
    }
    return into;
  }
}
