/**
 * Which series supplies the rows of a day. Exactly one does, never a mixture, so that nothing is
 * counted twice. Pure.
 */

/** How much of a day a series covers. */
export interface Candidate {
  /** Distinct minutes with at least one row; for daily values 1 or 0. */
  readonly minutes: number;
  readonly rows: number;
}

/**
 * The index of the candidate that covers most minutes; of equals the first, since candidates come
 * in order of preference. Undefined when none has a row.
 *
 * @example
 * ```ts
 * import { chooseSeries } from "./choose.ts";
 * import assert from "node:assert/strict";
 * assert.equal(chooseSeries([{ minutes: 900, rows: 9000 }, { minutes: 1200, rows: 1200 }]), 1);
 * ```
 */
export function chooseSeries(candidates: readonly Candidate[]): number | undefined {
  let chosen: number | undefined;
  let most = 0;
  candidates.forEach(({ minutes, rows }, index) => {
    if (rows > 0 && (chosen === undefined || minutes > most)) {
      chosen = index;
      most = minutes;
    }
  });
  return chosen;
}
