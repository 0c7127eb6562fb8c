/** The rows of days: what was counted out of a day's own parts, beside the values a year's tables have. */

import type { Column, Columns } from "../columns.ts";
import type { ColumnSpec } from "../catalog.ts";
import { civilDays } from "../transform/civil_days.ts";
import { columnNamed } from "../transform/column_rows.ts";
import { denseDayColumns } from "./aggregate_day.ts";
import { day as dayTable } from "./catalog.ts";
import type { DailyContribution } from "./contribution.ts";
import { dailyContributions } from "./contributions.ts";

/** The columns of its table that a contribution needs. */
export function readsOf({ table, columns }: DailyContribution): string[] {
  const dates = table.columns.some(({ name }) => name === "date")
    ? ["date"]
    : ["time", "utc_offset_s"];
  return Array.from(new Set([...dates, ...columns.flatMap(({ rule }) => rule.reads)]));
}

type Value = number | string | null;

/**
 * The year's rows of the day aggregate, by date.
 *
 * @param counted Rows with the columns of `denseDayColumns`, in any order.
 * @param daily The year's parts of the other tables, by table.
 */
export function dayPart(counted: Columns, daily: ReadonlyMap<string, Columns>): Columns {
  const found = dailyContributions.flatMap((contribution) => {
    const rows = daily.get(contribution.table.name);
    return rows === undefined ? [] : [valuesOf(contribution, rows)];
  });
  const countedDates = columnNamed(counted, "date", "date").values;
  const dates = new Set<number>(countedDates);
  const values = new Map<string, ReadonlyMap<number, Value>>(
    found.flatMap((byColumn) => Array.from(byColumn)),
  );
  for (const byDate of values.values()) for (const date of byDate.keys()) dates.add(date);
  const sorted = Int32Array.from(dates).sort();
  const rowOf = new Map(Array.from(countedDates, (date, row) => [date, row]));
  const rows = Array.from(sorted, (date) => rowOf.get(date) ?? -1);
  const dense = new Set(denseDayColumns.map(({ name }) => name));
  const columns = dayTable.columns.map((spec): [string, Column] => {
    const { name, type } = spec;
    if (name === "date") return [name, { type: "date", values: sorted }];
    if (dense.has(name)) return [name, rowsOf(columnNamed(counted, name, type), rows)];
    const byDate = values.get(name);
    return [name, columnOf(spec, Array.from(sorted, (date) => byDate?.get(date) ?? null))];
  });
  return { rows: sorted.length, columns: Object.fromEntries(columns) };
}

/** For each column the values that are there, by date. */
function valuesOf(
  { table, columns }: DailyContribution,
  rows: Columns,
): Map<string, Map<number, Value>> {
  const all = Array.from({ length: rows.rows }, (_, row) => row);
  const byDate = Map.groupBy(all, civilDays(table, rows));
  return new Map(columns.map(({ spec, rule }) => {
    const values = new Map<number, Value>();
    for (const [date, ofDay] of byDate) {
      const value = rule.of({ columns: rows, rows: ofDay });
      if (value !== null) values.set(date, value);
    }
    return [spec.name, values];
  }));
}

/** Rows of a column of numbers; -1 is null. */
function rowsOf(column: Column, rows: readonly number[]): Column {
  if (column.type !== "float64" && column.type !== "int32") {
    throw new TypeError(`Cannot pick rows of a column of ${column.type}: expected numbers`);
  }
  const valid = Uint8Array.from(rows, (row) => row < 0 ? 0 : column.valid?.[row] ?? 1);
  const pick = (row: number) => row < 0 ? 0 : column.values[row]!;
  return column.type === "int32"
    ? { type: column.type, values: Int32Array.from(rows, pick), valid }
    : { type: column.type, values: Float64Array.from(rows, pick), valid };
}

function columnOf({ type }: ColumnSpec, cells: readonly Value[]): Column {
  const valid = Uint8Array.from(cells, (cell) => cell === null ? 0 : 1);
  switch (type) {
    case "timestamp_ms":
    case "float64":
      return { type, values: Float64Array.from(cells, Number), valid };
    case "int32":
    case "date":
      return { type, values: Int32Array.from(cells, Number), valid };
    case "boolean":
      return { type, values: Uint8Array.from(cells, Number), valid };
    case "string": {
      const dictionary = Array.from(new Set(cells.map((cell) => String(cell ?? ""))));
      const codeOf = new Map(dictionary.map((text, code) => [text, code]));
      const codes = Int32Array.from(cells, (cell) => codeOf.get(String(cell ?? "")) ?? 0);
      return { type, dictionary, codes, valid };
    }
  }
}
