import assert from "node:assert/strict";
import { dayOfNumber } from "../../../pipeline/day.ts";
import { DocumentError } from "../../../pipeline/errors.ts";
import { googleRestingHeartRate } from "../../../pipeline/sources/google_health/flatten_resting_heart_rate.ts";
import { manifestOf } from "../../generate/documents.ts";

const manifest = manifestOf("google-health", "daily-resting-heart-rate", "2026-11-01", {
  kind: "explicit",
});

function flatten(document: unknown) {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const { columns: { columns }, unknown } = googleRestingHeartRate.flatten(bytes, manifest);
  const { date, bpm, method } = columns;
  assert.ok(date?.type === "date" && bpm?.type === "float64" && method?.type === "string");
  const rows = Array.from(date.values, (number, i) => {
    const text = method.valid?.[i] === 0 ? null : method.dictionary[method.codes[i]!];
    return [dayOfNumber(number), bpm.values[i], text];
  });
  return { rows, unknown: [...unknown] };
}

function point(change: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return {
    dailyRestingHeartRate: {
      date: { year: 2026, month: 11, day: 1 },
      beatsPerMinute: "58",
      dailyRestingHeartRateMetadata: { calculationMethod: "WITH_SLEEP" },
      ...change,
    },
    ...more,
  };
}

Deno.test("flatten() gives date, beats and method", () => {
  const metadata = "dailyRestingHeartRateMetadata";
  const cases: [Record<string, unknown>, unknown[]][] = [
    [{}, ["2026-11-01", 58, "with_sleep"]],
    [{ beatsPerMinute: 58 }, ["2026-11-01", 58, "with_sleep"]],
    [
      { [metadata]: { calculationMethod: "ONLY_WITH_AWAKE_DATA" } },
      ["2026-11-01", 58, "only_with_awake_data"],
    ],
    [{ [metadata]: { calculationMethod: "CALCULATION_METHOD_UNSPECIFIED" } }, [
      "2026-11-01",
      58,
      null,
    ]],
    [{ [metadata]: {} }, ["2026-11-01", 58, null]],
    [{ [metadata]: undefined }, ["2026-11-01", 58, null]],
  ];
  for (const [change, expected] of cases) {
    const { rows, unknown } = flatten([{ dataPoints: [point(change)] }, {}]);
    assert.deepEqual(rows, [expected]);
    assert.deepEqual(unknown, []);
  }
});

Deno.test("flatten() refuses what it cannot read, and counts what it does not know", () => {
  const bad: [Record<string, unknown>, RegExp][] = [
    [{ beatsPerMinute: undefined }, /dailyRestingHeartRate\.beatsPerMinute: .*found nothing/],
    [{ beatsPerMinute: "0" }, /beatsPerMinute/],
    [{ date: undefined }, /dailyRestingHeartRate\.date: expected an object/],
    [{ date: { year: 2026, month: 2, day: 30 } }, /date: expected a date/],
    [{ date: { year: 2026, month: 2 } }, /date: expected a date/],
  ];
  for (const [change, message] of bad) {
    assert.throws(
      () => flatten([{ dataPoints: [point(change)] }]),
      (error: unknown) => error instanceof DocumentError && message.test(error.message),
    );
  }
  assert.throws(() => flatten([{ dataPoints: [{ heartRate: {} }] }]), DocumentError);
  assert.throws(() => flatten([{ error: {} }]), DocumentError);
  const { unknown } = flatten([{
    dataPoints: [
      point({ x: 1, dailyRestingHeartRateMetadata: { calculationMethod: 7 } }, { y: 1 }),
    ],
  }]);
  assert.deepEqual(unknown.sort(), [
    ["dataPoints[].dailyRestingHeartRate.dailyRestingHeartRateMetadata.calculationMethod", 1],
    ["dataPoints[].dailyRestingHeartRate.x", 1],
    ["dataPoints[].y", 1],
  ]);
});
