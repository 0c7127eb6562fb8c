/**
 * What one `heart_rate-<day>.json` file says about its wearer's clock. Its times are UTC, but the
 * file holds exactly one civil day and is sorted by wall clock. So every sample bounds the offset,
 * and where the wall clock fell back (an autumn night, a journey west) the samples of the repeated
 * hours lie interleaved. Pure.
 */

import type { Day } from "../../day.ts";

/**
 * Samples without a gap that a change back of the wall clock could hide in. Instants are ms since
 * 1970, UTC.
 */
export interface Stretch {
  readonly first: number;
  readonly last: number;
  /**
   * By how much the wall clock fell back between the stretch before and this one, in ms, where the
   * order of the file shows it; null as `most` when nothing bounds it.
   */
  readonly fellBack?: { readonly least: number; readonly most: number | null };
}

export interface DayEvidence {
  readonly day: Day;
  /** In order of time; at least one. */
  readonly stretches: readonly Stretch[];
}

/** Zones differ by quarters of an hour, so no clock falls back by less. */
export const offsetGridMs = 900_000;

/** Steps back that are smaller than any change of the clock are disorder, not a change. */
const leastStepBack = offsetGridMs - 60_000;

/** Nobody flies west more often than this on one day; more steps back are an unsorted file. */
const mostChangesOfADay = 3;

/**
 * The evidence of one file; undefined when it has no sample.
 * @param times Instants of the samples in the order of the file.
 */
export function dayEvidence(day: Day, times: Float64Array): DayEvidence | undefined {
  if (times.length === 0) return undefined;
  const sorted = times.slice().sort();
  const changes = changesBack(times);
  if (changes === undefined) {
    return { day, stretches: [{ first: sorted[0]!, last: sorted[sorted.length - 1]! }] };
  }
  const stretches: Stretch[] = [];
  let first = sorted[0]!;
  let fellBack: Stretch["fellBack"];
  for (let i = 1; i <= sorted.length; i++) {
    const before = sorted[i - 1]!;
    const next = sorted[i] ?? Infinity;
    const change = changes.find(({ from, until }) => before === from && next === until);
    if (change === undefined && next - before < offsetGridMs) continue;
    stretches.push({ first, last: before, ...(fellBack === undefined ? {} : { fellBack }) });
    first = next;
    fellBack = change === undefined ? undefined : { least: change.least, most: change.most };
  }
  return { day, stretches };
}

/** The wall clock fell back after the sample at `from` and not after that at `until`. */
interface ChangeBack {
  readonly from: number;
  readonly until: number;
  readonly least: number;
  readonly most: number | null;
}

/**
 * The falls of the wall clock that the file's order shows. A step back in UTC can only lead from a
 * sample after the change to one before it, so the change lies within every such step. Undefined
 * when there are more than a day can have.
 */
function changesBack(times: Float64Array): ChangeBack[] | undefined {
  const spans: { from: number; until: number; least: number }[] = [];
  for (let i = 1; i < times.length; i++) {
    const until = times[i - 1]!;
    const from = times[i]!;
    if (until - from < leastStepBack) continue;
    const span = spans.find((span) => Math.max(span.from, from) < Math.min(span.until, until));
    if (span === undefined) spans.push({ from, until, least: until - from });
    else {
      span.from = Math.max(span.from, from);
      span.until = Math.min(span.until, until);
      span.least = Math.max(span.least, until - from);
    }
  }
  if (spans.length > mostChangesOfADay) return undefined;
  return spans.map((span) => narrowed(times, span)).sort((a, b) => a.from - b.from);
}

/**
 * The change between two neighbouring samples. Two samples that follow each other in the file with a
 * smaller step forward than the clock fell back are on the same side of the change; of the places
 * that are left the widest is taken.
 */
function narrowed(
  times: Float64Array,
  span: { from: number; until: number; least: number },
): ChangeBack {
  const { least } = span;
  const inside = times.filter((time) => time >= span.from && time <= span.until).sort();
  const joined = new Int32Array(inside.length + 2);
  for (let i = 1; i < times.length; i++) {
    const before = times[i - 1]!;
    const next = times[i]!;
    const joins = before < next && next - before < least;
    if (!joins || next <= span.from || before >= span.until) continue;
    joined[firstAtLeast(inside, before) + 1]!++;
    joined[firstAtLeast(inside, next) + 1]!--;
  }
  let { from, until } = span;
  let widest = 0;
  let depth = 0;
  for (let k = 1; k < inside.length; k++) {
    depth += joined[k]!;
    const width = inside[k]! - inside[k - 1]!;
    if (depth > 0 || width <= widest) continue;
    widest = width;
    from = inside[k - 1]!;
    until = inside[k]!;
  }
  let most = Infinity;
  for (let i = 1; i < times.length; i++) {
    const before = times[i - 1]!;
    const next = times[i]!;
    if (before <= from && next >= until) most = Math.min(most, next - before);
  }
  return { from, until, least, most: most === Infinity ? null : most };
}

/** Index of the first value that is not smaller; the length when all are. */
export function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
