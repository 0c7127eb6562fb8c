/** The first look at a CSV file: which of a family's columns it has, and when its rows were. Pure. */

import { type Day, dayOfNumber, MS_PER_DAY } from "../../../day.ts";
import type { Family, MemberSummary } from "../family.ts";
import { headerAlone, nothingIn, ofDays } from "../first_look.ts";
import { ascii, gaveUp } from "../../json/scan_bytes.ts";
import { earliestStamp, headerNames, missingColumn, type WantedColumn } from "./columns.ts";
import type { CsvFamily } from "./csv_family.ts";
import { wantedOf } from "./flatten_csv.ts";
import { csvText, requireColumns } from "./read_cells.ts";
import { type TwinMarks, twinMarks } from "../twin_marks.ts";
import { scanCells } from "./scan_cells.ts";
import { StampScanner } from "./scan_stamp.ts";
import { readStamp, stampMs } from "./stamp.ts";

/** The entry of a family in the table of all families. */
export function csvFile(
  family: CsvFamily,
  more: Pick<Family, "wallRows" | "location"> = {},
): Family {
  const required = wantedOf(family).filter(({ required }) => required);
  return {
    stream: family.stream,
    name: family.name,
    ...family.header === undefined ? {} : { header: family.header },
    ...more,
    summarise(document) {
      const summary = stampSummary(document, family.clock, required);
      if (summary === undefined || summary.span.kind === "days") return summary;
      const { ofSleeps } = family;
      const marks = marksIn(document, family);
      return {
        ...summary,
        span: { ...summary.span, ...ofSleeps === undefined ? {} : { ofSleeps } },
        ...marks === undefined ? {} : { evidence: { marks } },
      };
    },
  };
}

/** What a file's twin is known by; undefined where there is none, or it takes the careful reader. */
function marksIn(document: Uint8Array, { stamp, twin, parts }: CsvFamily): TwinMarks | undefined {
  if (twin === undefined) return undefined;
  const value = parts.map(({ columns }) => columns[twin.column]).find((cell) => cell !== undefined);
  if (value === undefined) throw new RangeError(`A family has no column "${twin.column}"`);
  const cells = scanCells(document, [
    { names: [stamp], kind: "stamp", required: true },
    value.wanted,
  ]);
  if (cells === undefined) return undefined;
  const { rows } = cells;
  const all = [{ first: 0, end: rows.rows }];
  const marks = twinMarks(twin, rows.float64(0, all), rows.float64(1, all));
  rows.handOn();
  return marks;
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
  const stamps = stampsOf(document, required, clock === "days").filter((stamp) =>
    stamp >= earliestStamp
  );
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

/**
 * The times of all rows, NaN where there is none that can be read: ms since 1970 as written. Throws a
 * DocumentError when a column is missing or the document is no CSV.
 * @param areDays Whether the civil day is asked for, whatever offset stands behind the time.
 */
export function stampsOf(
  document: Uint8Array,
  required: readonly WantedColumn[],
  areDays = false,
): Float64Array {
  const [stamp] = required;
  if (stamp === undefined) throw new RangeError("A family has a column of its times");
  const scanned = scanFirstStamps(document, stamp, required);
  if (scanned !== undefined) return scanned;
  const { header, rows } = csvText(document);
  requireColumns(header, required);
  const place = header.findIndex((name) => stamp.names.includes(name));
  // What is wrong with a row is told when it is read: it does not keep the file out.
  const read = areDays ? (text: string) => readStamp(text)?.wall : stampMs;
  return Float64Array.from(rows, (row) => read(row[place] ?? "") ?? NaN);
}

/** The shortest line: a date, a comma, a value, a line end. */
const shortestLine = 13;

/**
 * The same where the time stands first in every line, as it nearly always does, looking at nothing
 * else of them; undefined when that is not enough. A line that goes on from a quoted cell begins with
 * no time.
 */
function scanFirstStamps(
  document: Uint8Array,
  stamp: WantedColumn,
  required: readonly WantedColumn[],
): Float64Array | undefined {
  const headerEnd = document.indexOf(ascii.lineFeed);
  const line = document.subarray(0, headerEnd < 0 ? document.length : headerEnd);
  const header = headerNames(new TextDecoder().decode(line).split(","));
  if (!stamp.names.includes(header[0] ?? "")) return undefined;
  if (missingColumn(header, required) !== undefined || headerEnd < 0) return undefined;
  const scanner = new StampScanner(document);
  const stamps = new Float64Array(Math.ceil(document.length / shortestLine));
  let rows = 0;
  for (let at = headerEnd + 1; at < document.length; rows++) {
    const end = scanner.read(at, stamps, rows);
    if (end === gaveUp || document[end] !== ascii.comma || rows === stamps.length) return undefined;
    const lineEnd = document.indexOf(ascii.lineFeed, end);
    at = lineEnd < 0 ? document.length : lineEnd + 1;
  }
  return stamps.slice(0, rows);
}

function dayOf(stamp: number): Day {
  return dayOfNumber(Math.floor(stamp / MS_PER_DAY));
}

function nothing(document: Uint8Array): undefined {
  return nothingIn(document, headerAlone, "a time such as 2026-10-01T12:00:05Z");
}
