/** Whether a picture shows something: an SVG with marks whose every coordinate is a number. */

// @ts-types="../../pipeline/chart/linkedom.d.ts"
import { parseHTML } from "linkedom";

/** The path data of an SVG's lines and areas. */
export function pathsOf(svg: string): string[] {
  const { document } = parseHTML(`<!doctype html><html><body>${svg}</body></html>`);
  return Array.from(
    document.querySelectorAll("[aria-label=line] path, [aria-label=area] path"),
    (path) => path.getAttribute("d") ?? "",
  );
}

/** The coordinates of an SVG's bars, cells and dots. */
function coordinatesOf(svg: string): string[] {
  const { document } = parseHTML(`<!doctype html><html><body>${svg}</body></html>`);
  const marks = ["bar", "cell", "dot", "rect"].flatMap((mark) =>
    ["rect", "circle"].map((shape) => `[aria-label=${mark}] ${shape}`)
  );
  return Array.from(document.querySelectorAll(marks.join(", "))).flatMap((shape) =>
    ["x", "y", "width", "height", "cx", "cy", "r"]
      .flatMap((name) => shape.getAttribute(name) ?? [])
  );
}

/** What is wrong with a chart's SVG; empty when nothing is. */
export function faultsOfSvg(svg: string): string[] {
  if (!/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/.test(svg)) return ["It is no SVG"];
  const paths = pathsOf(svg);
  const coordinates = coordinatesOf(svg);
  if (paths.length + coordinates.length === 0) return ["It has no mark"];
  const odd = coordinates.find((number) => !/^\d+(\.\d+)?$/.test(number));
  if (odd !== undefined) return [`It has a mark with the coordinate ${odd}`];
  return paths.flatMap((d) => {
    const numbers = d.match(/[^MLHVCSQTAZ,\s-]+/gi) ?? [];
    if (numbers.length < 8) return [`It has a path of ${numbers.length} coordinates`];
    const wrong = numbers.find((number) => !/^\d+(\.\d+)?$/.test(number));
    return wrong === undefined ? [] : [`It has a path with the coordinate ${wrong}`];
  });
}
