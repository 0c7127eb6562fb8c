/**
 * What a table adds to the aggregates. `contributions.ts` lists all of them; everything else -
 * the catalogue of the aggregates, what is planned, read, computed and summed up over weeks - follows
 * from that list.
 */

import type { ColumnSpec, TableSpec } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import type { DayGrid } from "./grid.ts";

/** The aggregates that are computed from tables; weeks and months are computed from days. */
export type Grain = "minute" | "hour" | "day";

/** A column that is null in a row to which only other tables contribute. */
export type Measured = Omit<ColumnSpec, "nullable">;

/** How the value of a week or a month comes from those of its days. */
export interface OverDays {
  readonly rule: "sum" | "mean" | "min" | "max";
  /** The column that says how many days had a value; `<column>_days` unless given. */
  readonly days?: string;
}

/** A column of the aggregates. */
export interface AggregateColumn {
  readonly spec: Measured;
  readonly grains: readonly Grain[];
  /** Absent: weeks and months do not have it. */
  readonly overDays?: OverDays;
}

/** What a table with a part a day adds to its minutes, hours and day. */
export interface DenseContribution {
  readonly kind: "dense";
  readonly table: TableSpec;
  /** The columns of the table that it needs. */
  readonly reads: readonly string[];
  readonly columns: readonly AggregateColumn[];
  /** Whether its rows tell the wearer's clock at any time of the day. */
  readonly tellsClock: boolean;
  /** Whether a row may last beyond the midnight of the day whose part it is in. */
  readonly lasts: boolean;
  /**
   * Fills the columns of the day's grid. The rows are those of the day's part, by time, and before
   * them those of the day before that last beyond its midnight.
   */
  measure(rows: Columns, grid: DayGrid): void;
}

/** The rows of one civil day in a table with a part a year, in the order of the table's key. */
export interface RowsOfDay {
  readonly columns: Columns;
  readonly rows: readonly number[];
}

/** What the rows of a day amount to: a number, text, or null where they say nothing. */
export interface DailyRule {
  /** The columns that it needs. */
  readonly reads: readonly string[];
  of(day: RowsOfDay): number | string | null;
}

/** What a table with a part a year adds to the rows of days. */
export interface DailyContribution {
  readonly kind: "daily";
  readonly table: TableSpec;
  readonly columns: readonly (AggregateColumn & { readonly rule: DailyRule })[];
}

export type Contribution = DenseContribution | DailyContribution;
