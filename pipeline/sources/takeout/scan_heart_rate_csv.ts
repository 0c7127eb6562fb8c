/**
 * The fast reader of `heart_rate_YYYY-MM-DD.csv`: bytes to numbers, for the columns in their usual
 * order, without quotes, with whole values.
 */

import { plausibleBpm } from "../heart_rate_columns.ts";
import { RowBuffer } from "../json/row_buffer.ts";
import { ascii, type FixedBytes, fixedBytes, gaveUp, isAt } from "../json/scan_bytes.ts";
import { Reading, ValueScanner } from "../json/scan_value.ts";
import { csvColumns, type CsvSamples, sampleColumn, sampleWidth } from "./heart_rate_csv.ts";
import { whole } from "../json/record_shape.ts";

const header = `${csvColumns.time},${csvColumns.bpm}`;
const headerWithRecorder = `${header},${csvColumns.recorder}`;
const bpmReading = new Reading(
  whole(sampleColumn.bpm, { required: true, quoted: "never", ...plausibleBpm }),
);

const endingWithout = /^(?:\.0+)?\r?(?:\n|$)/;
const endingWithRecorder = /^(?:\.0+)?,([^",\r\n]*)\r?(?:\n|$)/;

/** A file with longer line endings, or more different ones, is none that this is good for. */
const maxEndingBytes = 256;
const maxEndings = 32;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The file's samples; undefined when the careful reader has to decide. */
export function scanCsvSamples(document: Uint8Array): CsvSamples | undefined {
  const headerEnd = document.indexOf(ascii.lineFeed);
  if (headerEnd < 0 || headerEnd > headerWithRecorder.length + 1) return undefined;
  const found = utf8Text(document.subarray(0, headerEnd))?.replace(/\r$/, "");
  if (found !== header && found !== headerWithRecorder) return undefined;
  const rows = new RowBuffer(sampleWidth);
  const values = new ValueScanner(document);
  const endings = new LineEndings(document, found === headerWithRecorder);
  let at = headerEnd + 1;
  while (at < document.length) {
    const base = rows.next();
    at = values.instant(at, rows.values, base + sampleColumn.time);
    if (at === gaveUp || document[at] !== ascii.comma) return undefined;
    at = values.whole(at + 1, bpmReading, rows.values, base);
    if (at === gaveUp) return undefined;
    const ending = endings.at(at);
    if (ending === undefined) return undefined;
    rows.values[base + sampleColumn.recorder] = ending.recorder;
    at += ending.length;
    rows.rows++;
  }
  return {
    rows,
    recorders: found === headerWithRecorder ? endings.recorders : undefined,
    unknown: new Map(),
    rounded: 0,
  };
}

/** What follows the whole beats of a line, up to the next line: `.0,Pixel Watch 3` and a line end. */
interface LineEnding extends FixedBytes {
  /** The number of the recorder in it. */
  readonly recorder: number;
}

/** The line endings met so far: there are few, so that lines are compared with them, not read. */
class LineEndings {
  readonly recorders: string[] = [];
  readonly #known: LineEnding[] = [];
  readonly #view: DataView;

  constructor(private readonly bytes: Uint8Array, private readonly hasRecorder: boolean) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The line ending at `at`; undefined when it is not one that is understood here. */
  at(at: number): LineEnding | undefined {
    const known = this.#known;
    for (let i = 0; i < known.length; i++) {
      const ending = known[i]!;
      if (isAt(ending, at, this.bytes, this.#view)) return ending;
    }
    return this.#learn(at);
  }

  #learn(at: number): LineEnding | undefined {
    const lineFeed = this.bytes.indexOf(ascii.lineFeed, at);
    const end = lineFeed < 0 ? this.bytes.length : lineFeed + 1;
    if (end - at > maxEndingBytes || this.#known.length === maxEndings) return undefined;
    const pattern = this.hasRecorder ? endingWithRecorder : endingWithout;
    const found = pattern.exec(utf8Text(this.bytes.subarray(at, end)) ?? "undecodable");
    if (found === null) return undefined;
    const name = found[1] ?? "";
    let recorder = this.recorders.indexOf(name);
    if (recorder < 0) recorder = this.recorders.push(name) - 1;
    const ending = { ...fixedBytes(this.bytes.slice(at, end)), recorder };
    // That of a last line without line end could be the beginning of another one.
    if (lineFeed >= 0) this.#known.push(ending);
    return ending;
  }
}

function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
