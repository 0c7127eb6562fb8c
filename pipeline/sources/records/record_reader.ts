/**
 * Records of JSON to rows of a table, by a table of their own: which column is read where and how.
 * For everything but seconds of heart rate: it reads carefully, value by value, and counts what it
 * does not know.
 */

import type { ColumnSpec, TableSpec } from "../../catalog.ts";
import { DocumentError } from "../../errors.ts";
import {
  arrayAt,
  countUnknownFields,
  isObject,
  type Known,
  type UnknownFields,
  unreadable,
} from "../json/document.ts";
import { type CellValue, type ColumnsBuilder, misfit } from "./columns_builder.ts";
import { type Reading, valueAlong, valueAt } from "./readings.ts";

/** Where a column's value stands in a record, and how it is read. */
export interface Field {
  /**
   * Dotted path from the record on (`^` is the record itself); from the inner record on (`@`) when it
   * begins with `@.`.
   */
  readonly path: string;
  readonly read: Reading;
  /** What an absent value means; null where nothing is said. */
  readonly absent?: CellValue;
}

/** A field that may be absent. */
export function field(path: string, read: Reading, absent?: CellValue): Field {
  return absent === undefined ? { path, read } : { path, read, absent };
}

/** How one kind of record becomes rows. */
export interface RecordSpec {
  readonly table: TableSpec;
  /** For each column of the table but `source`: where it stands. Columns left out are null. */
  readonly columns: Readonly<Record<string, Field>>;
  /** The path of a list in the record that gives a row for each element; one row a record if absent. */
  readonly each?: string;
  /** Paths of fields that are known and make no column. */
  readonly known?: readonly string[];
  /** Paths of what a record cannot do without, though each column it fills may be null. */
  readonly needed?: readonly string[];
  /** Whether a record makes no row. */
  readonly skip?: (record: unknown) => boolean;
}

/**
 * Adds the rows of the records. Throws a DocumentError, naming the place, when a value is mistyped,
 * does not fit its column, or is absent though its column must not be null.
 * @param place The list's own place, for messages (`pages[2].dataPoints`).
 * @param general The same without numbers, for counting unknown fields (`dataPoints`).
 */
export function addRecords(
  spec: RecordSpec,
  records: readonly unknown[],
  place: string,
  general: string,
  into: ColumnsBuilder,
  unknown: UnknownFields,
): void {
  const known = knownFields(spec);
  const places = placesOf(spec);
  const add = into.addOf(places.map(({ column }) => column.name));
  const below = `${general}[]`;
  records.forEach((record, index) => {
    const at = () => `${place}[${index}]`;
    countUnknownFields(record, known, below, unknown);
    if (spec.skip?.(record) === true) return;
    for (const path of spec.needed ?? []) {
      if (valueAt(record, path) === undefined) {
        throw unreadable(`${at()}.${path}`, "a value", undefined);
      }
    }
    if (spec.each === undefined) {
      add(cellsOf(spec, places, record, undefined, at));
      return;
    }
    const inner = `.${spec.each}`;
    arrayAt(valueAt(record, spec.each) ?? [], `${at()}${inner}`).forEach((element, row) =>
      add(cellsOf(spec, places, record, element, at, () => `${at()}${inner}[${row}]`))
    );
  });
}

/**
 * The cells of a row in the order of the places. Where things stand is put into words only when
 * something is wrong with them.
 */
function cellsOf(
  spec: RecordSpec,
  places: readonly Place[],
  record: unknown,
  element: unknown,
  recordAt: () => string,
  elementAt = recordAt,
): CellValue[] {
  return places.map(({ column, ofElement, keys, below, read, absent }) => {
    const from = ofElement ? element : record;
    const value = valueAlong(from, keys);
    const at = ofElement ? elementAt : recordAt;
    if (value === undefined) demandObjects(from, keys, at);
    const cell = value === undefined || value === null ? absent : readAt(read, value, at, below);
    if (cell === undefined && !column.nullable) {
      const expected = `a value for ${spec.table.name}.${column.name}`;
      throw unreadable(at() + below, expected, value);
    }
    const expected = misfit(column, cell);
    if (expected !== undefined) throw unreadable(at() + below, expected, value);
    return cell;
  });
}

/** Reads a value; one that cannot be read is read again, to be told with its whole place. */
function readAt(read: Reading, value: unknown, at: () => string, below: string): CellValue {
  try {
    return read(value, below);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return read(value, at() + below);
  }
}

/** Throws where something lies on the way to an absent value that could not hold it: it is mistyped. */
function demandObjects(record: unknown, keys: readonly string[], at: () => string): void {
  for (let length = 1; length < keys.length; length++) {
    const path = keys.slice(0, length);
    const held = valueAlong(record, path);
    if (held === undefined || held === null) return;
    if (!isObject(held)) throw unreadable(`${at()}.${path.join(".")}`, "an object", held);
  }
}

/** A field with its path taken apart, once for all records. */
interface Place extends Omit<Field, "path"> {
  readonly column: ColumnSpec;
  /** Whether the path begins at the inner record. */
  readonly ofElement: boolean;
  /** From there on; empty for the record itself. */
  readonly keys: readonly string[];
  /** The same as messages have it. */
  readonly below: string;
}

function placesOf({ table, columns }: RecordSpec): Place[] {
  return Object.entries(columns).map(([name, { path, ...rest }]) => {
    const column = table.columns.find((spec) => spec.name === name);
    if (column === undefined) {
      throw new RangeError(`Cannot fill ${table.name}.${name}: there is none`);
    }
    const ofElement = isInner(path);
    const itself = path === "@" || path === "^";
    const local = itself ? "" : ofElement ? path.slice(2) : path;
    return {
      column,
      ofElement,
      keys: itself ? [] : local.split("."),
      below: itself ? "" : `.${local}`,
      ...rest,
    };
  });
}

/** Whether a path begins at the inner record: `@`, `@.type`. */
function isInner(path: string): boolean {
  return path === "@" || path.startsWith("@.");
}

/** The tree of all paths that the spec names. */
function knownFields({ columns, each, known = [] }: RecordSpec): Known {
  interface Tree {
    [key: string]: Tree | true;
  }
  const root: Tree = {};
  const element: Tree = {};
  const plant = (tree: Tree, path: string) => {
    let at = tree;
    const keys = path.split(".");
    keys.forEach((key, index) => {
      const held = at[key];
      if (held === true) return;
      if (index === keys.length - 1) {
        at[key] ??= true;
        return;
      }
      const next: Tree = held ?? {};
      at[key] = next;
      at = next;
    });
  };
  // The deepest first: of a field that is read as a whole and in parts, the parts are what is known.
  const depth = (path: string) => path.split(".").length;
  const paths = [...Object.values(columns).map(({ path }) => path), ...known]
    .filter((path) => path !== "@" && path !== "^")
    .sort((a, b) => depth(b) - depth(a));
  for (const path of paths) {
    if (isInner(path)) plant(element, path.slice(2));
    else plant(root, path);
  }
  if (each === undefined) return root;
  const keys = each.split(".");
  const graft = (tree: Tree, depth: number): Record<string, Known> => {
    const key = keys[depth] ?? "";
    const below = tree[key];
    const next: Known = depth === keys.length - 1
      ? [element]
      : graft(below === undefined || below === true ? {} : below, depth + 1);
    return { ...tree, [key]: next };
  };
  return graft(root, 0);
}
