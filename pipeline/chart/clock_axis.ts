/** The x axis of a picture over time: UTC on the line, the wearer's clock on the labels. */

import * as Plot from "@observablehq/plot";
import { paint } from "./theme.ts";
import { localTicks, offsetName, type OffsetSpan } from "./time_axis.ts";

/**
 * The options of `x` and the marks of the axis for what lies between two instants (ms since 1970): its
 * grid, its labels, and where the wearer's clock changed.
 */
export function clockAxis(spans: readonly OffsetSpan[], from: number, to: number): {
  readonly x: Plot.ScaleOptions;
  readonly marks: readonly Plot.Markish[];
} {
  const ticks = localTicks(spans, from, to);
  const labels = new Map(ticks.map(({ time, label }) => [time, label]));
  const times = ticks.map(({ time }) => new Date(time));
  const shown = spans.filter(({ start, end }) => start < to && end > from);
  const startOf = ({ start }: OffsetSpan) => new Date(start);
  return {
    x: {
      type: "utc",
      domain: [new Date(from), new Date(to)],
      label: `Local time (${shown.map(({ offset_s }) => offsetName(offset_s)).join(", then ")})`,
    },
    marks: [
      Plot.gridX(times),
      Plot.axisX(times, {
        tickFormat: (time: Date) => labels.get(time.getTime()) ?? "",
        labelAnchor: "center",
        labelArrow: "none",
      }),
      Plot.ruleX(shown.slice(1), { x: startOf, stroke: paint.muted, strokeDasharray: "2,3" }),
      Plot.text(shown.slice(1), {
        x: startOf,
        text: ({ offset_s }: OffsetSpan) => offsetName(offset_s),
        frameAnchor: "top",
        textAnchor: "start",
        dx: 4,
      }),
    ],
  };
}
