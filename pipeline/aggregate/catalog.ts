/**
 * The aggregates: what was measured, per minute, hour and day of the wearer's wall clock, and per week
 * and month of those days. They are wide: every table that is aggregated adds its columns, with its
 * name in front; `contributions.ts` lists them.
 *
 * Buckets follow the clock the wearer saw: in a zone half an hour off UTC the hours begin at half
 * past, and the hour that the autumn night repeats is two rows, told apart by `time` and
 * `utc_offset_s`. A null is not a zero: it says that nothing was measured.
 */

import type { ColumnSpec, TableSpec } from "../catalog.ts";
import type { AggregateColumn, Grain, Measured, OverDays } from "./contribution.ts";
import { contributions } from "./contributions.ts";

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

const date = (about: string): ColumnSpec => ({
  name: "date",
  type: "date",
  nullable: false,
  about,
});

const all: readonly AggregateColumn[] = contributions.flatMap(({ columns }) => columns);

function columnsAt(grain: Grain): ColumnSpec[] {
  return all.filter(({ grains }) => grains.includes(grain))
    .map(({ spec }) => ({ ...spec, nullable: true }));
}

export const minute: TableSpec = {
  name: "minute",
  grain: "one minute in which something was measured",
  partition: "date",
  key: ["time", "utc_offset_s"],
  version: 2,
  columns: [time, utcOffset, ...columnsAt("minute")],
};

export const hour: TableSpec = {
  name: "hour",
  grain: "one hour of the wall clock in which something was measured",
  partition: "year",
  key: ["time", "utc_offset_s"],
  version: 2,
  columns: [time, utcOffset, ...columnsAt("hour")],
};

export const day: TableSpec = {
  name: "day",
  grain: "one civil day on which something was measured; a night counts to the day it ended on",
  partition: "year",
  key: ["date"],
  version: 2,
  columns: [date("Civil day of the wearer"), ...columnsAt("day")],
};

/** A column of weeks and months, and the column of days that it comes from. */
export interface LongColumn {
  readonly spec: ColumnSpec;
  readonly from: string;
  /** `days`: how many of the days have a value. */
  readonly rule: OverDays["rule"] | "days";
}

/** The columns of weeks and months. */
export const longColumns: readonly LongColumn[] = all
  .filter(({ grains }) => grains.includes("day"))
  .flatMap(({ spec, overDays }) => overDays === undefined ? [] : longColumnsOf(spec, overDays))
  .filter(({ spec }, index, columns) =>
    columns.findIndex((other) => other.spec.name === spec.name) === index
  );

function longColumnsOf(spec: Measured, { rule, days }: OverDays): LongColumn[] {
  const from = spec.name;
  const ofColumn = (column: Measured): LongColumn => ({
    spec: { ...column, nullable: true },
    from,
    rule,
  });
  const ofDays: LongColumn = {
    spec: {
      name: days ?? `${from}_days`,
      type: "int32",
      stored: "uint8",
      unit: "d",
      nullable: false,
      about: `Days with a value of ${from}`,
    },
    from,
    rule: "days",
  };
  switch (rule) {
    case "sum": {
      const about = `${spec.about}; sum of the days`;
      return [ofColumn({ ...spec, ...whole(spec), about }), ofDays];
    }
    case "mean": {
      const { unit } = spec;
      const about = `${spec.about}; mean of the days that have a value`;
      const kept = unit === undefined ? {} : { unit };
      return [ofColumn({ name: from, type: "float64", ...kept, about }), ofDays];
    }
    case "min":
      return [ofColumn({ ...spec, about: `${spec.about}; smallest of the days` })];
    case "max":
      return [ofColumn({ ...spec, about: `${spec.about}; largest of the days` })];
  }
}

/** A month's sum of whole numbers does not fit where a day's does. */
function whole({ type }: Measured): Pick<Measured, "stored"> {
  return type === "int32" ? { stored: "int32" } : {};
}

function overDays(name: string, grain: string, first: string): TableSpec {
  return {
    name,
    grain,
    partition: "year",
    key: ["date"],
    version: 1,
    columns: [date(first), ...longColumns.map(({ spec }) => spec)],
  };
}

export const week: TableSpec = overDays(
  "week",
  "one week, Monday to Sunday, with a row in day; it counts to the year of its Monday",
  "Its Monday",
);

export const month: TableSpec = overDays(
  "month",
  "one calendar month with a row in day",
  "Its first day",
);

/** All aggregates, from fine to coarse. */
export const aggregates: readonly TableSpec[] = [minute, hour, day, week, month];
