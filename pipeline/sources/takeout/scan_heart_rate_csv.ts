/**
 * The fast reader of `heart_rate_YYYY-MM-DD.csv`: bytes to numbers, for the columns in their usual
 * order, without quotes, with whole values.
 */

import { plausibleBpm } from "../heart_rate_columns.ts";
import type { Node } from "../json/layouts.ts";
import { RecordMatcher } from "../json/record_matcher.ts";
import { time, whole } from "../json/record_shape.ts";
import { ColumnBuffer } from "../json/column_buffer.ts";
import { ascii, gaveUp } from "../json/scan_bytes.ts";
import { readingOf } from "../json/scan_value.ts";
import { csvColumns, type CsvSamples, sampleColumn, sampleWidth } from "./heart_rate_csv.ts";

const header = `${csvColumns.time},${csvColumns.bpm}`;
const headerWithRecorder = `${header},${csvColumns.recorder}`;
const bpmReading = readingOf(
  whole(sampleColumn.bpm, { required: true, quoted: "never", ...plausibleBpm }),
);

const timeReading = readingOf(time("instant", sampleColumn.time));

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
  const rows = new ColumnBuffer(sampleWidth);
  const lines = new LineScanner(document, found === headerWithRecorder);
  if (!lines.scan(headerEnd + 1, rows)) return undefined;
  return {
    rows,
    recorders: found === headerWithRecorder ? lines.recorders : undefined,
    unknown: new Map(),
    rounded: 0,
  };
}

/**
 * Scans lines as records: a time, a comma, whole beats, and an ending up to the next line. Endings
 * (`.0,Pixel Watch 3` and a line end) are few, so that lines are compared with those met so far.
 */
class LineScanner {
  readonly recorders: string[] = [];
  readonly #matcher: RecordMatcher;
  readonly #endings: Node;
  #met = 0;

  constructor(private readonly bytes: Uint8Array, private readonly hasRecorder: boolean) {
    this.#matcher = new RecordMatcher(bytes, sampleWidth, []);
    this.#endings = this.#matcher.root.edge(new Uint8Array(), timeReading).next
      .edge(Uint8Array.of(ascii.comma), bpmReading).next;
  }

  /** Scans the lines from `at` to the end; false when it has to give up. */
  scan(at: number, into: ColumnBuffer): boolean {
    for (let place = at; place < this.bytes.length;) {
      const end = this.#matcher.match(place, into);
      place = end === gaveUp ? this.#matcher.recordAt : end;
      if (place < this.bytes.length && !this.#learn(place)) return false;
    }
    return true;
  }

  /** Remembers the ending of the line at `at`; false when it is none that is understood here. */
  #learn(at: number): boolean {
    const time = this.#matcher.valueEnd(timeReading, at);
    const beats = time === gaveUp || this.bytes[time] !== ascii.comma
      ? gaveUp
      : this.#matcher.valueEnd(bpmReading, time + 1);
    const lineFeed = this.bytes.indexOf(ascii.lineFeed, at);
    const end = lineFeed < 0 ? this.bytes.length : lineFeed + 1;
    if (beats === gaveUp || end - beats > maxEndingBytes || ++this.#met > maxEndings) return false;
    const bytes = this.bytes.slice(beats, end);
    const pattern = this.hasRecorder ? endingWithRecorder : endingWithout;
    const found = pattern.exec(utf8Text(bytes) ?? "undecodable");
    // Zero bytes are the end of the document for the kernels.
    if (found === null || bytes.includes(0)) return false;
    const name = found[1] ?? "";
    let recorder = this.recorders.indexOf(name);
    if (recorder < 0) recorder = this.recorders.push(name) - 1;
    const stands = { column: sampleColumn.recorder, number: recorder };
    const ending = { bytes, next: this.#endings, ahead: 0, stands };
    const [first] = this.#matcher.root.edges;
    if (lineFeed < 0 || first === undefined) {
      // That of a last line without line end could be the beginning of another one.
      this.#endings.add({ ...ending, reading: undefined, startsRecord: false });
    } else {
      this.#endings.add({ ...ending, reading: timeReading, next: first.next, startsRecord: true });
    }
    this.#matcher.treeChanged();
    return true;
  }
}

function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
