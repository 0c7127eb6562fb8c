/**
 * The fast reader of `heart_rate_YYYY-MM-DD.csv`: bytes to numbers, for the columns in their usual
 * order, without quotes, with whole values.
 */

import { plausibleBpm } from "../heart_rate_columns.ts";
import { RowBuffer } from "../json/row_buffer.ts";
import { ascii, gaveUp, Reading, ValueScanner } from "../json/scan_value.ts";
import { csvColumns, type CsvSamples, sampleColumn, sampleWidth } from "./heart_rate_csv.ts";
import { whole } from "../json/record_shape.ts";

const header = `${csvColumns.time},${csvColumns.bpm}`;
const headerWithRecorder = `${header},${csvColumns.recorder}`;
const bpmReading = new Reading(
  whole(sampleColumn.bpm, { required: true, quoted: "never", ...plausibleBpm }),
);

/** A file with more recorders than this is none that this is good for. */
const maxRecorders = 16;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The file's samples; undefined when the careful reader has to decide. */
export function scanCsvSamples(document: Uint8Array): CsvSamples | undefined {
  const headerEnd = document.indexOf(ascii.lineFeed);
  if (headerEnd < 0 || headerEnd > headerWithRecorder.length + 1) return undefined;
  const found = utf8Text(document.subarray(0, headerEnd))?.replace(/\r$/, "");
  if (found !== header && found !== headerWithRecorder) return undefined;
  const recorders = found === headerWithRecorder ? new RecorderNames(document) : undefined;
  const rows = new RowBuffer(sampleWidth);
  const values = new ValueScanner(document);
  let at = headerEnd + 1;
  while (at < document.length) {
    at = scanLine(document, at, values, rows, recorders);
    if (at === gaveUp) return undefined;
  }
  return { rows, recorders: recorders?.names, unknown: new Map(), rounded: 0 };
}

/** Scans the line at `at` into the next row; returns the place of the line after it. */
function scanLine(
  bytes: Uint8Array,
  at: number,
  values: ValueScanner,
  rows: RowBuffer,
  recorders: RecorderNames | undefined,
): number {
  const base = rows.next();
  let place = values.instant(at, rows.values, base + sampleColumn.time);
  if (place === gaveUp || bytes[place] !== ascii.comma) return gaveUp;
  place = values.whole(place + 1, bpmReading, rows.values, base);
  if (place === gaveUp) return gaveUp;
  if (bytes[place] === ascii.point) {
    const fraction = place + 1;
    do place++; while (bytes[place] === ascii.zero);
    if (place === fraction) return gaveUp;
  }
  if (recorders !== undefined) {
    if (bytes[place] !== ascii.comma) return gaveUp;
    const start = place + 1;
    const code = recorders.codeAt(start);
    if (code === gaveUp) return gaveUp;
    rows.values[base + sampleColumn.recorder] = code;
    place = start + recorders.length(code);
  }
  if (bytes[place] === ascii.carriageReturn && bytes[place + 1] === ascii.lineFeed) place++;
  else if (bytes[place] !== ascii.lineFeed && place !== bytes.length) return gaveUp;
  rows.rows++;
  return place + 1;
}

/** The recorders met so far; a cell is compared with their bytes, so that no string is made of it. */
class RecorderNames {
  readonly names: string[] = [];
  readonly #encoded: Uint8Array[] = [];
  #last = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** The number of the recorder whose name fills the cell at `at`. */
  codeAt(at: number): number {
    if (this.#isAt(this.#last, at)) return this.#last;
    for (let code = 0; code < this.names.length; code++) {
      if (this.#isAt(code, at)) return this.#last = code;
    }
    return this.#learn(at);
  }

  length(code: number): number {
    return this.#encoded[code]!.length;
  }

  #isAt(code: number, at: number): boolean {
    const name = this.#encoded[code];
    if (name === undefined) return false;
    for (let i = 0; i < name.length; i++) if (this.bytes[at + i] !== name[i]) return false;
    return isCellEnd(this.bytes[at + name.length]);
  }

  #learn(at: number): number {
    let end = at;
    while (!isCellEnd(this.bytes[end])) end++;
    const encoded = this.bytes.slice(at, end);
    const name = utf8Text(encoded);
    if (name === undefined || name.includes('"') || this.names.length === maxRecorders) {
      return gaveUp;
    }
    this.names.push(name);
    this.#encoded.push(encoded);
    return this.#last = this.names.length - 1;
  }
}

function isCellEnd(byte: number | undefined): boolean {
  return byte === ascii.lineFeed || byte === ascii.carriageReturn || byte === ascii.comma ||
    byte === undefined;
}

function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
