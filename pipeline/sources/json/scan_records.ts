/**
 * The fast reader of records: a long list of small objects that are nearly all written alike.
 *
 * Between two values of a record stand fixed bytes: brackets, keys, quotes, white space. The first
 * record of each layout is taken apart byte by byte and checked against its shape; its fixed bytes
 * are remembered as a path in a tree. Every later record is matched against the tree by the kernels
 * and only its values are read. A record that fits no path is taken apart in turn; one that is not
 * as the shape says ends the scan, and the careful reader decides.
 */

import { Node } from "./layouts.ts";
import { RecordMatcher } from "./record_matcher.ts";
import { type ObjectShape, type RecordShape, unusedText, type ValueShape } from "./record_shape.ts";
import type { ColumnBuffer } from "./column_buffer.ts";
import { ascii, gaveUp, skipSpace, textOf } from "./scan_bytes.ts";
import { type Reading, readingOf } from "./scan_value.ts";

/** Layouts of a record that are remembered; a document with more is none that this is good for. */
const maxLayouts = 256;

/** A shape with more layouts has texts of many kinds. */
const maxFixedTexts = 24;

/** No known key is longer. */
const maxKeyBytes = 64;

/** What is known of the records of a shape from the documents before. */
interface Known {
  readonly root: Node;
  /** One reading for each value, so that edges can be told apart by it. */
  readonly readings: Map<ValueShape, Reading>;
  /**
   * Whether texts that are not kept are taken for fixed bytes, to be compared instead of read: mostly
   * each is one of a few.
   */
  readonly fixedTexts: boolean;
  layouts: number;
}

const knownOf = new WeakMap<RecordShape, Known>();

/** So many layouts are handed on from document to document: with more, each is better off on its own. */
const maxHandedOn = 64;

function knownLayouts(shape: RecordShape): Known {
  const known = knownOf.get(shape);
  return known === undefined || known.layouts > maxHandedOn
    ? startAfresh(shape, known?.fixedTexts ?? true)
    : known;
}

function startAfresh(shape: RecordShape, fixedTexts: boolean): Known {
  const known = { root: new Node(), readings: new Map(), fixedTexts, layouts: 0 };
  knownOf.set(shape, known);
  return known;
}

/** A key, up to its closing quote. */
const anyText = readingOf(unusedText);

/** A value inside a record: where it starts and ends, and how it is read. */
interface Hole {
  readonly start: number;
  readonly end: number;
  readonly reading: Reading;
}

/** Scans lists of records of one shape in one document. */
export class RecordScanner {
  readonly #bytes: Uint8Array;
  readonly #shape: RecordShape;
  readonly #matcher: RecordMatcher;
  #known: Known;
  /** Layouts that are new in this document. */
  #layouts = 0;

  constructor(bytes: Uint8Array, shape: RecordShape) {
    this.#bytes = bytes;
    this.#shape = shape;
    this.#known = knownLayouts(shape);
    const optional = optionalColumns(shape.record);
    this.#matcher = new RecordMatcher(bytes, shape.width, optional, this.#known.root);
  }

  /**
   * Scans the list whose opening bracket is at `at` into rows. Returns the place after its closing
   * bracket, or {@link gaveUp} when anything in it is not as expected.
   */
  list(at: number, into: ColumnBuffer): number {
    const bytes = this.#bytes;
    let place = skipSpace(bytes, at + 1);
    if (bytes[place] === ascii.closeBracket) return place + 1;
    let learned = gaveUp;
    for (;;) {
      const end = this.#matcher.match(place, into);
      if (end === gaveUp) {
        place = this.#matcher.recordAt;
        if (place === learned || !this.#learn(place)) return gaveUp;
        learned = place;
        continue;
      }
      place = skipSpace(bytes, end);
      if (bytes[place] === ascii.closeBracket) return place + 1;
      if (bytes[place] !== ascii.comma) return gaveUp;
      place = skipSpace(bytes, place + 1);
      this.#joinTo(place);
    }
  }

  /** Adds an edge from the last value of the record just matched to the first one of that at `place`. */
  #joinTo(place: number): void {
    const { root, tail } = this.#matcher;
    const head = root.edges.find(({ bytes }) => this.#stands(bytes, place));
    if (head?.reading === undefined || !this.#isOneMore()) return;
    const { length } = head.bytes;
    const bytes = this.#bytes.slice(tail.at, place + length);
    tail.node.add({ ...head, bytes, startsRecord: true, ahead: length });
    this.#matcher.treeChanged();
  }

  #stands(bytes: Uint8Array, at: number): boolean {
    return bytes.every((byte, i) => this.#bytes[at + i] === byte);
  }

  /** Takes the record at `at` apart and remembers its layout; false when it is not as the shape says. */
  #learn(at: number): boolean {
    if (!this.#isOneMore()) return false;
    if (this.#known.fixedTexts && this.#known.layouts > maxFixedTexts) {
      this.#known = startAfresh(this.#shape, false);
      this.#matcher.root = this.#known.root;
    }
    const holes: Hole[] = [];
    const end = this.#takeApart(at, this.#shape.record, holes);
    if (end === gaveUp) return false;
    let place = at;
    let node = this.#matcher.root;
    for (const hole of holes) {
      node = node.edge(this.#bytes.slice(place, hole.start), hole.reading).next;
      place = hole.end;
    }
    node.edge(this.#bytes.slice(place, end), undefined);
    this.#matcher.treeChanged();
    return true;
  }

  /** Finds the values of the object at `at`; returns the place after it. */
  #takeApart(at: number, shape: ObjectShape, holes: Hole[]): number {
    const bytes = this.#bytes;
    if (bytes[at] !== ascii.openBrace) return gaveUp;
    const missing = new Set(shape.members.keys());
    let place = skipSpace(bytes, at + 1);
    while (bytes[place] !== ascii.closeBrace) {
      const key = this.#key(place);
      if (key === undefined || !missing.delete(key)) return gaveUp;
      const inner = shape.members.get(key);
      place = skipSpace(bytes, place + key.length + 2);
      if (bytes[place] !== ascii.colon || inner === undefined) return gaveUp;
      place = skipSpace(bytes, place + 1);
      place = inner.kind === "object"
        ? this.#takeApart(place, inner, holes)
        : this.#hole(place, inner, holes);
      if (place === gaveUp) return gaveUp;
      place = skipSpace(bytes, place);
      if (bytes[place] === ascii.closeBrace) break;
      if (bytes[place] !== ascii.comma) return gaveUp;
      place = skipSpace(bytes, place + 1);
      if (bytes[place] === ascii.closeBrace) return gaveUp;
    }
    for (const key of missing) if (shape.members.get(key)?.required) return gaveUp;
    return place + 1;
  }

  /** The key at `at`, when it is plain and quoted. */
  #key(at: number): string | undefined {
    if (this.#bytes[at] !== ascii.quote) return undefined;
    const end = this.#matcher.valueEnd(anyText, at + 1);
    return end === gaveUp || end - at > maxKeyBytes ? undefined : textOf(this.#bytes, at + 1, end);
  }

  #hole(at: number, value: ValueShape, holes: Hole[]): number {
    const quoted = this.#bytes[at] === ascii.quote;
    if (value.quoted === (quoted ? "never" : "always")) return gaveUp;
    const start = quoted ? at + 1 : at;
    const reading = this.#readingOf(value);
    const end = this.#matcher.valueEnd(reading, start);
    if (end === gaveUp) return gaveUp;
    const isFixed = this.#known.fixedTexts && value.writing === "text";
    if (!isFixed) holes.push({ start, end, reading });
    if (!quoted) return end;
    return this.#bytes[end] === ascii.quote ? end + 1 : gaveUp;
  }

  #readingOf(value: ValueShape): Reading {
    const { readings } = this.#known;
    let reading = readings.get(value);
    if (reading === undefined) readings.set(value, reading = readingOf(value));
    return reading;
  }

  /** Counts a new layout; false when there are too many. */
  #isOneMore(): boolean {
    this.#known.layouts++;
    return ++this.#layouts <= maxLayouts;
  }
}

function optionalColumns(shape: ObjectShape): number[] {
  return Array.from(shape.members.values()).flatMap((member) => {
    if (member.kind === "object") return optionalColumns(member);
    return member.column === undefined || member.required ? [] : [member.column];
  });
}
