/** Columns of the day aggregate from a table with a part a year, written short. */

import type { TableSpec } from "../catalog.ts";
import type { ColumnType } from "../columns.ts";
import { last } from "./daily_rules.ts";
import type { DailyContribution, DailyRule, OverDays } from "./contribution.ts";

export interface DailyColumn {
  readonly rule: DailyRule;
  /** A column of the table from which unit and meaning are taken where they are not given. */
  readonly like?: string;
  /** `float64` unless given: sums and means of whole numbers need not stay within 32 bits. */
  readonly type?: Exclude<ColumnType, "date" | "boolean">;
  readonly unit?: string;
  readonly about?: string;
  readonly overDays?: OverDays["rule"];
}

/** The contribution of a table, by the names of its columns in the aggregate. */
export function daily(
  table: TableSpec,
  columns: Readonly<Record<string, DailyColumn>>,
): DailyContribution {
  return {
    kind: "daily",
    table,
    columns: Object.entries(columns).map(([name, column]) => {
      const like = table.columns.find((spec) => spec.name === column.like);
      const unit = column.unit ?? like?.unit;
      const type = column.type ?? "float64";
      return {
        spec: {
          name,
          type,
          ...type === "int32" ? { stored: "int32" } : {},
          ...unit === undefined ? {} : { unit },
          about: column.about ?? like?.about ?? "",
        },
        grains: ["day"],
        ...column.overDays === undefined ? {} : { overDays: { rule: column.overDays } },
        rule: column.rule,
      };
    }),
  };
}

/** A column for each of some things. */
export function each<T>(
  things: readonly T[],
  nameOf: (thing: T) => string,
  columnOf: (thing: T) => DailyColumn,
): Record<string, DailyColumn> {
  return Object.fromEntries(things.map((thing) => [nameOf(thing), columnOf(thing)]));
}

/** Columns of a table with one row a day as they are, with the table's name in front. */
export function copies(
  table: TableSpec,
  overDays: OverDays["rule"],
  columns: readonly string[],
): DailyContribution {
  return daily(
    table,
    each(columns, (column) => `${table.name}_${column}`, (column) => ({
      rule: last(column),
      like: column,
      overDays,
    })),
  );
}
