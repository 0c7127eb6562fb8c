/** Charts as pictures: Observable Plot drawn without a browser, in our theme, as one SVG text. */

import * as Plot from "@observablehq/plot";
// @ts-types="./linkedom.d.ts"
import { parseHTML, type PictureElement } from "linkedom";
import { fontFamily, paint, pictureClass, size, style } from "./theme.ts";

/** One entry of the legend: a coloured square and what it stands for. */
export interface LegendEntry {
  readonly label: string;
  readonly colour: string;
}

/**
 * What stands above a chart; the rest are Plot's own options (`marks`, `x`, `y`, ...). The label of
 * `y`, with its unit, stands level above the axis.
 */
export interface ChartOptions extends Plot.PlotOptions {
  readonly title: string;
  readonly subtitle?: string;
  readonly legend?: readonly LegendEntry[];
}

/** A chart as one SVG text. */
export class Picture {
  constructor(readonly title: string, readonly svg: string) {}

  /**
   * What Jupyter shows, by media type: in a page of HTML the picture's marks say their values where
   * the pointer rests on them; as an image they are silent; the text stands where neither is trusted.
   */
  get bundle(): Record<string, string> {
    const text = `${this.title} (run the cell to see the picture)`;
    return { "text/html": this.svg, "image/svg+xml": this.svg, "text/plain": text };
  }
}

const svgNamespace = "http://www.w3.org/2000/svg";
const lineHeight = 20;
const left = 16;

/**
 * A chart from Plot's own options, in our theme, with a title.
 *
 * ```ts
 * import * as Plot from "@observablehq/plot";
 * import assert from "node:assert/strict";
 * import { chart } from "./picture.ts";
 * import { paint } from "./theme.ts";
 *
 * const picture = chart({
 *   title: "Resting heart rate",
 *   y: { label: "Heart rate (beats/min)" },
 *   marks: [Plot.lineY([58, 57, 59], { stroke: paint.main })],
 * });
 * assert.match(picture.svg, /^<svg /);
 * ```
 */
export function chart({ title, subtitle, legend = [], ...options }: ChartOptions): Picture {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const rows = 1 + (subtitle === undefined ? 0 : 1) + (legend.length === 0 ? 0 : 1);
  const marginTop = 46 + rows * lineHeight;
  const svg: PictureElement = Plot.plot({
    width: size.width,
    height: size.height,
    marginLeft: size.marginLeft,
    marginRight: size.marginRight,
    marginBottom: size.marginBottom,
    marginTop,
    ariaLabel: subtitle === undefined ? title : `${title}. ${subtitle}`,
    ...options,
    x: { labelAnchor: "center", labelArrow: "none", ...options.x },
    y: { tickSize: 0, grid: true, nice: true, ...options.y, label: null },
    style: { fontFamily, fontSize: `${size.text}px`, color: paint.muted },
    figure: false,
    document,
  });

  if (typeof options.x?.tickFormat === "string") removeRepeated(svg);

  const element = (name: string, attributes: Record<string, string | number>, text?: string) => {
    const made = document.createElementNS(svgNamespace, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    if (text !== undefined) made.append(text);
    return made;
  };
  const heading = (y: number, attributes: Record<string, string | number>, text?: string) =>
    element("text", { x: left, y, "text-anchor": "start", ...attributes }, text);

  svg.setAttribute("xmlns", svgNamespace);
  svg.setAttribute("class", `${svg.getAttribute("class") ?? ""} ${pictureClass}`);
  const paper = element("rect", { width: "100%", height: "100%", rx: 6, fill: paint.paper });
  svg.insertBefore(paper, svg.firstChild);
  svg.insertBefore(element("style", {}, style), paper);
  const titleLook = { "font-size": size.title, "font-weight": 600, fill: paint.ink };
  svg.append(heading(8 + lineHeight, titleLook, title));
  if (subtitle !== undefined) svg.append(heading(8 + 2 * lineHeight, {}, subtitle));
  if (legend.length > 0) {
    const line = heading(8 + rows * lineHeight, { fill: paint.ink });
    for (const { label, colour } of legend) {
      line.append(element("tspan", { fill: colour }, "■ "), `${label}    `);
    }
    svg.append(line);
  }
  const unit = options.y?.label;
  if (typeof unit === "string") svg.append(heading(marginTop - 14, {}, unit));
  return new Picture(title, shortened(svg.outerHTML));
}

/** Over few days there are several ticks a day: "4 Apr" stands at the first of them. */
function removeRepeated(svg: PictureElement): void {
  let before = "";
  for (const label of svg.querySelectorAll('[aria-label="x-axis tick label"] text')) {
    if (label.textContent === before) label.remove();
    before = label.textContent;
  }
}

/** A tenth of a pixel is as fine as any screen: fewer digits, half the bytes. */
function shortened(svg: string): string {
  return svg.replace(
    /(?<= (?:d|transform|x|y|x1|x2|y1|y2|width|height)=")[^"]*/g,
    (value) =>
      value.replace(
        /-?\d+\.\d{2,}(?!\d|em)/g,
        (number) => String(Math.round(Number(number) * 10) / 10),
      ),
  );
}
