/**
 * Tables as CSV (RFC 4180, with a line feed at the end of a line), made straight from the columns.
 * `@std/csv` writes rows that have to be built first, knows no line end but CRLF, and leaves a lone
 * carriage return unquoted and empty text like null.
 */

import type { TableSpec } from "../catalog.ts";
import type { Column, Columns } from "../columns.ts";
import { quoted } from "../csv_field.ts";
import { MS_PER_DAY } from "../day.ts";
import { ByteWriter } from "./parquet/bytes.ts";
import { checkedColumns } from "./parquet/check.ts";

/**
 * The table as CSV in UTF-8: a header with the catalogue's names, then a line a row. Times are
 * `2026-10-25T01:00:00.000Z`, dates `2026-10-25`, flags `true` or `false`; null is an empty field and
 * empty text is `""`. Throws as {@link checkedColumns} does.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { heartRate } from "../catalog.ts";
 * import { constantText } from "../columns.ts";
 * import { csvOf } from "./csv.ts";
 *
 * const csv = csvOf(heartRate, {
 *   rows: 1,
 *   columns: {
 *     time: { type: "timestamp_ms", values: Float64Array.of(0) },
 *     utc_offset_s: { type: "int32", values: Int32Array.of(3600) },
 *     bpm: { type: "int32", values: Int32Array.of(61) },
 *     confidence: { type: "int32", values: Int32Array.of(0), valid: Uint8Array.of(0) },
 *     source: constantText("takeout", 1),
 *   },
 * });
 * assert.equal(
 *   new TextDecoder().decode(csv),
 *   "time,utc_offset_s,bpm,confidence,source\n1970-01-01T00:00:00.000Z,3600,61,,takeout\n",
 * );
 * ```
 */
export function csvOf(table: TableSpec, columns: Columns): Uint8Array<ArrayBuffer> {
  const fields = checkedColumns(table, columns).map(({ column }) => fieldOf(column));
  csv.clear();
  let text = table.columns.map(({ name }) => quoted(name)).join(",") + "\n";
  for (let row = 0; row < columns.rows; row++) {
    let separator = "";
    for (const field of fields) {
      text += separator + field(row);
      separator = ",";
    }
    text += "\n";
    // Text of a whole day is a million pieces, which outlive many days before they are collected.
    if (text.length < textAtOnce) continue;
    writeUtf8(csv, text);
    text = "";
  }
  writeUtf8(csv, text);
  return csv.copy();
}

/** Memory that is used again. */
const csv = new ByteWriter();

const textAtOnce = 4096;
const utf8 = new TextEncoder();

function writeUtf8(to: ByteWriter, text: string): void {
  to.reserve(3 * text.length);
  to.length += utf8.encodeInto(text, to.bytes.subarray(to.length)).written;
}

/** The text of a column's field in a row. */
function fieldOf(column: Column): (row: number) => string {
  const field = presentFieldOf(column);
  const { valid } = column;
  return valid === undefined ? field : (row) => (valid[row] === 0 ? "" : field(row));
}

function presentFieldOf(column: Column): (row: number) => string {
  switch (column.type) {
    case "timestamp_ms": {
      const format = timeFormat();
      return (row) => format(column.values[row]!);
    }
    case "date":
      return (row) => isoDate(column.values[row]!);
    case "string": {
      const texts = column.dictionary.map(quoted);
      return (row) => texts[column.codes[row]!]!;
    }
    case "boolean":
      return (row) => (column.values[row] === 0 ? "false" : "true");
    case "int32":
    case "float64":
      return (row) => String(column.values[row]);
  }
}

const twoDigits = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, "0"));
const threeDigits = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, "0"));

/** A writer of ISO times that works out a minute's text only when the minute changes. */
function timeFormat(): (ms: number) => string {
  let minute = NaN;
  let upToMinute = "";
  return (ms) => {
    const itsMinute = Math.floor(ms / 60_000);
    if (itsMinute !== minute) {
      minute = itsMinute;
      const ofDay = ((minute % 1440) + 1440) % 1440;
      const hour = twoDigits[Math.floor(ofDay / 60)]!;
      upToMinute = `${isoDate(Math.floor(minute / 1440))}T${hour}:${twoDigits[ofDay % 60]!}:`;
    }
    const inMinute = ms - minute * 60_000;
    const second = Math.floor(inMinute / 1000);
    return `${upToMinute}${twoDigits[second]!}.${threeDigits[inMinute - second * 1000]!}Z`;
  };
}

/** `2026-10-25`, of days since 1970-01-01; with a sign and six digits outside the years 0 to 9999. */
function isoDate(days: number): string {
  const iso = new Date(days * MS_PER_DAY).toISOString();
  return iso.slice(0, iso.indexOf("T"));
}
