/** Weeks and months, from the rows of their days and nothing else. */

import type { Column, Columns } from "../columns.ts";
import { addDays, type Day, dayNumber, dayOfNumber } from "../day.ts";
import { firstDayOf } from "./first_days.ts";
import { columnNamed } from "../transform/column_rows.ts";
import { type LongColumn, longColumns } from "./catalog.ts";
import { numberReader } from "./readers.ts";

/**
 * The last day that the year's weeks reach into: a week counts to the year of its Monday. The 6th of
 * January at the latest.
 */
export function lastDayOfWeeks(year: string): Day {
  const newYearsEve: Day = `${year}-12-31`;
  return addDays(dayOfNumber(firstDayOf.week(dayNumber(newYearsEve))), 6);
}

/**
 * The rows of the weeks or months that begin in a year.
 *
 * @param days Rows of the day aggregate, by date: of that year, and for weeks of the next one too.
 */
export function overDays(unit: keyof typeof firstDayOf, year: string, days: Columns): Columns {
  const dates = columnNamed(days, "date", "date").values;
  const all = Array.from(dates.keys());
  const groups = Map.groupBy(all, (row) => firstDayOf[unit](dates[row]!));
  const ofYear = Array.from(groups).filter(([first]) => dayOfNumber(first).startsWith(year))
    .sort(([a], [b]) => a - b);
  const columns = longColumns.map((column): [string, Column] => {
    const valueOf = numberReader(days, column.from);
    return [
      column.spec.name,
      columnOf(
        column,
        ofYear.map(([, rows]) => rows.map(valueOf).filter((value) => value !== null)),
      ),
    ];
  });
  const date: Column = { type: "date", values: Int32Array.from(ofYear, ([first]) => first) };
  return { rows: ofYear.length, columns: { date, ...Object.fromEntries(columns) } };
}

const rules: Record<LongColumn["rule"], (values: readonly number[]) => number> = {
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  mean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  min: (values) => values.reduce((a, b) => Math.min(a, b), Infinity),
  max: (values) => values.reduce((a, b) => Math.max(a, b), -Infinity),
  days: (values) => values.length,
};

/** The rule over each group; null where a group has no value. */
function columnOf({ spec, rule }: LongColumn, groups: readonly (readonly number[])[]): Column {
  const isThere = (values: readonly number[]) => rule === "days" || values.length > 0;
  const valid = Uint8Array.from(groups, (values) => isThere(values) ? 1 : 0);
  const value = (values: readonly number[]) => isThere(values) ? rules[rule](values) : 0;
  return spec.type === "int32"
    ? { type: "int32", values: Int32Array.from(groups, value), valid }
    : { type: "float64", values: Float64Array.from(groups, value), valid };
}
