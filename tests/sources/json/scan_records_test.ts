import assert from "node:assert/strict";
import { readRecords } from "../../../pipeline/sources/json/read_records.ts";
import {
  object,
  recordOf,
  time,
  unusedText,
  whole,
} from "../../../pipeline/sources/json/record_shape.ts";
import { ColumnBuffer } from "../../../pipeline/sources/json/column_buffer.ts";
import { gaveUp } from "../../../pipeline/sources/json/scan_bytes.ts";
import { RecordScanner } from "../../../pipeline/sources/json/scan_records.ts";

const shape = recordOf(3, {
  t: time("clock_time", 0),
  in: object({
    v: whole(1, { required: true, quoted: "either", min: 0, max: 999 }),
    o: whole(2, { required: false, quoted: "never", min: 0, max: 9 }),
  }),
  note: unusedText,
});

/** The rows of a list, or undefined when the scanner gave up. */
function scan(text: string): number[][] | undefined {
  const bytes = new TextEncoder().encode(text);
  const rows = new ColumnBuffer(shape.width);
  const end = new RecordScanner(bytes, shape).list(0, rows);
  if (end === gaveUp) return undefined;
  assert.equal(end, bytes.length);
  return Array.from(
    { length: rows.rows },
    (_, row) => rows.columns.map((column) => column[row] ?? NaN),
  );
}

const one = '{"t":"00:00:01","in":{"v":"7","o":3},"note":"x"}';

Deno.test("list() reads records of several layouts, in one list", () => {
  const text = `[${one} ,
    {"in":{"v":70},"t":"00:00:02"},{ "t" : "00:00:03" , "in" : { "o" : 1 , "v" : 700 } },
    {"t":"00:00:04","in":{"v":"0"}},${one},{"t":"00:00:05","in":{"v":1},"note":""}]`;
  assert.deepEqual(scan(text), [
    [1, 7, 3],
    [2, 70, NaN],
    [3, 700, 1],
    [4, 0, NaN],
    [1, 7, 3],
    [5, 1, NaN],
  ]);
  assert.deepEqual(scan("[ ]"), []);
});

Deno.test("list() does not keep what an earlier record had in the same place", () => {
  const lists = new TextEncoder().encode(`[${one}][{"t":"00:00:02","in":{"v":1}}]`);
  const rows = new ColumnBuffer(shape.width);
  const scanner = new RecordScanner(lists, shape);
  const end = scanner.list(0, rows);
  rows.rows = 0;
  assert.equal(scanner.list(end, rows), lists.length);
  assert.deepEqual(rows.columns.map((column) => column[0]), [2, 1, NaN]);
});

Deno.test("list() gives up on a record that is not as the shape says, wherever it stands", () => {
  const bad = [
    '{"t":"00:00:01"}',
    '{"in":{"v":7}}',
    '{"t":"00:00:01","in":{}}',
    '{"t":"00:00:01","in":{"v":7,"v":8}}',
    '{"t":"00:00:01","in":{"v":7},"in":{"o":1}}',
    '{"t":"00:00:01","in":{"v":7,"o":3},"in":{"v":7}}',
    '{"t":"00:00:01","t":"00:00:02","in":{"v":7}}',
    '{"t":"00:00:01","in":{"v":7},"new":1}',
    '{"t":"00:00:01","in":{"v":7},"note":null}',
    '{"t":"00:00:01","in":{"v":7},"note":"\\n"}',
    '{"t":"00:00:01","in":{"v":7},"note":"é"}',
    '{"t":"00:00:01","in":{"v":07}}',
    '{"t":"00:00:01","in":{"v":"07"}}',
    '{"t":"00:00:01","in":{"v":7.0}}',
    '{"t":"00:00:01","in":{"v":7e0}}',
    '{"t":"00:00:01","in":{"v":-7}}',
    '{"t":"00:00:01","in":{"v":1000}}',
    '{"t":"00:00:01","in":{"v":"7}}',
    '{"t":"00:00:01","in":{"v":7,"o":"3"}}',
    '{"t":"00:00:01","in":{"v":7,}}',
    '{"t":"00:00:01","in":{"v":7}',
    '{"t":"00:00:01" "in":{"v":7}}',
    '{"t":00:00:01,"in":{"v":7}}',
    '{"t":"00:00:1","in":{"v":7}}',
    '{\\"t":"00:00:01","in":{"v":7}}',
    '{"t":"00:00:01","in":[7]}',
    "[]",
    "null",
    "",
  ];
  for (const record of bad) {
    for (const list of [`[${record}]`, `[${one},${record}]`, `[${record},${one}]`]) {
      if (list !== "[]") assert.equal(scan(list), undefined, list);
    }
  }
  for (const list of ["[", "{}", `[${one}`, `[${one},`, `[${one} ${one}]`]) {
    assert.equal(scan(list), undefined, list);
  }
});

Deno.test("list() gives up on a document with ever new layouts", () => {
  const records = Array.from({ length: 300 }, (_, i) => `{${" ".repeat(i)}${one.slice(1)}`);
  assert.equal(scan(`[${records.slice(0, 100).join(",")}]`)?.length, 100);
  assert.equal(scan(`[${records.join(",")}]`), undefined);
});

Deno.test("list() reads records with texts of many kinds, also after some with few", () => {
  const record = (note: string, v: number) => `{"t":"00:00:01","in":{"v":${v}},"note":"${note}"}`;
  for (const kinds of [1, 3, 1000, 3]) {
    const records = Array.from({ length: 1000 }, (_, i) => record(`kind ${i % kinds}`, i % 900));
    const rows = scan(`[${records.join(",")}]`);
    assert.deepEqual(rows, records.map((_, i) => [1, i % 900, NaN]));
  }
});

Deno.test("list() and readRecords() fill as many rows as there are", () => {
  // More than are scanned at once.
  const count = 200_000;
  const text = `[${new Array(count).fill(one).join(",")}]`;
  const rows = new ColumnBuffer(shape.width);
  const range = readRecords(JSON.parse(text), shape, "", "", rows, new Map());
  assert.deepEqual(range, { first: 0, end: count });
  assert.deepEqual(scan(text)?.at(-1), [1, 7, 3]);
  assert.deepEqual(Array.from(rows.int32(1, [{ first: count - 1, end: count }])), [7]);
});
