/**
 * A document opened in one of two ways: scanned from its bytes, or read carefully. What is then made
 * of it is the same code for both, so that both give the same rows.
 */

import { cutLists, type ListPath } from "./cut_lists.ts";
import { parseDocument, type UnknownFields } from "./document.ts";
import { readRecords } from "./read_records.ts";
import type { RecordShape } from "./record_shape.ts";
import { ColumnBuffer, type RowRange } from "./column_buffer.ts";
import { RecordScanner } from "./scan_records.ts";

/** Where the records of a kind of document lie, and what they are like. */
export interface RecordPlace {
  readonly lists: ListPath;
  readonly shape: RecordShape;
}

/** A document with its records read. */
export interface OpenDocument {
  /** The document around the lists; a list itself is only good for {@link OpenDocument.rowsOf}. */
  readonly envelope: unknown;
  readonly rows: ColumnBuffer;
  /** Counted so far; grows with every call of `rowsOf`. */
  readonly unknown: UnknownFields;
  /**
   * The rows of a list of the envelope. Throws a DocumentError when it is none, or a record in it is
   * not as it must be.
   * @param place Where the list lies, for messages (`pages[2].dataPoints`).
   * @param general The same without numbers, for counting unknown fields (`dataPoints`).
   */
  rowsOf(list: unknown, place: string, general: string): RowRange;
}

/** The document scanned from its bytes; undefined when anything is not as the scanner expects. */
export function scanDocument(
  document: Uint8Array,
  { lists, shape }: RecordPlace,
): OpenDocument | undefined {
  const rows = new ColumnBuffer(shape.width);
  const scanner = new RecordScanner(document, shape);
  const ranges: RowRange[] = [];
  const cut = cutLists(document, lists, (at) => {
    const first = rows.rows;
    const end = scanner.list(at, rows);
    ranges.push({ first, end: rows.rows });
    return end;
  });
  if (cut === undefined) {
    rows.handOn();
    return undefined;
  }
  const unknown: UnknownFields = new Map();
  return {
    envelope: cut.envelope,
    rows,
    unknown,
    rowsOf(list, place, general) {
      const range = typeof list === "number" ? ranges[list] : undefined;
      return range ?? readRecords(list, shape, place, general, rows, unknown);
    },
  };
}

/** The document read carefully; throws a DocumentError when it is not JSON. */
export function readDocument(document: Uint8Array, { shape }: RecordPlace): OpenDocument {
  const rows = new ColumnBuffer(shape.width);
  const unknown: UnknownFields = new Map();
  return {
    envelope: parseDocument(document),
    rows,
    unknown,
    rowsOf: (list, place, general) => readRecords(list, shape, place, general, rows, unknown),
  };
}
