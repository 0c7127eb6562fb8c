import assert from "node:assert/strict";
import type { TableSpec } from "../../../pipeline/catalog.ts";
import { DocumentError } from "../../../pipeline/errors.ts";
import {
  type CellValue,
  ColumnsBuilder,
} from "../../../pipeline/sources/records/columns_builder.ts";

/** A table of one column beside the one that the transform stage adds. */
function tableOf(column: Pick<TableSpec["columns"][number], "type" | "stored">): TableSpec {
  return {
    ...{ name: "made_up", grain: "one value", partition: "year", key: ["value"], version: 1 },
    columns: [
      { name: "value", nullable: true, about: "A value", ...column },
      { name: "source", type: "string", nullable: false, about: "Where it came from" },
    ],
  };
}

const uint8 = tableOf({ type: "int32", stored: "uint8" });
const int16 = tableOf({ type: "int32", stored: "int16" });
const int32 = tableOf({ type: "int32" });
const string = tableOf({ type: "string" });

function columnsOf(table: TableSpec, cell: CellValue) {
  const builder = new ColumnsBuilder(table);
  builder.add({ value: cell });
  return builder.columns();
}

const misfits: readonly (readonly [table: TableSpec, cell: CellValue, message: RegExp])[] = [
  [uint8, 256, /^Cannot keep 256 as value: expected a whole number from 0 to 255$/],
  [uint8, -1, /from 0 to 255/],
  [int16, 32_768, /from -32768 to 32767/],
  [int32, 2 ** 31, /^Cannot keep 2147483648 as value: expected a whole number from -2147483648/],
  [int32, -(2 ** 31) - 1, /to 2147483647/],
  [int32, 70.5, /^Cannot keep 70.5 as value: expected a whole number/],
  [int32, NaN, /expected a whole number/],
  [string, "\ud800", /^Cannot keep "\\ud800" as value: expected well-formed Unicode$/],
];

for (const [table, cell, message] of misfits) {
  Deno.test(`columns() refuses ${JSON.stringify(cell)}: ${message.source}`, () => {
    assert.throws(() => columnsOf(table, cell), (error) => {
      assert.ok(error instanceof DocumentError);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("columns() keeps the least, the most and null", () => {
  const builder = new ColumnsBuilder(int32);
  for (const value of [-(2 ** 31), 2 ** 31 - 1, undefined]) builder.add({ value });
  assert.deepEqual(builder.columns(), {
    rows: 3,
    columns: {
      value: {
        type: "int32",
        values: Int32Array.of(-(2 ** 31), 2 ** 31 - 1, 0),
        valid: Uint8Array.of(1, 1, 0),
      },
    },
  });
});

Deno.test("columns() and add() refuse what no document could be blamed for", () => {
  assert.throws(() => columnsOf(int32, "7"), TypeError);
  assert.throws(() => columnsOf(string, 7), TypeError);
  assert.throws(() => new ColumnsBuilder(int32).add({ other: 1 }), RangeError);
});
