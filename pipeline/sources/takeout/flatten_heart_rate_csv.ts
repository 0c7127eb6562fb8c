/**
 * `heart_rate_YYYY-MM-DD.csv` of an account archive (`Physical Activity_GoogleData`): samples in
 * UTC, one file a UTC day, so that a civil day lies in two files. From 2026 on a column names the
 * recorder; several may have measured at the same time.
 */

import type { Manifest } from "../../raw/manifest.ts";
import { counted } from "../../terminal/counted.ts";
import { heartRateColumns, plausibleBpm } from "../heart_rate_columns.ts";
import { unreadable } from "../json/document.ts";
import { readInstant } from "../json/read_value.ts";
import { ColumnBuffer } from "../json/column_buffer.ts";
import type { Flattened, Stream } from "../source.ts";
import { utcOffsetsAt } from "../utc_clock.ts";
import { csvTable } from "./csv_table.ts";
import { csvColumns, type CsvSamples, sampleColumn, sampleWidth } from "./heart_rate_csv.ts";
import { recordersOf } from "./recorders.ts";
import { scanCsvSamples } from "./scan_heart_rate_csv.ts";

/** The document scanned from its bytes; undefined when the careful reader has to decide. */
export function scanHeartRateCsv(document: Uint8Array, manifest: Manifest): Flattened | undefined {
  const samples = scanCsvSamples(document);
  return samples && assemble(samples, manifest);
}

/** The document read carefully; throws a DocumentError. */
export function readHeartRateCsv(document: Uint8Array, manifest: Manifest): Flattened {
  return assemble(readCsvSamples(document), manifest);
}

function readCsvSamples(document: Uint8Array): CsvSamples {
  const table = csvTable(document, {
    required: [csvColumns.time, csvColumns.bpm],
    optional: [csvColumns.recorder],
  });
  const rows = new ColumnBuffer(sampleWidth);
  const names = new Map<string, number>();
  let rounded = 0;
  table.rows.forEach((row, index) => {
    const time = table.cell(row, csvColumns.time);
    const instant = readInstant(time ?? "");
    if (instant === undefined) {
      throw unreadable(`${csvColumns.time} of row ${index + 1}`, "a time in UTC", time);
    }
    const bpm = table.cell(row, csvColumns.bpm);
    const value = readBpm(bpm ?? "");
    if (value === undefined) {
      throw unreadable(`${csvColumns.bpm} of row ${index + 1}`, "a number from 1 to 300", bpm);
    }
    if (!Number.isInteger(value)) rounded++;
    const recorder = table.cell(row, csvColumns.recorder);
    if (recorder !== undefined && !names.has(recorder)) names.set(recorder, names.size);
    const numbers = [instant, Math.round(value), names.get(recorder ?? "") ?? 0];
    rows.append(1, (column) => Float64Array.of(numbers[column] ?? 0));
  });
  const recorders = table.has(csvColumns.recorder) ? Array.from(names.keys()) : undefined;
  return { rows, recorders, unknown: table.unknown, rounded };
}

const bpmPattern = /^\d{1,6}(\.\d+)?$/;

/** A value of the file, which writes whole beats as `82.0`. */
function readBpm(text: string): number | undefined {
  if (!bpmPattern.test(text)) return undefined;
  const value = Number(text);
  const beats = Math.round(value);
  return beats >= plausibleBpm.min && beats <= plausibleBpm.max ? value : undefined;
}

function assemble(samples: CsvSamples, manifest: Manifest): Flattened {
  const { rows, recorders, unknown, rounded } = samples;
  const ranges = [{ first: 0, end: rows.rows }];
  const times = rows.float64(sampleColumn.time, ranges);
  const bpm = rows.int32(sampleColumn.bpm, ranges);
  const codes = recorders && rows.int32(sampleColumn.recorder, ranges);
  rows.handOn();
  return {
    columns: heartRateColumns(times, utcOffsetsAt(times, manifest.clock), bpm),
    ...(recorders && codes && { recorders: recordersOf(recorders, codes) }),
    unknown,
    notes: rounded === 0 ? [] : [`Rounded to whole beats: ${counted(rounded, "value")}`],
  };
}

/** Heart-rate samples, with the recorder where the export names it. */
export const takeoutHeartRateCsv: Stream = {
  source: "takeout",
  name: "heart_rate_*.csv",
  table: "heart_rate",
  version: 1,
  flatten: (document, manifest) =>
    scanHeartRateCsv(document, manifest) ?? readHeartRateCsv(document, manifest),
};
