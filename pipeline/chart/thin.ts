/**
 * Dense samples made few enough to draw, without changing the picture: of all samples in one column
 * of pixels, the first, the least, the greatest and the last make the same line as all of them do
 * (Jugel et al., "M4: a visualization-oriented time series data aggregation", VLDB 2014).
 */

/** A point of a line; the line is broken where `value` is not a number. */
export interface Point {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
}

export interface Thinning {
  /** Milliseconds since 1970: what the picture shows, both ends included. */
  readonly from: number;
  readonly to: number;
  /** Pixels between `from` and `to`. */
  readonly columns: number;
  /** A line is not drawn over a longer gap than this (ms): nothing was measured there. */
  readonly longestGap: number;
}

/**
 * The points to draw, in order of time: at most four for each column of pixels, and one more that
 * breaks the line where samples lie too far apart. Times ascend; a value that is not a number
 * breaks the line, too.
 */
export function thinned(
  times: ArrayLike<number>,
  values: ArrayLike<number>,
  { from, to, columns, longestGap }: Thinning,
): Point[] {
  const points: Point[] = [];
  let first = -1;
  let least = -1;
  let greatest = -1;
  let previous = -1;
  let column = -1;

  const flush = () => {
    if (first < 0) return;
    const kept = [first, least, greatest, previous].sort((a, b) => a - b);
    for (const [i, row] of kept.entries()) {
      if (i === 0 || row !== kept[i - 1]) points.push({ time: times[row]!, value: values[row]! });
    }
    first = -1;
  };
  const breakLine = () => {
    flush();
    const last = points.at(-1);
    if (last !== undefined && !Number.isNaN(last.value)) {
      points.push({ time: last.time, value: NaN });
    }
    previous = -1;
  };

  for (let row = 0; row < times.length; row++) {
    const time = times[row]!;
    if (time < from || time > to) continue;
    const value = values[row]!;
    if (Number.isNaN(value)) {
      breakLine();
      continue;
    }
    if (previous >= 0 && time - times[previous]! > longestGap) breakLine();
    const at = Math.floor((time - from) / (to - from) * columns);
    if (at !== column) flush();
    column = at;
    if (first < 0) first = least = greatest = row;
    if (value < values[least]!) least = row;
    if (value > values[greatest]!) greatest = row;
    previous = row;
  }
  flush();
  return points;
}
