import assert from "node:assert/strict";
import { unusualDays } from "../../pipeline/report/unusual.ts";

const resting = "resting_heart_rate_bpm";
const usual = Array.from({ length: 60 }, (_, i) => 56 + i % 3);

Deno.test("unusualDays() finds the days that are unlike those before them, and says in what", () => {
  const [found, ...others] = unusualDays({ [resting]: [...usual, 70, 57, 56] }, 20_000);
  assert.deepEqual(others, []);
  assert.equal(found?.day, 20_060);
  assert.deepEqual(found?.signs.map(({ measure, value, usual }) => [measure, value, usual]), [
    [resting, 70, 57],
  ]);
});

Deno.test("unusualDays() puts several signs of a day above one", () => {
  const steps = usual.map((value) => value * 150);
  const found = unusualDays({
    [resting]: [...usual, 62, 57, 62],
    steps: [...steps, 8600, 8500, 16_000],
  }, 0);
  assert.deepEqual(found.map(({ day, signs }) => [day, signs.length]), [[62, 2], [60, 1]]);
});

Deno.test("unusualDays() is silent where there is too little to compare with, or no change", () => {
  assert.deepEqual(unusualDays({ [resting]: [50, 90, 50, 90] }, 0), []);
  assert.deepEqual(unusualDays({ [resting]: Array<number>(90).fill(56) }, 0), []);
  assert.deepEqual(unusualDays({ exercise_min: [...usual, 9999] }, 0), []);
});

Deno.test("unusualDays() does not compare sums over half a day", () => {
  const steps = usual.map((value) => value * 150);
  const whole = usual.map(() => 0.97);
  const found = unusualDays({
    steps: [...steps, 1200, 1300],
    steps_coverage: [...whole, 0.4, 0.98],
  }, 0);
  assert.deepEqual(found.map(({ day }) => day), [61]);
});
