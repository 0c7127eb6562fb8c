/** Training: minutes in each zone a week, and every exercise with its curve and recovery. */

import * as Plot from "@observablehq/plot";
import { paint } from "../../chart/theme.ts";
import { MS_PER_DAY } from "../../day.ts";
import { counted } from "../../terminal/counted.ts";
import type { Exercise } from "../page_data.ts";
import { weeklySums } from "../weeks.ts";
import { button, html } from "./dom.ts";
import { exerciseChart, sparkline } from "./exercise_chart.ts";
import { figure, section } from "./figure.ts";
import { isoDay, type Page } from "./page.ts";
import { plot, unitLabel } from "./plot.ts";
import { dayText, minutes, number, timeOfDay } from "./words.ts";

interface Zone {
  readonly column: string;
  readonly label: string;
  readonly colour: string;
}

/** The zones above the easiest, as Google Health has them, and as the old API did. */
const zoneSets: readonly (readonly Zone[])[] = [
  [
    { column: "time_in_heart_rate_zone_moderate_min", label: "moderate", colour: paint.moderate },
    { column: "time_in_heart_rate_zone_vigorous_min", label: "vigorous", colour: paint.vigorous },
    { column: "time_in_heart_rate_zone_peak_min", label: "peak", colour: paint.peak },
  ],
  [
    { column: "heart_rate_zones_fat_burn_min", label: "fat burn", colour: paint.moderate },
    { column: "heart_rate_zones_cardio_min", label: "cardio", colour: paint.vigorous },
    { column: "heart_rate_zones_peak_min", label: "peak", colour: paint.peak },
  ],
];

export function trainingSection(page: Page): HTMLElement {
  const { exercises } = page.data;
  const zoneFigures = zoneSets
    .filter((zones) => zones.some(({ column }) => page.data.measures[column] !== undefined))
    .map((zones, i) => zonesFigure(page, zones, i === 0 ? "zones" : "zones-fitbit"));
  const total = exercises.reduce((sum, { duration_s }) => sum + duration_s / 60, 0);
  return section(
    "training",
    "Training",
    exercises.length === 0
      ? "No exercise was recorded."
      : `${counted(exercises.length, "exercise")}, ${minutes(total)} in all.`,
    ...zoneFigures,
    ...exercises.length === 0 ? [] : [exercisesFigures(page)],
  );
}

function zonesFigure(page: Page, zones: readonly Zone[], name: string): HTMLElement {
  const weeks = zones.flatMap(({ column, label, colour }) =>
    weeklySums(page.values(column), page.first).map(({ monday, sum }) => ({
      monday,
      from: new Date(monday * MS_PER_DAY),
      to: new Date((monday + 7) * MS_PER_DAY),
      label,
      colour,
      sum,
    }))
  );
  const mondays = Array.from(new Set(weeks.map(({ monday }) => monday)))
    .map((monday) => new Date(monday * MS_PER_DAY));
  const [first, last] = [weeks[0]?.monday ?? 0, weeks.at(-1)?.monday ?? 0];
  const isLong = last - first > 12 * 7;
  return figure({
    name,
    title: "Minutes in each heart-rate zone, a week",
    about:
      "Weeks begin on Monday. The easiest zone, in which most of any day is spent, is left out.",
    draw: (width) =>
      plot({
        width,
        height: 220,
        marginTop: 24,
        x: {
          type: "utc",
          label: null,
          ...isLong ? {} : { ticks: mondays, tickFormat: (monday: Date) => dayOfMonth(monday) },
        },
        y: { label: null, grid: true, ticks: 5, tickSize: 0, nice: true },
        color: { type: "identity" },
        marks: [
          unitLabel("minutes"),
          Plot.rectY(weeks, {
            x1: "from",
            x2: "to",
            y: "sum",
            fill: "colour",
            inset: 0,
            ...weeks.length < 600 ? { insetLeft: 1, insetRight: 1 } : {},
          }),
        ],
      }),
    controls: html(
      "div",
      { class: "controls" },
      html(
        "span",
        { class: "legend" },
        ...zones.map(({ label, colour }) =>
          html("span", {}, html("i", { style: `background: ${colour}` }), label)
        ),
      ),
    ),
    table: () => {
      const byWeek = Map.groupBy(weeks, ({ monday }) => monday);
      return {
        head: ["week_from", ...zones.map(({ column }) => column)],
        rows: Array.from(byWeek, ([monday, cells]) => [
          isoDay(monday),
          ...zones.map(({ label }) => cells.find((cell) => cell.label === label)?.sum.toFixed(2)),
        ]),
      };
    },
  }).element;
}

function dayOfMonth(date: Date): string {
  return dayText(date.getTime() / MS_PER_DAY, "short").replace(/^[^ ]+ /, "");
}

const atATime = 12;

function exercisesFigures(page: Page): HTMLElement {
  const exercises = page.data.exercises.toReversed();
  let chosen = exercises.find(({ curve }) => curve !== null) ?? exercises[0];
  let shown = atATime;
  const list = html("ul", { class: "cards" });
  const large = figure({
    name: "exercise",
    title: "",
    about: "",
    draw: (width) => chosen === undefined ? undefined : exerciseChart(page, chosen, width),
    table: () => ({
      head: ["seconds_from_start", "bpm"],
      rows: chosen === undefined ? [] : curveRows(chosen),
    }),
  });
  const choose = (exercise: Exercise) => {
    chosen = exercise;
    large.update({
      title: `${exercise.name}, ${page.dayLabel(exercise.day)}, ${startText(exercise)}`,
      about: factsText(exercise),
    });
    for (const card of list.querySelectorAll("button")) {
      card.setAttribute("aria-pressed", String(card.dataset["start"] === String(exercise.start_s)));
    }
  };
  const fill = () => {
    list.replaceChildren(
      ...exercises.slice(0, shown).map((exercise) => {
        const card = button("", () => choose(exercise), {
          "data-start": exercise.start_s,
          "aria-pressed": "false",
        });
        card.append(
          html("strong", {}, exercise.name),
          html("span", { class: "when" }, page.dayLabel(exercise.day)),
          ...exercise.curve === null ? [] : [sparkline(exercise)],
          html("span", { class: "when" }, factsText(exercise)),
        );
        return html("li", {}, card);
      }),
    );
    const rest = exercises.length - shown;
    more.hidden = rest <= 0;
    more.textContent = `Show ${Math.min(rest, atATime)} more`;
    if (chosen !== undefined) choose(chosen);
  };
  const more = button("", () => {
    shown += atATime;
    fill();
  }, { class: "wide" });
  const all = figure({
    name: "exercises",
    title: "Every exercise",
    about: "The newest first. The lighter end of a curve is the five minutes after; how far the " +
      "heart slowed down in the first of them is its recovery. Choose one to see it large.",
    body: html("div", {}, list, more),
    table: () => ({
      head: [
        "date",
        "time",
        "name",
        "duration_min",
        "mean_bpm",
        "max_bpm",
        "recovery_bpm_in_first_minute",
        "energy_kcal",
        "distance_m",
      ],
      rows: exercises.map((exercise) => [
        isoDay(exercise.day),
        timeOfDay(exercise.start_s * 1000, exercise.offset_s),
        exercise.name,
        (exercise.duration_s / 60).toFixed(1),
        exercise.mean_bpm,
        exercise.curve?.max_bpm,
        exercise.curve?.recovery_bpm,
        exercise.energy_kcal,
        exercise.distance_m,
      ]),
    }),
  });
  fill();
  return html("div", {}, large.element, all.element);
}

function curveRows({ curve }: Exercise): [number, number][] {
  if (curve === null) return [];
  return Array.from(
    atob(curve.bpm),
    (letter, i): [number, number] => [i * curve.step_s, letter.charCodeAt(0)],
  ).filter(([, bpm]) => bpm > 0);
}

function startText({ start_s, offset_s }: Exercise): string {
  return timeOfDay(start_s * 1000, offset_s).slice(0, 5);
}

function factsText({ duration_s, mean_bpm, distance_m, curve }: Exercise): string {
  return [
    minutes(duration_s / 60),
    ...distance_m === null || distance_m === 0 ? [] : [`${number(distance_m / 1000, 1)} km`],
    ...mean_bpm === null ? [] : [`mean ${number(mean_bpm)}`],
    ...curve === null ? [] : [`highest ${number(curve.max_bpm)}`],
    ...curve === null || curve.recovery_bpm === null || curve.recovery_bpm <= 0
      ? []
      : [`down ${number(curve.recovery_bpm)} after a minute`],
    // A line that is too long breaks after the dot.
  ].join("\u00a0· ");
}
