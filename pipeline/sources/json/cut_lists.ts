/**
 * Cuts the long lists out of a document, so that what is left is small enough for JSON.parse and
 * the lists can be scanned. The envelope around them is then read by the same careful code in
 * either case.
 */

import { ascii, gaveUp, skipSpace } from "./scan_bytes.ts";

/** Where the lists lie: object keys, and `eachElement` for every element of an array. */
export type ListPath = readonly (string | typeof eachElement)[];

/** A step of a {@link ListPath}: into every element. */
export const eachElement: unique symbol = Symbol("each element");

/**
 * Calls `scanList` for every list at `path`, in order, and returns what is left of the document, with
 * every list replaced by its number: the first one found is 0. Undefined when a list is not where it
 * is expected, `scanList` gave up, or what is left is not JSON.
 * @param scanList Takes the place of a list's opening bracket, returns the place after its closing one.
 */
export function cutLists(
  document: Uint8Array,
  path: ListPath,
  scanList: (at: number) => number,
): { readonly envelope: unknown } | undefined {
  const cutter = new ListCutter(document, path, scanList);
  const end = cutter.walk(skipSpace(document, 0), 0);
  if (end === gaveUp || skipSpace(document, end) !== document.length) return undefined;
  try {
    return { envelope: JSON.parse(cutter.rest()) };
  } catch (error) {
    // Not UTF-8 or not JSON: the careful reader finds the same and says it.
    if (error instanceof TypeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const encoder = new TextEncoder();
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

class ListCutter {
  readonly #lists: { start: number; end: number }[] = [];

  /** Object keys as they stand in the document. */
  readonly #path: readonly (Uint8Array | typeof eachElement)[];

  constructor(
    private readonly bytes: Uint8Array,
    path: ListPath,
    private readonly scanList: (at: number) => number,
  ) {
    this.#path = path.map((step) => step === eachElement ? step : encoder.encode(step));
  }

  /** The document without its lists. */
  rest(): string {
    let text = "";
    let keptTo = 0;
    this.#lists.forEach(({ start, end }, index) => {
      text += utf8.decode(this.bytes.subarray(keptTo, start)) + index;
      keptTo = end;
    });
    return text + utf8.decode(this.bytes.subarray(keptTo));
  }

  /** Goes through the value at `at`, which lies `depth` steps along the path. */
  walk(at: number, depth: number): number {
    const step = this.#path[depth];
    if (step === undefined) return this.#cut(at);
    return step === eachElement ? this.#elements(at, depth) : this.#members(at, depth, step);
  }

  #cut(at: number): number {
    if (this.bytes[at] !== ascii.openBracket) return gaveUp;
    const end = this.scanList(at);
    if (end !== gaveUp) this.#lists.push({ start: at, end });
    return end;
  }

  #elements(at: number, depth: number): number {
    if (this.bytes[at] !== ascii.openBracket) return gaveUp;
    let place = skipSpace(this.bytes, at + 1);
    if (this.bytes[place] === ascii.closeBracket) return place + 1;
    for (;;) {
      place = this.walk(place, depth + 1);
      if (place === gaveUp) return gaveUp;
      place = skipSpace(this.bytes, place);
      if (this.bytes[place] === ascii.closeBracket) return place + 1;
      if (this.bytes[place] !== ascii.comma) return gaveUp;
      place = skipSpace(this.bytes, place + 1);
    }
  }

  #members(at: number, depth: number, wanted: Uint8Array): number {
    if (this.bytes[at] !== ascii.openBrace) return gaveUp;
    let place = skipSpace(this.bytes, at + 1);
    if (this.bytes[place] === ascii.closeBrace) return place + 1;
    for (;;) {
      const keyEnd = this.#skipText(place);
      if (keyEnd === gaveUp) return gaveUp;
      const key = this.bytes.subarray(place + 1, keyEnd - 1);
      // An escape could spell the key that is looked for.
      if (key.includes(ascii.backslash)) return gaveUp;
      const isWanted = key.length === wanted.length && key.every((byte, i) => byte === wanted[i]);
      place = skipSpace(this.bytes, keyEnd);
      if (this.bytes[place] !== ascii.colon) return gaveUp;
      place = skipSpace(this.bytes, place + 1);
      place = isWanted ? this.walk(place, depth + 1) : this.#skip(place);
      if (place === gaveUp) return gaveUp;
      place = skipSpace(this.bytes, place);
      if (this.bytes[place] === ascii.closeBrace) return place + 1;
      if (this.bytes[place] !== ascii.comma) return gaveUp;
      place = skipSpace(this.bytes, place + 1);
    }
  }

  /** The place after any value; whether it is well-formed, JSON.parse says later. */
  #skip(at: number): number {
    let depth = 0;
    let place = at;
    for (;;) {
      const byte = this.bytes[place];
      if (byte === undefined) return gaveUp;
      if (byte === ascii.quote) {
        place = this.#skipText(place);
        if (place === gaveUp) return gaveUp;
        if (depth === 0) return place;
        continue;
      }
      if (byte === ascii.openBrace || byte === ascii.openBracket) depth++;
      else if (byte === ascii.closeBrace || byte === ascii.closeBracket) {
        if (depth === 0) return place;
        if (--depth === 0) return place + 1;
      } else if (byte === ascii.comma && depth === 0) return place;
      place++;
    }
  }

  /** The place after the quoted text at `at`. */
  #skipText(at: number): number {
    if (this.bytes[at] !== ascii.quote) return gaveUp;
    let place = at + 1;
    for (;;) {
      const byte = this.bytes[place];
      if (byte === undefined) return gaveUp;
      if (byte === ascii.quote) return place + 1;
      place += byte === ascii.backslash ? 2 : 1;
    }
  }
}
