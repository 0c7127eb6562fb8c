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
  readonly #cells: ReadonlyMap<string, CellValue[]>;
  #rows = 0;

  /** Every column of the table but `source`, which the transform stage adds. */
  constructor(table: TableSpec) {
    this.#specs = table.columns.filter(({ name }) => name !== "source");
    this.#cells = new Map(this.#specs.map(({ name }) => [name, []]));
  }

  /** One more row; columns it does not name are null. Throws a RangeError for a name of no column. */
  add(row: Readonly<Record<string, CellValue>>): void {
    for (const name of Object.keys(row)) {
      if (!this.#cells.has(name)) {
        throw new RangeError(`Cannot fill a column "${name}": there is none`);
      }
    }
    for (const [name, cells] of this.#cells) cells.push(row[name]);
    this.#rows++;
  }

  /**
   * All rows so far. Throws a TypeError when a value is not of its column's type, and a DocumentError
   * when it does not fit: typed arrays would wrap it silently.
   */
  columns(): Columns {
    return {
      rows: this.#rows,
      columns: Object.fromEntries(
        this.#specs.map((spec) => [spec.name, columnOf(spec, this.#cells.get(spec.name) ?? [])]),
      ),
    };
  }
}

function columnOf(spec: ColumnSpec, cells: readonly CellValue[]): Column {
  for (const cell of cells) {
    const expected = misfit(spec, cell);
    if (expected === undefined) continue;
    throw new DocumentError(
      `Cannot keep ${JSON.stringify(cell)} as ${spec.name}: expected ${expected}`,
    );
  }
  const valid = cells.every((cell) => cell !== undefined)
    ? {}
    : { valid: Uint8Array.from(cells, (cell) => (cell === undefined ? 0 : 1)) };
  const numbers = (cell: CellValue) => {
    if (cell === undefined) return 0;
    if (typeof cell === "number") return cell;
    throw new TypeError(
      `Cannot put ${JSON.stringify(cell)} into "${spec.name}": expected a number`,
    );
  };
  switch (spec.type) {
    case "timestamp_ms":
    case "float64":
      return { type: spec.type, values: Float64Array.from(cells, numbers), ...valid };
    case "int32":
    case "date":
      return { type: spec.type, values: Int32Array.from(cells, numbers), ...valid };
    case "boolean":
      return {
        type: spec.type,
        values: Uint8Array.from(cells, (cell) => {
          if (cell === undefined || typeof cell === "boolean") return cell === true ? 1 : 0;
          throw new TypeError(`Cannot put ${cell} into "${spec.name}": expected true or false`);
        }),
        ...valid,
      };
    case "string": {
      const codeOf = new Map<string, number>();
      const codes = Int32Array.from(cells, (cell) => {
        if (cell === undefined) return 0;
        if (typeof cell !== "string") {
          throw new TypeError(`Cannot put ${cell} into "${spec.name}": expected text`);
        }
        const code = codeOf.get(cell) ?? codeOf.size;
        codeOf.set(cell, code);
        return code;
      });
      return { type: "string", dictionary: Array.from(codeOf.keys()), codes, ...valid };
    }
  }
}
