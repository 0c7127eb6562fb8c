import assert from "node:assert/strict";
import fc from "fast-check";
import type { TableSpec } from "../../pipeline/catalog.ts";
import type { ColumnType } from "../../pipeline/columns.ts";
import { parse } from "../../pipeline/csv.ts";
import { MS_PER_DAY } from "../../pipeline/day.ts";
import { csvOf } from "../../pipeline/transform/csv.ts";
import {
  type Cell,
  columnsOf,
  oneColumn,
  tableOf,
  tableWithCells,
} from "./parquet/made_up_tables.ts";

function textOf(table: TableSpec, cells: Parameters<typeof columnsOf>[1]): string {
  return new TextDecoder().decode(csvOf(table, columnsOf(table, cells)));
}

const cases: { type: ColumnType; cells: Cell[]; lines: string[] }[] = [
  {
    type: "timestamp_ms",
    cells: [0, 1, -1, 1_792_886_399_999, 1_792_886_400_000, 59_999, 3_600_000, null],
    lines: [
      "1970-01-01T00:00:00.000Z",
      "1970-01-01T00:00:00.001Z",
      "1969-12-31T23:59:59.999Z",
      "2026-10-24T23:59:59.999Z",
      "2026-10-25T00:00:00.000Z",
      "1970-01-01T00:00:59.999Z",
      "1970-01-01T01:00:00.000Z",
      "",
    ],
  },
  {
    type: "date",
    cells: [0, -1, 20_751, null],
    lines: ["1970-01-01", "1969-12-31", "2026-10-25", ""],
  },
  { type: "int32", cells: [0, -7, 2_147_483_647, null], lines: ["0", "-7", "2147483647", ""] },
  { type: "float64", cells: [58, 0.1, -1e-7, null], lines: ["58", "0.1", "-1e-7", ""] },
  { type: "boolean", cells: [true, false, null], lines: ["true", "false", ""] },
  {
    type: "string",
    cells: ["plain", "", null, "a,b", 'say "yes"', "two\nlines", "lone\rreturn", " spaced ", "🫀"],
    lines: [
      "plain",
      '""',
      "",
      '"a,b"',
      '"say ""yes"""',
      '"two\nlines"',
      '"lone\rreturn"',
      " spaced ",
      "🫀",
    ],
  },
];

for (const { type, cells, lines } of cases) {
  Deno.test(`csvOf() writes ${type}`, () => {
    const table = oneColumn({ type, nullable: true });
    assert.equal(
      textOf(table, { value: cells }),
      ["value", ...lines, ""].join("\n"),
    );
  });
}

Deno.test("csvOf() writes the header alone when there is no row", () => {
  const table = tableOf([
    { name: "time", type: "timestamp_ms", nullable: false, about: "" },
    { name: "a,b", type: "int32", nullable: false, about: "" },
  ]);
  assert.equal(textOf(table, {}), 'time,"a,b"\n');
});

Deno.test("csvOf() refuses columns of another table", () => {
  const table = oneColumn({ type: "int32", nullable: false });
  assert.throws(
    () => csvOf(table, columnsOf(table, { value: [null] })),
    /^RangeError: .*row 0 is null/,
  );
});

Deno.test("csvOf() writes any table so that its fields can be parsed", () => {
  fc.assert(
    fc.property(tableWithCells, ([table, cells]) => {
      const records = parse(textOf(table, cells));
      const expected = Array.from(
        { length: records.length - 1 },
        (_, row) =>
          table.columns.map(({ name, type }) => plainText(type, cells[name]?.[row] ?? null)),
      );
      // The parser takes a line of one empty field for no line, so such a table is not compared.
      if (table.columns.length > 1) {
        assert.deepEqual(records, [table.columns.map(({ name }) => name), ...expected]);
        assert.equal(expected.length, cells["c0"]?.length);
      }
    }),
    { seed: 3, numRuns: 200 },
  );
});

function plainText(type: ColumnType, cell: Cell): string {
  if (cell === null) return "";
  if (type === "timestamp_ms") return new Date(Number(cell)).toISOString();
  if (type === "date") return new Date(Number(cell) * MS_PER_DAY).toISOString().split("T")[0] ?? "";
  return String(cell);
}
