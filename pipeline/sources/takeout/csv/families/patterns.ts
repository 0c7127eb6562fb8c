/** The shapes that many families share. */

import type { TableSpec } from "../../../../catalog.ts";
import type { Cell, CsvFamily } from "../csv_family.ts";

/** Who recorded a row; exports from 2026 on say it. */
const recorder = "data source";

/** The file name of a family with the day its window starts, in lower case, or without. */
export function fileName(family: string): RegExp {
  return new RegExp(`^${family}(_\\d{4}-\\d\\d-\\d\\d)?\\.csv$`);
}

/** A family of `Physical Activity_GoogleData`: a `timestamp` in UTC, and who recorded it. */
export function dated(
  family: string,
  table: TableSpec,
  columns: Readonly<Record<string, Cell>>,
): CsvFamily {
  return {
    stream: `${family}_*.csv`,
    name: fileName(family),
    table,
    version: 1,
    clock: "utc",
    stamp: "timestamp",
    parts: [{ columns }],
    recorder,
  };
}

/** The same for what is counted by the minute. */
export function minutely(
  family: string,
  table: TableSpec,
  columns: Readonly<Record<string, Cell>>,
): CsvFamily {
  return { ...dated(family, table, columns), duration_s: 60 };
}

/**
 * A family of `Physical Activity_GoogleData` whose `timestamp` is the label of a civil day, even
 * where it is written `T00:00:00Z`; in one file or one a month.
 */
export function daily(
  family: string,
  table: TableSpec,
  columns: Readonly<Record<string, Cell>>,
): CsvFamily {
  return {
    ...dated(family, table, columns),
    stream: `${family}*.csv`,
    clock: "days",
  };
}

/** A category's files, `Title - <window>.csv`: on the wall clock, or a day each. */
export function category(
  title: string,
  clock: "utc" | "wall" | "days",
  table: TableSpec,
  columns: Readonly<Record<string, Cell>>,
): CsvFamily {
  return {
    stream: `${title} - *.csv`,
    name: new RegExp(`^${title.toLowerCase()} - .*\\.csv$`),
    table,
    version: 1,
    clock,
    stamp: "timestamp",
    parts: [{ columns }],
  };
}
