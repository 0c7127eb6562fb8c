/** What changed: the days most unlike one's own, said in numbers and without judgement. */

import { paint } from "../../chart/theme.ts";
import { counted } from "../../terminal/counted.ts";
import { measureOf } from "../measures.ts";
import type { UnusualDay, UnusualSign } from "../page_data.ts";
import { button, html, svg } from "./dom.ts";
import { figure, section } from "./figure.ts";
import { isoDay, type Page } from "./page.ts";
import { dayText, minutes, valueText } from "./words.ts";

const atATime = 8;

export function changedSection(page: Page): HTMLElement {
  const { unusual } = page.data;
  let shown = atATime;
  const list = html("ol", { class: "unusual" });
  const fill = () => {
    list.replaceChildren(...unusual.slice(0, shown).map((day) => entry(page, day)));
    more.hidden = shown >= unusual.length;
  };
  const more = button("Show more", () => {
    shown += atATime;
    fill();
  }, { class: "wide" });
  fill();
  const days = figure({
    name: "unusual-days",
    title: "Days most unlike your own",
    about: unusual.length === 0
      ? "No day stands out, or there are too few days to tell what is usual for you."
      : "Each value stands against the eight weeks before it: the bar is where the middle four " +
        "fifths of your days lay, the dot is that day.",
    body: html("div", {}, list, more),
    table: () => ({
      head: ["date", "score", "measure", "value", "usual", "usual_low", "usual_high"],
      rows: unusual.flatMap(({ day, score, signs }) =>
        signs.map(({ measure, value, usual, low, high }) => [
          isoDay(day),
          score,
          measure,
          value,
          usual,
          low,
          high,
        ])
      ),
    }),
  });
  return section(
    "what-changed",
    "What changed",
    `${counted(unusual.length, "day")} on which something lay far outside your own usual range. ` +
      "That is arithmetic, not a diagnosis: an odd day may be a party, a flight or a loose strap.",
    days.element,
  );
}

function entry(page: Page, { day, signs }: UnusualDay): HTMLElement {
  return html(
    "li",
    {},
    button(dayText(day, "long"), () => page.openDay(day), { class: "link" }),
    html(
      "ul",
      {},
      ...signs.map((sign) =>
        html("li", {}, rangePicture(sign), html("span", {}, ...signWords(sign)))
      ),
    ),
  );
}

function signWords({ measure, value, usual, low, high }: UnusualSign): (HTMLElement | string)[] {
  const about = measureOf(measure);
  const isTime = measure.endsWith("_local_min");
  const apart = Math.abs(value - usual);
  const [more, less] = isTime ? ["later", "earlier"] : ["more", "less"];
  const by = about.unit === "min" ? minutes(apart) : valueText(apart, about);
  return [
    `${about.title} `,
    html("strong", {}, valueText(value, about)),
    `, ${by} ${value > usual ? more : less} than usual (${valueText(low, about)} to ` +
    `${valueText(high, about)})`,
  ];
}

/** The usual range as a bar and the value as a dot. */
function rangePicture({ value, low, high }: UnusualSign): SVGSVGElement {
  const width = 96;
  const from = Math.min(value, low);
  const to = Math.max(value, high);
  const x = (at: number) => 6 + (at - from) / Math.max(to - from, 1e-9) * (width - 12);
  return svg(
    "svg",
    { viewBox: `0 0 ${width} 14`, width, height: 14, "aria-hidden": "true" },
    svg("line", { x1: 6, x2: width - 6, y1: 7, y2: 7, stroke: paint.band }),
    svg("line", {
      x1: x(low),
      x2: x(high),
      y1: 7,
      y2: 7,
      stroke: paint.muted,
      "stroke-opacity": 0.45,
      "stroke-width": 8,
      "stroke-linecap": "round",
    }),
    svg("circle", { cx: x(value), cy: 7, r: 5, fill: paint.other }),
  );
}
