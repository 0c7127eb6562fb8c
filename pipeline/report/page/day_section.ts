/** One day, every second: opened by its date, zoomed by drag, keys or buttons. */

import { paint } from "../../chart/theme.ts";
import { offsetName } from "../../chart/time_axis.ts";
import { dayNumber } from "../../day.ts";
import { counted } from "../../terminal/counted.ts";
import { firstAt } from "../exercise_curve.ts";
import type { SecondDay } from "../second_day.ts";
import { dayChart, type DayPicture } from "./day_chart.ts";
import { nearest, rangeWords, rowsOf, spansOf, stageAt, stepsAt } from "./day_facts.ts";
import { loadDay } from "./day_loader.ts";
import { button, html } from "./dom.ts";
import { figure, section } from "./figure.ts";
import { isoDay, type Page } from "./page.ts";
import { margins } from "./plot.ts";
import { dayText, timeOfDay } from "./words.ts";
import { ZoomHandle } from "./zoom.ts";

/** Nobody zooms in further than this. */
const shortestView_ms = 10_000;

const keysHint = "Keys: + and − zoom, arrows move, 0 shows the whole day, Page Up and Page Down " +
  "change the day, Shift with an arrow goes from sample to sample.";

const hint =
  "Drag across the chart to zoom in, down to single seconds; double-click for the whole day." +
  (matchMedia("(pointer: coarse)").matches ? "" : ` ${keysHint}`);

export function daySection(page: Page): HTMLElement {
  let day = page.openingDay;
  let seconds: SecondDay | undefined;
  let trouble: string | undefined;
  let view = { from: 0, to: 0 };
  let spans = spansOf(page, day, undefined);

  const date = html("input", {
    type: "date",
    min: isoDay(page.first),
    max: isoDay(page.last),
    "aria-label": "Day",
  });
  const readout = html("output", { class: "readout", "aria-live": "polite" });
  const bounds = () => ({ from: spans[0]?.start ?? 0, to: spans.at(-1)?.end ?? 0 });
  const offsetAt = (instant: number) =>
    spans.find(({ end }) => instant < end)?.offset_s ?? spans.at(-1)?.offset_s ?? 0;
  const clockOf = (instant: number) => timeOfDay(instant, offsetAt(instant));

  const picture = (): DayPicture => {
    const { from, to } = bounds();
    return {
      seconds,
      spans,
      ...view,
      sleeps: page.data.sleeps.filter(({ start_s, duration_s }) =>
        (start_s + duration_s) * 1000 > from && start_s * 1000 < to
      ),
      exercises: page.data.exercises.filter(({ start_s, duration_s }) =>
        (start_s + duration_s) * 1000 > from && start_s * 1000 < to
      ),
    };
  };
  const show = (from: number, to: number) => {
    const whole = bounds();
    const length = Math.min(Math.max(to - from, shortestView_ms), whole.to - whole.from);
    const start = Math.min(Math.max(from, whole.from), whole.to - length);
    view = { from: start, to: start + length };
    chart.update({ title: dayText(day, "long"), about: words() });
    outButton.disabled = wholeButton.disabled = length === whole.to - whole.from;
    chart.element.dataset["from"] = String(view.from);
    chart.element.dataset["to"] = String(view.to);
  };
  const zoom = (factor: number, at = (view.from + view.to) / 2) => {
    const length = (view.to - view.from) * factor;
    const share = (at - view.from) / (view.to - view.from);
    show(at - length * share, at + length * (1 - share));
  };
  const move = (share: number) => {
    const by = (view.to - view.from) * share;
    show(view.from + by, view.to + by);
  };
  const whole = () => show(bounds().from, bounds().to);

  const words = () => {
    const { from, to } = view;
    const shown = seconds === undefined
      ? 0
      : firstAt(seconds.time_ms, to + 1) - firstAt(seconds.time_ms, from);
    if (trouble !== undefined) return trouble;
    if (seconds === undefined) {
      const found = page.calendar("heart_rate", day);
      return `No seconds of this day. ${found?.reason ?? ""}`;
    }
    const zones = spans.filter(({ start, end }) => start < to && end > from)
      .map(({ offset_s }) => offsetName(offset_s)).join(", then ");
    const end = clockOf(to) === "00:00:00" ? "24:00:00" : clockOf(to);
    return `${clockOf(from)} to ${end} local time (${zones}). ` +
      `${counted(shown, "heart-rate sample")}${rangeWords(seconds, view)}.`;
  };

  const point = (instant: number): number | undefined => {
    const at = seconds === undefined ? -1 : nearest(seconds.time_ms, instant);
    const bpm = seconds?.bpm[at];
    const time = seconds?.time_ms[at];
    const near = time !== undefined && Math.abs(time - instant) <= 60_000;
    const stage = stageAt(picture(), instant);
    const parts = [
      near ? `${bpm} beats/min` : "no heart rate",
      ...stage === undefined ? [] : [stage],
      ...stepsAt(seconds, instant),
      ...page.data.exercises.filter(({ start_s, duration_s }) =>
        instant >= start_s * 1000 && instant < (start_s + duration_s) * 1000
      ).map(({ name }) => name),
    ];
    readout.replaceChildren(
      html("strong", {}, clockOf(near ? time : instant)),
      ` ${parts.join(" · ")}`,
    );
    return near ? time : undefined;
  };
  const step = (by: 1 | -1) => {
    const { time_ms } = seconds ?? { time_ms: new Float64Array() };
    const at = handle.cursor === undefined
      ? firstAt(time_ms, view.from)
      : nearest(time_ms, handle.cursor) + by;
    const time = time_ms[at];
    if (time === undefined) return;
    if (time < view.from || time > view.to) move(by * 0.5);
    handle.show(time);
    point(time);
  };

  const handle = new ZoomHandle({
    view: () => view,
    margins,
    onZoom: show,
    onPoint: point,
    onWhole: whole,
  });
  const outButton = button("−", () => zoom(2), { "aria-label": "Zoom out", title: "Zoom out" });
  const wholeButton = button("Whole day", whole);
  const chart = figure({
    name: "one-day",
    title: "",
    about: "",
    live: true,
    draw: (width) => {
      const drawn = dayChart(picture(), width);
      drawn.setAttribute("tabindex", "0");
      drawn.setAttribute("role", "group");
      drawn.setAttribute("aria-label", `${dayText(day, "long")}. ${words()} ${keysHint}`);
      handle.attach(drawn);
      return drawn;
    },
    controls: html(
      "div",
      { class: "controls" },
      button("‹", () => open(day - 1), { "aria-label": "The day before" }),
      date,
      button("›", () => open(day + 1), { "aria-label": "The day after" }),
      html("span", { class: "gap" }),
      outButton,
      button("+", () => zoom(0.5), { "aria-label": "Zoom in", title: "Zoom in" }),
      wholeButton,
    ),
    body: html("div", {}, dayLegend(), readout),
    table: () => ({
      head: ["local_time", "utc_time", "bpm"],
      rows: rowsOf(seconds, view, clockOf),
    }),
  });

  const keys: Readonly<Record<string, () => void>> = {
    "+": () => zoom(0.5, handle.cursor),
    "=": () => zoom(0.5, handle.cursor),
    "-": () => zoom(2, handle.cursor),
    "0": whole,
    ArrowLeft: () => move(-0.25),
    ArrowRight: () => move(0.25),
    "Shift+ArrowLeft": () => step(-1),
    "Shift+ArrowRight": () => step(1),
    PageUp: () => open(day - 1),
    PageDown: () => open(day + 1),
  };
  chart.element.addEventListener("keydown", (event) => {
    if (!(event.target instanceof SVGElement) || event.ctrlKey || event.metaKey) return;
    const key =
      keys[event.shiftKey && event.key.startsWith("Arrow") ? `Shift+${event.key}` : event.key];
    if (key === undefined) return;
    event.preventDefault();
    key();
  });
  date.addEventListener("change", () => {
    if (date.value !== "") open(dayNumber(date.value));
  });

  let asked = 0;
  const open = async (wanted: number) => {
    day = Math.min(Math.max(wanted, page.first), page.last);
    const mine = ++asked;
    date.value = isoDay(day);
    const found = await loadDay(page, day).then(
      (seconds) => ({ seconds, trouble: undefined }),
      (error: Error) => ({ seconds: undefined, trouble: error.message }),
    );
    // Somebody steps faster than days load: only the last one counts.
    if (mine !== asked) return;
    ({ seconds, trouble } = found);
    spans = spansOf(page, day, seconds);
    handle.cursor = undefined;
    readout.replaceChildren(hint);
    whole();
    chart.element.dataset["day"] = isoDay(day);
  };
  page.openDay = (wanted) => {
    chart.element.scrollIntoView({ block: "start" });
    open(wanted);
  };
  open(day);
  return section(
    "one-day-section",
    "One day, every second",
    `${counted(page.data.seconds.runs.reduce((sum, [a, b]) => sum + b - a + 1, 0), "day")} of ` +
      "seconds, each to be opened. The line breaks where nothing was measured.",
    chart.element,
  );
}

function dayLegend(): HTMLElement {
  const entry = (style: string, label: string) => html("span", {}, html("i", { style }), label);
  return html(
    "span",
    { class: "legend" },
    entry(`background: ${paint.main}`, "heart rate"),
    entry(`background: ${paint.other}; opacity: 0.3`, "exercise"),
    entry(`background: ${paint.band}`, "off the wrist, or not measured"),
  );
}
