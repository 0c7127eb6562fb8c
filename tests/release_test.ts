import assert from "node:assert/strict";
import { type Columns, constantText, zeros } from "../pipeline/columns.ts";
import { release, releaseColumns, releaseOwn } from "../pipeline/release.ts";

Deno.test("release() empties a large document and leaves a small one, whose memory may be shared", () => {
  const large = new Uint8Array(1e6);
  release(large);
  assert.equal(large.length, 0);
  const small = Uint8Array.of(1, 2, 3);
  release(small);
  assert.deepEqual(small, Uint8Array.of(1, 2, 3));
});

Deno.test("releaseOwn() empties however few bytes, also twice", () => {
  const frame = new Uint8Array([1, 2, 3]);
  releaseOwn(frame);
  releaseOwn(frame);
  assert.equal(frame.length, 0);
});

Deno.test("releaseColumns() empties every column, but not the zeros that others look at too", () => {
  releaseColumns({ rows: 0, columns: { source: constantText("takeout", 0) } });
  assert.equal(zeros(0).length, 0);
  const earlier = zeros(2);
  const columns: Columns = {
    rows: 2,
    columns: {
      time: { type: "timestamp_ms", values: Float64Array.of(1, 2) },
      bpm: { type: "int32", values: Int32Array.of(60, 61), valid: Uint8Array.of(1, 0) },
      confidence: { type: "int32", values: earlier, valid: new Uint8Array(2) },
      source: constantText("takeout", 2),
    },
  };
  // More of them than there are: they move, and those of before stay good.
  const later = zeros(1e6);
  releaseColumns(columns);
  const { time, bpm, confidence, source } = columns.columns;
  assert.ok(time?.type === "timestamp_ms" && time.values.length === 0);
  assert.ok(bpm?.type === "int32" && bpm.values.length === 0 && bpm.valid?.length === 0);
  assert.ok(confidence?.type === "int32" && confidence.valid?.length === 0);
  assert.ok(source?.type === "string" && source.codes.length === 2);
  assert.deepEqual([earlier, later.length], [new Int32Array(2), 1e6]);
});
