/**
 * The fast readers of single values: from bytes to a number, without a string or an object. They
 * take the plain forms only and give up on the rest, which the careful readers then decide.
 */

import { dayNumber, isDay, MS_PER_DAY } from "../../day.ts";
import type { ValueShape, Writing } from "./record_shape.ts";
import { maxOffsetS } from "./read_value.ts";

/** What a reader returns instead of the place after the value when it gives up. */
export const gaveUp = -1;

export const ascii = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  slash: 0x2f,
  zero: 0x30,
  colon: 0x3a,
  upperT: 0x54,
  upperZ: 0x5a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  lowerS: 0x73,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  tilde: 0x7e,
} as const;

const codes: Readonly<Record<Writing, number>> = {
  instant: 0,
  utc_offset: 1,
  us_date_time: 2,
  clock_time: 3,
  whole: 4,
  text: 5,
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
  // The minute read last, with the raw bytes it stood in: neighbouring samples share it. Eight bytes
  // are compared as one number: equal numbers are equal bytes, since ASCII is never NaN or zero.
  #minuteHead = NaN;
  #minuteTail = NaN;
  #minuteMs = 0;
  #day = "";
  #dayMs = 0;

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
        return this.clockTime(at, values, index);
      case codes.whole:
        return this.whole(at, reading, values, base);
      default:
        return this.text(at);
    }
  }

  /** `2026-10-01T12:00:05Z` or with 1 to 9 digits of fraction: milliseconds since 1970. */
  instant(at: number, values: Float64Array, index: number): number {
    const bytes = this.#bytes;
    if (at + 20 > bytes.length) return gaveUp;
    const head = this.#view.getFloat64(at, true);
    const tail = this.#view.getFloat64(at + 8, true);
    if (head !== this.#minuteHead || tail !== this.#minuteTail) {
      if (bytes[at + 10] !== ascii.upperT) return gaveUp;
      if (!this.#learnMinute(textOf(bytes, at, at + 10), at + 11)) return gaveUp;
      this.#minuteHead = head;
      this.#minuteTail = tail;
    }
    const seconds = twoDigits(bytes, at + 17);
    if (bytes[at + 16] !== ascii.colon || seconds > 59) return gaveUp;
    values[index] = this.#minuteMs + seconds * 1000;
    let end = at + 19;
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
    if (at + 17 > bytes.length) return gaveUp;
    const head = this.#view.getFloat64(at, true);
    const tail = this.#view.getFloat64(at + 6, true);
    if (head !== this.#minuteHead || tail !== this.#minuteTail) {
      const date = textOf(bytes, at, at + 9);
      if (date[2] !== "/" || date[5] !== "/" || date[8] !== " ") return gaveUp;
      const day = `20${date.slice(6, 8)}-${date.slice(0, 2)}-${date.slice(3, 5)}`;
      if (!this.#learnMinute(day, at + 9)) return gaveUp;
      this.#minuteHead = head;
      this.#minuteTail = tail;
    }
    const seconds = twoDigits(bytes, at + 15);
    if (bytes[at + 14] !== ascii.colon || seconds > 59) return gaveUp;
    values[index] = this.#minuteMs + seconds * 1000;
    return at + 17;
  }

  /** `13:59:55`: seconds since midnight. */
  clockTime(at: number, values: Float64Array, index: number): number {
    const bytes = this.#bytes;
    const hours = twoDigits(bytes, at);
    const minutes = twoDigits(bytes, at + 3);
    const seconds = twoDigits(bytes, at + 6);
    if (
      hours > 23 || minutes > 59 || seconds > 59 ||
      bytes[at + 2] !== ascii.colon || bytes[at + 5] !== ascii.colon
    ) return gaveUp;
    values[index] = hours * 3600 + minutes * 60 + seconds;
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

  /** Remembers a minute, given its day and where its `13:59` stands; false when there is none such. */
  #learnMinute(day: string, at: number): boolean {
    if (day !== this.#day) {
      if (!isDay(day)) return false;
      this.#day = day;
      this.#dayMs = dayNumber(day) * MS_PER_DAY;
    }
    const hours = twoDigits(this.#bytes, at);
    const minutes = twoDigits(this.#bytes, at + 3);
    if (hours > 23 || minutes > 59 || this.#bytes[at + 2] !== ascii.colon) return false;
    this.#minuteMs = this.#dayMs + (hours * 60 + minutes) * 60_000;
    return true;
  }
}

/** Fixed bytes that are looked for again and again, eight at a time. */
export class FixedBytes {
  readonly length: number;
  // The bytes as numbers of eight, the last one overlapping; empty below eight bytes.
  readonly #words: Float64Array;

  /** @param bytes Text without zero bytes; anything but ASCII never matches. */
  constructor(readonly bytes: Uint8Array) {
    this.length = bytes.length;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = bytes.length < 8 ? 0 : Math.ceil(bytes.length / 8);
    this.#words = Float64Array.from(
      { length: count },
      (_, i) => view.getFloat64(i < count - 1 ? i * 8 : bytes.length - 8, true),
    );
  }

  /** Whether they stand at `at` in a document, of which `view` is a view of the same bytes. */
  isAt(at: number, document: Uint8Array, view: DataView): boolean {
    const { length } = this;
    if (at + length > document.length) return false;
    const words = this.#words;
    const last = words.length - 1;
    if (last < 0) {
      for (let i = 0; i < length; i++) if (document[at + i] !== this.bytes[i]) return false;
      return true;
    }
    // Equal numbers are equal bytes: ASCII text is never NaN, zero or denormal.
    for (let i = 0; i < last; i++) {
      if (view.getFloat64(at + i * 8, true) !== words[i]) return false;
    }
    return view.getFloat64(at + length - 8, true) === words[last];
  }
}

/** The place after spaces, tabs and line ends. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let end = at;
  for (;;) {
    const byte = bytes[end];
    if (
      byte !== ascii.space && byte !== ascii.lineFeed && byte !== ascii.carriageReturn &&
      byte !== ascii.tab
    ) return end;
    end++;
  }
}

/** The bytes as text, one character a byte. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

/** Larger than any hour, minute or second. */
const notANumber = 99;

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ascii.zero;
  const ones = bytes[at + 1]! - ascii.zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : notANumber;
}
