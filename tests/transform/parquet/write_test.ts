import assert from "node:assert/strict";
import fc from "fast-check";
import { heartRate } from "../../../pipeline/catalog.ts";
import { type Column, type Columns, constantText } from "../../../pipeline/columns.ts";
import { writeParquet } from "../../../pipeline/transform/parquet/write.ts";
import {
  type Cell,
  columnsOf,
  everyType,
  oneColumn,
  tableOf,
  tableWithCells,
} from "./made_up_tables.ts";
import { footerOf, readWithHyparquet, readWithPolars } from "./readers.ts";

const least = -2_147_483_648;
const most = 2_147_483_647;
const rowsOf = <T>(rows: number, cell: (row: number) => T) =>
  Array.from({ length: rows }, (_, i) => cell(i));
/** A number that looks random and is the same every time. */
const noise = (i: number) => Math.imul(i + 1, 0x9e3779b1) >>> 0;

const cases: { name: string; type: Parameters<typeof oneColumn>[0]; cells: Cell[] }[] = [
  ...everyType.flatMap((type) => [
    { name: "no row", type: { ...type, nullable: false }, cells: [] },
    { name: "no row, nullable", type: { ...type, nullable: true }, cells: [] },
    { name: "one null", type: { ...type, nullable: true }, cells: [null] },
    { name: "only nulls", type: { ...type, nullable: true }, cells: rowsOf(1000, () => null) },
  ]),
  { name: "one time", type: { type: "timestamp_ms", nullable: false }, cells: [1.79e12] },
  {
    name: "times before 1970",
    type: { type: "timestamp_ms", nullable: false },
    cells: [-8.64e15, -1e12 - 1, -1000, -1, 0, 1],
  },
  {
    name: "times as far apart as they can be",
    type: { type: "timestamp_ms", nullable: false },
    cells: [8.64e15, -8.64e15, 8.64e15, 0],
  },
  {
    name: "times in seven bytes a difference",
    type: { type: "timestamp_ms", nullable: false },
    cells: rowsOf(300, (i) => i % 2 * 2 ** 50 + i),
  },
  ...[1, 2, 31, 32, 33, 34, 127, 128, 129, 130, 256, 257, 258].map((rows) => ({
    name: `${rows} times, about the sizes of miniblocks and blocks`,
    type: { type: "timestamp_ms" as const, nullable: false },
    cells: rowsOf(rows, (i) => 1.79e12 + i * 1000 + noise(i) % 1000),
  })),
  {
    name: "extremes of int32",
    type: { type: "int32", nullable: false },
    cells: [least, most, 0, -1, 1, most, least],
  },
  {
    name: "more than 256 numbers as far apart as they can be",
    type: { type: "int32", nullable: false },
    cells: rowsOf(1000, (i) => i % 2 === 0 ? least + i : most - i),
  },
  {
    name: "one step up, and one down, as far as it can be",
    type: { type: "int32", nullable: false },
    cells: rowsOf(900, (i) => i >= 300 && i < 600 ? most - i : least + i),
  },
  {
    name: "differences of every width",
    type: { type: "int32", nullable: false },
    cells: rowsOf(2000, (i) => noise(i) % 2 ** (i % 31)),
  },
  {
    name: "exactly 256 distinct numbers",
    type: { type: "int32", nullable: false },
    cells: rowsOf(5000, (i) => noise(i) % 256),
  },
  {
    name: "257 distinct numbers, too many for a dictionary",
    type: { type: "int32", nullable: false },
    cells: rowsOf(5000, (i) => noise(i) % 257),
  },
  {
    name: "uint8",
    type: { type: "int32", stored: "uint8", nullable: true },
    cells: [0, null, 255],
  },
  {
    name: "int16",
    type: { type: "int32", stored: "int16", nullable: false },
    cells: [-32_768, 32_767],
  },
  {
    name: "float64",
    type: { type: "float64", nullable: true },
    cells: [0, -0, null, Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, 0.1, 2 ** 53 + 2],
  },
  { name: "dates", type: { type: "date", nullable: true }, cells: [0, -719_162, null, 2_932_896] },
  {
    name: "flags",
    type: { type: "boolean", nullable: true },
    cells: [true, false, null, true, true, true, false, null, false, true],
  },
  {
    name: "text of all planes",
    type: { type: "string", nullable: true },
    cells: ["", null, "é", "日本", "🫀", "a\u0000b", '",\r\n', "🫀", "x".repeat(10_000)],
  },
  {
    name: "more texts than a dictionary takes",
    type: { type: "string", nullable: true },
    cells: rowsOf(70_000, (i) => i % 1000 === 7 ? null : `text ${i}`),
  },
  ...[3, 17, 300].map((distinct) => ({
    name: `${distinct} texts, codes of another width`,
    type: { type: "string" as const, nullable: false },
    cells: rowsOf(2000, (i) => `text ${noise(i) % distinct}`),
  })),
  ...["first", "last", "eighth", "runs"].map((where) => ({
    name: `nulls: ${where}`,
    type: { type: "int32" as const, nullable: true },
    cells: rowsOf(100, (i) => {
      const isNull = { first: i === 0, last: i === 99, eighth: i % 8 === 7, runs: i % 40 < 19 };
      return Object.entries(isNull).some(([name, here]) => name === where && here) ? null : i * i;
    }),
  })),
];

for (const { name, type, cells } of cases) {
  Deno.test(`writeParquet() writes what others read: ${type.stored ?? type.type}, ${name}`, async () => {
    const table = oneColumn(type);
    const bytes = writeParquet(table, columnsOf(table, { value: cells }));
    assert.deepEqual(await readWithHyparquet(table, bytes), { value: cells });
    assert.deepEqual(readWithPolars(table, bytes), { value: cells });
  });
}

Deno.test("writeParquet() writes any table so that it reads back equal", async () => {
  await fc.assert(
    fc.asyncProperty(
      tableWithCells,
      fc.integer({ min: 1, max: 500 }),
      async ([table, cells], rowsPerGroup) => {
        const bytes = writeParquet(table, columnsOf(table, cells), { rowsPerGroup });
        assert.deepEqual(await readWithHyparquet(table, bytes), cells);
      },
    ),
    { seed: 2, numRuns: 300 },
  );
});

Deno.test("writeParquet() gives the same bytes for the same rows, however they are held", () => {
  const table = tableOf([
    { name: "number", type: "int32", nullable: true, about: "" },
    { name: "text", type: "string", nullable: true, about: "" },
    { name: "time", type: "timestamp_ms", nullable: true, about: "" },
  ]);
  const plain: Columns = {
    rows: 3,
    columns: {
      number: { type: "int32", values: Int32Array.of(5, 0, 7), valid: Uint8Array.of(1, 0, 1) },
      text: { type: "string", dictionary: ["b", "a"], codes: Int32Array.of(0, 1, 0) },
      time: { type: "timestamp_ms", values: new Float64Array(3), valid: new Uint8Array(3) },
    },
  };
  const held: Columns = {
    rows: 3,
    columns: {
      number: { type: "int32", values: Int32Array.of(5, 999, 7), valid: Uint8Array.of(1, 0, 255) },
      text: {
        type: "string",
        dictionary: ["unused", "a", "b", "b"],
        codes: Int32Array.of(3, 1, 2),
        valid: Uint8Array.of(1, 1, 1),
      },
      time: {
        type: "timestamp_ms",
        values: Float64Array.of(NaN, 0.5, 1),
        valid: new Uint8Array(3),
      },
    },
  };
  const bytes = writeParquet(table, plain);
  assert.deepEqual(writeParquet(table, plain), bytes);
  assert.deepEqual(writeParquet(table, held), bytes);
});

Deno.test("writeParquet() names program, table and types in the footer", () => {
  const footer = footerOf(writeParquet(heartRate, day(10)));
  assert.equal(footer.created_by, "everysecond version 1.0.0");
  assert.deepEqual(footer.key_value_metadata, [
    { key: "everysecond.table", value: "heart_rate" },
    { key: "everysecond.table_version", value: "1" },
  ]);
  const schema = footer.schema.map((
    element,
  ) => [element.name, element.type, element.repetition_type, element.logical_type]);
  const utc = { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" };
  const integer = (bitWidth: number, isSigned: boolean) => ({
    type: "INTEGER",
    bitWidth,
    isSigned,
  });
  assert.deepEqual(schema, [
    ["heart_rate", undefined, undefined, undefined],
    ["time", "INT64", "REQUIRED", utc],
    ["utc_offset_s", "INT32", "REQUIRED", integer(32, true)],
    ["bpm", "INT32", "REQUIRED", integer(16, true)],
    ["confidence", "INT32", "OPTIONAL", integer(8, false)],
    ["source", "BYTE_ARRAY", "REQUIRED", { type: "STRING" }],
  ]);
});

Deno.test("writeParquet() leaves nothing of what it wrote before", () => {
  const bytes = writeParquet(heartRate, day(50));
  const table = oneColumn({ type: "string", nullable: true });
  const value = rowsOf(5000, (i) => i % 3 === 0 ? null : `text ${noise(i)}`);
  writeParquet(table, columnsOf(table, { value }));
  assert.deepEqual(writeParquet(heartRate, day(50)), bytes);
});

Deno.test("writeParquet() says where pages begin and how large they are", () => {
  const bytes = writeParquet(heartRate, day(1000));
  let at = 4;
  for (const { meta_data } of footerOf(bytes).row_groups[0]?.columns ?? []) {
    assert.ok(meta_data !== undefined);
    const { dictionary_page_offset, data_page_offset, codec, total_compressed_size } = meta_data;
    assert.equal(Number(dictionary_page_offset ?? data_page_offset), at);
    const isCoded = meta_data.encodings.includes("RLE_DICTIONARY");
    assert.equal(Number(data_page_offset) > at, isCoded);
    const { total_uncompressed_size } = meta_data;
    assert.equal(total_uncompressed_size > total_compressed_size, codec === "ZSTD");
    at += Number(total_compressed_size);
  }
  const footerLength = new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
  assert.equal(at + footerLength + 8, bytes.length);
});

Deno.test("writeParquet() states the bounds and nulls of every row group", () => {
  const cells: Record<string, Cell[]> = {
    time: [5000, 1000, -3000, 2000],
    bpm: [61, 60, 200, 199],
    ratio: [0, 1.5, null, null],
    text: ["b", "é", "z", null],
    long: ["x".repeat(65), "a", "b", "b"],
    flag: [true, false, true, true],
  };
  const types = {
    time: "timestamp_ms",
    bpm: "int32",
    ratio: "float64",
    text: "string",
    long: "string",
    flag: "boolean",
  } as const;
  const table = tableOf(
    Object.entries(types).map(([name, type]) => ({ name, type, nullable: true, about: "" })),
  );
  const footer = footerOf(writeParquet(table, columnsOf(table, cells), { rowsPerGroup: 2 }));
  const bounds = footer.row_groups.map((group) =>
    group.columns.map(({ meta_data }) => {
      const { min_value, max_value, null_count } = meta_data?.statistics ?? {};
      return [min_value, max_value, Number(null_count)];
    })
  );
  assert.deepEqual(bounds, [
    [
      [new Date(1000), new Date(5000), 0],
      [60, 61, 0],
      [-0, 1.5, 0],
      ["b", "é", 0],
      [undefined, undefined, 0],
      [false, true, 0],
    ],
    [
      [new Date(-3000), new Date(2000), 0],
      [199, 200, 0],
      [undefined, undefined, 2],
      ["z", "z", 1],
      ["b", "b", 0],
      [true, true, 0],
    ],
  ]);
});

Deno.test("writeParquet() splits rows into groups", async () => {
  const table = oneColumn({ type: "int32", nullable: true });
  const value = rowsOf(1000, (i) => i % 7 === 0 ? null : i);
  const bytes = writeParquet(table, columnsOf(table, { value }), { rowsPerGroup: 300 });
  const groups = footerOf(bytes).row_groups;
  assert.deepEqual(groups.map((group) => Number(group.num_rows)), [300, 300, 300, 100]);
  assert.deepEqual(await readWithHyparquet(table, bytes), { value });
  assert.deepEqual(readWithPolars(table, bytes), { value });
});

Deno.test("writeParquet() keeps a day of heart rate below 1.3 bytes a sample", () => {
  const rows = 17_000;
  const size = writeParquet(heartRate, day(rows)).length;
  assert.ok(size / rows < 1.3, `${size / rows} bytes a sample`);
});

const wrong: { name: string; change: Record<string, Column | undefined>; error: RegExp }[] = [
  {
    name: "missing",
    change: { bpm: undefined },
    error: /^TypeError: .*"bpm" of table "heart_rate": it is missing$/,
  },
  {
    name: "unknown",
    change: { pulse: constantText("", 10) },
    error: /^TypeError: .*"heart_rate": it has no column "pulse", only "time", /,
  },
  {
    name: "of another type",
    change: { bpm: { type: "float64", values: new Float64Array(10) } },
    error: /^TypeError: .*"bpm".*: expected type int32, not float64$/,
  },
  {
    name: "too short",
    change: { bpm: { type: "int32", values: new Int32Array(9) } },
    error: /^TypeError: .*"bpm".*: expected 10 values, not 9$/,
  },
  {
    name: "short of flags",
    change: { bpm: { type: "int32", values: new Int32Array(10), valid: new Uint8Array(9) } },
    error: /^TypeError: .*"bpm".*: expected 10 flags of validity, not 9$/,
  },
  {
    name: "null where no null may be",
    change: {
      bpm: { type: "int32", values: new Int32Array(10), valid: new Uint8Array(10).fill(1, 0, 4) },
    },
    error: /^RangeError: .*"bpm".*: row 4 is null, expected a value$/,
  },
  {
    name: "too large",
    change: { bpm: { type: "int32", values: new Int32Array(10).fill(32_768, 9) } },
    error: /^RangeError: .*"bpm".*: row 9 is 32768, expected a number from -32768 to 32767$/,
  },
  {
    name: "not whole",
    change: { time: { type: "timestamp_ms", values: new Float64Array(10).fill(0.5, 2) } },
    error: /^RangeError: .*"time".*: row 2 is 0.5, expected a whole number from/,
  },
  {
    name: "not a number",
    change: { time: { type: "timestamp_ms", values: new Float64Array(10).fill(NaN, 3) } },
    error: /^RangeError: .*"time".*: row 3 is NaN, expected a whole number from/,
  },
  {
    name: "beyond its dictionary",
    change: { source: { type: "string", dictionary: ["a"], codes: new Int32Array(10).fill(1, 5) } },
    error: /^RangeError: .*"source".*: row 5 is 1, expected a number from 0 to 0$/,
  },
  {
    name: "half a surrogate pair",
    change: { source: constantText("\ud83e", 10) },
    error: /^RangeError: .*"source".*: "\\ud83e" is not well-formed Unicode$/,
  },
];

for (const { name, change, error } of wrong) {
  Deno.test(`writeParquet() refuses a column that is ${name}`, () => {
    const { rows, columns } = day(10);
    const changed = Object.fromEntries(
      Object.entries({ ...columns, ...change }).flatMap(([key, column]) =>
        column === undefined ? [] : [[key, column]]
      ),
    );
    assert.throws(() => writeParquet(heartRate, { rows, columns: changed }), error);
  });
}

/** Heart rate as a watch measures it, without a confidence. */
function day(rows: number): Columns {
  const time = new Float64Array(rows);
  const bpm = new Int32Array(rows);
  let at = Date.UTC(2026, 9, 25);
  let rate = 70;
  for (let i = 0; i < rows; i++) {
    at += (1 + noise(i) % 15) * 1000;
    rate += noise(i + rows) % 7 - 3 + (rate < 60 ? 1 : rate > 150 ? -1 : 0);
    time[i] = at;
    bpm[i] = rate;
  }
  return {
    rows,
    columns: {
      time: { type: "timestamp_ms", values: time },
      utc_offset_s: { type: "int32", values: new Int32Array(rows).fill(3600) },
      bpm: { type: "int32", values: bpm },
      confidence: { type: "int32", values: new Int32Array(rows), valid: new Uint8Array(rows) },
      source: constantText("google-health", rows),
    },
  };
}
