/** The fast reader of roll-ups against the careful one. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { calories } from "../../../pipeline/catalog/activity.ts";
import type { DocumentClock, Manifest } from "../../../pipeline/raw/manifest.ts";
import { rollUpReader, type RollUpSpec } from "../../../pipeline/sources/google_health/roll_up.ts";
import { rollUpScanner } from "../../../pipeline/sources/google_health/scan_roll_ups.ts";
import { real, word } from "../../../pipeline/sources/records/readings.ts";
import { field } from "../../../pipeline/sources/records/record_reader.ts";
import { manifestOf } from "../../generate/documents.ts";
import { bentTexts } from "../../generate/json_text.ts";
import { agree, type Outcome } from "../../support/two_readers.ts";

const spec: RollUpSpec = {
  name: "total-calories",
  table: calories,
  columns: { energy_kcal: field("totalCalories.kcalSum", real, 0) },
  needed: ["totalCalories"],
};

const clock: DocumentClock = {
  kind: "utc",
  offsets: [
    { from: "2026-10-25T01:00:00.000Z", offset_s: 3600, evidence: "account settings" },
    { from: "2026-10-24T12:00:00.000Z", offset_s: 7200, evidence: "account settings" },
  ],
};

const manifest = manifestOf("google-health", "total-calories", "2026-10-25", clock);

const scan = rollUpScanner(spec);
assert.ok(scan !== undefined);
const read = rollUpReader(spec);
const readers = {
  scan: (document: Uint8Array, { clock }: Manifest) => scan(document, clock),
  read: (document: Uint8Array, { clock }: Manifest) => read(document, clock),
};

const at = (minute: number) =>
  new Date(Date.parse("2026-10-25T00:00:00Z") + minute * 60_000).toISOString().replace(".000", "");

const point = (minute: number, totalCalories: unknown) => ({
  startTime: at(minute),
  endTime: at(minute + 1),
  totalCalories,
});

const documentOf = (...points: readonly unknown[]) =>
  new TextEncoder().encode(JSON.stringify([{ rollupDataPoints: points }]));

Deno.test("rollUpScanner() reads windows by the document's clock, across its change", () => {
  const document = documentOf(
    point(59, { kcalSum: 1.1857000589370728 }),
    point(60, { kcalSum: 2 }),
  );
  assert.equal(agree(readers, document, manifest), "scanned");
  const { energy_kcal, utc_offset_s, duration_s } = scan(document, clock)?.columns.columns ?? {};
  assert.ok(energy_kcal?.type === "float64" && duration_s?.type === "float64");
  assert.ok(utc_offset_s?.type === "int32");
  assert.deepEqual(Array.from(energy_kcal.values), [1.1857000589370728, 2]);
  assert.deepEqual(Array.from(utc_offset_s.values), [7200, 3600]);
  assert.deepEqual(Array.from(duration_s.values), [60, 60]);
});

Deno.test("rollUpScanner() leaves to the careful reader what is not as it nearly always is", () => {
  const plain = point(0, { kcalSum: 1 });
  const others: Readonly<Record<string, unknown>> = {
    "a true zero": point(1, {}),
    "no value at all": point(1, undefined),
    "an end before the start": { ...plain, endTime: at(-1) },
    "a field nobody knows": { ...plain, cadence: 90 },
    "a null": point(1, { kcalSum: null }),
  };
  for (const [what, other] of Object.entries(others)) {
    const outcome = agree(readers, documentOf(plain, other), manifest);
    assert.equal(outcome, "left to the careful reader", what);
  }
});

Deno.test("rollUpScanner() has nothing for roll-ups with more than numbers", () => {
  assert.equal(rollUpScanner({ ...spec, each: "totalCalories.zones" }), undefined);
  assert.equal(
    rollUpScanner({ ...spec, columns: { energy_kcal: field("kcal", word) } }),
    undefined,
  );
});

Deno.test("rollUpScanner() and rollUpReader() agree on every document", () => {
  const number = fc.oneof(fc.nat(5), fc.double({ min: 0, max: 50, noNaN: true }));
  const points = fc.tuple(
    fc.integer({ min: -900, max: 1438 }),
    fc.option(number, { nil: undefined }),
  )
    .map(([minute, kcalSum]) => point(minute, { kcalSum }));
  const pages = fc.record({
    rollupDataPoints: fc.array(points, { maxLength: 6 }),
    nextPageToken: fc.string(),
  }, { requiredKeys: [] });
  const documents = fc.array(pages, { minLength: 1, maxLength: 3 })
    .map((made): unknown => JSON.parse(JSON.stringify(made)));
  const literals = ['"NaN"', '"2.5"', "-0", "1e3", "1.23456789012345678", '"2026-10-23T00:00:00Z"'];
  const outcomes = new Map<Outcome, number>();
  fc.assert(
    fc.property(bentTexts(documents, literals), (document) => {
      const outcome = agree(readers, document, manifest);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }),
    { seed: 20261025, numRuns: 2000 },
  );
  const told = JSON.stringify(Array.from(outcomes));
  assert.ok((outcomes.get("scanned") ?? 0) > 200, told);
  assert.ok((outcomes.get("left to the careful reader") ?? 0) > 200, told);
});
