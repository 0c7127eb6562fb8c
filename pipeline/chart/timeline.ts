/** Measurements over time: a line through every sample, broken where nothing was measured. */

import * as Plot from "@observablehq/plot";
import { clockAxis } from "./clock_axis.ts";
import { chart, type LegendEntry, type Picture } from "./picture.ts";
import { paint, size } from "./theme.ts";
import { type Point, thinned } from "./thin.ts";
import { clockTime, instantsOf, type OffsetSpan, offsetSpans } from "./time_axis.ts";

/** Measurements in order of time; all arrays are equally long. */
export interface Series {
  /** Milliseconds since 1970, ascending. */
  readonly time_ms: Float64Array;
  /** Offset of the wearer's clock from UTC, in seconds. */
  readonly utc_offset_s: Float64Array;
  /** NaN where there is none. */
  readonly value: Float64Array;
}

export interface TimelineOptions {
  readonly title: string;
  readonly subtitle?: string;
  /** What the values are, with the unit: `Heart rate (beats/min)`. */
  readonly label: string;
  /** Where to begin and end, on the wearer's clock (`18:00`); the whole days unless given. */
  readonly from?: string;
  readonly to?: string;
  /** No line is drawn over a gap longer than this; 60 unless given. */
  readonly longest_gap_s?: number;
  readonly legend?: readonly LegendEntry[];
}

/** Strips across a picture that say, where the pointer rests on them, what was measured there. */
const readings_most = 120;

/**
 * The picture of a series over the wearer's own clock. Each sample is a dot of its own when there is
 * room for it. Throws a RangeError when the series is empty, or when `from` or `to` is no time the
 * clock showed.
 */
export function timeline(series: Series, options: TimelineOptions): Picture {
  const { title, subtitle, label, legend, longest_gap_s = 60 } = options;
  const spans = offsetSpans(series.time_ms, series.utc_offset_s);
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) {
    throw new RangeError(`Cannot draw "${title}": there is no row`);
  }
  const from = options.from === undefined ? first.start : instant(options.from, spans, 0);
  const to = options.to === undefined ? last.end : instant(options.to, spans, -1);
  if (from >= to) throw new RangeError(`Cannot draw from ${options.from} to ${options.to}`);

  const columns = size.width - size.marginLeft - size.marginRight;
  const longestGap = longest_gap_s * 1000;
  const points = thinned(series.time_ms, series.value, { from, to, columns, longestGap });
  const samples = points.length - points.filter(({ value }) => Number.isNaN(value)).length;
  const axis = clockAxis(spans, from, to);

  return chart({
    title,
    ...(subtitle === undefined ? {} : { subtitle }),
    ...(legend === undefined ? {} : { legend }),
    x: axis.x,
    y: { label },
    marks: [
      ...axis.marks,
      Plot.lineY(points, {
        x: ({ time }: { time: number }) => new Date(time),
        y: "value",
        stroke: paint.main,
        strokeWidth: 1,
        ...(samples <= columns ? { marker: "dot" as const } : {}),
      }),
      Plot.rectX(readings(points, spans, (to - from) / readings_most), {
        x1: "from",
        x2: "to",
        fill: "transparent",
        title: "words",
      }),
    ],
  });
}

/** What was measured in each strip of so many ms: the range of its values, and when it began. */
function readings(points: readonly Point[], spans: readonly OffsetSpan[], step: number) {
  const strips = new Map<number, { least: number; greatest: number }>();
  for (const { time, value } of points) {
    if (Number.isNaN(value)) continue;
    const from = Math.floor(time / step) * step;
    const { least, greatest } = strips.get(from) ?? { least: value, greatest: value };
    strips.set(from, { least: Math.min(least, value), greatest: Math.max(greatest, value) });
  }
  return Array.from(strips, ([from, { least, greatest }]) => {
    const offset_s = spans.findLast(({ start }) => start <= from)?.offset_s ??
      spans[0]?.offset_s ?? 0;
    const range = least === greatest ? `${least}` : `${least} to ${greatest}`;
    return {
      from: new Date(from),
      to: new Date(from + step),
      words: `${clockTime(from, offset_s)}: ${range}`,
    };
  });
}

function instant(timeOfDay: string, spans: readonly OffsetSpan[], at: 0 | -1): number {
  const found = instantsOf(timeOfDay, spans).at(at);
  if (found === undefined) {
    throw new RangeError(`The clock did not show ${timeOfDay} on that day`);
  }
  return found;
}
