/** The calendar as a picture: a line a table, a block a day, and a cursor that is read out. */

import { fontFamily, paint } from "../../chart/theme.ts";
import { MS_PER_DAY } from "../../day.ts";
import { type CalendarState, calendarStates } from "../../raw/calendar_state.ts";
import { counted } from "../../terminal/counted.ts";
import type { CalendarRow } from "../page_data.ts";
import { html, svg } from "./dom.ts";
import { isoDay, type Page } from "./page.ts";
import { dayText, rangeText, spoken } from "./words.ts";

/** How each state looks: told apart by shape as well as by colour. */
export const looks: Readonly<
  Record<CalendarState, { colour: string; height: number; words: string }>
> = {
  complete: { colour: paint.asleep, height: 1, words: "complete" },
  partial: { colour: paint.awake, height: 0.55, words: "partial" },
  empty: { colour: paint.easy, height: 0.14, words: "nothing there" },
  missing: { colour: paint.peak, height: 0.3, words: "missing" },
};

const barHeight = 12;
const axisHeight = 24;

/** What is shown of the days. */
export interface Stretch {
  readonly label: string;
  readonly first: number;
  readonly last: number;
}

/** Said where there is no cursor yet. */
export const calendarHint =
  "Touch a day, or move with the arrow keys, to read what is there and why.";

/** The picture of some tables' days; says in `readout` what is at the cursor. */
export function calendarChart(
  page: Page,
  rows: readonly CalendarRow[],
  { first, last }: Stretch,
  width: number,
  readout: HTMLElement,
): SVGSVGElement {
  // On a phone a table's name stands above its days, which have the whole width then.
  const isNarrow = width < 560;
  const labelWidth = isNarrow ? 0 : 210;
  const rowHeight = isNarrow ? 34 : 18;
  const days = last - first + 1;
  const dayWidth = (width - labelWidth - 2) / days;
  const height = rows.length * rowHeight + axisHeight;
  const inset = dayWidth > 6 ? 1 : 0;
  const topOf = (row: number) =>
    row * rowHeight + (isNarrow ? rowHeight - barHeight - 2 : (rowHeight - barHeight) / 2);
  const x = (day: number) => labelWidth + (day - first) * dayWidth;
  const picture = svg("svg", {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    class: "everysecond calendar",
    "font-family": fontFamily,
    "font-size": 12,
    fill: "currentColor",
    tabindex: 0,
    role: "group",
    "aria-label": `Calendar of ${counted(rows.length, "table")}, ${
      rangeText(first, last)
    }. ${calendarHint}`,
  });
  for (const { day, label } of monthTicks(first, last, dayWidth)) {
    picture.append(
      svg("line", {
        x1: x(day),
        x2: x(day),
        y1: 0,
        y2: height - axisHeight,
        stroke: paint.muted,
        "stroke-opacity": 0.18,
      }),
      svg("text", { x: x(day), y: height - 6, "text-anchor": "start" }, label),
    );
  }
  rows.forEach((row, i) => {
    const top = topOf(i);
    picture.append(
      svg(
        "text",
        {
          x: isNarrow ? 0 : labelWidth - 10,
          y: top + (isNarrow ? -5 : 10),
          "text-anchor": isNarrow ? "start" : "end",
          fill: paint.ink,
        },
        spoken(row.table),
      ),
    );
    for (const state of calendarStates) {
      const { colour, height } = looks[state];
      const d = runsIn(page, row, first, last).filter((run) => run.state === state)
        .map(({ from, to }) => {
          const tall = barHeight * height;
          const y = top + (barHeight - tall) / 2;
          // Each day its own block while there is room to see them apart.
          if (inset === 0) return rect(x(from), y, x(to + 1) - x(from), tall);
          const blocks: string[] = [];
          for (let day = from; day <= to; day++) {
            blocks.push(rect(x(day), y, dayWidth - inset, tall));
          }
          return blocks.join("");
        }).join("");
      if (d !== "") picture.append(svg("path", { d, fill: colour }));
    }
  });
  const cursor = svg("rect", {
    class: "passing",
    width: Math.max(dayWidth - inset, 2),
    height: barHeight + 4,
    fill: "none",
    stroke: paint.ink,
    "stroke-width": 1.5,
    visibility: "hidden",
  });
  picture.append(cursor);
  let [atRow, atDay] = [0, last];
  const point = (row: number, day: number) => {
    atRow = Math.min(Math.max(row, 0), rows.length - 1);
    atDay = Math.min(Math.max(day, first), last);
    const table = rows[atRow]?.table ?? "";
    const found = page.calendar(table, atDay);
    cursor.setAttribute("x", String(x(atDay)));
    cursor.setAttribute("y", String(topOf(atRow) - 2));
    cursor.setAttribute("visibility", "visible");
    readout.replaceChildren(
      html("strong", {}, `${spoken(table)}, ${dayText(atDay)}`),
      ` ${looks[found?.state ?? "missing"].words}. ${found?.reason ?? ""}`,
    );
    readout.dataset["table"] = table;
    readout.dataset["day"] = isoDay(atDay);
    readout.dataset["state"] = found?.state ?? "";
    readout.dataset["reason"] = found?.reason ?? "";
  };
  const pointAt = (event: PointerEvent | MouseEvent) => {
    const box = picture.getBoundingClientRect();
    const scale = width / box.width;
    const [px, py] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    if (px < labelWidth || py > height - axisHeight) return false;
    point(Math.floor(py / rowHeight), first + Math.floor((px - labelWidth) / dayWidth));
    return true;
  };
  picture.addEventListener("pointermove", pointAt);
  picture.addEventListener("pointerdown", pointAt);
  picture.addEventListener("dblclick", (event) => {
    if (pointAt(event)) page.openDay(atDay);
  });
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
  };
  picture.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (event.key === "Enter") page.openDay(atDay);
    if (move === undefined) return;
    event.preventDefault();
    point(atRow + move[0], atDay + move[1]);
  });
  return picture;
}

function rect(x: number, y: number, width: number, height: number): string {
  const n = (value: number) => Math.round(value * 100) / 100;
  return `M${n(x)} ${n(y)}h${n(Math.max(width, 0.4))}v${n(height)}h${n(-Math.max(width, 0.4))}z`;
}

/** Mondays where the days are few, else the first of each month; as many as there is room for. */
function monthTicks(first: number, last: number, dayWidth: number) {
  const ticks: { day: number; label: string }[] = [];
  const isShort = last - first < 62;
  for (let day = first; day <= last; day++) {
    const date = new Date(day * MS_PER_DAY);
    const isRound = isShort ? date.getUTCDay() === 1 : date.getUTCDate() === 1;
    const before = ticks.at(-1)?.day ?? -Infinity;
    if (!isRound || (day - before) * dayWidth < 52 || (last - day + 1) * dayWidth < 44) continue;
    const [, dayOfMonth, month = ""] = dayText(day, "short").split(/[ ,]+/);
    ticks.push({ day, label: isShort ? `${dayOfMonth} ${month}` : month });
  }
  return ticks;
}

/** A table's days as runs in one state for one reason. */
export function* allRuns(page: Page, row: CalendarRow) {
  let from = page.first;
  for (const [days, state, reason] of row.runs) {
    yield { from, to: from + days - 1, state, reason: page.data.reasons[reason] ?? "" };
    from += days;
  }
}

function runsIn(page: Page, row: CalendarRow, first: number, last: number) {
  return Array.from(allRuns(page, row))
    .filter(({ from, to }) => to >= first && from <= last)
    .map((run) => ({ ...run, from: Math.max(run.from, first), to: Math.min(run.to, last) }));
}

/** A block of a state's look, for the legend. */
export function bar(state: CalendarState): SVGSVGElement {
  const { colour, height: share } = looks[state];
  const height = barHeight * share;
  return svg(
    "svg",
    { width: 10, height: barHeight, "aria-hidden": "true" },
    svg("rect", { width: 10, height, y: (barHeight - height) / 2, fill: colour }),
  );
}
