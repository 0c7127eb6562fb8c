/**
 * The catalogue: every table, its grain, its columns with units, and how it is cut into parts.
 * The one place to add a table; writers, checks, docs and notebooks all read it.
 */

import type { ColumnType } from "./columns.ts";

/** Parquet's narrower whole numbers; `int32` columns in memory are stored as the narrowest that fits. */
export type StoredInteger = "uint8" | "int16" | "int32";

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
  /** Raise when a part of this table would come out different from the same documents. */
  readonly version: number;
}

const time: ColumnSpec = {
  name: "time",
  type: "timestamp_ms",
  unit: "UTC",
  nullable: false,
  about: "When it was measured",
};

const utcOffset: ColumnSpec = {
  name: "utc_offset_s",
  type: "int32",
  stored: "int32",
  unit: "s",
  nullable: false,
  about:
    "Offset of the wearer's wall clock from UTC at that instant; local time is time + utc_offset_s",
};

const source: ColumnSpec = {
  name: "source",
  type: "string",
  nullable: false,
  about: "google-health, takeout or fitbit-web",
};

export const heartRate: TableSpec = {
  name: "heart_rate",
  grain: "one heart-rate sample, as dense as the source has it (1-15 s)",
  partition: "date",
  key: ["time"],
  version: 1,
  columns: [
    time,
    utcOffset,
    {
      name: "bpm",
      type: "int32",
      stored: "int16",
      unit: "beats/min",
      nullable: false,
      about: "Heart rate",
    },
    {
      name: "confidence",
      type: "int32",
      stored: "uint8",
      nullable: true,
      about: "The device's own confidence, 0 (no lock) to 3; only the Takeout JSON files carry it",
    },
    source,
  ],
};

export const restingHeartRate: TableSpec = {
  name: "resting_heart_rate",
  grain: "one civil day",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    { name: "date", type: "date", nullable: false, about: "Civil day of the wearer" },
    {
      name: "bpm",
      type: "float64",
      unit: "beats/min",
      nullable: false,
      about: "Resting heart rate as the source computed it for that day",
    },
    {
      name: "error_bpm",
      type: "float64",
      unit: "beats/min",
      nullable: true,
      about: "The source's own error estimate; only the Takeout JSON files carry it",
    },
    {
      name: "method",
      type: "string",
      nullable: true,
      about: "How the source computed it (with_sleep, only_with_awake_data), where it says so",
    },
    source,
  ],
};

/** Every table, in the order they are shown. */
export const tables: readonly TableSpec[] = [heartRate, restingHeartRate];

/** The table of that name; throws a RangeError that lists the known ones. */
export function tableNamed(name: string): TableSpec {
  const found = tables.find((table) => table.name === name);
  if (found !== undefined) return found;
  const known = tables.map((table) => table.name).join(", ");
  throw new RangeError(`Cannot find a table "${name}": the catalogue has ${known}`);
}
