/** The hand on a chart over time: drag to zoom in, touch to read, double to see the whole. */

import { paint } from "../../chart/theme.ts";
import { svg } from "./dom.ts";

export interface ZoomOptions {
  /** What is shown, in ms since 1970. */
  readonly view: () => { readonly from: number; readonly to: number };
  readonly margins: (width: number) => {
    readonly marginLeft: number;
    readonly marginRight: number;
  };
  readonly onZoom: (from: number, to: number) => void;
  /** Says where the cursor goes: to the sample near that instant, or nowhere. */
  readonly onPoint: (instant: number) => number | undefined;
  readonly onWhole: () => void;
}

/** Fewer pixels than this are a touch, not a drag. */
const leastDrag = 6;

export class ZoomHandle {
  /** Where the cursor stands, in ms since 1970. */
  cursor: number | undefined;
  readonly #options: ZoomOptions;
  #picture: SVGSVGElement | undefined;
  #line: SVGLineElement | undefined;

  constructor(options: ZoomOptions) {
    this.#options = options;
  }

  /** Takes hold of a picture that was just drawn. */
  attach(picture: SVGSVGElement): void {
    const { width, height } = picture.viewBox.baseVal;
    const { marginLeft, marginRight } = this.#options.margins(width);
    const plotWidth = width - marginLeft - marginRight;
    this.#picture = picture;
    const selection = svg("rect", {
      class: "passing",
      y: 0,
      height,
      fill: paint.main,
      "fill-opacity": 0.16,
      visibility: "hidden",
    });
    this.#line = svg("line", {
      class: "passing",
      y1: 20,
      y2: height - 24,
      stroke: paint.ink,
      "stroke-opacity": 0.6,
      visibility: "hidden",
    });
    picture.append(selection, this.#line);
    picture.style.touchAction = "pan-y";
    const xOf = (event: PointerEvent) => {
      const box = picture.getBoundingClientRect();
      const x = (event.clientX - box.left) * width / box.width;
      return Math.min(Math.max(x, marginLeft), width - marginRight);
    };
    const instantAt = (x: number) => {
      const { from, to } = this.#options.view();
      return from + (x - marginLeft) / plotWidth * (to - from);
    };
    let began: number | undefined;
    picture.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      began = xOf(event);
      picture.setPointerCapture(event.pointerId);
    });
    picture.addEventListener("pointermove", (event) => {
      const x = xOf(event);
      if (began === undefined || Math.abs(x - began) < leastDrag) {
        this.show(this.#options.onPoint(instantAt(x)) ?? instantAt(x));
        return;
      }
      selection.setAttribute("x", String(Math.min(x, began)));
      selection.setAttribute("width", String(Math.abs(x - began)));
      selection.setAttribute("visibility", "visible");
    });
    const stop = () => {
      began = undefined;
      selection.setAttribute("visibility", "hidden");
    };
    picture.addEventListener("pointerup", (event) => {
      const [from, to] = [began, xOf(event)];
      stop();
      if (from === undefined || Math.abs(to - from) < leastDrag) return;
      this.#options.onZoom(instantAt(Math.min(from, to)), instantAt(Math.max(from, to)));
    });
    picture.addEventListener("pointercancel", stop);
    picture.addEventListener("dblclick", this.#options.onWhole);
    if (this.cursor !== undefined) this.show(this.cursor);
  }

  /** Puts the cursor at an instant. */
  show(instant: number): void {
    this.cursor = instant;
    const { from, to } = this.#options.view();
    const width = this.#picture?.viewBox.baseVal.width ?? 0;
    const { marginLeft, marginRight } = this.#options.margins(width);
    const x = marginLeft + (instant - from) / (to - from) * (width - marginLeft - marginRight);
    const isIn = instant >= from && instant <= to;
    this.#line?.setAttribute("x1", String(x));
    this.#line?.setAttribute("x2", String(x));
    this.#line?.setAttribute("visibility", isIn ? "visible" : "hidden");
  }
}
