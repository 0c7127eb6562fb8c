import assert from "node:assert/strict";
import { DocumentError } from "../../pipeline/errors.ts";
import { utcOffsetsAt } from "../../pipeline/sources/utc_clock.ts";

Deno.test("utcOffsetsAt() gives each instant the offset in force, in whatever order they come", () => {
  const offsets = [
    { from: "1970-01-01T00:00:10.000Z", offset_s: 3600, evidence: "" },
    { from: null, offset_s: 0, evidence: "" },
    { from: "1970-01-01T00:00:20.000Z", offset_s: -3600, evidence: "" },
  ];
  const times = Float64Array.of(25_000, 9999, 10_000, 20_000, 19_999, -1);
  assert.deepEqual([...utcOffsetsAt(times, { kind: "utc", offsets })], [
    -3600,
    0,
    3600,
    -3600,
    3600,
    0,
  ]);
});

Deno.test("utcOffsetsAt() throws where the manifest has no offset", () => {
  const offsets = [{ from: "1970-01-01T00:00:10.000Z", offset_s: 3600, evidence: "" }];
  assert.throws(
    () => utcOffsetsAt(Float64Array.of(9999), { kind: "utc", offsets }),
    (error: unknown) =>
      error instanceof DocumentError && /1970-01-01T00:00:09.999Z/.test(error.message),
  );
  assert.throws(() => utcOffsetsAt(new Float64Array(1), { kind: "explicit" }), DocumentError);
});
