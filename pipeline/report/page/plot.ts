/** Observable Plot in our theme, and several plots over one clock as one picture. */

import * as Plot from "@observablehq/plot";
import { fontFamily, paint, pictureClass, size } from "../../chart/theme.ts";
import { svg } from "./dom.ts";

/** Room beside a plot, in pixels: less on a narrow screen. */
export function margins(width: number): { marginLeft: number; marginRight: number } {
  return width < 560 ? { marginLeft: 48, marginRight: 20 } : { marginLeft: 52, marginRight: 22 };
}

/** A plot as a picture. */
export function plot(options: Plot.PlotOptions): SVGSVGElement {
  const made = Plot.plot({
    ...margins(options.width ?? 0),
    marginTop: 12,
    marginBottom: 36,
    ...options,
    style: { fontFamily, fontSize: `${size.text}px`, color: paint.muted, overflow: "visible" },
    figure: false,
  });
  if (!(made instanceof SVGSVGElement)) throw new TypeError("Cannot draw: Plot gave no picture");
  made.classList.add(pictureClass);
  made.style.removeProperty("overflow");
  // Plot names its marks for assistive technology, on elements that may not have a name.
  for (const mark of made.querySelectorAll("g[aria-label]")) mark.removeAttribute("aria-label");
  return made;
}

/** Pictures one below the other as one picture, with so much room between them. */
export function stacked(pictures: readonly SVGSVGElement[], gap: number): SVGSVGElement {
  const [first] = pictures;
  if (first === undefined) throw new RangeError("Cannot stack no pictures");
  const width = first.viewBox.baseVal.width;
  let y = 0;
  const groups = pictures.map((picture) => {
    const group = svg("g", { transform: `translate(0,${y})` }, ...Array.from(picture.childNodes));
    y += picture.viewBox.baseVal.height + gap;
    return group;
  });
  const height = y - gap;
  const all = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height }, ...groups);
  for (const name of ["class", "fill", "font-family", "font-size", "text-anchor", "style"]) {
    const value = first.getAttribute(name);
    if (value !== null) all.setAttribute(name, value);
  }
  return all;
}

/** A unit above the left axis, level, where the eye begins. */
export function unitLabel(text: string): Plot.Markish {
  return Plot.text([text], {
    frameAnchor: "top-left",
    textAnchor: "start",
    dx: -4,
    dy: -14,
    fill: paint.muted,
  });
}
