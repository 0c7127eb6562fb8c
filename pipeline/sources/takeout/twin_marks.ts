/**
 * What of a file its twin on the other clock is known by. Calories stand in the JSON tree on the wall
 * clock and in the CSV tree in UTC, with the same numbers: where they are the same is how far the
 * clocks are apart. A file is looked at alone, so it leaves marks: digests of quarters of an hour,
 * chosen by their content, so that both twins choose the same. Zones differ by whole quarters.
 * `aligned_offsets.ts` puts the marks of twins together. Pure.
 */

/** The marks of a file of a family that has a twin. */
export interface TwinMarks {
  /** What is counted; the same in both twins. */
  readonly of: string;
  /** When the marked quarters begin, in quarters of an hour since 1970 as written. */
  readonly quarters: readonly number[];
  /** Their digests, 32 bits each. */
  readonly digests: readonly number[];
}

/** How the values of a family are told to be the same as those of its twin. */
export interface TwinSpec {
  readonly of: string;
  /** Of the file's units, so many are a unit that both twins count in hundredths. */
  readonly unit: number;
}

export const quarterMs = 900_000;
const minuteMs = 60_000;
const minutesOfQuarter = 15;

/** Of full quarters, of which a day awake has dozens, one in so many is a mark. */
const fullOnesPerMark = 4;

/** Fewer values, or all of them the same, are found at any time of any day. */
const leastValues = 3;

/**
 * The marks of a file with a value a minute; undefined where there is none.
 * @param times Ms since 1970 as written, in the order of the file; NaN where there is none.
 */
export function twinMarks(
  { of, unit }: TwinSpec,
  times: Float64Array,
  values: Float64Array,
): TwinMarks | undefined {
  const quarters: number[] = [];
  const digests: number[] = [];
  for (let first = 0, end = 0; first < times.length; first = end) {
    const quarter = Math.floor(times[first]! / quarterMs);
    end = first + 1;
    while (end < times.length && Math.floor(times[end]! / quarterMs) === quarter) end++;
    const digest = digestOf(
      times.subarray(first, end),
      values.subarray(first, end).map((value) => Math.round(value / unit * 100)),
    );
    if (digest === undefined || Number.isNaN(quarter)) continue;
    quarters.push(quarter);
    digests.push(digest);
  }
  return quarters.length === 0 ? undefined : { of, quarters, digests };
}

/** The digest of the minutes of a quarter with their values; undefined for one that is no mark. */
function digestOf(times: Float64Array, values: Float64Array): number | undefined {
  // One file has the minutes in which nothing happened, the other leaves them out.
  const counted = Array.from(values.keys()).filter((row) => values[row] !== 0);
  if (counted.length < leastValues || counted.length > minutesOfQuarter) return undefined;
  const isFull = counted.length === minutesOfQuarter;
  if (isFull && new Set(values).size < leastValues) return undefined;
  // FNV-1a, a step a number.
  let digest = 0x811c9dc5;
  let previous = -1;
  for (const row of counted) {
    const minute = Math.floor(times[row]! / minuteMs) % minutesOfQuarter;
    // A repeated hour, two recorders side by side: no order that the twin has too.
    if (!(minute > previous) || !Number.isFinite(values[row])) return undefined;
    previous = minute;
    digest = Math.imul(digest ^ minute, 0x01000193);
    digest = Math.imul(digest ^ values[row]!, 0x01000193);
  }
  digest >>>= 0;
  // The upper bits: the lowest depend on the lowest of the values alone.
  return isFull && (digest >>> 16) % fullOnesPerMark !== 0 ? undefined : digest;
}
