/** What a record must have, and of which shape. */

import assert from "node:assert/strict";
import { tableNamed } from "../../../pipeline/catalog.ts";
import { ColumnsBuilder } from "../../../pipeline/sources/records/columns_builder.ts";
import { real } from "../../../pipeline/sources/records/readings.ts";
import {
  addRecords,
  field,
  type RecordSpec,
} from "../../../pipeline/sources/records/record_reader.ts";
import { plainRows } from "../../support/rows.ts";

const table = tableNamed("daily_heart_rate_variability");

const spec: RecordSpec = {
  table,
  columns: {
    date: field("date", real),
    rmssd_ms: field("value.daily.rmssd", real),
  },
  needed: ["value"],
};

function read(record: unknown): unknown {
  const rows = new ColumnsBuilder(table);
  addRecords(spec, [record], "answers[0].hrv", "hrv", rows, new Map());
  return plainRows(table, rows.columns())[0]?.["rmssd_ms"];
}

/** Values that may be absent, at any depth. */
const good: readonly (readonly [value: unknown, rmssd_ms: number | null])[] = [
  [{ daily: { rmssd: 44.5 } }, 44.5],
  [{ daily: {} }, null],
  [{ daily: null }, null],
  [{}, null],
];

for (const [value, rmssd_ms] of good) {
  Deno.test(`addRecords() reads ${JSON.stringify(value)} as ${rmssd_ms}`, () => {
    assert.equal(read({ date: 20000, value }), rmssd_ms);
  });
}

const bad: readonly (readonly [record: unknown, message: RegExp])[] = [
  [{ date: 20000 }, /answers\[0\]\.hrv\[0\]\.value: expected a value/],
  [{ date: 20000, value: [44.5] }, /\.hrv\[0\]\.value: expected an object/],
  [{ date: 20000, value: { daily: 44.5 } }, /\.value\.daily: expected an object/],
  [{ date: 20000, value: { daily: { rmssd: [44.5] } } }, /\.value\.daily\.rmssd: expected/],
  [{ value: {} }, /a value for daily_heart_rate_variability\.date/],
];

for (const [record, message] of bad) {
  Deno.test(`addRecords() refuses ${JSON.stringify(record)}`, () => {
    assert.throws(() => read(record), message);
  });
}
