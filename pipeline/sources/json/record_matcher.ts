/** Matches the records of one document against their layouts, in the kernels' memory. */

import {
  recordPlace,
  rowsScanned,
  scanRecords,
  tailNode,
  tailPlace,
  valueEnd,
} from "../../kernels/kernels.wasm";
import { float64At, Workspace } from "../../kernels/memory.ts";
import { Node, type PlacedTree, placeTree } from "./layouts.ts";
import type { ColumnBuffer } from "./column_buffer.ts";
import { gaveUp } from "./scan_bytes.ts";
import type { Reading } from "./scan_value.ts";

/** So many numbers are scanned at most before they are moved to where they are kept. */
const numbersAtOnce = 2 ** 19;

/** What the kernel returns instead of a place when it has no room for another row. */
const full = -2;

/** Where and how a record ended that was matched. */
export interface Tail {
  /** Where the bytes after its last value begin, and the node there. */
  readonly at: number;
  readonly node: Node;
}

export class RecordMatcher {
  readonly #document: Uint8Array;
  readonly #width: number;
  /** Rows that there is room for. */
  readonly #capacity: number;
  /** A bit for each column that a record may lack. */
  readonly #optional: number;
  #workspace: Workspace | undefined;
  #documentAt = 0;
  #rowsAt = 0;
  #treeAt = 0;
  #tree: PlacedTree | undefined;

  constructor(
    document: Uint8Array,
    width: number,
    optional: readonly number[],
    /** The tree of layouts, which may hold some already. */
    public root = new Node(),
  ) {
    this.#document = document;
    this.#width = width;
    this.#capacity = Math.floor(numbersAtOnce / width);
    this.#optional = optional.reduce((bits, column) => bits | 1 << column, 0);
  }

  /**
   * Matches the record at `at`, and those after it as long as edges lead from one to the next; returns
   * the place after the last one. Or {@link gaveUp}: then `recordAt` is the record that fits none.
   */
  match(at: number, into: ColumnBuffer): number {
    this.#takeMemory();
    const tree = this.#tree ??= this.#placeTree();
    for (let place = at;;) {
      const end = scanRecords(
        this.#documentAt + place,
        tree.root,
        this.#rowsAt,
        this.#capacity,
        0,
        this.#optional,
      );
      const rows = rowsScanned();
      into.append(rows, (column) => float64At(this.#rowsAt + column * this.#capacity * 8, rows));
      if (end === gaveUp) return gaveUp;
      if (end !== full) return end - this.#documentAt;
      place = this.recordAt;
    }
  }

  /** The record that was being read last. */
  get recordAt(): number {
    return recordPlace() - this.#documentAt;
  }

  /** Where the record that was matched last ended. */
  get tail(): Tail {
    return {
      at: tailPlace() - this.#documentAt,
      node: this.#tree?.nodeAt(tailNode()) ?? this.root,
    };
  }

  /** The place after a value, or {@link gaveUp}. */
  valueEnd(reading: Reading, at: number): number {
    this.#takeMemory();
    const end = valueEnd(reading.code, this.#documentAt + at, reading.min, reading.max);
    return end === gaveUp ? gaveUp : end - this.#documentAt;
  }

  /** To be called when the tree has grown. */
  treeChanged(): void {
    this.#tree = undefined;
  }

  #takeMemory(): void {
    if (this.#workspace?.isCurrent) return;
    const workspace = this.#workspace = new Workspace();
    this.#documentAt = workspace.holdDocument(this.#document);
    this.#rowsAt = workspace.room(this.#capacity * this.#width * 8);
    this.#treeAt = workspace.room(0);
    this.#tree = undefined;
  }

  #placeTree(): PlacedTree {
    const workspace = this.#workspace ?? new Workspace();
    workspace.releaseFrom(this.#treeAt);
    return placeTree(this.root, workspace);
  }
}
