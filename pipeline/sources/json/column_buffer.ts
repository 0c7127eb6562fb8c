/**
 * Rows of a fixed number of numbers, a growing array for each column: what is read from a document
 * before it becomes columns of a table. NaN stands for null.
 */

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
    return this.#copy(new Float64Array(rowsIn(ranges)), column, ranges);
  }

  /** The same for whole numbers within 32 bits; NaN becomes 0. */
  int32(column: number, ranges: readonly RowRange[]): Int32Array {
    return this.#copy(new Int32Array(rowsIn(ranges)), column, ranges);
  }

  #copy<T extends Float64Array | Int32Array>(
    into: T,
    column: number,
    ranges: readonly RowRange[],
  ): T {
    let row = 0;
    for (const { first, end } of ranges) {
      const numbers = this.columns[column]?.subarray(first, end) ?? [];
      into.set(numbers, row);
      row += end - first;
    }
    return into;
  }
}

/** How many rows the ranges hold. */
export function rowsIn(ranges: readonly RowRange[]): number {
  return ranges.reduce((sum, { first, end }) => sum + end - first, 0);
}
