/** The stages of the last nights against the person's own usual range. */

import * as Plot from "@observablehq/plot";
import { stageLook } from "../../chart/stages.ts";
import { paint } from "../../chart/theme.ts";
import { present, usualOf } from "../normal.ts";
import { figure } from "./figure.ts";
import type { Page } from "./page.ts";
import { plot } from "./plot.ts";
import { minutes } from "./words.ts";

const stageMeasures = [
  { column: "sleep_deep_min", stage: "deep" },
  { column: "sleep_light_min", stage: "light" },
  { column: "sleep_rem_min", stage: "rem" },
  { column: "sleep_wake_min", stage: "awake" },
];

interface StageRange {
  readonly label: string;
  readonly colour: string;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  readonly lately: number;
}

/** The last seven nights' mean of each stage against the person's own usual range. */
export function stagesFigure(page: Page): HTMLElement {
  const ranges = stageMeasures.flatMap(({ column, stage }): StageRange[] => {
    const values = page.values(column);
    const usual = usualOf(values).findLast((usual) => usual !== undefined);
    const last = present(values).slice(-7);
    if (usual === undefined || last.length === 0) return [];
    const lately = last.reduce((sum, value) => sum + value, 0) / last.length;
    const { level: label, colour } = stageLook(stage);
    return [{ label, colour, ...usual, lately }];
  });
  return figure({
    name: "stages",
    title: "Stages against your own normal",
    about: ranges.length === 0
      ? "There are too few nights to tell what is usual for you."
      : "The bar is your usual range, the tick its middle, the dot the mean of your last seven nights.",
    draw: (width) =>
      ranges.length === 0 ? undefined : plot({
        width,
        height: 220,
        marginLeft: 60,
        marginTop: 12,
        marginBottom: 40,
        x: {
          label: "minutes a night",
          labelAnchor: "center",
          labelArrow: "none",
          grid: true,
          zero: true,
        },
        y: { type: "band", domain: ranges.map(({ label }) => label), label: null, tickSize: 0 },
        marks: [
          Plot.ruleY(ranges, {
            x1: "low",
            x2: "high",
            y: "label",
            stroke: "colour",
            strokeWidth: 12,
            strokeOpacity: 0.3,
            strokeLinecap: "round",
          }),
          Plot.tickX(ranges, {
            x: "middle",
            y: "label",
            stroke: "colour",
            strokeWidth: 2,
            inset: 10,
          }),
          Plot.dot(ranges, { x: "lately", y: "label", fill: "colour", r: 6, stroke: paint.paper }),
          Plot.text(ranges, {
            x: "lately",
            y: "label",
            text: ({ lately }: StageRange) => minutes(lately),
            dy: -17,
            fill: paint.ink,
          }),
        ],
        color: { type: "identity" },
      }),
    table: () => ({
      head: ["stage", "last_7_nights_min", "usual_low_min", "usual_middle_min", "usual_high_min"],
      rows: ranges.map(({ label, lately, low, middle, high }) => [
        label,
        ...[lately, low, middle, high].map((value) => value.toFixed(1)),
      ]),
    }),
  }).element;
}
