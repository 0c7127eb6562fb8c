/**
 * The fast readers of single values: from bytes to a number, without a string or an object. They
 * take the plain forms only and give up on the rest, which the careful readers then decide.
 */

import { dayNumber, isDay, MS_PER_DAY } from "../../day.ts";
import type { ValueShape, Writing } from "./record_shape.ts";
import { maxOffsetS } from "./read_value.ts";
import { ascii, gaveUp, textOf } from "./scan_bytes.ts";

const codes: Readonly<Record<Writing, number>> = {
  instant: 0,
  utc_offset: 1,
  us_date_time: 2,
  clock_time: 3,
  whole: 4,
  text: 5,
  decimal: 6,
};

/** How a value is scanned: a value's shape, always of the same form, which the engine likes. */
export class Reading {
  readonly code: number;
  /** Where in a row the number goes; negative when it is not kept. */
  readonly column: number;
  readonly min: number;
  readonly max: number;

  constructor(shape: ValueShape) {
    this.code = codes[shape.writing];
    this.column = shape.column ?? -1;
    this.min = shape.min;
    this.max = shape.max;
  }
}

/**
 * Reads values out of one document. Every method takes the place of a value's first byte and returns
 * the place after its last one, or {@link gaveUp}; the number read goes to `values[index]`.
 */
export class ValueScanner {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  // The date read last, as the raw bytes it stood in: neighbouring samples share it.
  #dateHead = NaN;
  #dateTail = NaN;
  #dateMs = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads a value, quotes not included, into its column of the row that starts at `base`. */
  scan(reading: Reading, at: number, values: Float64Array, base: number): number {
    const index = base + reading.column;
    switch (reading.code) {
      case codes.instant:
        return this.instant(at, values, index);
      case codes.utc_offset:
        return this.utcOffset(at, values, index);
      case codes.us_date_time:
        return this.usDateTime(at, values, index);
      case codes.clock_time:
        return this.clockTime(at, values, index, 1, 0);
      case codes.whole:
        return this.whole(at, reading, values, base);
      case codes.decimal:
        return this.decimal(at, reading, values, base);
      default:
        return this.text(at);
    }
  }

  /** `2026-10-01T12:00:05Z` or with 1 to 9 digits of fraction: milliseconds since 1970. */
  instant(at: number, values: Float64Array, index: number): number {
    const bytes = this.#bytes;
    if (at + 20 > bytes.length) return gaveUp;
    // Eight bytes as one number, as in isAt().
    const head = this.#view.getFloat64(at, true);
    const tail = this.#view.getFloat64(at + 2, true);
    if (head !== this.#dateHead || tail !== this.#dateTail) {
      if (!this.#learnDate(textOf(bytes, at, at + 10))) return gaveUp;
      this.#dateHead = head;
      this.#dateTail = tail;
    }
    if (bytes[at + 10] !== ascii.upperT) return gaveUp;
    let end = this.clockTime(at + 11, values, index, 1000, this.#dateMs);
    if (end === gaveUp) return gaveUp;
    if (bytes[end] === ascii.point) {
      const start = end + 1;
      let unit = 100;
      let digit = bytes[++end]! - ascii.zero;
      while (digit >= 0 && digit <= 9) {
        if (unit >= 1) values[index]! += digit * unit;
        unit /= 10;
        digit = bytes[++end]! - ascii.zero;
      }
      if (end === start || end > start + 9) return gaveUp;
    }
    return bytes[end] === ascii.upperZ ? end + 1 : gaveUp;
  }

  /** `04/05/20 13:59:55` as UTC: milliseconds since 1970. */
  usDateTime(at: number, values: Float64Array, index: number): number {
    const bytes = this.#bytes;
    if (at + 17 > bytes.length || bytes[at + 8] !== ascii.space) return gaveUp;
    const head = this.#view.getFloat64(at, true);
    if (head !== this.#dateHead) {
      const text = textOf(bytes, at, at + 8);
      if (text[2] !== "/" || text[5] !== "/") return gaveUp;
      if (!this.#learnDate(`20${text.slice(6)}-${text.slice(0, 2)}-${text.slice(3, 5)}`)) {
        return gaveUp;
      }
      this.#dateHead = head;
    }
    return this.clockTime(at + 9, values, index, 1000, this.#dateMs);
  }

  /** `13:59:55`: seconds since midnight, times `scale`, added to `start`. */
  clockTime(
    at: number,
    values: Float64Array,
    index: number,
    scale: number,
    start: number,
  ): number {
    const bytes = this.#bytes;
    const hours = twoDigits(bytes, at);
    const minutes = twoDigits(bytes, at + 3);
    const seconds = twoDigits(bytes, at + 6);
    if (
      hours > 23 || minutes > 59 || seconds > 59 ||
      bytes[at + 2] !== ascii.colon || bytes[at + 5] !== ascii.colon
    ) return gaveUp;
    values[index] = start + (hours * 3600 + minutes * 60 + seconds) * scale;
    return at + 8;
  }

  /** `7200s` or `-18000s`: seconds. */
  utcOffset(at: number, values: Float64Array, index: number): number {
    const bytes = this.#bytes;
    const negative = bytes[at] === ascii.minus;
    const start = negative ? at + 1 : at;
    let end = start;
    let seconds = 0;
    let digit = bytes[end]! - ascii.zero;
    while (digit >= 0 && digit <= 9 && end < start + 6) {
      seconds = seconds * 10 + digit;
      digit = bytes[++end]! - ascii.zero;
    }
    if (end === start || seconds > maxOffsetS || bytes[end] !== ascii.lowerS) return gaveUp;
    values[index] = negative ? -seconds : seconds;
    return end + 1;
  }

  /** A whole number without sign, leading zero, fraction or exponent, within the reading's bounds. */
  whole(at: number, reading: Reading, values: Float64Array, base: number): number {
    const bytes = this.#bytes;
    let end = at;
    let number = 0;
    let digit = bytes[end]! - ascii.zero;
    while (digit >= 0 && digit <= 9 && end < at + 9) {
      number = number * 10 + digit;
      digit = bytes[++end]! - ascii.zero;
    }
    if (end === at || (bytes[at] === ascii.zero && end > at + 1)) return gaveUp;
    if (number < reading.min || number > reading.max) return gaveUp;
    if (reading.column >= 0) values[base + reading.column] = number;
    return end;
  }

  /** A number without sign or exponent, of 15 digits at most, within the reading's bounds. */
  decimal(at: number, reading: Reading, values: Float64Array, base: number): number {
    const bytes = this.#bytes;
    let end = at;
    let number = 0;
    let digit = bytes[end]! - ascii.zero;
    while (digit >= 0 && digit <= 9 && end < at + 9) {
      number = number * 10 + digit;
      digit = bytes[++end]! - ascii.zero;
    }
    if (end === at || (bytes[at] === ascii.zero && end > at + 1)) return gaveUp;
    if (bytes[end] === ascii.point) {
      const start = ++end;
      let scale = 1;
      digit = bytes[end]! - ascii.zero;
      while (digit >= 0 && digit <= 9 && end < start + 6) {
        number = number * 10 + digit;
        scale *= 10;
        digit = bytes[++end]! - ascii.zero;
      }
      if (end === start) return gaveUp;
      // Both are whole and exact, so that the quotient is the nearest number there is.
      number /= scale;
    }
    if ((digit >= 0 && digit <= 9) || (bytes[end]! | 0x20) === ascii.lowerE) return gaveUp;
    if (number < reading.min || number > reading.max) return gaveUp;
    if (reading.column >= 0) values[base + reading.column] = number;
    return end;
  }

  /** Printable ASCII without escapes, up to the closing quote. */
  text(at: number): number {
    const bytes = this.#bytes;
    let end = at;
    for (;;) {
      const byte = bytes[end]!;
      if (byte === ascii.quote) return end;
      // Also ends at the end of the bytes, where `byte` is undefined.
      if (!(byte >= ascii.space && byte <= ascii.tilde) || byte === ascii.backslash) return gaveUp;
      end++;
    }
  }

  #learnDate(day: string): boolean {
    if (!isDay(day)) return false;
    this.#dateMs = dayNumber(day) * MS_PER_DAY;
    return true;
  }
}

/** Larger than any hour, minute or second. */
const notANumber = 99;

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ascii.zero;
  const ones = bytes[at + 1]! - ascii.zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : notANumber;
}
