import assert from "node:assert/strict";
import fc from "fast-check";
import {
  present,
  quantile,
  trendDays,
  trendOf,
  usualDays,
  usualOf,
} from "../../pipeline/report/normal.ts";

const values = fc.array(fc.option(fc.integer({ min: 40, max: 90 })), { maxLength: 150 });

Deno.test("usualOf() is the middle four fifths of the days before, the day itself left out", () => {
  fc.assert(
    fc.property(values, (values) => {
      usualOf(values).forEach((usual, day) => {
        const before = present(values.slice(Math.max(0, day - usualDays), day));
        if (before.length < 14) return assert.equal(usual, undefined);
        assert.ok(usual !== undefined && usual.low <= usual.middle && usual.middle <= usual.high);
        const inside = before.filter((value) => value >= usual.low && value <= usual.high);
        assert.ok(inside.length >= before.length * 0.75);
      });
    }),
    { seed: 1 },
  );
});

Deno.test("usualOf() does not see the day it judges nor what came after", () => {
  fc.assert(
    fc.property(values, fc.nat({ max: 149 }), (values, day) => {
      const changed = values.map((value, i) => i >= day ? 300 : value);
      assert.deepEqual(usualOf(changed).slice(0, day + 1), usualOf(values).slice(0, day + 1));
    }),
    { seed: 2 },
  );
});

Deno.test("trendOf() is the mean of the days around, and nothing where most of them are missing", () => {
  assert.deepEqual(trendOf([1, 2, 6, null, null, null, null], 3), [
    1.5,
    3,
    4,
    6,
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("trendDays() are always an odd number", () => {
  for (const days of [1, 120, 121, 800, 801, 4000]) assert.equal(trendDays(days) % 2, 1);
});

Deno.test("quantile() lies linear between two values", () => {
  assert.equal(quantile([1, 2, 3, 4, 5], 0.5), 3);
  assert.equal(quantile([0, 10], 0.25), 2.5);
});
