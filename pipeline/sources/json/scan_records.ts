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
  type FixedBytes,
  fixedBytes,
  gaveUp,
  isAt,
  skipSpace,
  textOf,
} from "./scan_bytes.ts";
import { Reading, ValueScanner } from "./scan_value.ts";
import type { ObjectShape, RecordShape, ValueShape } from "./record_shape.ts";
import type { RowBuffer } from "./row_buffer.ts";

/** Layouts of a record that are remembered; a document with more is none that this is good for. */
const maxLayouts = 256;

/** No known key is longer. */
const maxKeyBytes = 64;

/** Fixed bytes, then a value or (`reading` undefined) the end of the record. */
interface Edge extends FixedBytes {
  readonly reading: Reading | undefined;
  readonly next: Node;
  /**
   * How many of the bytes belong to the next record: the edge leads from the last value of a record
   * to the first value of the next one. 0 for edges within a record.
   */
  readonly ahead: number;
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
  /** The record being read. */
  #recordAt = 0;
  /** Where the bytes after the last value of the record read last begin, and the place in the tree. */
  #tailAt = 0;
  #tail: Node = this.#root;

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
    let learned = gaveUp;
    for (;;) {
      const end = this.#records(place, into);
      if (end === gaveUp) {
        place = this.#recordAt;
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

  /**
   * Matches the record at `at`, and those after it as long as edges lead from one to the next, against
   * the known layouts; returns the place after the last one. Where it gives up, `#recordAt` is the
   * record that fits none.
   */
  #records(at: number, into: RowBuffer): number {
    let base = this.#newRow(into);
    let values = into.values;
    let place = at;
    let node = this.#root;
    this.#recordAt = at;
    step: for (;;) {
      const edges = node.edges;
      for (let i = 0; i < edges.length; i++) {
        const edge = edges[i]!;
        if (!isAt(edge, place, this.#bytes, this.#view)) continue;
        const reading = edge.reading;
        if (reading === undefined) {
          this.#tailAt = place;
          this.#tail = node;
          into.rows++;
          return place + edge.length;
        }
        place += edge.length;
        if (edge.ahead > 0) {
          into.rows++;
          base = this.#newRow(into);
          values = into.values;
          this.#recordAt = place - edge.ahead;
        }
        place = this.#values.scan(reading, place, values, base);
        if (place === gaveUp) return gaveUp;
        node = edge.next;
        continue step;
      }
      return gaveUp;
    }
  }

  #newRow(into: RowBuffer): number {
    const base = into.next();
    const optional = this.#optional;
    for (let i = 0; i < optional.length; i++) into.values[base + optional[i]!] = NaN;
    return base;
  }

  /** Adds an edge from the last value of the record just read to the first one of that at `place`. */
  #joinTo(place: number): void {
    const head = this.#root.edges.find((edge) => isAt(edge, place, this.#bytes, this.#view));
    if (head?.reading === undefined || ++this.#layouts > maxLayouts) return;
    const bytes = this.#bytes.slice(this.#tailAt, place + head.length);
    addEdge(this.#tail, { ...head, ...fixedBytes(bytes), ahead: head.length });
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
    edge.reading === reading && edge.ahead === 0 && edge.length === bytes.length &&
    edge.bytes.every((byte, i) => byte === bytes[i])
  );
  if (known !== undefined) return known;
  const edge = { ...fixedBytes(bytes), reading, next: { edges: [] }, ahead: 0 };
  addEdge(node, edge);
  return edge;
}

function addEdge(node: Node, edge: Edge): void {
  node.edges.push(edge);
  // One edge may begin with all bytes of another (`:` and `:"`): the longer one is tried first.
  node.edges.sort((a, b) => b.length - a.length);
}

function optionalColumns(shape: ObjectShape): number[] {
  return Array.from(shape.members.values()).flatMap((member) => {
    if (member.kind === "object") return optionalColumns(member);
    return member.column === undefined || member.required ? [] : [member.column];
  });
}
