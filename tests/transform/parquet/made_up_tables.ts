/** Tables and columns to write: made by hand, and by fast-check. */

import fc from "fast-check";
import type { ColumnSpec, TableSpec } from "../../../pipeline/catalog.ts";
import type { Column, Columns } from "../../../pipeline/columns.ts";

/** What a cell holds: times in ms, dates in days since 1970. */
export type Cell = number | string | boolean | null;

/** A table with one column `value`. */
export function oneColumn(spec: Omit<ColumnSpec, "name" | "about">): TableSpec {
  return tableOf([{ ...spec, name: "value", about: "" }]);
}

export function tableOf(columns: readonly ColumnSpec[]): TableSpec {
  return { name: "made_up", grain: "row", partition: "date", key: [], version: 7, columns };
}

/** A column of these cells. */
export function columnOf(type: Column["type"], cells: readonly Cell[]): Column {
  const valid = Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1));
  const numbers = cells.map((cell) => Number(cell ?? 0));
  switch (type) {
    case "timestamp_ms":
    case "float64":
      return { type, values: Float64Array.from(numbers), valid };
    case "int32":
    case "date":
      return { type, values: Int32Array.from(numbers), valid };
    case "boolean":
      return { type, values: Uint8Array.from(numbers), valid };
    case "string": {
      const texts = cells.map((cell) => String(cell ?? ""));
      const dictionary = [...new Set(texts)];
      const codeOf = new Map(dictionary.map((text, code) => [text, code]));
      return {
        type,
        dictionary,
        codes: Int32Array.from(texts, (text) => codeOf.get(text) ?? -1),
        valid,
      };
    }
  }
}

export function columnsOf(table: TableSpec, cells: Record<string, readonly Cell[]>): Columns {
  const columns: Record<string, Column> = {};
  let rows = 0;
  for (const spec of table.columns) {
    const values = cells[spec.name] ?? [];
    rows = values.length;
    columns[spec.name] = columnOf(spec.type, values);
  }
  return { rows, columns };
}

/** Cells that tempt every encoding: runs, ramps, noise, extremes. */
function cellsOf(spec: ColumnSpec, rows: number): fc.Arbitrary<Cell[]> {
  const value = valueOf(spec);
  const shapes: fc.Arbitrary<Cell[]>[] = [
    fc.array(value, { minLength: rows, maxLength: rows }),
    // Runs of a few values.
    fc.tuple(
      fc.array(value, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(3), { minLength: rows, maxLength: rows }),
      fc.integer({ min: 1, max: 40 }),
    ).map(([few, picks, run]) =>
      picks.map((_, i) => few[(picks[i - i % run] ?? 0) % few.length] ?? null)
    ),
  ];
  if (spec.type === "timestamp_ms") {
    shapes.push(
      fc.tuple(
        fc.integer({ min: -1e12, max: 2e12 }),
        fc.array(fc.oneof(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 1e9 })), {
          minLength: rows,
          maxLength: rows,
        }),
      ).map(([first, steps]) => {
        let at = first;
        return steps.map((step) => at += step * 1000);
      }),
    );
  }
  const cells = fc.oneof(...shapes);
  if (!spec.nullable) return cells;
  return fc.tuple(cells, fc.array(fc.boolean(), { minLength: rows, maxLength: rows }))
    .map(([all, isNull]) => all.map((cell, i) => (isNull[i] === true ? null : cell)));
}

function valueOf(spec: ColumnSpec): fc.Arbitrary<Cell> {
  switch (spec.type) {
    case "timestamp_ms":
      return fc.integer({ min: -8.64e15, max: 8.64e15 });
    case "float64":
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "date":
      return fc.integer({ min: -700_000, max: 2_900_000 });
    case "boolean":
      return fc.boolean();
    case "string":
      return fc.string({ unit: "grapheme", maxLength: 80 });
    case "int32":
      switch (spec.stored ?? "int32") {
        case "uint8":
          return fc.integer({ min: 0, max: 255 });
        case "int16":
          return fc.integer({ min: -32_768, max: 32_767 });
        case "int32":
          return fc.integer({ min: -2_147_483_648, max: 2_147_483_647 });
      }
  }
}

/** Every type a column can have. */
export const everyType: readonly Omit<ColumnSpec, "name" | "about" | "nullable">[] = [
  { type: "timestamp_ms" },
  { type: "int32", stored: "uint8" },
  { type: "int32", stored: "int16" },
  { type: "int32", stored: "int32" },
  { type: "int32" },
  { type: "float64" },
  { type: "date" },
  { type: "string" },
  { type: "boolean" },
];

/** A table of one to five columns with its cells, by column. */
export const tableWithCells: fc.Arbitrary<[TableSpec, Record<string, Cell[]>]> = fc.tuple(
  fc.array(fc.tuple(fc.constantFrom(...everyType), fc.boolean()), { minLength: 1, maxLength: 5 }),
  fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 400 })),
).chain(([types, rows]) => {
  const specs = types.map(([type, nullable], i): ColumnSpec => ({
    ...type,
    nullable,
    name: `c${i}`,
    about: "",
  }));
  return fc.tuple(...specs.map((spec) => cellsOf(spec, rows))).map((all) => [
    tableOf(specs),
    Object.fromEntries(specs.map((spec, i) => [spec.name, all[i] ?? []])),
  ]);
});
