/** Nights: hypnograms one below the other, when they were, their stages, and naps apart. */

import * as Plot from "@observablehq/plot";
import { dayNumber } from "../../day.ts";
import { counted } from "../../terminal/counted.ts";
import { hypnogram } from "../hypnogram.ts";
import { quantile } from "../normal.ts";
import type { Sleep } from "../page_data.ts";
import { button, html } from "./dom.ts";
import { figure, section } from "./figure.ts";
import { isoDay, type Page } from "./page.ts";
import { plot } from "./plot.ts";
import { regularityFigure } from "./regularity.ts";
import { measureFigure } from "./years_section.ts";
import { stagesFigure } from "./stage_ranges.ts";
import { stageLegend, stageLook } from "../../chart/stages.ts";
import { clock, minutes } from "./words.ts";

/** Nights shown at a time. */
const atATime = 28;

/** Pixels of a night, above the first, and above and below them all. */
const rowHeight = 15;
const above = 22;
const around = 46;

export function nightsSection(page: Page): HTMLElement {
  const { sleeps } = page.data;
  const nights = sleeps.filter(({ main }) => main);
  const naps = sleeps.filter(({ main }) => !main);
  return section(
    "nights",
    "Nights",
    nights.length === 0
      ? "No night was recorded."
      : `${counted(nights.length, "night")}, each counted to the day it ended on, and ` +
        `${counted(naps.length, "nap")} beside them.`,
    ...nights.length === 0 ? [] : [
      sleepsFigure(page, nights, {
        name: "hypnograms",
        title: "Night after night",
        about: "A line is a night along the clock of the bedroom, its colours the stages of " +
          "sleep. Touch one to open its day.",
      }),
      html(
        "div",
        { class: "pair" },
        regularityFigure(page),
        stagesFigure(page),
        measureFigure(page, inBed).element,
        naps.length === 0 ? undefined : sleepsFigure(page, naps, {
          name: "naps",
          title: "Naps",
          about:
            `Usually ${minutes(usualLength(naps))}. Parts of nights that were cut in two are ` +
            "among them.",
        }),
      ),
    ],
  );
}

const inBed = { column: "sleep_duration_min", name: "time-in-bed", scale: 1 / 60, unit: "hours" };

function usualLength(sleeps: readonly Sleep[]): number {
  return quantile(sleeps.map(({ duration_s }) => duration_s / 60).sort((a, b) => a - b), 0.5);
}

/** Minutes of the wall clock from the midnight with which the sleep's day began. */
function localStart({ day, start_s, end_offset_s }: Sleep): number {
  return (start_s + end_offset_s) / 60 - day * 1440;
}

interface Piece {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly stage: string;
}

function sleepsFigure(
  page: Page,
  sleeps: readonly Sleep[],
  { name, title, about }: {
    readonly name: string;
    readonly title: string;
    readonly about: string;
  },
): HTMLElement {
  let end = sleeps.length;
  const shown = () => sleeps.slice(Math.max(0, end - atATime), end).reverse();
  const goTo = (wanted: number) => {
    end = Math.min(Math.max(wanted, Math.min(atATime, sleeps.length)), sleeps.length);
    until.value = isoDay(sleeps[end - 1]?.day ?? page.last);
    earlier.disabled = end <= atATime;
    later.disabled = end >= sleeps.length;
    made.update();
  };
  const earlier = button("Earlier", () => goTo(end - atATime));
  const later = button("Later", () => goTo(end + atATime));
  const until = html("input", {
    type: "date",
    min: isoDay(page.first),
    max: isoDay(page.last),
    value: isoDay(sleeps.at(-1)?.day ?? page.last),
    "aria-label": `${title}: up to this day`,
  });
  until.addEventListener("change", () => {
    if (until.value === "") return;
    const day = dayNumber(until.value);
    goTo(sleeps.findLastIndex((sleep) => sleep.day <= day) + 1);
  });
  const made = figure({
    name,
    title,
    about,
    draw: (width) => sleepsPlot(page, shown(), width),
    controls: html(
      "div",
      { class: "controls" },
      ...sleeps.length <= atATime ? [] : [earlier, until, later],
      html(
        "span",
        { class: "legend" },
        ...stageLegend.map(({ label, colour }) =>
          html("span", {}, html("i", { style: `background: ${colour}` }), label)
        ),
      ),
    ),
    table: () => ({
      head: ["date", "start", "end", "asleep_min", "in_bed_min", "stages"],
      rows: sleeps.map((sleep) => [
        isoDay(sleep.day),
        new Date((sleep.start_s + sleep.start_offset_s) * 1000).toISOString().slice(0, 16)
          .replace("T", " "),
        new Date((sleep.start_s + sleep.duration_s + sleep.end_offset_s) * 1000).toISOString()
          .slice(0, 16).replace("T", " "),
        sleep.asleep_min,
        (sleep.duration_s / 60).toFixed(1),
        hypnogram(sleep.stages).filter(({ stage }) => stage !== undefined)
          .map(({ stage, from_s, to_s }) => `${stage} ${((to_s - from_s) / 60).toFixed(1)}`)
          .join("; "),
      ]),
    }),
  });
  earlier.disabled = end <= atATime;
  later.disabled = true;
  made.element.addEventListener("click", (event) => {
    const picture = event.target instanceof Element ? event.target.closest(".stage svg") : null;
    if (picture === null) return;
    const box = picture.getBoundingClientRect();
    const rows = shown();
    const y = (event.clientY - box.top) * (rows.length * rowHeight + around) / box.height;
    const night = rows[Math.floor((y - above) / rowHeight)];
    if (night !== undefined) page.openDay(night.day);
  });
  return made.element;
}

function sleepsPlot(page: Page, sleeps: readonly Sleep[], width: number): SVGSVGElement {
  const label = (sleep: Sleep, i: number) =>
    sleeps[i - 1]?.day === sleep.day ? `${isoDay(sleep.day)} ${i}` : isoDay(sleep.day);
  const pieces = sleeps.flatMap((sleep, i): Piece[] => {
    const start = localStart(sleep);
    const stages = sleep.stages === ""
      ? [{ from_s: 0, to_s: sleep.duration_s, stage: "asleep" }]
      : hypnogram(sleep.stages);
    return stages.flatMap(({ from_s, to_s, stage }) =>
      stage === undefined
        ? []
        : [{ label: label(sleep, i), from: start + from_s / 60, to: start + to_s / 60, stage }]
    );
  });
  const least = pieces.reduce((least, { from }) => Math.min(least, from), Infinity);
  const most = pieces.reduce((most, { to }) => Math.max(most, to), -Infinity);
  const every = width < 560 ? 180 : 60;
  const first = Math.floor(least / 60) * 60;
  const last = Math.ceil(most / 60) * 60;
  const ticks = Array.from(
    { length: Math.floor((last - first) / 60) + 1 },
    (_, i) => first + i * 60,
  )
    .filter((tick) => tick % every === 0);
  return plot({
    width,
    height: sleeps.length * rowHeight + around,
    marginTop: above,
    marginBottom: around - above,
    marginLeft: 90,
    x: { domain: [first, last], label: null },
    y: {
      type: "band",
      domain: sleeps.map(label),
      label: null,
      tickSize: 0,
      padding: 0.25,
      tickFormat: (text: string) => page.dayLabel(dayNumber(text.slice(0, 10))),
    },
    marks: [
      Plot.gridX(ticks, { strokeOpacity: 0.09 }),
      Plot.axisX(ticks, {
        anchor: "top",
        tickSize: 0,
        label: null,
        tickFormat: (tick: number) => clock(tick),
      }),
      Plot.axisX(ticks, {
        anchor: "bottom",
        tickSize: 0,
        label: null,
        tickFormat: (tick: number) => clock(tick),
      }),
      Plot.barX(pieces, {
        x1: "from",
        x2: "to",
        y: "label",
        fill: ({ stage }: Piece) => stageLook(stage).colour,
        inset: 0,
      }),
    ],
  });
}
