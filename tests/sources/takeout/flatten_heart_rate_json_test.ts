import assert from "node:assert/strict";
import fc from "fast-check";
import { heartRate } from "../../../pipeline/catalog.ts";
import { DocumentError } from "../../../pipeline/errors.ts";
import type { DocumentClock } from "../../../pipeline/raw/manifest.ts";
import {
  readHeartRateJson,
  scanHeartRateJson,
  takeoutHeartRateJson,
} from "../../../pipeline/sources/takeout/flatten_heart_rate_json.ts";
import { arrange } from "../../../pipeline/transform/arrange.ts";
import {
  manifestOf,
  samplesOfDay,
  takeoutJsonDocument,
  takeoutSpacing,
  utcClock,
} from "../../generate/documents.ts";
import { bentTexts } from "../../generate/json_text.ts";
import { sharedFile, testWithSharedData } from "../../support/shared_data.ts";
import { agree, type Outcome } from "../../support/two_readers.ts";

const day = "2020-04-05";
const stream = "heart_rate-*.json";
const manifest = manifestOf("takeout", stream, day, utcClock(36_000));
const readers = { scan: scanHeartRateJson, read: readHeartRateJson };

function bytes(document: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document, null, 2));
}

function sample(dateTime: unknown, bpm: unknown, confidence?: unknown) {
  return { dateTime, value: { bpm, confidence } };
}

/** The document's rows as instant, offset, beats and confidence. */
function rowsOf(document: Uint8Array, of = manifest) {
  const { columns: { columns } } = takeoutHeartRateJson.flatten(document, of);
  const { time, utc_offset_s, bpm, confidence } = columns;
  assert.ok(time?.type === "timestamp_ms" && utc_offset_s?.type === "int32");
  assert.ok(bpm?.type === "int32" && confidence?.type === "int32");
  return Array.from(time.values, (at, i) => [
    new Date(at).toISOString().slice(0, 19),
    utc_offset_s.values[i],
    bpm.values[i],
    confidence.valid?.[i] === 0 ? null : confidence.values[i],
  ]);
}

Deno.test("flatten() gives every sample, those without lock too, in the order of the file", () => {
  const document = bytes([
    sample("04/05/20 13:59:55", 70, 3),
    sample("04/05/20 12:59:55", 70, 0),
    sample("12/31/99 23:59:59", 300),
  ]);
  assert.deepEqual(rowsOf(document), [
    ["2020-04-05T13:59:55", 36_000, 70, 3],
    ["2020-04-05T12:59:55", 36_000, 70, 0],
    ["2099-12-31T23:59:59", 36_000, 300, null],
  ]);
  assert.equal(agree(readers, document, manifest), "scanned");
  assert.deepEqual(rowsOf(bytes([])), []);
});

Deno.test("flatten() takes each sample's offset from the manifest", () => {
  const offsets = [
    { from: "2020-04-04T16:00:00.000Z", offset_s: 36_000, evidence: "file bounds" },
    { from: null, offset_s: 39_600, evidence: "file bounds" },
  ];
  const document = bytes([
    sample("04/04/20 15:59:59", 60, 1),
    sample("04/04/20 16:00:00", 61, 1),
    sample("04/04/20 15:00:00", 62, 1),
  ]);
  const found = rowsOf(document, { ...manifest, clock: { kind: "utc", offsets } });
  assert.deepEqual(found.map(([, offset]) => offset), [39_600, 36_000, 39_600]);
  const late: DocumentClock = { kind: "utc", offsets: offsets.slice(0, 1) };
  assert.throws(
    () => rowsOf(document, { ...manifest, clock: late }),
    /offset from UTC at 2020-04-04/,
  );
  const local: DocumentClock = { kind: "local", time_zone: "UTC", evidence: "" };
  assert.throws(() => rowsOf(document, { ...manifest, clock: local }), DocumentError);
});

Deno.test("flatten() refuses what it cannot read, and names it", () => {
  const good = sample("04/05/20 13:59:55", 70, 3);
  const cases: [unknown, string][] = [
    [[good, sample("04/05/20 13:59:60", 70, 3)], "[1].dateTime: expected a time such as"],
    [[sample("02/30/20 13:59:55", 70, 3)], "[0].dateTime"],
    [[sample("2020-04-05T13:59:55", 70, 3)], "[0].dateTime"],
    [[sample(undefined, 70, 3)], "[0].dateTime"],
    [
      [sample("04/05/20 13:59:55", "70", 3)],
      "[0].value.bpm: expected a whole number from 1 to 300",
    ],
    [[sample("04/05/20 13:59:55", 0, 3)], "[0].value.bpm"],
    [[{ dateTime: "04/05/20 13:59:55" }], "[0].value: expected an object, found nothing"],
    [[{ dateTime: "04/05/20 13:59:55", value: "12" }], "[0].value: expected an object"],
    [[null], "[0]: expected an object, found null"],
    [{ good }, "the document: expected an array"],
  ];
  for (const [document, message] of cases) {
    assert.throws(
      () => takeoutHeartRateJson.flatten(bytes(document), manifest),
      (error: unknown) => error instanceof DocumentError && error.message.includes(message),
      message,
    );
  }
});

Deno.test("flatten() counts unknown fields and a confidence that is none", () => {
  const document = bytes([
    { ...sample("04/05/20 13:59:55", 70, 4), extra: 1 },
    { dateTime: "04/05/20 13:59:56", value: { bpm: 70, confidence: "3", new: 1 } },
  ]);
  const { unknown } = takeoutHeartRateJson.flatten(document, manifest);
  assert.deepEqual([...unknown].sort(), [
    ["[].extra", 1],
    ["[].value.confidence", 2],
    ["[].value.new", 1],
  ]);
  assert.deepEqual(rowsOf(document).map(([, , , confidence]) => confidence), [null, null]);
});

Deno.test("scanHeartRateJson() scans a whole made-up day as the careful reader does", () => {
  const samples = samplesOfDay(3, day, takeoutSpacing);
  const document = takeoutJsonDocument(day, samples, 36_000);
  assert.equal(agree(readers, document, manifest), "scanned");
  assert.equal(rowsOf(document).length, samples.length);
});

Deno.test("scanHeartRateJson() and readHeartRateJson() agree on every document", () => {
  const samples = fc.record({
    time: fc.constantFrom("04/05/20 13:59:55", "04/04/20 00:00:00", "02/29/20 23:59:59"),
    bpm: fc.integer({ min: 1, max: 300 }),
    confidence: fc.option(fc.nat(3), { nil: undefined }),
  }).map(({ time, bpm, confidence }) => sample(time, bpm, confidence));
  const documents = fc.array(samples, { maxLength: 6 })
    .map((list) => JSON.parse(JSON.stringify(list)));
  const literals = [
    '"02/29/19 00:00:00"',
    '"13/01/20 00:00:00"',
    '"4/5/20 1:2:3"',
    '"04/05/20"',
    "4",
  ];
  const outcomes = new Map<Outcome, number>();
  fc.assert(
    fc.property(bentTexts(documents, literals), (document) => {
      const outcome = agree(readers, document, manifest);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }),
    { seed: 20200405, numRuns: 3000 },
  );
  assert.ok((outcomes.get("scanned") ?? 0) > 600, JSON.stringify(Array.from(outcomes)));
  assert.ok((outcomes.get("left to the careful reader") ?? 0) > 600);
});

testWithSharedData("flatten() and arrange() give the genuine days, the one of 25 hours too", () => {
  const change = "2020-04-04T16:00:00.000Z";
  const clock: DocumentClock = {
    kind: "utc",
    offsets: [
      { from: null, offset_s: 39_600, evidence: "file bounds" },
      { from: change, offset_s: 36_000, evidence: "file bounds" },
    ],
  };
  const folder = "takeout/mit-innergalileo-2020/MyFitbitData/User/user-site-export";
  // Local day, samples, least, most, mean: the values of the README beside the files.
  const days: [string, number, number, number, string][] = [
    ["2020-03-10", 2044, 59, 121, "72.5166"],
    ["2020-04-04", 10_505, 49, 121, "75.1809"],
    ["2020-04-05", 10_763, 54, 130, "75.7040"],
    ["2020-04-06", 9167, 53, 100, "68.7290"],
  ];
  for (const [localDay, rows, least, most, mean] of days) {
    const document = sharedFile(`${folder}/heart_rate-${localDay}.json`);
    const of = manifestOf("takeout", stream, localDay, clock);
    assert.equal(agree(readers, document, of), "scanned");
    const flattened = takeoutHeartRateJson.flatten(document, of);
    assert.deepEqual([[...flattened.unknown], flattened.notes], [[], []]);
    const arranged = arrange(heartRate, [flattened], { first: localDay, last: localDay });
    const { bpm, time } = arranged.columns.columns;
    assert.ok(bpm?.type === "int32" && time?.type === "timestamp_ms");
    assert.equal(arranged.columns.rows, rows);
    assert.deepEqual([arranged.outside, arranged.duplicates, arranged.conflicts], [0, 0, 0]);
    assert.equal(Math.min(...bpm.values), least);
    assert.equal(Math.max(...bpm.values), most);
    assert.equal((bpm.values.reduce((sum, value) => sum + value, 0) / rows).toFixed(4), mean);
    for (let i = 1; i < rows; i++) assert.ok(time.values[i]! > time.values[i - 1]!);
  }
});
