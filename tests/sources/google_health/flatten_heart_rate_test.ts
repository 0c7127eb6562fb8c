import assert from "node:assert/strict";
import fc from "fast-check";
import { DocumentError } from "../../../pipeline/errors.ts";
import {
  googleHeartRate,
  readHeartRate,
  scanHeartRate,
} from "../../../pipeline/sources/google_health/flatten_heart_rate.ts";
import {
  googleDocument,
  googleSpacing,
  manifestOf,
  samplesOfDay,
} from "../../generate/documents.ts";
import { bentTexts } from "../../generate/json_text.ts";
import { agree, type Outcome } from "../../support/two_readers.ts";

const day = "2026-10-01";
const manifest = manifestOf("google-health", "heart-rate", day, { kind: "explicit" });
const readers = { scan: scanHeartRate, read: readHeartRate };
const utf8 = new TextEncoder();
const midnight = Date.parse("2026-10-01T00:00:00Z");

/** A point as `reconcile` gives it. */
function point(change: Record<string, unknown> = {}, time: Record<string, unknown> = {}) {
  return {
    heartRate: {
      sampleTime: {
        physicalTime: "2026-10-01T12:00:05Z",
        utcOffset: "7200s",
        civilTime: {
          date: { year: 2026, month: 10, day: 1 },
          time: { hours: 14, seconds: 5 },
        },
        ...time,
      },
      beatsPerMinute: "72",
      metadata: { motionContext: "SEDENTARY", sensorLocation: "WRIST" },
      ...change,
    },
  };
}

function bytes(document: unknown): Uint8Array {
  return utf8.encode(JSON.stringify(document, null, 2));
}

function rowsOf(document: Uint8Array) {
  const { columns: { columns } } = googleHeartRate.flatten(document, manifest);
  const { time, utc_offset_s, bpm } = columns;
  assert.ok(time?.type === "timestamp_ms" && utc_offset_s?.type === "int32");
  assert.ok(bpm?.type === "int32");
  return Array.from(time.values, (at, i) => [at - midnight, utc_offset_s.values[i], bpm.values[i]]);
}

Deno.test("flatten() gives instant, offset and beats of points in every accepted spelling", () => {
  const noon = 12 * 3_600_000 + 5000;
  const cases: [unknown, number[]][] = [
    [point(), [noon, 7200, 72]],
    [point({ beatsPerMinute: 72 }), [noon, 7200, 72]],
    [point({ beatsPerMinute: "1" }), [noon, 7200, 1]],
    [point({ beatsPerMinute: "300" }), [noon, 7200, 300]],
    [point({ metadata: undefined }), [noon, 7200, 72]],
    [point({ metadata: {} }), [noon, 7200, 72]],
    [point({}, { civilTime: undefined }), [noon, 7200, 72]],
    [point({}, { civilTime: { date: {}, time: {} } }), [noon, 7200, 72]],
    [point({}, { physicalTime: "2026-10-01T12:00:05.1Z" }), [noon + 100, 7200, 72]],
    [point({}, { physicalTime: "2026-10-01T12:00:05.123999999Z" }), [noon + 123, 7200, 72]],
    [point({}, { utcOffset: "-18000s" }), [noon, -18_000, 72]],
    [point({}, { utcOffset: "0s" }), [noon, 0, 72]],
    [point({}, { utcOffset: "1576.800s" }), [noon, 1577, 72]],
    [point({}, { utcOffset: "-1576.800s" }), [noon, -1577, 72]],
    [point({}, { utcOffset: "-07:00" }), [noon, -25_200, 72]],
    [point({}, { utcOffset: "+05:45" }), [noon, 20_700, 72]],
    [{ dataPointName: "users/me/dataTypes/heart-rate/dataPoints/1", ...point() }, [noon, 7200, 72]],
    [
      {
        dataSource: {
          platform: "FITBIT",
          recordingMethod: "PASSIVELY_MEASURED",
          device: { displayName: "Charge 6", manufacturer: "Fitbit", formFactor: "FITNESS_BAND" },
          application: { packageName: "com.fitbit.FitbitMobile" },
        },
        ...point(),
      },
      [noon, 7200, 72],
    ],
  ];
  for (const [given, expected] of cases) {
    const document = bytes([{ dataPoints: [given] }]);
    assert.deepEqual(rowsOf(document), [expected], JSON.stringify(given));
    assert.deepEqual(readHeartRate(document, manifest).unknown, new Map());
    agree(readers, document, manifest);
  }
});

Deno.test("flatten() refuses a point that lacks what is required, and names it", () => {
  const at = "pages[1].dataPoints[1]";
  const cases: [unknown, RegExp][] = [
    [
      point({}, { utcOffset: undefined }),
      /sampleTime\.utcOffset: expected an offset.*found nothing/,
    ],
    [point({}, { utcOffset: null }), /sampleTime\.utcOffset:.*found null/],
    [point({}, { utcOffset: "64801s" }), /utcOffset/],
    [point({}, { utcOffset: "7200" }), /utcOffset/],
    [point({}, { physicalTime: undefined }), /sampleTime\.physicalTime: expected an instant/],
    [point({}, { physicalTime: "2026-02-30T12:00:05Z" }), /physicalTime/],
    [point({}, { physicalTime: "2026-10-01T24:00:00Z" }), /physicalTime/],
    [point({}, { physicalTime: "2026-10-01T12:00:05" }), /physicalTime/],
    [point({}, { physicalTime: "2026-10-01T12:00:05.0123456789Z" }), /physicalTime/],
    [point({ sampleTime: undefined }), /heartRate\.sampleTime: expected an object, found nothing/],
    [point({ beatsPerMinute: undefined }), /beatsPerMinute: expected a whole number from 1 to 300/],
    [point({ beatsPerMinute: "0" }), /beatsPerMinute/],
    [point({ beatsPerMinute: "301" }), /beatsPerMinute/],
    [point({ beatsPerMinute: 72.5 }), /beatsPerMinute/],
    [{ steps: {} }, /heartRate: expected an object, found nothing/],
    ["point", /expected an object, found "point"/],
  ];
  for (const [given, message] of cases) {
    const document = bytes([{ dataPoints: [point()] }, { dataPoints: [point(), given] }]);
    assert.throws(
      () => googleHeartRate.flatten(document, manifest),
      (error: unknown) =>
        error instanceof DocumentError && error.message.includes(at) && message.test(error.message),
      JSON.stringify(given),
    );
    assert.equal(scanHeartRate(document, manifest), undefined);
  }
});

Deno.test("flatten() counts what nobody knows, and keeps the rows", () => {
  const document = bytes([
    { dataPoints: [point({ foo: 1 }), point({ foo: [] }, { bar: {} })], nextPageToken: "a", x: 1 },
    { dataPoints: [point({ metadata: { motionContext: 7, new: 1 } })] },
  ]);
  const { columns, unknown } = googleHeartRate.flatten(document, manifest);
  assert.equal(columns.rows, 3);
  assert.deepEqual(
    unknown,
    new Map([
      ["dataPoints[].heartRate.foo", 2],
      ["dataPoints[].heartRate.sampleTime.bar", 1],
      ["dataPoints[].heartRate.metadata.new", 1],
      ["dataPoints[].heartRate.metadata.motionContext", 1],
      ["x", 1],
    ]),
  );
});

Deno.test("flatten() tells an empty day from an error and from another day", () => {
  for (
    const empty of [[], [{}], [{ dataPoints: [] }], [{ dataPoints: [], nextPageToken: "a" }, {}]]
  ) {
    assert.equal(googleHeartRate.flatten(bytes(empty), manifest).columns.rows, 0);
  }
  const bad: [unknown, RegExp][] = [
    [[{ error: { code: 403 } }], /pages\[0\]: expected a page of dataPoints/],
    [[{ dataPoints: [point()], error: { code: 500 } }], /expected a page of dataPoints/],
    [[{ rollupDataPoints: [] }], /expected a page of dataPoints/],
    [[{ dataPoints: {} }], /dataPoints: expected an array/],
    [{ dataPoints: [] }, /the document: expected an array/],
    [["<html>"], /pages\[0\]: expected an object/],
    [
      [{ dataPoints: [point({}, { physicalTime: "2026-10-05T12:00:05Z" })] }],
      /points for 2026-10-01 to 2026-10-01: all are of other days/,
    ],
  ];
  for (const [document, message] of bad) {
    assert.throws(() => googleHeartRate.flatten(bytes(document), manifest), (error: unknown) => {
      return error instanceof DocumentError && message.test(error.message);
    });
  }
  for (const text of ["", "[", "<html></html>", '[{"dataPoints":[', "\ud800"]) {
    assert.throws(
      () => googleHeartRate.flatten(utf8.encode(text), manifest),
      DocumentError,
      text,
    );
  }
  assert.throws(() => googleHeartRate.flatten(Uint8Array.of(0x5b, 0xff), manifest), DocumentError);
});

Deno.test("scanHeartRate() scans a whole made-up day of either verb, as the careful reader does", () => {
  for (const verb of ["reconcile", "list"] as const) {
    const samples = samplesOfDay(7, day, [[60, 1]]);
    const document = googleDocument(day, samples, 7200, verb);
    assert.equal(agree(readers, document, manifest), "scanned");
    const expected = samples.map(({ second, bpm }) => [(second - 7200) * 1000, 7200, bpm]);
    assert.deepEqual(rowsOf(document), expected.reverse());
  }
});

Deno.test("scanHeartRate() is not put off by a page that ends anywhere", () => {
  const samples = samplesOfDay(8, day, googleSpacing).slice(0, 10_001);
  const document = googleDocument(day, samples, -25_200, "reconcile");
  assert.equal(scanHeartRate(document, manifest)?.columns.rows, 10_001);
});

Deno.test("scanHeartRate() and readHeartRate() agree on every document", () => {
  const number = (max: number) => fc.nat(max).map((n) => (n === 0 ? undefined : n));
  const points = fc.record({
    hour: fc.nat(23),
    second: fc.nat(59),
    fraction: fc.constantFrom("", "", ".5", ".123456", ".000000001"),
    offset: fc.constantFrom("7200s", "7200s", "-18000s", "0s", "20700s", "1576.800s", "-07:00"),
    bpm: fc.integer({ min: 1, max: 300 }),
    civil: fc.option(fc.record({ hours: number(23), minutes: number(59), seconds: number(59) })),
    source: fc.boolean(),
  }).map(({ hour, second, fraction, offset, bpm, civil, source }) => {
    const two = (n: number) => String(n).padStart(2, "0");
    const made = point({ beatsPerMinute: String(bpm) }, {
      physicalTime: `2026-10-01T${two(hour)}:30:${two(second)}${fraction}Z`,
      utcOffset: offset,
      civilTime: civil === null
        ? undefined
        : { date: { year: 2026, month: 10, day: 1 }, time: civil },
    });
    return source ? { dataSource: { platform: "FITBIT" }, ...made } : made;
  });
  const documents = fc.array(
    fc.record({ dataPoints: fc.array(points, { maxLength: 6 }), nextPageToken: fc.string() }, {
      requiredKeys: [],
    }),
    { minLength: 1, maxLength: 3 },
  ).map((pages) => JSON.parse(JSON.stringify(pages)));
  const literals = [
    '"2026-10-01T12:00:05Z"',
    '"2026-10-01T23:59:60Z"',
    '"2026-02-29T12:00:05Z"',
    '"2026-10-01t12:00:05z"',
    '"2026-10-01T12:00:05.Z"',
    '"2026-10-01T12:00:05.1234567890Z"',
    '"+0026-10-01T12:00:05Z"',
    '"-0s"',
    '"07200s"',
    '"0007200s"',
    '"64800s"',
    '"64801s"',
    '"7200.s"',
    '"+7200s"',
    '"s"',
    '"072"',
    '"2147483648"',
  ];
  const outcomes = new Map<Outcome, number>();
  fc.assert(
    fc.property(bentTexts(documents, literals), (document) => {
      const outcome = agree(readers, document, manifest);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }),
    { seed: 20261001, numRuns: 3000 },
  );
  assert.ok((outcomes.get("scanned") ?? 0) > 600, JSON.stringify(Array.from(outcomes)));
  assert.ok((outcomes.get("left to the careful reader") ?? 0) > 600);
});
