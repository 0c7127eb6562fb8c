/**
 * The fast reader of data types whose points are one moment or stretch and a few numbers each, a
 * thousand and more a day: steps, distance, energy. It takes what is written as it nearly always is,
 * and leaves every other document to the careful reader of `points.ts`, which it agrees with.
 */

import type { Column } from "../../columns.ts";
import { extentOf } from "../../kernels/numbers.ts";
import type { ColumnBuffer, RowRange } from "../json/column_buffer.ts";
import { type RecordPlace, scanDocument } from "../json/open_document.ts";
import { recordOf, time, unusedText } from "../json/record_shape.ts";
import type { Flattened } from "../source.ts";
import { type Member, nested, numberColumns } from "./number_columns.ts";
import { civilTime, pointLists, pointListsOf, pointMembers } from "./pages.ts";
import type { PointSpec } from "./points.ts";
import { fieldName } from "./records.ts";

/** Where the moments go; numbers after them. */
const place = { start: 0, startOffset: 1, end: 2, numbers: 3 } as const;

/**
 * The scanner of a data type; undefined for those with more than moments and numbers. It gives
 * undefined where the careful reader has to decide.
 */
export function pointScanner(
  spec: PointSpec,
): ((document: Uint8Array) => Flattened | undefined) | undefined {
  const { kind, table, each, known, leaveOut, wasAsked } = spec;
  const isPlain = each === undefined && known === undefined && leaveOut === undefined &&
    wasAsked === undefined;
  if (!isPlain || (kind !== "interval" && kind !== "sample")) return undefined;
  const moments = ["time", "utc_offset_s", ...kind === "interval" ? ["duration_s"] : []];
  const numbers = numberColumns(table, spec.columns, place.numbers, moments);
  if (numbers === undefined) return undefined;
  const records: RecordPlace = {
    lists: pointLists,
    shape: recordOf(place.numbers + numbers.members.length, {
      ...pointMembers,
      [fieldName(spec.name)]: nested([...momentsOf(kind), ...numbers.members]),
    }),
  };
  return (document) => {
    const opened = scanDocument(document, records);
    if (opened === undefined) return undefined;
    const { envelope, rows, rowsOf, unknown } = opened;
    const ranges = pointListsOf(envelope, unknown)
      .map(({ points, place }) => rowsOf(points, place, "dataPoints"));
    const start = rows.float64(place.start, ranges);
    const duration = kind === "interval" ? durationOf(start, rows, ranges) : {};
    const columns = duration && {
      time: { type: "timestamp_ms", values: start } as const,
      utc_offset_s: { type: "int32", values: rows.int32(place.startOffset, ranges) } as const,
      ...duration,
      ...numbers.columns(rows, ranges, start.length),
    };
    rows.handOn();
    return columns && { columns: { rows: start.length, columns }, unknown, notes: [] };
  };
}

function momentsOf(kind: "interval" | "sample"): Member[] {
  if (kind === "sample") {
    return [
      ["sampleTime.physicalTime", time("instant", place.start)],
      ["sampleTime.utcOffset", time("utc_offset", place.startOffset)],
      ["sampleTime.civilTime", civilTime],
    ];
  }
  return [
    ["interval.startTime", time("instant", place.start)],
    ["interval.startUtcOffset", time("utc_offset", place.startOffset)],
    ["interval.endTime", time("instant", place.end)],
    ["interval.endUtcOffset", unusedText],
    ["interval.civilStartTime", civilTime],
    ["interval.civilEndTime", civilTime],
  ];
}

/** How long stretches last; undefined when one ends before it starts. */
function durationOf(
  start: Float64Array,
  rows: ColumnBuffer,
  ranges: readonly RowRange[],
): { duration_s: Column } | undefined {
  const values = secondsBetween(start, rows.float64(place.end, ranges));
  return values && { duration_s: { type: "float64", values } };
}

/** Seconds from each start (ms) to its end; undefined when one ends before it starts. */
export function secondsBetween(start: Float64Array, end: Float64Array): Float64Array | undefined {
  const seconds = end.map((time, row) => (time - start[row]!) / 1000);
  return extentOf(seconds).min < 0 ? undefined : seconds;
}
