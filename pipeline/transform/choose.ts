/**
 * Which series supplies the rows of a day. Exactly one does, never a mixture, so that nothing is
 * counted twice. Pure.
 */

import type { SourceName } from "../raw/manifest.ts";

/** How much of a day a series covers. */
export interface Candidate {
  /** Distinct minutes with at least one row; for daily values 1 or 0. */
  readonly minutes: number;
  readonly rows: number;
  readonly source?: SourceName;
  /** Not to be taken while another candidate of the same source has rows. */
  readonly fallback?: boolean;
}

/** Why the candidate that was chosen was. */
export type WhyChosen = "nothing else" | "covers most" | "first of equals" | "not a fallback";

/** Why {@link chooseSeries} chose as it did. */
export function whyChosen(candidates: readonly Candidate[], chosen: number): WhyChosen {
  const { minutes = 0, source } = candidates[chosen] ?? {};
  const others = candidates.filter(({ rows }, index) => rows > 0 && index !== chosen);
  if (others.length === 0) return "nothing else";
  const equals = others.filter((other) => !(other.fallback === true && other.source === source));
  if (equals.length === 0) return "not a fallback";
  return equals.some((other) => other.minutes === minutes) ? "first of equals" : "covers most";
}

/**
 * The index of the candidate that covers most minutes; of equals the first, since candidates come
 * in order of preference. A fallback gives way to every other of its source. Undefined when none has
 * a row.
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
  const preferred = candidates.filter(({ rows, fallback }) => rows > 0 && fallback !== true);
  candidates.forEach(({ minutes, rows, source, fallback }, index) => {
    if (fallback === true && preferred.some((other) => other.source === source)) return;
    if (rows > 0 && (chosen === undefined || minutes > most)) {
      chosen = index;
      most = minutes;
    }
  });
  return chosen;
}
