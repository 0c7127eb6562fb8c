/**
 * The rows of a part out of the series that could supply them: for each civil day the rows of
 * exactly one. Pure.
 */

import type { TableSpec } from "../catalog.ts";
import { type Columns, constantText } from "../columns.ts";
import type { SourceName } from "../sources/source.ts";
import type { Arranged } from "./arrange.ts";
import { type Choice, choiceOf, type DayOfSeries } from "./choices.ts";
import { chooseSeries } from "./choose.ts";
import { civilDays } from "./civil_days.ts";
import { columnNamed, join, type Selection } from "./column_rows.ts";

/** One series' rows of the part's days, in order of preference among each other. */
export interface SeriesRows {
  readonly source: SourceName;
  /** See `Stream.fallback`. */
  readonly fallback: boolean;
  readonly arranged: Arranged;
}

/**
 * The part's rows with all columns of the catalogue, how many days each series supplied, and the days
 * on which there was a choice.
 */
export interface Merged {
  readonly columns: Columns;
  readonly days: readonly number[];
  readonly choices: readonly Choice[];
}

/** Merges the series day by day; each day's rows come from the series that `chooseSeries` picks. */
export function mergeSeries(table: TableSpec, series: readonly SeriesRows[]): Merged {
  const filled = series.filter(({ arranged }) => arranged.columns.rows > 0);
  if (table.partition === "date" || filled.length === 1) {
    return oneSeries(table, series);
  }
  const rowsByDay = series.map(({ arranged }) => rowsOfDays(table, arranged.columns));
  const covered = series.map(({ arranged }) => coverage(table, arranged.columns));
  const allDays = new Set(rowsByDay.flatMap((days) => Array.from(days.keys())));
  const selections: Selection[] = [];
  const days = series.map(() => 0);
  const choices: Choice[] = [];
  const traits = series.map(({ source, fallback }) => ({ source, fallback }));
  const withSource = series.map(({ source, arranged }) => sourced(arranged.columns, source));
  for (const day of Array.from(allDays).sort((a, b) => a - b)) {
    const candidates = series.map(({ arranged: { columns } }, index): DayOfSeries => {
      const ofDay = rowsByDay[index]?.get(day) ?? [];
      const minutes = covered[index]?.(ofDay) ?? 0;
      return { ...traits[index], rows: ofDay.length, minutes, columns, ofDay };
    });
    const chosen = chooseSeries(candidates);
    if (chosen === undefined) continue;
    choices.push(choiceOf(table, day, candidates, chosen));
    const columns = withSource[chosen];
    const rows = rowsByDay[chosen]?.get(day);
    if (columns === undefined || rows === undefined) continue;
    days[chosen] = (days[chosen] ?? 0) + 1;
    selections.push({ columns, rows });
  }
  return { columns: join(selections, table.columns), days, choices };
}

function oneSeries(table: TableSpec, series: readonly SeriesRows[]): Merged {
  const candidates = series.map(({ source, fallback, arranged }): DayOfSeries => ({
    source,
    fallback,
    minutes: arranged.minutes,
    rows: arranged.columns.rows,
    columns: arranged.columns,
    ofDay: undefined,
  }));
  const chosen = chooseSeries(candidates);
  const taken = chosen === undefined ? undefined : series[chosen];
  if (chosen === undefined || taken === undefined) {
    return { columns: join([], table.columns), days: series.map(() => 0), choices: [] };
  }
  const day = civilDays(table, taken.arranged.columns)(0);
  const hadChoice = candidates.filter(({ rows }) => rows > 0).length > 1;
  const dayCount = table.partition === "date" ? 1 : rowsOfDays(table, taken.arranged.columns).size;
  return {
    columns: sourced(taken.arranged.columns, taken.source),
    days: series.map((_, index) => index === chosen ? dayCount : 0),
    choices: hadChoice ? [choiceOf(table, day, candidates, chosen)] : [],
  };
}

/** How much of a day rows cover: so many rows, or so many things that they are parts of. */
function coverage(table: TableSpec, columns: Columns): (rows: readonly number[]) => number {
  const { partsOf } = table;
  if (partsOf === undefined || columns.rows === 0) return (rows) => rows.length;
  const { codes } = columnNamed(columns, partsOf, "string");
  return (rows) => new Set(rows.map((row) => codes[row])).size;
}

function sourced({ rows, columns }: Columns, source: SourceName): Columns {
  return { rows, columns: { ...columns, source: constantText(source, rows) } };
}

function rowsOfDays(table: TableSpec, columns: Columns): Map<number, number[]> {
  const dayOf = civilDays(table, columns);
  const days = new Map<number, number[]>();
  for (let row = 0; row < columns.rows; row++) {
    const day = dayOf(row);
    const rows = days.get(day);
    if (rows === undefined) days.set(day, [row]);
    else rows.push(row);
  }
  return days;
}
