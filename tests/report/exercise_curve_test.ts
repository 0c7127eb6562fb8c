import assert from "node:assert/strict";
import { afterEnd_s, curvePoints, exerciseCurve } from "../../pipeline/report/exercise_curve.ts";

/** A sample a second from `from_s` on. */
function beats(from_s: number, bpm: readonly number[]) {
  return {
    time_ms: Float64Array.from(bpm, (_, i) => (from_s + i) * 1000),
    bpm: Int32Array.from(bpm),
  };
}

Deno.test("exerciseCurve() has the means of its steps, the highest value, and the recovery", () => {
  const bpm = [
    ...Array<number>(600).fill(100),
    ...Array<number>(600).fill(150),
    ...Array.from({ length: 300 }, (_, i) => 150 - Math.min(40, i)),
  ];
  const curve = exerciseCurve(beats(1000, bpm), 1000, 1200);
  assert.ok(curve !== null);
  const values = Uint8Array.fromBase64(curve.bpm);
  assert.equal(values.length, Math.ceil((1200 + afterEnd_s) / curve.step_s));
  assert.equal(values[0], 100);
  assert.equal(values[Math.floor(1199 / curve.step_s)], 150);
  assert.equal(curve.max_bpm, 150);
  assert.equal(curve.recovery_bpm, 40);
});

Deno.test("exerciseCurve() leaves out what lies outside, and marks what was not measured", () => {
  const before = beats(0, Array<number>(1000).fill(199));
  const within = beats(1060, Array<number>(60).fill(120));
  const curve = exerciseCurve(
    {
      time_ms: Float64Array.from([...before.time_ms, ...within.time_ms]),
      bpm: Int32Array.from([...before.bpm, ...within.bpm]),
    },
    1000,
    300,
  );
  assert.ok(curve !== null);
  const values = Uint8Array.fromBase64(curve.bpm);
  assert.equal(curve.max_bpm, 120);
  assert.equal(curve.recovery_bpm, null);
  assert.deepEqual(Array.from(new Set(values)).sort((a, b) => a - b), [0, 120]);
  assert.equal(values[0], 0);
});

Deno.test("exerciseCurve() is null where nothing was measured", () => {
  assert.equal(exerciseCurve(beats(0, [60, 61]), 1000, 300), null);
});

Deno.test("exerciseCurve() has no steps finer than the samples are", () => {
  const time_ms = Float64Array.from({ length: 60 }, (_, i) => i * 60_000);
  const curve = exerciseCurve({ time_ms, bpm: new Int32Array(60).fill(90) }, 0, 1800);
  assert.ok(curve !== null);
  assert.equal(curve.step_s, 60);
  assert.ok(Uint8Array.fromBase64(curve.bpm).every((bpm) => bpm === 90));
});

Deno.test("curvePoints() goes over empty steps for a minute at most, and keeps those at the ends", () => {
  const curve = (step_s: number, bpm: readonly number[]) => ({
    step_s,
    bpm: Uint8Array.from(bpm).toBase64(),
    max_bpm: 0,
    recovery_bpm: null,
  });
  const seen = (step_s: number, bpm: readonly number[]) =>
    curvePoints(curve(step_s, bpm)).map(({ minute, bpm }) => [minute * 60, bpm]);
  assert.deepEqual(seen(10, [90, 0, 0, 93]), [[5, 90], [35, 93]]);
  assert.deepEqual(seen(30, [90, 0, 92, 0, 0, 95]), [
    [15, 90],
    [75, 92],
    [105, NaN],
    [135, NaN],
    [165, 95],
  ]);
  assert.deepEqual(seen(10, [0, 90, 0]), [[5, NaN], [15, 90], [25, NaN]]);
});
