/**
 * Cuts the long lists out of a document, so that what is left is small enough for JSON.parse and
 * the lists can be scanned. The envelope around them is then read by the same careful code in
 * either case.
 */

import { ascii, gaveUp, skipSpace, textOf } from "./scan_value.ts";

/** Where the lists lie: object keys, and `eachElement` for every element of an array. */
export type ListPath = readonly (string | typeof eachElement)[];

/** A step of a {@link ListPath}: into every element. */
export const eachElement = Symbol("each element");

/** What a cut document gives. */
export interface CutDocument {
  /** The document with every list replaced by its number: the first one found is 0. */
  readonly envelope: unknown;
  /** How many lists there were. */
  readonly lists: number;
}

/**
 * Calls `scanList` for every list at `path`, in order, and returns what is left of the document.
 * Undefined when a list is not where it is expected, `scanList` gave up, or what is left is not JSON.
 * @param scanList Takes the place of a list's opening bracket, returns the place after its closing one.
 */
export function cutLists(
  document: Uint8Array,
  path: ListPath,
  scanList: (at: number) => number,
): CutDocument | undefined {
  const cutter = new ListCutter(document, path, scanList);
  const end = cutter.walk(skipSpace(document, 0), 0);
  if (end === gaveUp || skipSpace(document, end) !== document.length) return undefined;
  return cutter.rest();
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

class ListCutter {
  #kept: string[] = [];
  #keptTo = 0;
  #lists = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly path: ListPath,
    private readonly scanList: (at: number) => number,
  ) {}

  rest(): CutDocument | undefined {
    try {
      const tail = utf8.decode(this.bytes.subarray(this.#keptTo));
      return { envelope: JSON.parse(this.#kept.join("") + tail), lists: this.#lists };
    } catch {
      // Not UTF-8 or not JSON: the careful reader finds the same and says it.
      return undefined;
    }
  }

  /** Goes through the value at `at`, which lies `depth` steps along the path. */
  walk(at: number, depth: number): number {
    if (depth === this.path.length) return this.#cut(at);
    return this.path[depth] === eachElement
      ? this.#elements(at, depth)
      : this.#members(at, depth, this.path[depth]);
  }

  #cut(at: number): number {
    if (this.bytes[at] !== ascii.openBracket) return gaveUp;
    const end = this.scanList(at);
    if (end === gaveUp) return gaveUp;
    // In spaces, so that the number cannot run together with what stands before or after.
    const kept = this.bytes.subarray(this.#keptTo, at);
    try {
      this.#kept.push(utf8.decode(kept), ` ${this.#lists++} `);
    } catch {
      return gaveUp;
    }
    this.#keptTo = end;
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

  #members(at: number, depth: number, wanted: ListPath[number] | undefined): number {
    if (this.bytes[at] !== ascii.openBrace) return gaveUp;
    let place = skipSpace(this.bytes, at + 1);
    if (this.bytes[place] === ascii.closeBrace) return place + 1;
    for (;;) {
      const keyEnd = this.#skipText(place);
      if (keyEnd === gaveUp) return gaveUp;
      const key = textOf(this.bytes, place + 1, keyEnd - 1);
      // An escape could spell the key that is looked for.
      if (key.includes("\\")) return gaveUp;
      place = skipSpace(this.bytes, keyEnd);
      if (this.bytes[place] !== ascii.colon) return gaveUp;
      place = skipSpace(this.bytes, place + 1);
      place = key === wanted ? this.walk(place, depth + 1) : this.#skip(place);
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
