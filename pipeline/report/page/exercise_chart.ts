/** An exercise's heart rate: small on its card, and large with the person's zones behind it. */

import * as Plot from "@observablehq/plot";
import { paint } from "../../chart/theme.ts";
import { type CurvePoint, curvePoints } from "../exercise_curve.ts";
import type { Exercise } from "../page_data.ts";
import { svg } from "./dom.ts";
import type { Page } from "./page.ts";
import { plot, unitLabel } from "./plot.ts";

function pointsOf({ curve }: Exercise): CurvePoint[] {
  return curve === null ? [] : curvePoints(curve);
}

/** The curve without axes. */
export function sparkline(exercise: Exercise): SVGSVGElement {
  const [width, height] = [200, 48];
  const picture = svg("svg", {
    viewBox: `0 0 ${width} ${height}`,
    class: "spark",
    "aria-hidden": "true",
    preserveAspectRatio: "none",
  });
  const points = pointsOf(exercise);
  const known = points.map(({ bpm }) => bpm).filter((bpm) => !Number.isNaN(bpm));
  const least = known.reduce((a, b) => Math.min(a, b), Infinity);
  const most = known.reduce((a, b) => Math.max(a, b), least + 20);
  const length = points.at(-1)?.minute ?? 1;
  const line = (from: number, to: number) => {
    let pen = "M";
    return points.map(({ minute, bpm }) => {
      if (minute < from || minute > to || Number.isNaN(bpm)) {
        pen = "M";
        return "";
      }
      const x = minute / length * width;
      const y = height - 3 - (bpm - least) / (most - least) * (height - 6);
      const part = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = "L";
      return part;
    }).join("");
  };
  const end = exercise.duration_s / 60;
  const last = points.findLast(({ minute }) => minute <= end)?.minute ?? end;
  for (const [d, opacity] of [[line(0, last), 1], [line(last, Infinity), 0.6]] as const) {
    picture.append(
      svg("path", {
        d,
        fill: "none",
        stroke: paint.main,
        "stroke-width": 1.5,
        "stroke-opacity": opacity,
        "vector-effect": "non-scaling-stroke",
        "stroke-linejoin": "round",
      }),
    );
  }
  return picture;
}

const zoneColours = [paint.easy, paint.moderate, paint.vigorous, paint.peak];

/** The curve with axes, the zones' bounds behind it, and the end marked. */
export function exerciseChart(
  page: Page,
  exercise: Exercise,
  width: number,
): SVGSVGElement | undefined {
  const points = pointsOf(exercise);
  if (points.length === 0) return undefined;
  const known = points.map(({ bpm }) => bpm).filter((bpm) => !Number.isNaN(bpm));
  const least = known.reduce((a, b) => Math.min(a, b), Infinity) - 5;
  const most = known.reduce((a, b) => Math.max(a, b), -Infinity) + 5;
  const zones = page.data.zones.findLast(({ from }) => from <= exercise.day)?.zones ?? [];
  const end = exercise.duration_s / 60;
  const bounds = zones.map(([name, from], i) => ({
    name,
    from: Math.max(from, least),
    to: Math.min(zones[i + 1]?.[1] ?? most, most),
    colour: zoneColours[i] ?? paint.peak,
  })).filter(({ from, to }) => from < to);
  const names = bounds.filter(({ from, to }) => (to - from) / (most - least) > 0.08);
  return plot({
    width,
    height: 240,
    marginTop: 24,
    marginBottom: 40,
    // The zones' names stand beside their bands, out of the way of the curve.
    ...names.length === 0 ? {} : { marginRight: 88 },
    x: { label: "minutes from the start", labelAnchor: "center", labelArrow: "none" },
    y: { label: null, tickSize: 0, ticks: 6, domain: [least, most] },
    color: { type: "identity" },
    marks: [
      unitLabel("beats/min"),
      Plot.rectX(bounds, {
        x1: 0,
        x2: points.at(-1)?.minute ?? end,
        y1: "from",
        y2: "to",
        fill: "colour",
        fillOpacity: 0.16,
      }),
      Plot.text(names, {
        y: ({ from, to }: { from: number; to: number }) => (from + to) / 2,
        frameAnchor: "right",
        textAnchor: "start",
        dx: 8,
        text: ({ name }: { name: string }) => name.replaceAll("_", " "),
      }),
      Plot.ruleX([end], { stroke: paint.muted, strokeDasharray: "2,3" }),
      Plot.text([end], {
        x: end,
        text: () => "end",
        frameAnchor: "top",
        textAnchor: "start",
        dx: 4,
        dy: 4,
      }),
      Plot.lineY(points, { x: "minute", y: "bpm", stroke: paint.main, strokeWidth: 1.75 }),
    ],
  });
}
