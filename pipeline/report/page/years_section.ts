/** The years at a glance: a measure each, with its trend and the person's own normal band. */

import * as Plot from "@observablehq/plot";
import { paint } from "../../chart/theme.ts";
import { MS_PER_DAY } from "../../day.ts";
import { counted } from "../../terminal/counted.ts";
import { type Measure, measureOf } from "../measures.ts";
import { trendDays, trendOf, usualOf } from "../normal.ts";
import { type Figure, figure, section } from "./figure.ts";
import { isoDay, type Page } from "./page.ts";
import { plot, unitLabel } from "./plot.ts";
import { html } from "./dom.ts";
import { valueText } from "./words.ts";

/** A day of a measure. */
interface MeasuredDay {
  readonly day: number;
  readonly date: Date;
  readonly value: number | null;
  readonly trend: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** A measure and how it is drawn. */
interface ShownMeasure {
  readonly column: string;
  readonly name: string;
  readonly scale?: number;
  /** Of the scaled values. */
  readonly unit?: string;
}

const shown: readonly ShownMeasure[] = [
  { column: "resting_heart_rate_bpm", name: "resting-heart-rate" },
  { column: "daily_heart_rate_variability_rmssd_ms", name: "heart-rate-variability" },
  { column: "steps", name: "steps" },
  { column: "sleep_asleep_min", name: "sleep", scale: 1 / 60, unit: "hours" },
  { column: "weight_kg", name: "weight" },
  { column: "daily_vo2_max_ml_per_kg_min", name: "vo2-max" },
];

/** How far back one may look. */
const spans: readonly { readonly label: string; readonly days: number }[] = [
  { label: "all days", days: Infinity },
  { label: "the last five years", days: 1826 },
  { label: "the last year", days: 365 },
  { label: "the last three months", days: 91 },
];

export function yearsSection(page: Page): HTMLElement {
  const days = page.lastMeasured - page.first + 1;
  const offered = spans.filter((span) => span.days === Infinity || span.days < days * 0.9);
  let span = Infinity;
  const figures = shown.filter(({ column }) => page.data.measures[column] !== undefined)
    .map((entry) => measureFigure(page, entry, () => span));
  const select = html("select", {}, ...offered.map(({ label }) => html("option", {}, label)));
  select.addEventListener("change", () => {
    span = offered[select.selectedIndex]?.days ?? Infinity;
    for (const figure of figures) figure.update();
  });
  return section(
    "glance",
    "At a glance",
    figures.length === 0
      ? "Nothing that could be shown here was measured."
      : "Each dot is a day, the line its trend. The band is your own normal: where the middle four " +
        "fifths of your values lay in the eight weeks before.",
    offered.length < 2
      ? undefined
      : html("div", { class: "controls" }, html("label", {}, "Show ", select)),
    html("div", { class: "pair" }, ...figures.map(({ element }) => element)),
  );
}

/** The days of a measure with trend and band. */
function measuredDays(page: Page, column: string): MeasuredDay[] {
  const values = page.values(column);
  const trend = trendOf(values, trendDays(values.length));
  const usual = usualOf(values);
  return values.map((value, i) => ({
    day: page.first + i,
    date: new Date((page.first + i) * MS_PER_DAY),
    value,
    trend: trend[i],
    low: usual[i]?.low,
    high: usual[i]?.high,
  }));
}

/** A measure over the days; of those the last so many. */
export function measureFigure(
  page: Page,
  { column, name, scale = 1, unit }: ShownMeasure,
  span: () => number = () => Infinity,
): Figure {
  const measure = measureOf(column);
  const days = measuredDays(page, column);
  return figure({
    name,
    title: measure.title,
    about: words(days, measure),
    draw: (width) => measurePlot(days.slice(-span()), { scale, unit: unit ?? measure.unit, width }),
    table: () => ({
      head: ["date", column, "trend", "normal_low", "normal_high"],
      rows: days.filter(({ value }) => value !== null)
        .map(({ day, value, trend, low, high }) => [
          isoDay(day),
          value,
          ...[trend, low, high].map((number) => number?.toFixed(2)),
        ]),
    }),
  });
}

/** Dots, trend and band over the days; as few elements as kinds of marks, however many days. */
function measurePlot(
  days: readonly MeasuredDay[],
  { scale = 1, unit, width, height = 220 }: {
    readonly scale?: number;
    readonly unit: string;
    readonly width: number;
    readonly height?: number;
  },
): SVGSVGElement {
  const scaled = (value: number | null | undefined) =>
    value === null || value === undefined ? NaN : value * scale;
  const known = days.filter(({ value }) => value !== null).length;
  const radius = known > 1500 ? 1 : known > 200 ? 1.5 : 2.6;
  return plot({
    width,
    height,
    marginTop: 24,
    x: { type: "utc", label: null },
    y: {
      label: null,
      grid: true,
      tickSize: 0,
      ticks: 5,
      nice: true,
      tickFormat: short,
    },
    marks: [
      unitLabel(unit),
      Plot.areaY(days, {
        x: "date",
        y1: (day: MeasuredDay) => scaled(day.low),
        y2: (day: MeasuredDay) => scaled(day.high),
        fill: paint.band,
        fillOpacity: 0.7,
        curve: "monotone-x",
      }),
      dots(days.map(({ date, value }) => [date, scaled(value)]), radius),
      // The dots are drawn as one path; this one tells the scales of their values.
      Plot.dot(days, {
        x: "date",
        y: (day: MeasuredDay) => scaled(day.value),
        r: 0,
        stroke: "none",
      }),
      Plot.lineY(days, {
        x: "date",
        y: (day: MeasuredDay) => scaled(day.trend),
        stroke: paint.main,
        strokeWidth: 2,
        curve: "monotone-x",
      }),
    ],
  });
}

/** All dots as one path: ten years are as quick as a month. */
function dots(
  points: readonly (readonly [Date, number])[],
  radius: number,
): Plot.RenderFunction {
  return (_index, { x, y }) => {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const at = points.filter(([, value]) => Number.isFinite(value));
    path.setAttribute(
      "d",
      at.map(([date, value]) => `M${x?.(date).toFixed(1)},${y?.(value).toFixed(1)}h0`).join(""),
    );
    path.setAttribute("stroke", paint.main);
    path.setAttribute("stroke-opacity", "0.6");
    path.setAttribute("stroke-width", String(radius * 2));
    path.setAttribute("stroke-linecap", "round");
    return path;
  };
}

/** `16k` of 16,000: a label has to fit beside the axis. */
function short(value: number): string {
  return Math.abs(value) >= 1000 ? `${value / 1000}k` : String(value);
}

function words(days: readonly MeasuredDay[], measure: Measure): string {
  const known = days.filter(({ value }) => value !== null);
  const last = known.at(-1);
  if (last === undefined || last.value === null) return "";
  const normal = known.findLast(({ low }) => low !== undefined);
  const lately = last.trend === undefined ? "" : `Lately ${valueText(last.trend, measure)}`;
  const usual = normal?.low === undefined || normal.high === undefined
    ? `over ${counted(known.length, "day")}`
    : `your normal ${valueText(normal.low, measure)} to ${valueText(normal.high, measure)}`;
  return `${lately === "" ? `Last ${valueText(last.value, measure)}` : lately}, ${usual}.`;
}
