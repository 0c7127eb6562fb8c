/** Columns that many tables share, and short ways to write the others. */

import type { ColumnSpec, StoredInteger } from "../catalog.ts";

type Rest = Partial<Pick<ColumnSpec, "unit">> & { readonly required?: true };

function spec(
  name: string,
  type: ColumnSpec["type"],
  about: string,
  { unit, required }: Rest,
  stored?: StoredInteger,
): ColumnSpec {
  return {
    name,
    type,
    ...stored === undefined ? {} : { stored },
    ...unit === undefined ? {} : { unit },
    nullable: required !== true,
    about,
  };
}

/** A whole number within 32 bits; null where the source gives none, unless it is required. */
export const whole = (name: string, about: string, rest: Rest = {}): ColumnSpec =>
  spec(name, "int32", about, rest, "int32");

export const real = (name: string, about: string, rest: Rest = {}): ColumnSpec =>
  spec(name, "float64", about, rest);

export const text = (name: string, about: string, rest: Rest = {}): ColumnSpec =>
  spec(name, "string", about, rest);

export const flag = (name: string, about: string, rest: Rest = {}): ColumnSpec =>
  spec(name, "boolean", about, rest);

export const instant = (name: string, about: string, rest: Rest = {}): ColumnSpec =>
  spec(name, "timestamp_ms", about, { unit: "UTC", ...rest });

/** When it was measured, or began. */
export const time: ColumnSpec = instant("time", "When it was measured, or began", {
  required: true,
});

export const utcOffset: ColumnSpec = whole(
  "utc_offset_s",
  "Offset of the wearer's wall clock from UTC at that instant; local time is time + utc_offset_s",
  { unit: "s", required: true },
);

export const duration: ColumnSpec = real("duration_s", "How long it lasted", {
  unit: "s",
  required: true,
});

export const date: ColumnSpec = spec("date", "date", "Civil day of the wearer", { required: true });

/** Which source supplied the row; the last column of every table. */
export const source: ColumnSpec = text("source", "google-health, takeout or fitbit-web", {
  required: true,
});

/** Columns of what was measured over a stretch of time. */
export const interval: readonly ColumnSpec[] = [time, utcOffset, duration];

/** The same for what Google Health only gives summed up, in windows without an offset. */
export const rolledUpInterval: readonly ColumnSpec[] = [
  time,
  {
    ...utcOffset,
    about: `${utcOffset.about}. Google Health does not say it here: it is the offset of the ` +
      "account's time zone, so that on a journey these rows keep the wall clock of home",
  },
  duration,
];

/** Columns of what was measured at one moment. */
export const sample: readonly ColumnSpec[] = [time, utcOffset];
