/** Days as a calendar: a column a week, Monday at the top, the stronger the colour the greater the value. */

import * as Plot from "@observablehq/plot";
import { MS_PER_DAY } from "../day.ts";
import { chart, type Picture } from "./picture.ts";
import { paint } from "./theme.ts";

/** A day's value. */
export interface DayValue {
  /** Its midnight as if it were UTC (ms since 1970). */
  readonly date: number;
  /** NaN where there is none. */
  readonly value: number;
}

export interface CalendarOptions {
  readonly title: string;
  readonly subtitle?: string;
  /** How a value is read out. */
  readonly format?: (value: number) => string;
  /** The values of the faintest and of the full colour; the smallest and the greatest unless given. */
  readonly domain?: readonly [number, number];
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const row_px = 22;
const widest_px = 44;

/**
 * The picture of a value a day. A day without one is an outline, so that it is not taken for a small
 * one. Throws a RangeError when there is no day.
 */
export function calendar(
  days: readonly DayValue[],
  { title, subtitle, format = String, domain }: CalendarOptions,
): Picture {
  if (days.length === 0) throw new RangeError(`Cannot draw "${title}": there is no day`);
  const cells = days.map(({ date, value }) => {
    // 1970 began on a Thursday.
    const day = date / MS_PER_DAY + 3;
    return {
      date,
      value,
      week: Math.floor(day / 7),
      weekday: weekdays[day - 7 * Math.floor(day / 7)],
    };
  });
  const measured = cells.filter(({ value }) => !Number.isNaN(value));
  const values = measured.map(({ value }) => value);
  const [least, greatest] = domain ?? [Math.min(...values), Math.max(...values)];
  const weeks = cells.map(({ week }) => week);
  const firstWeek = Math.min(...weeks);
  const shownWeeks = Array.from(
    { length: Math.max(...weeks) - firstWeek + 1 },
    (_, i) => firstWeek + i,
  );
  const marginLeft = 48;
  const column_px = Math.min(widest_px, Math.floor(812 / shownWeeks.length));
  return chart({
    title,
    ...(subtitle === undefined ? {} : { subtitle }),
    height: 46 + (subtitle === undefined ? 1 : 2) * 20 + 7 * row_px + 34,
    marginLeft,
    marginRight: 880 - marginLeft - column_px * shownWeeks.length,
    marginBottom: 34,
    x: { type: "band", domain: shownWeeks, axis: null, padding: 0.12 },
    y: { type: "band", domain: weekdays, grid: false, padding: 0.12 },
    opacity: { domain: [least, greatest], range: [0.15, 1], clamp: true },
    marks: [
      Plot.axisX(monthStarts(cells), {
        tickFormat: (week: number) => monthOf(week, cells),
        tickSize: 0,
        textAnchor: "start",
        label: null,
      }),
      Plot.cell(cells.filter(({ value }) => Number.isNaN(value)), {
        x: "week",
        y: "weekday",
        stroke: paint.muted,
        strokeDasharray: "2,2",
        fill: "none",
        rx: 3,
        title: ({ date }: DayValue) => `${iso(date)}: nothing`,
      }),
      Plot.cell(measured, {
        x: "week",
        y: "weekday",
        fill: paint.main,
        fillOpacity: "value",
        rx: 3,
        title: ({ date, value }: DayValue) => `${iso(date)}: ${format(value)}`,
      }),
    ],
  });
}

interface Placed {
  readonly date: number;
  readonly week: number;
}

/** The weeks in which a month has its first shown day; its name needs the room of two columns. */
function monthStarts(cells: readonly Placed[]): number[] {
  const weekOf = new Map<string, number>();
  for (const { date, week } of cells) {
    const month = iso(date).slice(0, 7);
    weekOf.set(month, Math.min(week, weekOf.get(month) ?? Infinity));
  }
  return Array.from(new Set(weekOf.values()))
    .filter((week, i, all) => i === all.length - 1 || (all[i + 1] ?? 0) - week > 1);
}

function monthOf(week: number, cells: readonly Placed[]): string {
  const last = cells.findLast((cell) => cell.week === week);
  if (last === undefined) return "";
  const [year, month] = iso(last.date).split("-");
  return `${year}-${month}`;
}

function iso(date: number): string {
  return new Date(date).toISOString().slice(0, 10);
}
