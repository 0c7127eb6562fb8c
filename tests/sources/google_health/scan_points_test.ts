/** The fast reader of plain data types against the careful one. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  activeCalories,
  activityLevel,
  distance,
  steps,
} from "../../../pipeline/catalog/activity.ts";
import { heartRateVariability } from "../../../pipeline/catalog/heart.ts";
import { pointReader, type PointSpec } from "../../../pipeline/sources/google_health/points.ts";
import { fieldName } from "../../../pipeline/sources/google_health/records.ts";
import { pointScanner } from "../../../pipeline/sources/google_health/scan_points.ts";
import { real, scaled, whole, word } from "../../../pipeline/sources/records/readings.ts";
import { field } from "../../../pipeline/sources/records/record_reader.ts";
import { manifestOf } from "../../generate/documents.ts";
import { bentTexts } from "../../generate/json_text.ts";
import { agree, type Outcome } from "../../support/two_readers.ts";

/** One spec for each way in which a number can stand in a point. */
const specs: readonly PointSpec[] = [
  { name: "steps", kind: "interval", table: steps, columns: { steps: field("count", whole, 0) } },
  {
    name: "distance",
    kind: "interval",
    table: distance,
    columns: { distance_m: field("millimeters", scaled(1 / 1000), 0) },
  },
  {
    name: "active-energy-burned",
    kind: "interval",
    table: activeCalories,
    columns: { energy_kcal: field("kcal", real) },
  },
  {
    name: "heart-rate-variability",
    kind: "sample",
    table: heartRateVariability,
    columns: {
      rmssd_ms: field("rootMeanSquareOfSuccessiveDifferencesMilliseconds", real),
      sdnn_ms: field("standardDeviationMilliseconds", real),
      low_frequency_power_ms2: field("metadata.lowFrequencyPower", real),
      high_frequency_power_ms2: field("metadata.highFrequencyPower", real),
    },
  },
];

const manifest = manifestOf("google-health", "steps", "2026-10-01", { kind: "explicit" });
const utf8 = new TextEncoder();

function readersOf(spec: PointSpec) {
  const scan = pointScanner(spec);
  assert.ok(scan !== undefined, `${spec.name} has no scanner`);
  return { scan, read: pointReader(spec) };
}

/** A payload with its moments, and a number at each of the spec's paths that has one. */
function payload(spec: PointSpec, minute: number, numbers: readonly unknown[]) {
  const two = (n: number) => String(n).padStart(2, "0");
  const at = (minutes: number) =>
    `2026-10-01T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00Z`;
  const civil = (minutes: number) => ({
    date: { year: 2026, month: 10, day: 1 },
    time: { hours: Math.floor(minutes / 60) || undefined, minutes: minutes % 60 || undefined },
  });
  const moments = spec.kind === "sample"
    ? { sampleTime: { physicalTime: at(minute), utcOffset: "7200s", civilTime: civil(minute) } }
    : {
      interval: {
        startTime: at(minute),
        startUtcOffset: "7200s",
        endTime: at(minute + 1),
        endUtcOffset: "7200s",
        civilStartTime: civil(minute),
        civilEndTime: civil(minute + 1),
      },
    };
  const values: Record<string, unknown> = {};
  Object.values(spec.columns).forEach(({ path }, index) => {
    const [first = "", second] = path.split(".");
    const number = numbers[index];
    if (second === undefined) values[first] = number;
    else values[first] = { ...Object(values[first]), [second]: number };
  });
  return { [fieldName(spec.name)]: { ...moments, ...values } };
}

function documentOf(points: readonly unknown[]): Uint8Array {
  return utf8.encode(JSON.stringify([{ dataPoints: points }]));
}

Deno.test("pointScanner() reads what both APIs write, absent values included", () => {
  const numbersOf: Record<string, readonly unknown[]> = {
    "steps": ["17"],
    "distance": ["12345"],
    "active-energy-burned": [1.25],
    "heart-rate-variability": [31.5, 40.25, 512.125, 88],
  };
  const expected: Record<string, readonly (readonly unknown[])[]> = {
    "steps": [[17, 1], [0, 1]],
    "distance": [[12.345, 1], [0, 1]],
    "active-energy-burned": [[1.25, 1], [0, 0]],
    "heart-rate-variability": [[31.5, 1], [0, 0]],
  };
  for (const spec of specs) {
    const readers = readersOf(spec);
    const document = documentOf([
      payload(spec, 600, numbersOf[spec.name] ?? []),
      payload(spec, 601, []),
    ]);
    assert.equal(agree(readers, document, manifest), "scanned", spec.name);
    const [name = ""] = Object.keys(spec.columns);
    const column = readers.scan(document)?.columns.columns[name];
    assert.ok(column !== undefined && column.type !== "string");
    const found = Array.from(column.values, (value, row) => [value, column.valid?.[row] ?? 1]);
    assert.deepEqual(found, expected[spec.name], spec.name);
  }
});

Deno.test("pointScanner() leaves to the careful reader what is not as it nearly always is", () => {
  const [spec] = specs;
  assert.ok(spec !== undefined);
  const plain = payload(spec, 600, ["17"]);
  const interval = { ...Object(plain["steps"]).interval };
  const others: Readonly<Record<string, unknown>> = {
    "a negative count": { steps: { interval, count: "-1" } },
    "a fraction": { steps: { interval, count: 1.5 } },
    "more than the column holds": { steps: { interval, count: "99999999999" } },
    "an end before the start": {
      steps: { interval: { ...interval, endTime: "2026-10-01T09:00:00Z" }, count: "1" },
    },
    "no offset": { steps: { interval: { ...interval, startUtcOffset: undefined }, count: "1" } },
    "a field nobody knows": { steps: { interval, count: "1", cadence: 90 } },
    "a null": { steps: { interval, count: null } },
  };
  const readers = readersOf(spec);
  for (const [what, point] of Object.entries(others)) {
    const outcome = agree(readers, documentOf([plain, point]), manifest);
    assert.equal(outcome, "left to the careful reader", what);
  }
});

Deno.test("pointScanner() has nothing for types with more than moments and numbers", () => {
  const level: PointSpec = {
    name: "activity-level",
    kind: "interval",
    table: activityLevel,
    columns: { level: field("activityLevelType", word, "unspecified") },
  };
  assert.equal(pointScanner(level), undefined);
  for (const spec of specs) {
    assert.equal(pointScanner({ ...spec, leaveOut: () => undefined }), undefined);
    assert.equal(pointScanner({ ...spec, kind: "daily" }), undefined);
  }
});

for (const spec of specs) {
  Deno.test(`pointScanner() and pointReader() agree on every document of ${spec.name}`, () => {
    const isWhole = spec.name === "steps" || spec.name === "distance";
    const number = isWhole
      ? fc.nat(40_000).map((count) => count % 3 === 0 ? count : String(count))
      : fc.integer({ min: 0, max: 5_000_000 }).map((thousandths) => thousandths / 1000);
    const points = fc.record({
      minute: fc.nat(1438),
      numbers: fc.array(fc.option(number, { nil: undefined }), { maxLength: 4 }),
      source: fc.boolean(),
    }).map(({ minute, numbers, source }) => {
      const point = payload(spec, minute, numbers);
      return source ? { dataSource: { platform: "FITBIT" }, ...point } : point;
    });
    const pages = fc.record({
      dataPoints: fc.array(points, { maxLength: 6 }),
      nextPageToken: fc.string(),
    }, { requiredKeys: [] });
    const documents = fc.array(pages, { minLength: 1, maxLength: 3 })
      .map((made): unknown => JSON.parse(JSON.stringify(made)));
    const literals = ['"NaN"', '"-3"', "-0", "1e3", '"1e3"', "0.1234567", '"00"', '"2147483648"'];
    const outcomes = new Map<Outcome, number>();
    fc.assert(
      fc.property(bentTexts(documents, literals), (document) => {
        const outcome = agree(readersOf(spec), document, manifest);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      { seed: 20261001, numRuns: 1000 },
    );
    assert.ok((outcomes.get("scanned") ?? 0) > 200, JSON.stringify(Array.from(outcomes)));
    assert.ok((outcomes.get("left to the careful reader") ?? 0) > 200);
  });
}
