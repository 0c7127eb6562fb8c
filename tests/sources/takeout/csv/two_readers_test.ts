import assert from "node:assert/strict";
import fc from "fast-check";
import { DocumentError } from "../../../../pipeline/errors.ts";
import type { WantedColumn } from "../../../../pipeline/sources/takeout/csv/columns.ts";
import { csvReaders } from "../../../../pipeline/sources/takeout/csv/flatten_csv.ts";
import { readCells } from "../../../../pipeline/sources/takeout/csv/read_cells.ts";
import { scanCells } from "../../../../pipeline/sources/takeout/csv/scan_cells.ts";
import { plainFamilies } from "../../../../pipeline/sources/takeout/families/csv.ts";
import { manifestOf } from "../../../generate/documents.ts";
import { bendBytes, someByteBends } from "../../../generate/json_text.ts";
import { agree, type Outcome } from "../../../support/two_readers.ts";

const utf8 = new TextEncoder();

const wanted: readonly WantedColumn[] = [
  { names: ["timestamp"], kind: "stamp", required: true },
  { names: ["value", "old value"], kind: "number", required: true, absent: [-1] },
  { names: ["data source"], kind: "text", required: false },
];

type Reader = (
  document: Uint8Array,
  wanted: readonly WantedColumn[],
) => ReturnType<typeof scanCells>;

/** All that a reader finds, or the message it refuses with; undefined when it leaves the decision. */
function found(read: Reader, text: string) {
  try {
    const cells = read(utf8.encode(text), wanted);
    if (cells === undefined) return undefined;
    const all = [{ first: 0, end: cells.rows.rows }];
    const columns = wanted.map((_, column) => [...cells.rows.float64(column, all)]);
    cells.rows.handOn();
    const { words, has, unknown, cut } = cells;
    return { columns, words, has, unknown: [...unknown].sort(), cut };
  } catch (error) {
    if (error instanceof DocumentError) return error.message;
    throw error;
  }
}

const day = Date.UTC(2026, 3, 2);

Deno.test("scanCells() and readCells() find columns by their names, whatever else there is", () => {
  const cases: readonly (readonly [string, (number | string)[][]])[] = [
    ["timestamp,value\n2026-04-02T13:14:05Z,1.5\n", [[day + 47_645_000], [1.5]]],
    ["timestamp,value\r\n2026-04-02T13:14,-0.25\r\n", [[day + 47_640_000], [-0.25]]],
    ["TIMESTAMP,Old Value\n2026-04-02T13:14:05.123456Z,7", [[day + 47_645_123], [7]]],
    ["x,value,timestamp\n9,3,2026-04-02T00:00:00\n", [[day], [3]]],
    ["timestamp,value\n2026-04-02T00:00Z,\n2026-04-02T00:00Z,NaN\n", [[day, day], [NaN, NaN]]],
    ["timestamp,value\n2026-04-02T00:00Z,-1\n2026-04-02T00:00Z,-1.0\n", [[day, day], [NaN, NaN]]],
    ["timestamp,value\n2026-04-02,null\n2026-04-02,123456789012345", [
      [day, day],
      [NaN, 123456789012345],
    ]],
    ["timestamp,value\n", [[], []]],
    ["timestamp,value\r\n", [[], []]],
  ];
  for (const [text, columns] of cases) {
    const scanned = found(scanCells, text);
    assert.deepEqual(scanned, found(readCells, text), text);
    assert.ok(typeof scanned === "object", text);
    assert.deepEqual(scanned.columns.slice(0, 2), columns, text);
  }
});

Deno.test("readCells() takes what scanCells() leaves to it", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['data source,timestamp,value\n"A, ""B""",2026-04-02T00:00:00Z,1\n', [[day], [1], [0]]],
    ["timestamp,value\n2026-04-02 00:00:00+0000,1\n", [[day], [1], [NaN]]],
    ["timestamp,value\n2026-04-01T22:00:00-02:00,1\n", [[day], [1], [NaN]]],
    ["timestamp,value\n04/02/26 00:00:00,12345678901234567\n", [[day], [12345678901234568], [NaN]]],
    ["timestamp,value\n2026-04-02T00:00:00Z,1\n\n", [[day], [1], [NaN]]],
    ["timestamp,value\n,null\nN/A,1\n", [[NaN, NaN], [NaN, 1], [NaN, NaN]]],
    ["", [[], [], []]],
    ["no data\r\n", [[], [], []]],
  ];
  for (const [text, columns] of cases) {
    assert.equal(found(scanCells, text), undefined, text);
    const read = found(readCells, text);
    assert.ok(typeof read === "object", text);
    assert.deepEqual(read.columns, columns, text);
  }
});

Deno.test("readCells() leaves out a last line that breaks off, and says so", () => {
  const read = found(readCells, "timestamp,value\n2026-04-02T00:00:00Z,1\n2026-04-02T00:0");
  assert.ok(typeof read === "object");
  assert.deepEqual([read.columns[0], read.cut], [[day], true]);
});

Deno.test("readCells() refuses what it cannot read, and names it", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["timestamp,bpm\n2026-04-02T00:00:00Z,1\n", /column "value": the header is timestamp,bpm/],
    ["timestamp,value\nsoon,1\n", /timestamp of row 1: expected a time such as .*found "soon"/],
    ["timestamp,value\n2026-02-30T00:00:00Z,1\n", /timestamp of row 1/],
    [
      "timestamp,value\n2026-04-02T00:00:00Z,1\n2026-04-02T00:00:00Z,1,2\n",
      /row 2: expected 2 cells/,
    ],
    [
      "timestamp,value\n2026-04-02T00:00:00Z,much\n",
      /value of row 1: expected a number, found "much"/,
    ],
    ['timestamp,value\n"2026-04-02T00:00:00Z,1\n', /parse the document as CSV/],
    [`timestamp,value\n2026-04-02T00:00:00Z,${"9".repeat(400)}\n`, /expected a number/],
  ];
  for (const [text, message] of cases) {
    const refused = found(readCells, text);
    assert.ok(typeof refused === "string", text);
    assert.match(refused, message);
  }
});

const cell = {
  stamp: fc.constantFrom(
    "2026-04-02T13:14:05Z",
    "2026-04-02T13:14",
    "2026-04-02T13:14:05.5",
    "2026-04-02",
    "",
    "24:00",
  ),
  number: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.integer().map(String),
    fc.constantFrom("82.0", "-1", "", "NaN", "1.", ".5", "-", "0007", "1e3", "null", "x"),
  ),
  text: fc.constantFrom("Inspire 3", "", "Montre d'été", "A b", '"A, B"', "null"),
};

Deno.test("scanCells() and readCells() agree on every document", () => {
  const line = fc.tuple(cell.stamp, cell.number, cell.text).map((cells) => cells.join(","));
  const document = fc.tuple(
    fc.constantFrom("timestamp,value,data source", "timestamp,value,other"),
    fc.array(line, { maxLength: 8 }),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
  ).map(([header, lines, end, ends]) => [header, ...lines].join(end) + (ends ? end : ""));
  let scanned = 0;
  fc.assert(
    fc.property(document, (text) => {
      const fast = found(scanCells, text);
      if (fast === undefined) return;
      scanned++;
      assert.deepEqual(fast, found(readCells, text));
    }),
    { seed: 7, numRuns: 2000 },
  );
  assert.ok(scanned > 200, `only ${scanned} documents were scanned`);
});

for (const family of plainFamilies) {
  Deno.test(`both readers of ${family.stream} agree on its fixture, however it is bent`, () => {
    const name = family.stream.replaceAll("*", "_");
    const path = new URL(`../../../fixtures/takeout/${name}.json`, import.meta.url);
    const fixture: unknown = JSON.parse(Deno.readTextFileSync(path));
    assert.ok(typeof fixture === "object" && fixture !== null && "document" in fixture);
    const text = String(fixture.document);
    const readers = csvReaders(family);
    const offsets = [{ from: null, offset_s: -14_400, evidence: "test" }];
    const kind = family.clock === "wall" ? "wall" : "utc";
    const manifest = manifestOf("takeout", family.stream, "2026-03-08", { kind, offsets });
    const outcomes = new Set<Outcome>();
    outcomes.add(agree(readers, utf8.encode(text), manifest));
    fc.assert(
      fc.property(someByteBends, (bends) => {
        outcomes.add(agree(readers, bendBytes(text, bends), manifest));
      }),
      { seed: 11, numRuns: 60 },
    );
    assert.ok(outcomes.has("scanned") || family.stream.startsWith("estimated"), name);
  });
}
