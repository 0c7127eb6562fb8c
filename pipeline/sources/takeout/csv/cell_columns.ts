/** Columns of a table filled from the cells of a CSV file, without an object for a row. */

import type { ColumnSpec } from "../../../catalog.ts";
import type { Column } from "../../../columns.ts";
import { DocumentError } from "../../../errors.ts";
import { type CellValue, misfit } from "../../records/columns_builder.ts";
import type { CsvCells } from "./columns.ts";
import type { Cell } from "./csv_family.ts";

/** A column that is filled from its first row on. */
export interface CellColumn {
  /** So many rows with one value. */
  constant(value: CellValue, rows: number): void;
  /** The cells in one column of the file, of those lines. Throws a DocumentError for one that does not fit. */
  cells(cell: Cell, cells: CsvCells, index: number, lines: Int32Array): void;
  column(): Column;
}

/** A column of that type and length; cells can be read into numbers and text. */
export function cellColumn(spec: ColumnSpec, rows: number): CellColumn {
  switch (spec.type) {
    case "string":
      return new TextColumn(rows);
    case "int32":
      return new NumberColumn(spec, new Int32Array(rows), rows);
    case "float64":
      return new NumberColumn(spec, new Float64Array(rows), rows);
    default:
      return new ConstantColumn(spec, rows);
  }
}

class NumberColumn implements CellColumn {
  readonly #valid: Uint8Array;
  #row = 0;
  #nulls = 0;

  constructor(
    private readonly spec: ColumnSpec,
    private readonly values: Int32Array | Float64Array,
    rows: number,
  ) {
    this.#valid = new Uint8Array(rows).fill(1);
  }

  constant(value: CellValue, rows: number): void {
    for (let i = 0; i < rows; i++) this.#add(typeof value === "number" ? value : NaN);
  }

  cells({ per }: Cell, { rows: { values, width } }: CsvCells, index: number, lines: Int32Array) {
    const into = this.values;
    const isWhole = into instanceof Int32Array;
    for (let i = 0; i < lines.length; i++) {
      const value = values[lines[i]! * width + index]! / per;
      // Most cells are as they must be; the others are looked at closely.
      if (isWhole ? (value | 0) === value : value === value) into[this.#row++] = value;
      else this.#add(value);
    }
  }

  column(): Column {
    const valid = this.#nulls === 0 ? {} : { valid: this.#valid };
    const { values } = this;
    return values instanceof Int32Array
      ? { type: "int32", values, ...valid }
      : { type: "float64", values, ...valid };
  }

  #add(value: number): void {
    const row = this.#row++;
    if (Number.isNaN(value)) {
      if (!this.spec.nullable) throw this.#unfit("nothing", "a value");
      this.#valid[row] = 0;
      this.#nulls++;
      return;
    }
    const expected = misfit(this.spec, value);
    if (expected !== undefined) throw this.#unfit(String(value), expected);
    this.values[row] = value;
  }

  #unfit(found: string, expected: string): DocumentError {
    return new DocumentError(`Cannot keep ${found} as ${this.spec.name}: expected ${expected}`);
  }
}

class TextColumn implements CellColumn {
  readonly #codeOf = new Map<string, number>();
  readonly #codes: Int32Array;
  readonly #valid: Uint8Array;
  #row = 0;
  #nulls = 0;

  constructor(rows: number) {
    this.#codes = new Int32Array(rows);
    this.#valid = new Uint8Array(rows).fill(1);
  }

  constant(value: CellValue, rows: number): void {
    const code = this.#code(typeof value === "string" ? value : undefined);
    for (let i = 0; i < rows; i++) this.#add(code);
  }

  cells(
    { word }: Cell,
    { rows: { values, width }, words }: CsvCells,
    index: number,
    lines: Int32Array,
  ) {
    const codes = (words[index] ?? []).map((text) => this.#code(word(text)));
    for (let i = 0; i < lines.length; i++) {
      this.#add(codes[values[lines[i]! * width + index]!] ?? -1);
    }
  }

  column(): Column {
    const dictionary = Array.from(this.#codeOf.keys());
    const valid = this.#nulls === 0 ? {} : { valid: this.#valid };
    return { type: "string", dictionary, codes: this.#codes, ...valid };
  }

  /** Its number in the dictionary; -1 for null. */
  #code(text: string | undefined): number {
    if (text === undefined) return -1;
    const code = this.#codeOf.get(text) ?? this.#codeOf.size;
    this.#codeOf.set(text, code);
    return code;
  }

  #add(code: number): void {
    const row = this.#row++;
    if (code >= 0) this.#codes[row] = code;
    else {
      this.#valid[row] = 0;
      this.#nulls++;
    }
  }
}

/** Columns that no cell is read into: flags, dates and times that are the same in all rows. */
class ConstantColumn implements CellColumn {
  #values: CellValue[] = [];

  constructor(private readonly spec: ColumnSpec, private readonly rows: number) {}

  constant(value: CellValue, rows: number): void {
    for (let i = 0; i < rows; i++) this.#values.push(value);
  }

  cells(): void {
    throw new RangeError(`Cannot read cells into "${this.spec.name}": it is of ${this.spec.type}`);
  }

  column(): Column {
    const { rows } = this;
    const cells = this.#values;
    const valid = cells.includes(undefined)
      ? { valid: Uint8Array.from(cells, (cell) => cell === undefined ? 0 : 1) }
      : {};
    const numbers = Array.from({ length: rows }, (_, row) => Number(cells[row] ?? 0));
    switch (this.spec.type) {
      case "boolean":
        return { type: "boolean", values: Uint8Array.from(numbers), ...valid };
      case "date":
        return { type: "date", values: Int32Array.from(numbers), ...valid };
      default:
        return { type: "timestamp_ms", values: Float64Array.from(numbers), ...valid };
    }
  }
}
