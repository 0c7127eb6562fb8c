/**
 * The aggregates: what was measured, per minute, hour and day of the wearer's wall clock. They are
 * wide: every table that is aggregated adds its columns to the same three, with its name in front.
 *
 * All three have the same columns of heart rate, so that they can be laid over each other. Buckets
 * follow the clock the wearer saw: in a zone half an hour off UTC the hours begin at half past, and
 * the hour that the autumn night repeats is two rows, told apart by `time` and `utc_offset_s`.
 */

import type { ColumnSpec, TableSpec } from "../catalog.ts";

/** Columns that are null in a row to which only other tables contribute. */
type Measured = Omit<ColumnSpec, "nullable">;

const heartRateColumns: readonly Measured[] = [
  {
    name: "heart_rate_n",
    type: "int32",
    stored: "int32",
    about: "Samples",
  },
  {
    name: "heart_rate_mean_bpm",
    type: "float64",
    unit: "beats/min",
    about: "Mean of the samples, each counting the same",
  },
  {
    name: "heart_rate_min_bpm",
    type: "int32",
    stored: "int16",
    unit: "beats/min",
    about: "Smallest sample",
  },
  {
    name: "heart_rate_max_bpm",
    type: "int32",
    stored: "int16",
    unit: "beats/min",
    about: "Largest sample",
  },
  ...[5, 50, 95].map((percent): Measured => ({
    name: `heart_rate_p${percent}_bpm`,
    type: "float64",
    unit: "beats/min",
    about: `${percent} % of the samples are at or below it: the value at (n - 1) x ${percent} % ` +
      "of the sorted samples, linear between two of them",
  })),
  {
    name: "heart_rate_covered_minutes",
    type: "int32",
    stored: "int16",
    unit: "min",
    about: "Minutes with at least one sample",
  },
  {
    name: "heart_rate_coverage",
    type: "float64",
    about: "Covered minutes as a share of all minutes of the row: 60 of an hour; of a day the " +
      "1,380 to 1,500 that the clocks of its first and last sample say, more or fewer on a journey",
  },
  {
    name: "heart_rate_longest_gap_s",
    type: "float64",
    unit: "s",
    about:
      "Longest time without a sample, from the beginning of the row to its end: an hour with " +
      "one sample at half past has 1800",
  },
];

const restingHeartRateColumns: readonly Measured[] = [
  {
    name: "resting_heart_rate_bpm",
    type: "float64",
    unit: "beats/min",
    about: "Resting heart rate as the source computed it",
  },
  {
    name: "resting_heart_rate_source",
    type: "string",
    about: "Which source that was",
  },
];

const time: ColumnSpec = {
  name: "time",
  type: "timestamp_ms",
  unit: "UTC",
  nullable: false,
  about: "When it began",
};

const utcOffset: ColumnSpec = {
  name: "utc_offset_s",
  type: "int32",
  stored: "int32",
  unit: "s",
  nullable: false,
  about: "Offset of the wearer's wall clock from UTC; local time is time + utc_offset_s",
};

const nullable = (columns: readonly Measured[]): ColumnSpec[] =>
  columns.map((column) => ({ ...column, nullable: true }));

export const minute: TableSpec = {
  name: "minute",
  grain: "one minute in which something was measured",
  partition: "date",
  key: ["time", "utc_offset_s"],
  version: 1,
  columns: [time, utcOffset, ...nullable(heartRateColumns)],
};

export const hour: TableSpec = {
  name: "hour",
  grain: "one hour of the wall clock in which something was measured",
  partition: "year",
  key: ["time", "utc_offset_s"],
  version: 1,
  columns: [time, utcOffset, ...nullable(heartRateColumns)],
};

export const day: TableSpec = {
  name: "day",
  grain: "one civil day on which something was measured",
  partition: "year",
  key: ["date"],
  version: 1,
  columns: [
    { name: "date", type: "date", nullable: false, about: "Civil day of the wearer" },
    ...nullable([...heartRateColumns, ...restingHeartRateColumns]),
  ],
};

/** All aggregates, from fine to coarse. */
export const aggregates: readonly TableSpec[] = [minute, hour, day];
