/** What there is: of every table and day whether it is all there, and why not. */

import { dayNumber } from "../../day.ts";
import { type CalendarState, calendarStates } from "../../raw/calendar_state.ts";
import { counted } from "../../terminal/counted.ts";
import type { CalendarRow } from "../page_data.ts";
import {
  allRuns,
  bar,
  calendarChart,
  calendarHint,
  looks,
  type Stretch,
} from "./calendar_chart.ts";
import { button, html } from "./dom.ts";
import { figure, section } from "./figure.ts";
import { isoDay, type Page } from "./page.ts";
import { number, rangeText } from "./words.ts";

/** Shown first: what most people look for. */
const foremost = [
  "heart_rate",
  "resting_heart_rate",
  "daily_heart_rate_variability",
  "steps",
  "calories",
  "sleep",
  "sleep_stage",
  "exercise",
  "spo2",
  "breathing_rate",
  "skin_temperature",
  "weight",
];

export function calendarSection(page: Page): HTMLElement {
  const { data } = page;
  const stretches = stretchesOf(page);
  let stretch = stretches.find(({ last }) => page.lastMeasured <= last) ??
    { label: "", first: page.first, last: page.last };
  let isAll = false;
  const shown = () =>
    isAll
      ? data.calendar
      : foremost.flatMap((name) => data.calendar.filter(({ table }) => table === name));
  const rest = data.calendar.length - shown().length;
  const readout = html("output", { class: "readout", "aria-live": "polite" }, calendarHint);

  const chart = figure({
    name: "calendar",
    title: "Every day of every table",
    about: aboutStates(page),
    live: true,
    draw: (width) => calendarChart(page, shown(), stretch, width, readout),
    controls: html(
      "div",
      { class: "controls" },
      ...stretches.length < 2 ? [] : [yearSelect(stretches, stretch, (chosen) => {
        stretch = chosen;
        chart.update();
      })],
      ...rest === 0 ? [] : [button(`Show all ${data.calendar.length} tables`, function () {
        isAll = !isAll;
        more.textContent = isAll
          ? "Show the main tables"
          : `Show all ${data.calendar.length} tables`;
        chart.update();
      }, { class: "more" })],
      legend(),
    ),
    body: readout,
    table: () => ({
      head: ["table", "first_day", "last_day", "state", "reason"],
      rows: data.calendar.flatMap((row) => spans(page, row)),
    }),
  });
  const more = chart.element.querySelector(".more") ?? html("span");
  return section("what-there-is", "What there is", lede(page), chart.element);
}

/** A year each, or all there is when it is little more than one. */
function stretchesOf({ first, last }: Page): Stretch[] {
  if (last - first < 400) return [{ label: "all", first, last }];
  const years: Stretch[] = [];
  for (let year = Number(isoDay(first).slice(0, 4)); dayNumber(`${year}-01-01`) <= last; year++) {
    years.push({
      label: String(year),
      first: Math.max(first, dayNumber(`${year}-01-01`)),
      last: Math.min(last, dayNumber(`${year}-12-31`)),
    });
  }
  return years;
}

function yearSelect(
  stretches: readonly Stretch[],
  chosen: Stretch,
  onChange: (stretch: Stretch) => void,
): HTMLElement {
  const select = html(
    "select",
    {},
    ...stretches.map(({ label }) => html("option", { selected: label === chosen.label }, label)),
  );
  select.addEventListener("change", () => {
    const found = stretches[select.selectedIndex];
    if (found !== undefined) onChange(found);
  });
  return html("label", {}, "Year ", select);
}

function legend(): HTMLElement {
  return html(
    "span",
    { class: "legend" },
    ...calendarStates.map((state) => html("span", {}, bar(state), looks[state].words)),
  );
}

function spans(page: Page, row: CalendarRow) {
  return Array.from(
    allRuns(page, row),
    ({ from, to, state, reason }) => [row.table, isoDay(from), isoDay(to), state, reason],
  );
}

function daysIn(page: Page, table: string, wanted: CalendarState): number {
  const row = page.data.calendar.find((row) => row.table === table);
  return row?.runs.filter(([, state]) => state === wanted)
    .reduce((sum, [days]) => sum + days, 0) ?? 0;
}

function aboutStates(page: Page): string {
  const worn = page.values("heart_rate_coverage").filter((value) => value !== null);
  const hours = worn.reduce((sum, value) => sum + value, 0) / Math.max(1, worn.length) * 24;
  const range = rangeText(page.first, page.last);
  const tables = counted(page.data.calendar.length, "table");
  if (worn.length === 0) return `${tables}, ${range}.`;
  return `${tables}, ${range}. The watch was worn for ${hours.toFixed(1)} hours of a day with a ` +
    "heart rate.";
}

function lede(page: Page): string {
  const has = daysIn(page, "heart_rate", "complete") + daysIn(page, "heart_rate", "partial");
  const empty = daysIn(page, "heart_rate", "empty");
  const gone = daysIn(page, "heart_rate", "missing");
  return `${counted(has, "day")} of ${number(page.data.days)} have a heart rate. On ` +
    `${counted(empty, "day")} there was none to give, and ` +
    `${gone === 0 ? "none is" : gone === 1 ? "1 is" : `${number(gone)} are`} missing.`;
}
