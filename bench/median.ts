import type { Timing } from "./programs.ts";

/** The middle one of some numbers, or the mean of the middle two. Throws a RangeError when there is none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined) throw new RangeError("Cannot take no median");
  return (low + high) / 2;
}

/** The median time, and the most memory that any round took. */
export function middle(timings: readonly Timing[]): Timing {
  return {
    seconds: median(timings.map(({ seconds }) => seconds)),
    peakBytes: Math.max(...timings.map(({ peakBytes }) => peakBytes)),
  };
}
