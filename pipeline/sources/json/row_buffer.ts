/**
 * Rows of a fixed number of numbers, one after the other in one growing array: what is read from a
 * document before it becomes columns. NaN stands for null.
 */

const firstRows = 4096;

export class RowBuffer {
  /** `width` numbers a row; longer than the rows it holds. */
  values: Float64Array;
  /** How many rows are complete. */
  rows = 0;

  constructor(readonly width: number) {
    this.values = new Float64Array(firstRows * width);
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
}

/** Rows of a buffer: from `first` up to, not including, `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}
