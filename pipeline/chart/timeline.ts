/** Measurements over time: a line through every sample, broken where nothing was measured. */

import * as Plot from "@observablehq/plot";
import { chart, type LegendEntry, type Picture } from "./picture.ts";
import { paint, size } from "./theme.ts";
import { thinned } from "./thin.ts";
import { instantsOf, localTicks, offsetName, type OffsetSpan, offsetSpans } from "./time_axis.ts";

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
  const ticks = localTicks(spans, from, to);
  const labels = new Map(ticks.map(({ time, label }) => [time, label]));
  const times = ticks.map(({ time }) => new Date(time));
  const startOf = ({ start }: OffsetSpan) => new Date(start);
  const shown = spans.filter(({ start, end }) => start < to && end > from);
  const changes = shown.slice(1);

  return chart({
    title,
    ...(subtitle === undefined ? {} : { subtitle }),
    ...(legend === undefined ? {} : { legend }),
    x: {
      type: "utc",
      domain: [new Date(from), new Date(to)],
      label: `Local time (${shown.map(({ offset_s }) => offsetName(offset_s)).join(", then ")})`,
    },
    y: { label },
    marks: [
      Plot.gridX(times),
      Plot.axisX(times, {
        tickFormat: (time: Date) => labels.get(time.getTime()) ?? "",
        labelAnchor: "center",
        labelArrow: "none",
      }),
      Plot.ruleX(changes, { x: startOf, stroke: paint.muted, strokeDasharray: "2,3" }),
      Plot.text(changes, {
        x: startOf,
        text: ({ offset_s }: OffsetSpan) => offsetName(offset_s),
        frameAnchor: "top",
        textAnchor: "start",
        dx: 4,
      }),
      Plot.lineY(points, {
        x: ({ time }: { time: number }) => new Date(time),
        y: "value",
        stroke: paint.main,
        strokeWidth: 1,
        ...(samples <= columns ? { marker: "dot" as const } : {}),
      }),
    ],
  });
}

function instant(clockTime: string, spans: readonly OffsetSpan[], at: 0 | -1): number {
  const found = instantsOf(clockTime, spans).at(at);
  if (found === undefined) {
    throw new RangeError(`The clock did not show ${clockTime} on that day`);
  }
  return found;
}
