/**
 * A figure: title, what it says, the picture, and ways to keep it (PNG, SVG, CSV) or read it as a
 * table. Drawn in its turn, and again when its width changes.
 */

import { button, html } from "./dom.ts";
import { asPng, save, standalone } from "./save.ts";
import { csv } from "./words.ts";

/** What stands behind a picture. */
export interface FigureTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number | null | undefined)[])[];
}

export interface FigureOptions {
  /** Names the files that are saved. */
  readonly name: string;
  readonly title: string;
  /** What the picture shows, a sentence or two; also read out in its place. */
  readonly about: string;
  /** The picture at that width; undefined when there is nothing to draw. */
  readonly draw?: (width: number) => SVGSVGElement | undefined;
  readonly table: () => FigureTable;
  /** Stands between words and picture. */
  readonly controls?: HTMLElement;
  /** Stands in place of the picture, or below it. */
  readonly body?: HTMLElement;
  /** The picture answers to the hand: it is not read out as one image. */
  readonly live?: boolean;
}

export interface Figure {
  readonly element: HTMLElement;
  /** Draws again, with another title or other words where given. */
  update(words?: { readonly title?: string; readonly about?: string }): void;
}

/** Rows that are shown; the CSV has all. */
const mostRows = 1000;

/** What is still to be drawn, by the elements it will stand in. */
const waiting = new Map<Element, () => void>();

function drawNow(target: Element): void {
  waiting.get(target)?.();
  waiting.delete(target);
}

/**
 * Draws what is waiting, one picture after the other, each painted before the next. All of them, near
 * or far: where a picture is drawn only when it comes near, whatever is below it jumps.
 */
export async function drawWaiting(): Promise<void> {
  for (const target of waiting.keys()) {
    drawNow(target);
    await painted();
  }
}

/** Resolves when what was made so far has been painted. */
export function painted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  requestAnimationFrame(() => setTimeout(resolve));
  return promise;
}

// Paper has no later: what was not yet drawn is drawn before printing.
addEventListener("beforeprint", () => Array.from(waiting.keys()).forEach(drawNow));

/** A figure; see the options. */
export function figure(options: FigureOptions): Figure {
  let { title, about } = options;
  let picture: SVGSVGElement | undefined;
  let drawnWidth = 0;
  const heading = html("h3", {}, title);
  const words = html("p", { class: "about" }, about);
  const stage = html("div", { class: "stage" });
  const tableBox = html("div", { class: "table", hidden: true });

  const draw = () => {
    const width = Math.floor(stage.clientWidth);
    if (options.draw === undefined || width === 0) return;
    drawnWidth = width;
    picture = options.draw(width);
    if (picture !== undefined && options.live !== true) {
      picture.setAttribute("role", "img");
      picture.setAttribute("aria-label", `${title}. ${about}`);
    }
    // A picture drawn anew keeps the keyboard.
    const hadFocus = stage.contains(document.activeElement);
    stage.replaceChildren(...picture === undefined ? [] : [picture]);
    if (hadFocus) picture?.focus({ preventScroll: true });
    stage.dataset["drawn"] = "";
  };
  const fillTable = () => {
    const { head, rows } = options.table();
    const shown = rows.slice(0, mostRows);
    tableBox.replaceChildren(
      html(
        "div",
        { class: "scroll", tabindex: 0, role: "region", "aria-label": `${title}, as a table` },
        html(
          "table",
          {},
          html("caption", {}, title),
          html(
            "thead",
            {},
            html("tr", {}, ...head.map((cell) => html("th", { scope: "col" }, cell))),
          ),
          html(
            "tbody",
            {},
            ...shown.map((row) =>
              html("tr", {}, ...row.map((cell) => html("td", {}, String(cell ?? ""))))
            ),
          ),
        ),
      ),
      html(
        "p",
        { class: "about" },
        rows.length > shown.length
          ? `The first ${mostRows} of ${rows.length.toLocaleString("en-GB")} rows; the CSV has all.`
          : "",
      ),
    );
  };

  const tableButton = button("Table", () => {
    tableBox.hidden = !tableBox.hidden;
    tableButton.setAttribute("aria-expanded", String(!tableBox.hidden));
    if (!tableBox.hidden) fillTable();
  }, { "aria-expanded": "false", "aria-label": `${title}: show as a table` });
  const saveButton = (kind: string, blob: () => Promise<Blob> | Blob) =>
    button(kind, async () => save(await blob(), `${options.name}.${kind.toLowerCase()}`), {
      "aria-label": `${title}: save as ${kind}`,
    });
  const pictureNow = () => {
    if (picture === undefined) throw new Error("There is no picture to save");
    return picture;
  };
  const tools = html(
    "div",
    { class: "tools" },
    tableButton,
    ...options.draw === undefined ? [] : [
      saveButton("PNG", () => asPng(pictureNow(), title)),
      saveButton(
        "SVG",
        () => new Blob([standalone(pictureNow(), title)], { type: "image/svg+xml" }),
      ),
    ],
    saveButton("CSV", () => {
      const { head, rows } = options.table();
      return new Blob([csv(head, rows)], { type: "text/csv" });
    }),
  );
  const element = html(
    "figure",
    { id: options.name },
    html("figcaption", {}, html("div", { class: "title" }, heading, tools), words),
    options.controls,
    ...options.draw === undefined ? [] : [stage],
    options.body,
    tableBox,
  );
  if (options.draw !== undefined) {
    waiting.set(stage, draw);
    new ResizeObserver(() => {
      if (!waiting.has(stage) && Math.floor(stage.clientWidth) !== drawnWidth) draw();
    }).observe(stage);
  }
  return {
    element,
    update(changed = {}) {
      title = changed.title ?? title;
      about = changed.about ?? about;
      heading.textContent = title;
      words.textContent = about;
      if (!waiting.has(stage)) draw();
      if (!tableBox.hidden) fillTable();
    },
  };
}

/** A section with its heading and the words under it. */
export function section(
  id: string,
  title: string,
  lede: string,
  ...children: readonly (HTMLElement | undefined)[]
): HTMLElement {
  return html(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    html("h2", { id: `${id}-title` }, title),
    html("p", { class: "lede" }, lede),
    ...children,
  );
}
