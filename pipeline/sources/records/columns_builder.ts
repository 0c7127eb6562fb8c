/** Rows of a table gathered value by value into columns; for records that are few, not for seconds. */

import { type ColumnSpec, storedRanges, type TableSpec } from "../../catalog.ts";
import type { Column, Columns } from "../../columns.ts";
import { DocumentError } from "../../errors.ts";

/** A value of a row: times in ms since 1970, dates in days since 1970; undefined is null. */
export type CellValue = number | string | boolean | undefined;

/**
 * What a cell would have to be to fit its column (`a whole number from 0 to 255`); undefined when it
 * fits. Says nothing of cells of another type.
 */
export function misfit({ type, stored }: ColumnSpec, cell: CellValue): string | undefined {
  if (type === "string" && typeof cell === "string") {
    return cell.isWellFormed() ? undefined : "well-formed Unicode";
  }
  if (type !== "int32" || typeof cell !== "number") return undefined;
  const { least, most } = storedRanges[stored ?? "int32"];
  const fits = Number.isInteger(cell) && cell >= least && cell <= most;
  return fits ? undefined : `a whole number from ${least} to ${most}`;
}

export class ColumnsBuilder {
  readonly #specs: readonly ColumnSpec[];
  /** For each of the specs its values. */
  readonly #cells: readonly CellValue[][];
  readonly #places: ReadonlyMap<string, number>;
  #rows = 0;

  /** Every column of the table but `source`, which the transform stage adds. */
  constructor(table: TableSpec) {
    this.#specs = table.columns.filter(({ name }) => name !== "source");
    this.#cells = this.#specs.map(() => []);
    this.#places = new Map(this.#specs.map(({ name }, place) => [name, place]));
  }

  /** One more row; columns it does not name are null. Throws a RangeError for a name of no column. */
  add(row: Readonly<Record<string, CellValue>>): void {
    this.addOf(Object.keys(row))(Object.values(row));
  }

  /**
   * Adds rows of the named columns, their values in that order; the others are null. Throws a
   * RangeError for a name of no column.
   */
  addOf(names: readonly string[]): (values: readonly CellValue[]) => void {
    const places = names.map((name) => {
      const place = this.#places.get(name);
      if (place === undefined) {
        throw new RangeError(`Cannot fill a column "${name}": there is none`);
      }
      return place;
    });
    const valueOf = this.#specs.map((_, place) => places.indexOf(place));
    return (values) => {
      this.#cells.forEach((cells, place) => cells.push(values[valueOf[place]!]));
      this.#rows++;
    };
  }

  /**
   * All rows so far. Throws a TypeError when a value is not of its column's type, and a DocumentError
   * when it does not fit: typed arrays would wrap it silently.
   */
  columns(): Columns {
    return {
      rows: this.#rows,
      columns: Object.fromEntries(
        this.#specs.map((spec, place) => [spec.name, columnOf(spec, this.#cells[place] ?? [])]),
      ),
    };
  }
}

function columnOf(spec: ColumnSpec, cells: readonly CellValue[]): Column {
  const { name, type } = spec;
  for (const cell of cells) {
    const expected = misfit(spec, cell);
    if (expected === undefined) continue;
    throw new DocumentError(`Cannot keep ${JSON.stringify(cell)} as ${name}: expected ${expected}`);
  }
  const valid = validity(cells);
  switch (type) {
    case "timestamp_ms":
    case "float64":
      return {
        type,
        values: filled(new Float64Array(cells.length), cells, numberIn(name)),
        ...valid,
      };
    case "int32":
    case "date":
      return {
        type,
        values: filled(new Int32Array(cells.length), cells, numberIn(name)),
        ...valid,
      };
    case "boolean":
      return { type, values: filled(new Uint8Array(cells.length), cells, flagIn(name)), ...valid };
    case "string": {
      const codeOf = new Map<string, number>();
      const codes = filled(new Int32Array(cells.length), cells, (cell) => {
        if (typeof cell !== "string") {
          throw new TypeError(`Cannot put ${cell} into "${name}": expected text`);
        }
        const code = codeOf.get(cell) ?? codeOf.size;
        codeOf.set(cell, code);
        return code;
      });
      return { type, dictionary: Array.from(codeOf.keys()), codes, ...valid };
    }
  }
}

/** Which cells are there; nothing when all are. */
function validity(cells: readonly CellValue[]): { valid?: Uint8Array } {
  if (!cells.includes(undefined)) return {};
  const valid = new Uint8Array(cells.length);
  cells.forEach((cell, row) => valid[row] = +(cell !== undefined));
  return { valid };
}

/** The cells that are there as numbers, 0 for the others. */
function filled<T extends Float64Array | Int32Array | Uint8Array>(
  into: T,
  cells: readonly CellValue[],
  numberOf: (cell: CellValue) => number,
): T {
  cells.forEach((cell, row) => {
    if (cell !== undefined) into[row] = numberOf(cell);
  });
  return into;
}

function numberIn(name: string): (cell: CellValue) => number {
  return (cell) => {
    if (typeof cell === "number") return cell;
    throw new TypeError(`Cannot put ${JSON.stringify(cell)} into "${name}": expected a number`);
  };
}

function flagIn(name: string): (cell: CellValue) => number {
  return (cell) => {
    if (typeof cell === "boolean") return Number(cell);
    throw new TypeError(`Cannot put ${cell} into "${name}": expected true or false`);
  };
}
