/**
 * The fast reader of the archive's CSV files: bytes to numbers, for files without quotes. It takes
 * the plain forms only and gives up on the rest, which the careful reader then decides.
 */

import type { UnknownFields } from "../../json/document.ts";
import { RowBuffer } from "./row_buffer.ts";
import { ascii, type FixedBytes, fixedBytes, gaveUp, isAt } from "../../json/scan_bytes.ts";
import {
  absentWords,
  type CsvCells,
  headerNames,
  missingColumn,
  placesIn,
  type WantedColumn,
} from "./columns.ts";
import { StampScanner } from "./scan_stamp.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A longer header is none that this is good for. */
const maxHeaderBytes = 4096;

/** The wanted cells; undefined when the careful reader has to decide. */
export function scanCells(
  document: Uint8Array,
  wanted: readonly WantedColumn[],
): CsvCells | undefined {
  const headerEnd = document.indexOf(ascii.lineFeed);
  if (headerEnd < 0 || headerEnd > maxHeaderBytes) return undefined;
  const line = textIn(document, 0, headerEnd)?.replace(/\r$/, "");
  if (line === undefined || line.includes('"') || !line.includes(",")) return undefined;
  const header = headerNames(line.split(","));
  const places = placesIn(header, wanted);
  if (missingColumn(header, wanted) !== undefined) return undefined;
  const columns = wanted.map((column) => new ScannedColumn(column, document));
  const byPlace = header.map((_, place) => places.indexOf(place));
  const rows = new RowBuffer(wanted.length);
  const cells = new CellScanner(document);
  let at = headerEnd + 1;
  while (at < document.length) {
    const base = rows.next();
    rows.values.fill(NaN, base, base + wanted.length);
    for (let place = 0; place < byPlace.length; place++) {
      const index = byPlace[place]!;
      at = index < 0 ? cells.skip(at) : cells.read(at, columns[index]!, rows.values, base + index);
      if (at === gaveUp) return undefined;
      const isLast = place === byPlace.length - 1;
      const found = document[at];
      if (found === ascii.comma && !isLast) at++;
      else if (!isLast || !isLineEnd(found)) return undefined;
    }
    if (document[at] === ascii.carriageReturn) at++;
    if (at < document.length && document[at] !== ascii.lineFeed) return undefined;
    at++;
    rows.rows++;
  }
  const unknown: UnknownFields = new Map();
  header.forEach((name, place) => {
    if (byPlace[place] === -1 && rows.rows > 0) {
      unknown.set(name, (unknown.get(name) ?? 0) + rows.rows);
    }
  });
  return {
    rows,
    words: columns.map(({ words }) => words),
    has: places.map((place) => place >= 0),
    unknown,
    cut: false,
  };
}

/** Also the end of the bytes. */
function isLineEnd(byte: number | undefined): boolean {
  return byte === ascii.lineFeed || byte === ascii.carriageReturn || byte === undefined;
}

/** Digits that a double holds exactly, whatever they are. */
const exactDigits = 15;
const powersOfTen = Float64Array.from({ length: exactDigits + 1 }, (_, power) => 10 ** power);

/** A file with more distinct words in a column is none that this is good for. */
const maxWords = 64;

/** A column with the words met so far: there are few, so that cells are compared, not read. */
class ScannedColumn {
  readonly words: string[] = [];
  readonly stamps: StampScanner | undefined;
  readonly isText: boolean;
  readonly absent: readonly number[];
  readonly #known: FixedBytes[] = [];
  readonly #view: DataView;
  #latest = 0;

  constructor({ kind, absent = [] }: WantedColumn, private readonly bytes: Uint8Array) {
    this.isText = kind === "text";
    this.absent = absent;
    this.stamps = kind === "stamp" ? new StampScanner(bytes) : undefined;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The number of the word from `at` up to `end`; {@link gaveUp} when there are too many. */
  code(at: number, end: number): number {
    const length = end - at;
    for (let i = 0, code = this.#latest; i < this.#known.length; i++) {
      const word = this.#known[code]!;
      if (word.length === length && isAt(word, at, this.bytes, this.#view)) {
        this.#latest = code;
        return code;
      }
      code = code + 1 === this.#known.length ? 0 : code + 1;
    }
    const text = textIn(this.bytes, at, end);
    if (text === undefined || text.includes("\0") || this.words.length === maxWords) return gaveUp;
    this.words.push(text);
    this.#known.push(fixedBytes(this.bytes.slice(at, end)));
    this.#latest = this.words.length - 1;
    return this.#latest;
  }
}

/** Reads cells: from the place of a cell's first byte to that of the comma or line end after it. */
class CellScanner {
  constructor(private readonly bytes: Uint8Array) {}

  skip(at: number): number {
    const bytes = this.bytes;
    for (let end = at;; end++) {
      const byte = bytes[end];
      // Nobody looks whether what is skipped is well-formed.
      if (byte === ascii.quote || byte! > ascii.tilde) return gaveUp;
      if (byte === ascii.comma || isLineEnd(byte)) return end;
    }
  }

  read(at: number, column: ScannedColumn, values: Float64Array, index: number): number {
    if (column.stamps !== undefined) return column.stamps.read(at, values, index);
    if (!column.isText) return this.#number(at, column, values, index);
    const end = this.#textEnd(at);
    if (end === gaveUp) return gaveUp;
    const code = column.code(at, end);
    if (code === gaveUp) return gaveUp;
    values[index] = code;
    return end;
  }

  #textEnd(at: number): number {
    const bytes = this.bytes;
    for (let end = at;; end++) {
      const byte = bytes[end];
      if (byte === ascii.quote) return gaveUp;
      if (byte === ascii.comma || isLineEnd(byte)) return end;
    }
  }

  #number(at: number, column: ScannedColumn, values: Float64Array, index: number): number {
    const bytes = this.bytes;
    const negative = bytes[at] === ascii.minus;
    const start = negative ? at + 1 : at;
    let end = start;
    let digits = 0;
    let decimals = 0;
    let number = 0;
    for (let afterPoint = false;; end++) {
      const digit = bytes[end]! - ascii.zero;
      if (digit >= 0 && digit <= 9) {
        number = number * 10 + digit;
        digits++;
        if (afterPoint) decimals++;
      } else if (bytes[end] === ascii.point && !afterPoint && digits > 0) afterPoint = true;
      else break;
    }
    if (end === start && !negative) return this.#absent(at);
    const isWhole = digits > 0 && bytes[end - 1] !== ascii.point;
    if (!isWhole || digits > exactDigits) return gaveUp;
    // Both exact, so that the quotient is the number nearest to the text, as Number() has it.
    const value = (negative ? -number : number) / powersOfTen[decimals]!;
    if (!column.absent.includes(value)) values[index] = value;
    return end;
  }

  /** The end of a cell without a value, which leaves it NaN. */
  #absent(at: number): number {
    const end = this.skip(at);
    if (end === at || end === gaveUp) return end;
    return absentWords.has(textIn(this.bytes, at, end) ?? "") ? end : gaveUp;
  }
}

function textIn(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return utf8.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}
