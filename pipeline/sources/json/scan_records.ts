/**
 * The fast reader of records: a long list of small objects that are nearly all written alike.
 *
 * Between two values of a record stand fixed bytes: brackets, keys, quotes, white space. The first
 * record of each layout is taken apart byte by byte and checked against its shape; its fixed bytes
 * are remembered as a path in a tree. Every later record is matched against the tree eight bytes at
 * a time and only its values are read. A record that fits no path is taken apart in turn; one that
 * is not as the shape says ends the scan, and the careful reader decides.
 */

import {
  ascii,
  FixedBytes,
  gaveUp,
  Reading,
  skipSpace,
  textOf,
  ValueScanner,
} from "./scan_value.ts";
import type { ObjectShape, RecordShape, ValueShape } from "./record_shape.ts";
import type { RowBuffer } from "./row_buffer.ts";

/** Layouts of a record that are remembered; a document with more is none that this is good for. */
const maxLayouts = 256;

/** No known key is longer. */
const maxKeyBytes = 64;

/** Fixed bytes, then a value or (`reading` undefined) the end of the record. */
interface Edge {
  readonly fixed: FixedBytes;
  readonly reading: Reading | undefined;
  readonly next: Node;
}

/** A place between two values; the edges that may follow, the longest first. */
interface Node {
  readonly edges: Edge[];
}

/** A value inside a record: where it starts and ends, and how it is read. */
interface Hole {
  readonly start: number;
  readonly end: number;
  readonly reading: Reading;
}

/** Scans lists of records of one shape in one document. */
export class RecordScanner {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #values: ValueScanner;
  readonly #shape: RecordShape;
  /** Columns that a record may lack. */
  readonly #optional: readonly number[];
  readonly #root: Node = { edges: [] };
  readonly #readings = new Map<ValueShape, Reading>();
  /** Where values go that are read only to see where they end. */
  readonly #scratch: Float64Array;
  #layouts = 0;

  constructor(bytes: Uint8Array, shape: RecordShape) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#values = new ValueScanner(bytes);
    this.#shape = shape;
    this.#scratch = new Float64Array(shape.width);
    this.#optional = optionalColumns(shape.record);
  }

  /**
   * Scans the list whose opening bracket is at `at` into rows. Returns the place after its closing
   * bracket, or {@link gaveUp} when anything in it is not as expected.
   */
  list(at: number, into: RowBuffer): number {
    const bytes = this.#bytes;
    let place = skipSpace(bytes, at + 1);
    if (bytes[place] === ascii.closeBracket) return place + 1;
    for (;;) {
      let end = this.#record(place, into);
      if (end === gaveUp) {
        if (!this.#learn(place)) return gaveUp;
        end = this.#record(place, into);
        if (end === gaveUp) return gaveUp;
      }
      into.rows++;
      place = skipSpace(bytes, end);
      if (bytes[place] === ascii.closeBracket) return place + 1;
      if (bytes[place] !== ascii.comma) return gaveUp;
      place = skipSpace(bytes, place + 1);
    }
  }

  /** Matches the record at `at` against the known layouts; returns the place after it. */
  #record(at: number, into: RowBuffer): number {
    const base = into.next();
    const values = into.values;
    for (let i = 0; i < this.#optional.length; i++) values[base + this.#optional[i]!] = NaN;
    let place = at;
    let node = this.#root;
    step: for (;;) {
      const edges = node.edges;
      for (let i = 0; i < edges.length; i++) {
        const edge = edges[i]!;
        if (!edge.fixed.isAt(place, this.#bytes, this.#view)) continue;
        place += edge.fixed.length;
        const reading = edge.reading;
        if (reading === undefined) return place;
        place = this.#values.scan(reading, place, values, base);
        if (place === gaveUp) return gaveUp;
        node = edge.next;
        continue step;
      }
      return gaveUp;
    }
  }

  /** Takes the record at `at` apart and remembers its layout; false when it is not as the shape says. */
  #learn(at: number): boolean {
    if (++this.#layouts > maxLayouts) return false;
    const holes: Hole[] = [];
    const end = this.#takeApart(at, this.#shape.record, holes);
    if (end === gaveUp) return false;
    let place = at;
    let node = this.#root;
    for (const hole of holes) {
      node = edgeOf(node, this.#bytes.slice(place, hole.start), hole.reading).next;
      place = hole.end;
    }
    edgeOf(node, this.#bytes.slice(place, end), undefined);
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
    const end = this.#values.text(at + 1);
    return end === gaveUp || end - at > maxKeyBytes ? undefined : textOf(this.#bytes, at + 1, end);
  }

  #hole(at: number, value: ValueShape, holes: Hole[]): number {
    const quoted = this.#bytes[at] === ascii.quote;
    if (value.quoted === (quoted ? "never" : "always")) return gaveUp;
    const start = quoted ? at + 1 : at;
    const reading = this.#readingOf(value);
    const end = this.#values.scan(reading, start, this.#scratch, 0);
    if (end === gaveUp) return gaveUp;
    holes.push({ start, end, reading });
    if (!quoted) return end;
    return this.#bytes[end] === ascii.quote ? end + 1 : gaveUp;
  }

  /** One reading for each shape, so that edges can be told apart by it. */
  #readingOf(value: ValueShape): Reading {
    let reading = this.#readings.get(value);
    if (reading === undefined) this.#readings.set(value, reading = new Reading(value));
    return reading;
  }
}

/** The edge of those bytes and that value, added when it is new. */
function edgeOf(node: Node, bytes: Uint8Array, reading: Reading | undefined): Edge {
  const known = node.edges.find((edge) =>
    edge.reading === reading && edge.fixed.length === bytes.length &&
    edge.fixed.bytes.every((byte, i) => byte === bytes[i])
  );
  if (known !== undefined) return known;
  const edge = { fixed: new FixedBytes(bytes), reading, next: { edges: [] } };
  node.edges.push(edge);
  // One edge may begin with all bytes of another (`:` and `:"`): the longer one is tried first.
  node.edges.sort((a, b) => b.fixed.length - a.fixed.length);
  return edge;
}

function optionalColumns(shape: ObjectShape): number[] {
  return Array.from(shape.members.values()).flatMap((member) => {
    if (member.kind === "object") return optionalColumns(member);
    return member.column === undefined || member.required ? [] : [member.column];
  });
}
