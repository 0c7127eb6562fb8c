import assert from "node:assert/strict";
import { DocumentError } from "../../../pipeline/errors.ts";
import { csvTimes, jsonSampleTimes } from "../../../pipeline/sources/takeout/sample_times.ts";
import { csvFiles, jsonFiles, worn } from "../../generate/wearer.ts";

const utf8 = new TextEncoder();

function iso(times: Iterable<number>): string[] {
  return Array.from(times, (time) => new Date(time).toISOString());
}

const jsons: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "pretty-printed as exported",
    `[{\n  "dateTime" : "04/04/20 13:00:00",\n  "value" : {\n    "bpm" : 66\n  }\n}]`,
    ["2020-04-04T13:00:00.000Z"],
  ],
  [
    "compact, with other fields",
    `[{"x":1,"dateTime":"12/31/19 23:59:59","value":{}},{"dateTime":"01/01/20 00:00:00"}]`,
    ["2019-12-31T23:59:59.000Z", "2020-01-01T00:00:00.000Z"],
  ],
  ["saved again with a byte-order mark", `\ufeff[{"dateTime":"12/31/19 23:59:59"}]`, [
    "2019-12-31T23:59:59.000Z",
  ]],
  ["empty", " [ ] ", []],
  ["cut in the middle", `[{"dateTime":"12/31/19 23:59:59"},{"dateTime":"01/01/2`, [
    "2019-12-31T23:59:59.000Z",
  ]],
  ["with other times in it", `[{"dateTime":"yesterday"},{"dateTime":1},{"dateTime"`, []],
];

for (const [name, text, expected] of jsons) {
  Deno.test(`jsonSampleTimes() reads an array that is ${name}`, () => {
    assert.deepEqual(iso(jsonSampleTimes(utf8.encode(text))), expected);
  });
}

for (const text of ["", "<html>", `{"dateTime":"12/31/19 23:59:59"}`, "timestamp,value"]) {
  Deno.test(`jsonSampleTimes() refuses ${JSON.stringify(text)}`, () => {
    assert.throws(() => jsonSampleTimes(utf8.encode(text)), DocumentError);
  });
}

Deno.test("jsonSampleTimes() keeps the order of the file", () => {
  const zones = [{ from: null, zone: "Australia/Melbourne" }];
  const times = worn("2020-04-04T14:00:00Z", "2020-04-04T18:00:00Z");
  const [file] = jsonFiles(times, zones);
  const read = Array.from(jsonSampleTimes(utf8.encode(file?.text)));
  assert.notDeepEqual(read, times);
  assert.deepEqual(read.toSorted((a, b) => a - b), times);
});

const header = "timestamp,beats per minute";

const csvs: readonly (readonly [string, string, number, readonly string[]])[] = [
  ["a header alone", `${header}\n`, 0, []],
  ["a header without a newline", header, 0, []],
  ["no newline at its end", `${header}\n2026-01-02T03:04:05Z,61.0`, 1, [
    "2026-01-02T03:04:05.000Z",
    "2026-01-02T03:04:05.000Z",
  ]],
  [
    "CRLF, fractions and no order",
    `${header},data source\r\n2026-01-02T03:04:06.25Z,61.0,A\r\n2026-01-02T03:04:05.123456Z,6,A\r\n`,
    2,
    ["2026-01-02T03:04:05.123Z", "2026-01-02T03:04:06.250Z"],
  ],
  [
    "its columns in another order",
    "data source,beats per minute,timestamp\nInspire 3,61.0,2026-01-02T03:04:05Z\n",
    1,
    ["2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05.000Z"],
  ],
  [
    "every cell in quotes, as spreadsheets save it",
    `\ufeff"timestamp","beats per minute"\r\n"2026-01-02T03:04:05Z","61.0"\r\n`,
    1,
    ["2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05.000Z"],
  ],
  [
    "a comma within quotes before the time",
    `"data source","timestamp","beats per minute"\n"Watch, left",2026-01-02T03:04:05Z,61\n`,
    1,
    ["2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05.000Z"],
  ],
  ["rows that are none", `${header}\nno data\n\n,\n`, 0, []],
];

for (const [name, text, rows, span] of csvs) {
  Deno.test(`csvTimes() reads a file with ${name}`, () => {
    const times = csvTimes(utf8.encode(text));
    assert.equal(times.rows, rows);
    assert.deepEqual(rows === 0 ? [] : iso([times.first, times.last]), span);
  });
}

for (const text of ["", "id,start_timestamp,end_timestamp,type\n", "timestamp,rmssd\n"]) {
  Deno.test(`csvTimes() refuses the header ${JSON.stringify(text)}`, () => {
    assert.throws(() => csvTimes(utf8.encode(text)), DocumentError);
  });
}

Deno.test("csvTimes() finds all rows of a day", () => {
  const times = worn("2026-01-02T00:00:00Z", "2026-01-02T23:00:00Z", 7);
  const [file] = csvFiles(times, "Inspire 3");
  const { rows, first, last } = csvTimes(utf8.encode(file?.text));
  assert.deepEqual([rows, first, last], [times.length, times.at(0), times.at(-1)]);
});
