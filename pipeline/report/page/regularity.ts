/** When one sleeps: from falling asleep to waking up along the clock, and how far the middle wanders. */

import * as Plot from "@observablehq/plot";
import { paint } from "../../chart/theme.ts";
import { MS_PER_DAY } from "../../day.ts";
import { trendDays, trendOf } from "../normal.ts";
import { figure } from "./figure.ts";
import { isoDay, type Page } from "./page.ts";
import { plot } from "./plot.ts";
import { clock, minutes } from "./words.ts";

interface Night {
  readonly day: number;
  readonly date: Date;
  readonly start: number;
  readonly middle: number;
  readonly end: number;
  readonly trend: number | undefined;
}

/** The figure of all nights. */
export function regularityFigure(page: Page): HTMLElement {
  const nights = nightsOf(page);
  return figure({
    name: "regularity",
    title: "When you sleep",
    about: words(nights.map(({ middle }) => middle)),
    draw: (width) => nights.length === 0 ? undefined : drawNights(nights, width),
    table: () => ({
      head: [
        "date",
        "start",
        "middle",
        "end",
        "start_local_min",
        "middle_local_min",
        "end_local_min",
      ],
      rows: nights.map(({ day, start, middle, end }) => [
        isoDay(day),
        clock(start),
        clock(middle),
        clock(end),
        start,
        middle,
        end,
      ]),
    }),
  }).element;
}

function nightsOf(page: Page): Night[] {
  const starts = page.values("sleep_start_local_min");
  const middles = page.values("sleep_middle_local_min");
  const ends = page.values("sleep_end_local_min");
  const trends = trendOf(middles, trendDays(middles.length));
  return starts.flatMap((start, i): Night[] => {
    const [middle, end] = [middles[i] ?? null, ends[i] ?? null];
    const day = page.first + i;
    return start === null || middle === null || end === null
      ? []
      : [{ day, date: new Date(day * MS_PER_DAY), start, middle, end, trend: trends[i] }];
  });
}

function words(middles: readonly number[]): string {
  const last = middles.slice(-28);
  if (last.length < 2) return "The middle of each sleep, and how regular it is.";
  const mean = last.reduce((sum, value) => sum + value, 0) / last.length;
  const spread = Math.sqrt(
    last.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (last.length - 1),
  );
  return `The middle of your last ${last.length} nights was ${clock(mean)}, give or take ` +
    `${minutes(spread)} (one standard deviation).`;
}

function drawNights(nights: readonly Night[], width: number): SVGSVGElement {
  const days = (nights.at(-1)?.day ?? 0) - (nights[0]?.day ?? 0) + 1;
  const isMany = nights.length > 400;
  const thickness = Math.min(8, Math.max(isMany ? 0.6 : 1.5, width / days * 0.55));
  const least = nights.reduce((least, { start }) => Math.min(least, start), Infinity);
  const most = nights.reduce((most, { end }) => Math.max(most, end), -Infinity);
  const every = most - least > 900 ? 180 : 120;
  const ticks = Array.from(
    { length: Math.floor(most / every) - Math.ceil(least / every) + 1 },
    (_, i) => (Math.ceil(least / every) + i) * every,
  );
  return plot({
    width,
    height: 220,
    x: { type: "utc", label: null },
    y: {
      reverse: true,
      label: null,
      tickSize: 0,
      ticks,
      grid: true,
      tickFormat: (value: number) => clock(value),
    },
    marks: [
      bars(nights, thickness, isMany ? 0.25 : 0.75),
      // Drawn as one path above; this one tells the scales of their ends.
      Plot.ruleX(nights, { x: "date", y1: "start", y2: "end", stroke: "none" }),
      Plot.lineY(nights, {
        x: "date",
        y: (night: Night) => night.trend ?? NaN,
        stroke: paint.other,
        strokeWidth: 2,
        curve: "monotone-x",
      }),
    ],
  });
}

function bars(
  nights: readonly Night[],
  thickness: number,
  opacity: number,
): Plot.RenderFunction {
  return (_index, { x, y }) => {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute(
      "d",
      nights.map(({ date, start, end }) =>
        `M${x?.(date).toFixed(1)},${y?.(start).toFixed(1)}V${y?.(end).toFixed(1)}`
      ).join(""),
    );
    path.setAttribute("stroke", paint.asleep);
    // Years of nights overlap on the screen; their edges show where most of them began and ended.
    path.setAttribute("stroke-opacity", String(opacity));
    path.setAttribute("stroke-width", String(thickness));
    return path;
  };
}
