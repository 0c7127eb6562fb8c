import assert from "node:assert/strict";
import fc from "fast-check";
import { packDay, unpackDay } from "../../pipeline/report/second_day.ts";

const times = (unit: number) =>
  fc.array(fc.integer({ min: 0, max: 3_000_000 }), { maxLength: 200 }).map((gaps) => {
    let time = 1_790_000_000_000;
    return Float64Array.from(gaps, (gap) => time += gap * unit);
  });

const day = fc.constantFrom(1, 1000).chain((unit) =>
  fc.record({ time_ms: times(unit), steps_time_ms: times(unit) }).chain((times) =>
    fc.record({
      time_ms: fc.constant(times.time_ms),
      steps_time_ms: fc.constant(times.steps_time_ms),
      utc_offset_s: fc.constant(times.time_ms.length).chain(ints(-43_200, 50_400)),
      bpm: fc.constant(times.time_ms.length).chain(ints(0, 250)),
      steps_duration_ms: fc.constant(times.steps_time_ms.length).chain(ints(0, 900))
        .map((values) => Float64Array.from(values, (value) => value * 1000)),
      steps: fc.constant(times.steps_time_ms.length).chain(ints(0, 4000)),
    })
  )
);

function ints(min: number, max: number) {
  return (length: number) =>
    fc.array(fc.integer({ min, max }), { minLength: length, maxLength: length })
      .map((values) => Int32Array.from(values));
}

Deno.test("unpackDay() gives back what packDay() took, to the millisecond", () => {
  fc.assert(
    fc.property(day, (day) => assert.deepEqual(unpackDay(packDay(day)), { ...day })),
    { seed: 4, numRuns: 60 },
  );
});

Deno.test("packDay() needs two bytes a sample of a watch that counts whole seconds", () => {
  const samples = 40_000;
  const packed = packDay({
    time_ms: Float64Array.from({ length: samples }, (_, i) => 1_790_000_000_000 + i * 2000),
    utc_offset_s: new Int32Array(samples).fill(7200),
    bpm: Int32Array.from({ length: samples }, (_, i) => 60 + i % 7),
    steps_time_ms: new Float64Array(),
    steps_duration_ms: new Float64Array(),
    steps: new Int32Array(),
  });
  assert.ok(packed.length < samples * 3 + 30, `${packed.length} bytes`);
});

Deno.test("unpackDay() throws when bytes are missing", () => {
  const packed = packDay({
    time_ms: Float64Array.of(1000, 2000),
    utc_offset_s: Int32Array.of(0, 0),
    bpm: Int32Array.of(60, 61),
    steps_time_ms: new Float64Array(),
    steps_duration_ms: new Float64Array(),
    steps: new Int32Array(),
  });
  assert.throws(() => unpackDay(packed.subarray(0, 6)), RangeError);
});
