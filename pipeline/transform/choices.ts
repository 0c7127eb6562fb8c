/** What is noted of a day that several series cover: which was taken, why, and what each says. Pure. */

import type { ColumnSpec, TableSpec } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import { dayOfNumber } from "../day.ts";
import { type Candidate, type WhyChosen, whyChosen } from "./choose.ts";
import { columnNamed } from "./column_rows.ts";

/** What one series says of a day. */
export interface Account {
  /** Its place among the part's series. */
  readonly series: number;
  readonly rows: number;
  readonly minutes: number;
  /** Of the table's main value; null where no row has one. */
  readonly sum: number | null;
  readonly mean: number | null;
}

/** A day of a part that more than one series has rows of, perhaps on other days. */
export interface Choice {
  readonly day: string;
  /** The place of the one that was taken. */
  readonly chosen: number;
  readonly why: WhyChosen;
  readonly accounts: readonly Account[];
}

/** The rows of a series on the day in question. */
export interface DayOfSeries extends Candidate {
  readonly columns: Columns;
  /** Undefined: all. */
  readonly ofDay: readonly number[] | undefined;
}

/** The note on a day. */
export function choiceOf(
  table: TableSpec,
  day: number,
  series: readonly DayOfSeries[],
  chosen: number,
): Choice {
  const filled = series.flatMap((one, index) => one.rows > 0 ? [{ one, index }] : []);
  const value = mainValue(table);
  return {
    day: dayOfNumber(day),
    chosen,
    why: whyChosen(series, chosen),
    accounts: filled.map(({ one, index }) => ({
      series: index,
      rows: one.rows,
      minutes: one.minutes,
      ...summary(one, value),
    })),
  };
}

/** The first column with a measured number; undefined when a table has none. */
export function mainValue({ columns, key }: TableSpec): ColumnSpec | undefined {
  return columns.find(({ name, type }) =>
    (type === "int32" || type === "float64") && !key.includes(name) &&
    !/(^|_)(utc_offset_s|duration_s)$/.test(name)
  );
}

function summary(
  { columns, ofDay }: DayOfSeries,
  value: ColumnSpec | undefined,
): Pick<Account, "sum" | "mean"> {
  if (value === undefined || !(value.name in columns.columns)) return { sum: null, mean: null };
  const { values, valid } = value.type === "int32"
    ? columnNamed(columns, value.name, "int32")
    : columnNamed(columns, value.name, "float64");
  let sum = 0;
  let count = 0;
  const add = (row: number) => {
    if (valid !== undefined && valid[row] === 0) return;
    sum += values[row]!;
    count++;
  };
  if (ofDay === undefined) { for (let row = 0; row < columns.rows; row++) add(row); }
  else ofDay.forEach(add);
  return count === 0
    ? { sum: null, mean: null }
    : { sum: rounded(sum), mean: rounded(sum / count) };
}

/** As many digits as say something. */
function rounded(value: number): number {
  return Number(value.toPrecision(9));
}

/** Values this far apart, in parts of the larger, are not the same. */
const tolerance = 0.005;

/** Whether a series says something else than the one that was taken: neither sum nor mean agree. */
export function disagrees(a: Account, b: Account): boolean {
  return isApart(a.sum, b.sum) && isApart(a.mean, b.mean);
}

function isApart(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a !== b;
  return Math.abs(a - b) > tolerance * Math.max(Math.abs(a), Math.abs(b));
}
