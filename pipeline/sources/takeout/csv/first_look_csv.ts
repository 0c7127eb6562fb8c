/** The first look at a CSV file: which of a family's columns it has, and when its rows were. Pure. */

import { type Day, dayOfNumber, MS_PER_DAY } from "../../../day.ts";
import type { Family, MemberSummary } from "../family.ts";
import { headerAlone, nothingIn, ofDays } from "../first_look.ts";
import { earliestStamp, type WantedColumn } from "./columns.ts";
import type { CsvFamily } from "./csv_family.ts";
import { wantedOf } from "./flatten_csv.ts";
import { readCells } from "./read_cells.ts";
import { scanCells } from "./scan_cells.ts";

/** The entry of a family in the table of all families. */
export function csvFile(
  family: CsvFamily,
  more: Pick<Family, "wallRows"> = {},
): Family {
  const required = wantedOf(family).filter(({ required }) => required);
  return {
    stream: family.stream,
    name: family.name,
    ...more,
    summarise: (document) => stampSummary(document, family.clock, required),
  };
}

/**
 * What a file spans by the first of these columns, which all must be there; undefined when it has no
 * row. Throws a DocumentError when a column is missing or no row has a time.
 */
export function stampSummary(
  document: Uint8Array,
  clock: CsvFamily["clock"],
  required: readonly WantedColumn[],
): MemberSummary | undefined {
  const stamps = stampsOf(document, required).filter((stamp) => stamp >= earliestStamp);
  if (clock === "days") {
    return ofDays(Array.from(stamps, dayOf)) ?? nothing(document);
  }
  let first = Infinity;
  let last = -Infinity;
  for (const stamp of stamps) {
    if (stamp < first) first = stamp;
    if (stamp > last) last = stamp;
  }
  if (first > last) return nothing(document);
  return { samples: stamps.length, span: { kind: clock, first, last } };
}

/** The times of all rows, NaN where there is none: ms since 1970 as written. */
export function stampsOf(document: Uint8Array, required: readonly WantedColumn[]): Float64Array {
  // The others are only looked for, nothing of them is parsed.
  const { rows } = scanCells(document, required.slice(0, 1), required) ??
    readCells(document, required.slice(0, 1), required);
  const stamps = rows.float64(0, [{ first: 0, end: rows.rows }]);
  rows.handOn();
  return stamps;
}

function dayOf(stamp: number): Day {
  return dayOfNumber(Math.floor(stamp / MS_PER_DAY));
}

function nothing(document: Uint8Array): undefined {
  return nothingIn(document, headerAlone, "a time such as 2026-10-01T12:00:05Z");
}
