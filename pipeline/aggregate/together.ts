/** Several ways to aggregate one table, as the one contribution that it makes. */

import type { DenseContribution } from "./contribution.ts";

/** The columns of all of them. Throws a RangeError unless they are of one table. */
export function together(...all: readonly DenseContribution[]): DenseContribution {
  const [first] = all;
  const tables = Array.from(new Set(all.map(({ table }) => table.name)));
  if (first === undefined || tables.length > 1) {
    throw new RangeError(`Cannot put contributions together: expected one table, got ${tables}`);
  }
  return {
    ...first,
    reads: Array.from(new Set(all.flatMap(({ reads }) => reads))),
    columns: all.flatMap(({ columns }) => columns),
    tellsClock: all.some(({ tellsClock }) => tellsClock),
    lasts: all.some(({ lasts }) => lasts),
    measure(rows, grid) {
      for (const one of all) one.measure(rows, grid);
    },
  };
}
