import assert from "node:assert/strict";
import fc from "fast-check";
import { DocumentError } from "../../../pipeline/errors.ts";
import type { DocumentClock } from "../../../pipeline/raw/manifest.ts";
import {
  fitbitHeartRate,
  readHeartRate,
  scanHeartRate,
} from "../../../pipeline/sources/fitbit_web/flatten_heart_rate.ts";
import type { Flattened } from "../../../pipeline/sources/source.ts";
import {
  fitbitDocument,
  fitbitSpacing,
  manifestOf,
  samplesOfDay,
  utcClock,
} from "../../generate/documents.ts";
import { bentTexts } from "../../generate/json_text.ts";
import { sharedFile, testWithSharedData } from "../../support/shared_data.ts";
import { agree, type Outcome } from "../../support/two_readers.ts";

const day = "2016-11-06";
const local: DocumentClock = { kind: "local", time_zone: "America/New_York", evidence: "made up" };
const manifest = manifestOf("fitbit-web", "activities/heart/1sec", day, local);
const readers = { scan: scanHeartRate, read: readHeartRate };
const utf8 = new TextEncoder();

const zones = [
  { caloriesOut: 2028.2781, max: 98, min: 30, minutes: 1264, name: "Out of Range" },
  { max: 137, min: 98, name: "Fat Burn" },
];

function dataset(...samples: readonly [string, unknown][]) {
  return {
    dataset: samples.map(([time, value]) => ({ time, value })),
    datasetInterval: 1,
    datasetType: "second",
  };
}

/** An answer of the unbounded shape. */
function unbounded(series: unknown, dateTime: unknown = day, restingHeartRate?: unknown) {
  const value = { customHeartRateZones: [], heartRateZones: zones, restingHeartRate };
  return { "activities-heart": [{ dateTime, value }], "activities-heart-intraday": series };
}

/** An answer of the shape bounded by times. */
function bounded(series: unknown, dateTime: unknown = day) {
  const daily = { customHeartRateZones: [], dateTime, heartRateZones: zones, value: "73.52" };
  return { "activities-heart": [daily], "activities-heart-intraday": series };
}

function bytes(document: unknown): Uint8Array {
  return utf8.encode(JSON.stringify(document));
}

/** Instants as text, offsets in hours, beats. */
function rowsOf({ columns: { columns } }: Flattened) {
  const { time, utc_offset_s, bpm } = columns;
  assert.ok(time?.type === "timestamp_ms" && utc_offset_s?.type === "int32");
  assert.ok(bpm?.type === "int32");
  return Array.from(time.values, (at, i) => {
    const instant = new Date(at).toISOString().slice(0, 19);
    return `${instant} ${utc_offset_s.values[i]! / 3600} ${bpm.values[i]}`;
  });
}

Deno.test("flatten() reads both shapes, whatever day they repeat", () => {
  const samples = dataset(["12:00:05", 67], ["12:00:06", 300]);
  const expected = ["2016-11-06T17:00:05 -5 67", "2016-11-06T17:00:06 -5 300"];
  for (
    const answer of [
      unbounded(samples),
      unbounded(samples, day, 58),
      bounded(samples),
      bounded(samples, "today"),
      { ...bounded(samples), "activities-heart": [] },
    ]
  ) {
    const document = bytes([answer]);
    const flattened = fitbitHeartRate.flatten(document, manifest);
    assert.deepEqual(rowsOf(flattened), expected);
    assert.deepEqual([...flattened.unknown], []);
    assert.deepEqual(flattened.notes, []);
    assert.equal(agree(readers, document, manifest), "scanned");
  }
});

Deno.test("flatten() reads several answers of one document", () => {
  const document = bytes([
    bounded(dataset(["00:00:01", 60])),
    bounded(dataset()),
    bounded(dataset(["12:00:00", 70], ["23:59:59", 71])),
  ]);
  const expected = [
    "2016-11-06T04:00:01 -4 60",
    "2016-11-06T17:00:00 -5 70",
    "2016-11-07T04:59:59 -5 71",
  ];
  assert.deepEqual(rowsOf(fitbitHeartRate.flatten(document, manifest)), expected);
});

Deno.test("flatten() notes what the clocks left in doubt", () => {
  const autumn = fitbitHeartRate.flatten(bytes([bounded(dataset(["01:30:00", 60]))]), manifest);
  assert.deepEqual(rowsOf(autumn), ["2016-11-06T05:30:00 -4 60"]);
  assert.match(
    autumn.notes.join(),
    /2016-11-06: 1 sample of the hour that the clocks .* repeated/,
  );

  const march = "2016-03-13";
  const spring = fitbitHeartRate.flatten(
    bytes([bounded(dataset(["02:30:00", 60]), march)]),
    manifestOf("fitbit-web", "activities/heart/1sec", march, local),
  );
  assert.deepEqual(rowsOf(spring), ["2016-03-13T07:30:00 -5 60"]);
  assert.match(spring.notes.join(), /at times that the clocks .* skipped: 1 sample,/);
});

Deno.test("flatten() reads answers in UTC by the manifest's offsets, days around the civil one too", () => {
  const clock: DocumentClock = {
    kind: "utc",
    offsets: [
      { from: "2016-11-06T06:00:00.000Z", offset_s: -18_000, evidence: "zone rules" },
      { from: null, offset_s: -14_400, evidence: "zone rules" },
    ],
  };
  const document = bytes([
    unbounded(dataset(["05:59:59", 60], ["06:00:00", 61])),
    unbounded(dataset(["00:00:00", 62]), "2016-11-07"),
  ]);
  const utc = manifestOf("fitbit-web", "activities/heart/1sec-utc", day, clock);
  assert.deepEqual(rowsOf(fitbitHeartRate.flatten(document, utc)), [
    "2016-11-06T05:59:59 -4 60",
    "2016-11-06T06:00:00 -5 61",
    "2016-11-07T00:00:00 -5 62",
  ]);
  assert.throws(() => fitbitHeartRate.flatten(document, manifest), DocumentError);
});

Deno.test("flatten() gives no rows for an answer without samples, and says why", () => {
  const { "activities-heart": daily } = unbounded(undefined, day, 58);
  const flattened = fitbitHeartRate.flatten(bytes([{ "activities-heart": daily }]), manifest);
  assert.equal(flattened.columns.rows, 0);
  assert.match(flattened.notes.join(), /2016-11-06 was given without its samples/);
  for (const empty of [unbounded(dataset()), bounded(dataset())]) {
    const { columns, notes } = fitbitHeartRate.flatten(bytes([empty]), manifest);
    assert.deepEqual([columns.rows, notes], [0, []]);
  }
});

Deno.test("flatten() refuses what it cannot read, and names it", () => {
  const series = "answers[0].activities-heart-intraday.dataset";
  const cases: [unknown, string][] = [
    [[bounded({ dataset: [{ time: "00:00:00" }] })], `${series}[0].value: expected a whole number`],
    [[bounded({ dataset: [{ value: 60 }] })], `${series}[0].time: expected a time of day`],
    [[bounded(dataset(["24:00:00", 60]))], `${series}[0].time`],
    [[bounded(dataset(["12:00", 60]))], `${series}[0].time`],
    [[bounded(dataset(["00:00:00", "60"]))], `${series}[0].value`],
    [[bounded(dataset(["00:00:00", 0]))], `${series}[0].value`],
    [[bounded(dataset(["00:00:00", 60.5]))], `${series}[0].value`],
    [[bounded({})], `${series}: expected an array, found nothing`],
    [[bounded({ dataset: null })], `${series}: expected an array, found null`],
    [[bounded([])], "activities-heart-intraday: expected an object"],
    [[bounded(dataset(), "2016-11-07")], "Cannot take an answer for 2016-11-07"],
    [[bounded(dataset(), "yesterday")], "dateTime: expected a day"],
    [[bounded(dataset(), null)], "dateTime: expected a day"],
    [[unbounded(dataset(), day, "58")], "restingHeartRate: expected a number"],
    [
      [{ errors: [{ errorType: "system" }], success: false }],
      "activities-heart: expected an array",
    ],
    [["<html>"], "answers[0]: expected an object"],
    [bounded(dataset()), "the document: expected an array"],
    [
      [{
        "activities-heart": [bounded(0)["activities-heart"][0], bounded(0)["activities-heart"][0]],
        "activities-heart-intraday": dataset(["00:00:00", 60]),
      }],
      "expected one day in it, found 2",
    ],
  ];
  for (const [document, message] of cases) {
    assert.throws(
      () => fitbitHeartRate.flatten(bytes(document), manifest),
      (error: unknown) => error instanceof DocumentError && error.message.includes(message),
      message,
    );
  }
});

Deno.test("flatten() counts unknown fields around the samples and in them", () => {
  const document = bytes([{
    ...bounded({ ...dataset(["00:00:00", 60]), extra: 1 }),
    more: {},
  }, bounded({ dataset: [{ time: "00:00:01", value: 60, x: 1 }] })]);
  assert.deepEqual(
    [...fitbitHeartRate.flatten(document, manifest).unknown].sort(),
    [
      ["activities-heart-intraday.dataset[].x", 1],
      ["activities-heart-intraday.extra", 1],
      ["more", 1],
    ],
  );
});

Deno.test("scanHeartRate() scans a whole made-up day as the careful reader does", () => {
  const samples = samplesOfDay(1, "2016-07-01", fitbitSpacing);
  const document = fitbitDocument("2016-07-01", samples);
  const summer = manifestOf("fitbit-web", "activities/heart/1sec", "2016-07-01", local);
  assert.equal(agree(readers, document, summer), "scanned");
  assert.equal(fitbitHeartRate.flatten(document, summer).columns.rows, samples.length);
});

Deno.test("scanHeartRate() and readHeartRate() agree on every document", () => {
  const sample = fc.tuple(
    fc.constantFrom("00:00:00", "00:59:59", "01:00:00", "01:30:00", "02:00:00", "23:59:59"),
    fc.integer({ min: 1, max: 300 }),
  );
  const answer = fc.tuple(fc.boolean(), fc.array(sample, { maxLength: 6 })).map(([wide, samples]) =>
    wide ? unbounded(dataset(...samples), day, 60) : bounded(dataset(...samples))
  );
  const documents = fc.array(answer, { minLength: 1, maxLength: 2 })
    .map((answers) => JSON.parse(JSON.stringify(answers)));
  const literals = [
    '"00:00:60"',
    '"0:00:00"',
    '"24:00:00"',
    '"2016-11-06"',
    '"today"',
    '"2016-11-08"',
  ];
  const manifests = [manifest, { ...manifest, clock: utcClock(-18_000) }];
  const outcomes = new Map<Outcome, number>();
  fc.assert(
    fc.property(bentTexts(documents, literals), fc.constantFrom(...manifests), (text, manifest) => {
      const outcome = agree(readers, text, manifest);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }),
    { seed: 20161106, numRuns: 3000 },
  );
  assert.ok((outcomes.get("scanned") ?? 0) > 600, JSON.stringify(Array.from(outcomes)));
  assert.ok((outcomes.get("left to the careful reader") ?? 0) > 600);
});

/** A recorded answer as a document of one. */
function recorded(name: string): Uint8Array {
  const text = new TextDecoder().decode(sharedFile(`fitbit-web-api/${name}`));
  return utf8.encode(`[${text}]`);
}

testWithSharedData("flatten() reads the recorded bounded answer of 2017", () => {
  const july = manifestOf("fitbit-web", "activities/heart/1min", "2017-07-31", {
    kind: "local",
    time_zone: "America/Chicago",
    evidence: "recorded",
  });
  const document = recorded("heart-intraday-1min-time-bounded-2017-07-31.json");
  assert.equal(agree(readers, document, july), "scanned");
  const { columns: { rows, columns } } = fitbitHeartRate.flatten(document, july);
  assert.ok(columns["bpm"]?.type === "int32");
  const mean = columns["bpm"].values.reduce((sum, bpm) => sum + bpm, 0) / rows;
  // What the answer itself says of its points.
  assert.equal(rows, 1397);
  assert.equal(mean.toFixed(2), "73.52");
  assert.equal(rowsOf(fitbitHeartRate.flatten(document, july))[0], "2017-07-31T05:00:00 -5 67");
});

testWithSharedData("flatten() reads the recorded unbounded answer of a day under way", () => {
  const october = manifestOf("fitbit-web", "activities/heart/1min", "2021-10-31", {
    kind: "local",
    time_zone: "America/New_York",
    evidence: "recorded",
  });
  const document = recorded("heart-intraday-1min-1d-partial-day-2021-10-31.json");
  assert.equal(agree(readers, document, october), "scanned");
  const flattened = fitbitHeartRate.flatten(document, october);
  assert.equal(flattened.columns.rows, 833);
  assert.equal(rowsOf(flattened).at(-1), "2021-10-31T18:02:00 -4 80");
  assert.deepEqual([...flattened.unknown], []);
});
