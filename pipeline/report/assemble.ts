/** The page's data out of what was read. Pure: the same tables give the same page. */

import { numberReader } from "../aggregate/readers.ts";
import { dayNumber } from "../day.ts";
import { tableNamed } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import type { TableCalendar } from "../raw/calendar.ts";
import { kept, measures } from "./measures.ts";
import type { CalendarRow, Exercise, PageData, Seconds, Sleep, ZoneBounds } from "./page_data.ts";
import { unusualDays } from "./unusual.ts";

/** The clocks of a day: the offsets of its first and its last sample, in seconds. */
export interface DayClock {
  readonly atStart_s: number;
  readonly atEnd_s: number;
}

export interface PageInput {
  readonly participant: string;
  readonly calendar: readonly TableCalendar[];
  /** The day aggregate of all years, with `date` and the columns of `measures.ts`. */
  readonly days: Columns;
  readonly sleeps: readonly Sleep[];
  readonly exercises: readonly Exercise[];
  readonly zones: readonly ZoneBounds[];
  /** By day since 1970, ascending, those of which there are seconds. */
  readonly clocks: ReadonlyMap<number, DayClock>;
  readonly folder: string;
}

/** What the page is given. */
export function pageData(input: PageInput): PageData {
  const { participant, calendar, days, sleeps, exercises, zones, clocks, folder } = input;
  const range = rangeOf(input);
  const columns = measureColumns(days, range);
  return {
    format: 1,
    participant,
    first: range.first,
    days: range.days,
    measures: columns,
    ...calendarRows(calendar),
    clocks: clockRuns(clocks, range),
    sleeps,
    exercises,
    zones,
    unusual: unusualDays(columns, range.first),
    seconds: { folder, runs: runsOf(Array.from(clocks.keys())) },
  };
}

interface Range {
  readonly first: number;
  readonly days: number;
}

/** The days of the calendar; of the aggregates where there is no calendar. */
function rangeOf({ calendar, days }: PageInput): Range {
  const date = numberReader(days, "date");
  const dates = Array.from({ length: days.rows }, (_, row) => date(row) ?? NaN);
  for (const { spans } of calendar) {
    const [first, last] = [spans[0], spans.at(-1)];
    if (first !== undefined) dates.push(dayNumber(first.first_day));
    if (last !== undefined) dates.push(dayNumber(last.last_day));
  }
  const first = dates.reduce((a, b) => Math.min(a, b), Infinity);
  const last = dates.reduce((a, b) => Math.max(a, b), -Infinity);
  return dates.length === 0 ? { first: 0, days: 0 } : { first, days: last - first + 1 };
}

/** The measures that have any value, a value a day. */
function measureColumns(days: Columns, range: Range): Record<string, (number | null)[]> {
  const date = numberReader(days, "date");
  const columns: Record<string, (number | null)[]> = {};
  for (const measure of measures) {
    const valueOf = numberReader(days, measure.column);
    const values = new Array<number | null>(range.days).fill(null);
    for (let row = 0; row < days.rows; row++) {
      const value = valueOf(row);
      if (value !== null) values[(date(row) ?? NaN) - range.first] = kept(value, measure);
    }
    if (values.some((value) => value !== null)) columns[measure.column] = values;
  }
  return columns;
}

function calendarRows(calendar: readonly TableCalendar[]): Pick<PageData, "calendar" | "reasons"> {
  const reasons = new Map<string, number>();
  const rows = calendar.map(({ table, spans }): CalendarRow => ({
    table,
    grain: tableNamed(table).grain,
    runs: spans.map(({ first_day, last_day, state, reason }) => {
      const index = reasons.get(reason) ?? reasons.size;
      reasons.set(reason, index);
      return [dayNumber(last_day) - dayNumber(first_day) + 1, state, index];
    }),
  }));
  return { calendar: rows, reasons: Array.from(reasons.keys()) };
}

/** Days without seconds have the clock that the day before them ended with; the first ones that of the first known. */
function clockRuns(clocks: ReadonlyMap<number, DayClock>, range: Range): PageData["clocks"] {
  const [known] = clocks.values();
  let last = known?.atStart_s ?? 0;
  const runs: [number, number, number][] = [];
  for (let day = range.first; day < range.first + range.days; day++) {
    const { atStart_s, atEnd_s } = clocks.get(day) ?? { atStart_s: last, atEnd_s: last };
    last = atEnd_s;
    const run = runs.at(-1);
    if (run !== undefined && run[1] === atStart_s && run[2] === atEnd_s) run[0]++;
    else runs.push([1, atStart_s, atEnd_s]);
  }
  return runs;
}

/** Days one after the other as first and last. */
export function runsOf(days: readonly number[]): Seconds["runs"] {
  const runs: [number, number][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === day - 1) run[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}
