import assert from "node:assert/strict";
import fc from "fast-check";
import {
  extentOf,
  isAscending,
  isDescending,
  rowsWithin,
  stepsOf,
} from "../../pipeline/kernels/numbers.ts";

const anyNumbers = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -2000, max: 2000 }) },
    fc.double(),
    fc.constantFrom(0, -0, NaN, Infinity, -Infinity),
  ),
  { maxLength: 40 },
);
const ascending = fc.uniqueArray(fc.integer({ min: -1e6, max: 1e6 }), { maxLength: 60 })
  .map((numbers) => Float64Array.from(numbers.sort((a, b) => a - b)));

const seeded = { seed: 11, numRuns: 2000 };

Deno.test("extentOf() is what a plain loop finds, of any doubles", () => {
  fc.assert(
    fc.property(anyNumbers, (numbers) => {
      const { min, max, whole } = extentOf(Float64Array.from(numbers));
      const isNone = numbers.length === 0 || numbers.some(Number.isNaN);
      // The two zeros are one number here.
      assert.equal(min + 0, isNone ? NaN : Math.min(...numbers) + 0);
      assert.equal(max + 0, isNone ? NaN : Math.max(...numbers) + 0);
      if (numbers.length > 0) assert.equal(whole, numbers.every((n) => Math.floor(n) === n));
    }),
    seeded,
  );
});

Deno.test("extentOf() is what a plain loop finds, of any whole numbers within 32 bits", () => {
  const whole = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 40 });
  fc.assert(
    fc.property(whole, (numbers) => {
      const { min, max } = extentOf(Int32Array.from(numbers));
      assert.equal(min, numbers.length === 0 ? NaN : Math.min(...numbers));
      assert.equal(max, numbers.length === 0 ? NaN : Math.max(...numbers));
    }),
    seeded,
  );
});

Deno.test("isAscending() and isDescending() want every step to go their way, and every number to be one", () => {
  fc.assert(
    fc.property(
      fc.oneof(ascending.map((numbers) => Array.from(numbers)), anyNumbers),
      (numbers) => {
        const steps = numbers.slice(1).map((number, i) => [numbers[i]!, number] as const);
        const values = Float64Array.from(numbers);
        assert.equal(isAscending(values), steps.every(([a, b]) => b > a));
        assert.equal(isDescending(values), steps.every(([a, b]) => b < a));
        assert.equal(isDescending(values.toReversed()), isAscending(values));
      },
    ),
    seeded,
  );
});

Deno.test("rowsWithin() are the rows whose wall clock is within, undefined when all are", () => {
  const rows = fc.array(
    fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.constantFrom(-2, 0, 3)),
    { maxLength: 30 },
  );
  const bounds = fc.tuple(fc.integer({ min: -9000, max: 9000 }), fc.nat(20_000));
  fc.assert(
    fc.property(rows, bounds, (rows, [start, length]) => {
      const expected = rows.flatMap(([time, offset], row) => {
        const local = time + offset * 1000;
        return local >= start && local < start + length ? [row] : [];
      });
      const found = rowsWithin(
        Float64Array.from(rows, ([time]) => time),
        Int32Array.from(rows, ([, offset]) => offset),
        start,
        start + length,
      );
      assert.deepEqual(
        found === undefined ? rows.map((_, row) => row) : Array.from(found),
        expected,
      );
      assert.equal(found === undefined, expected.length === rows.length);
    }),
    seeded,
  );
});

Deno.test("stepsOf() counts the minutes that ascending times lie in", () => {
  fc.assert(
    fc.property(ascending, (times) => {
      const minutes = new Set(Array.from(times, (time) => Math.floor(time / 60_000)));
      assert.equal(stepsOf(times, 60_000), minutes.size);
    }),
    seeded,
  );
});
