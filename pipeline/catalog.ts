/**
 * The catalogue: every table, its grain, its columns with units, and how it is cut into parts.
 * The one place to add a table, in the file of its subject below catalog/; writers, checks, docs and
 * notebooks all read it.
 */

import type { ColumnType } from "./columns.ts";
import { activityTables } from "./catalog/activity.ts";
import { bodyTables } from "./catalog/body.ts";
import { exerciseTables } from "./catalog/exercise.ts";
import { heartTables } from "./catalog/heart.ts";
import { intakeTables } from "./catalog/intake.ts";
import { scoreTables } from "./catalog/scores.ts";
import { sleepTables } from "./catalog/sleep.ts";
import { vitalsTables } from "./catalog/vitals.ts";

export { heartRate, restingHeartRate } from "./catalog/heart.ts";

/** Parquet's narrower whole numbers; `int32` columns in memory are stored as the narrowest that fits. */
export type StoredInteger = "uint8" | "int16" | "int32";

/** The least and the most that each of them holds. */
export const storedRanges: Readonly<
  Record<StoredInteger, { readonly least: number; readonly most: number }>
> = {
  uint8: { least: 0, most: 255 },
  int16: { least: -32_768, most: 32_767 },
  int32: { least: -2_147_483_648, most: 2_147_483_647 },
};

export interface ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
  /** For `int32` columns: the Parquet integer type. */
  readonly stored?: StoredInteger;
  /** `bpm`, `s`, `UTC`, ...; absent for text and counts. */
  readonly unit?: string;
  readonly nullable: boolean;
  readonly about: string;
}

export interface TableSpec {
  readonly name: string;
  /** One row is ... */
  readonly grain: string;
  /** A part is one civil day (dense tables) or one calendar year (sparse ones). */
  readonly partition: "date" | "year";
  /** Columns that tell rows apart; parts are sorted by them. */
  readonly key: readonly string[];
  readonly columns: readonly ColumnSpec[];
  /**
   * The column that says what the rows are parts of (a sleep, an exercise): a day is covered by so many
   * of these, however finely one source cuts them. So its parts come from where the whole comes from.
   */
  readonly partsOf?: string;
  /** What a row holds that says no more than that nothing was measured: it is left out. */
  readonly unmeasured?: Readonly<Record<string, number>>;
  /** Raise when a part of this table would come out different from the same documents. */
  readonly version: number;
}

/** Every table, in the order they are shown. */
export const tables: readonly TableSpec[] = [
  ...heartTables,
  ...activityTables,
  ...sleepTables,
  ...scoreTables,
  ...exerciseTables,
  ...vitalsTables,
  ...bodyTables,
  ...intakeTables,
];

/** The table of that name; throws a RangeError that lists the known ones. */
export function tableNamed(name: string): TableSpec {
  const found = tables.find((table) => table.name === name);
  if (found !== undefined) return found;
  const known = tables.map((table) => table.name).join(", ");
  throw new RangeError(`Cannot find a table "${name}": the catalogue has ${known}`);
}
