/** The program of the page: reads the data that lie in it and draws section after section. */

import type { PageData } from "../page_data.ts";
import { calendarSection } from "./calendar_section.ts";
import { changedSection } from "./changed_section.ts";
import { holdEmbedded } from "./day_loader.ts";
import { daySection } from "./day_section.ts";
import { html } from "./dom.ts";
import { drawWaiting } from "./figure.ts";
import { nightsSection } from "./nights_section.ts";
import { Page } from "./page.ts";
import { trainingSection } from "./training_section.ts";
import { number, rangeText } from "./words.ts";
import { yearsSection } from "./years_section.ts";

const data: PageData = JSON.parse(document.getElementById("data")?.textContent ?? "");
const embedded: Record<string, string> = JSON.parse(
  document.getElementById("embedded")?.textContent ?? "{}",
);
holdEmbedded(embedded);
const page = new Page(data);
const whose = data.participant === "me" ? "Everysecond" : `Everysecond · ${data.participant}`;
const range = rangeText(page.first, page.lastMeasured);
document.title = `${whose} · ${range}`;

const sections = [
  calendarSection,
  yearsSection,
  daySection,
  nightsSection,
  trainingSection,
  changedSection,
];
const nav = html("nav", { "aria-label": "Sections" });
const main = html("main", { id: "main", tabindex: -1 });

document.getElementById("page")?.replaceChildren(
  html(
    "header",
    { class: "head" },
    html("p", { class: "brand" }, whose),
    html("h1", {}, range),
    facts(),
  ),
  nav,
  main,
  html(
    "footer",
    {},
    html(
      "p",
      {},
      "Written by deno task report from your own tables. Nothing in it came from or goes to the " +
        "network. It describes; it does not diagnose.",
    ),
  ),
);
void fill();

/** Section after section, so that the first one is seen before the last one is made. */
async function fill(): Promise<void> {
  for (const make of sections) {
    const made = make(page);
    main.append(made);
    nav.append(html("a", { href: `#${made.id}` }, made.querySelector("h2")?.textContent ?? ""));
    await drawWaiting();
  }
  document.documentElement.dataset["ready"] = "";
  // What the address points to was not there when the page was opened.
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/** What there is, in a few large numbers. */
function facts(): HTMLElement {
  const sum = (column: string) =>
    page.values(column).reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const nights = data.sleeps.filter(({ main }) => main).length;
  const all: readonly (readonly [number, string])[] = [
    [sum("heart_rate_n"), "heart-rate sample"],
    [sum("steps"), "step"],
    [nights, "night"],
    [data.exercises.length, "exercise"],
  ];
  return html(
    "ul",
    { class: "facts" },
    ...all.filter(([value]) => value > 0)
      .map(([value, one]) =>
        html("li", {}, html("strong", {}, number(value)), value === 1 ? ` ${one}` : ` ${one}s`)
      ),
  );
}
