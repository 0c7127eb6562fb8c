import assert from "node:assert/strict";
import fc from "fast-check";
import { type Point, thinned } from "../../pipeline/chart/thin.ts";

const columns = 7;

/** What a column of pixels shows of a line: where it enters, leaves, and how far it reaches. */
function columnsOf(points: readonly Point[], from: number, to: number): Map<number, number[]> {
  const seen = new Map<number, number[]>();
  for (const { time, value } of points) {
    if (Number.isNaN(value)) continue;
    const column = Math.floor((time - from) / (to - from) * columns);
    seen.set(column, [...seen.get(column) ?? [], value]);
  }
  return new Map(Array.from(seen, ([column, values]) => [column, [
    values[0] ?? NaN,
    Math.min(...values),
    Math.max(...values),
    values.at(-1) ?? NaN,
  ]]));
}

const samples = fc.array(
  fc.record({
    gap: fc.integer({ min: 1, max: 30 }),
    value: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 30, max: 220 }) }, fc.constant(NaN)),
  }),
  { maxLength: 200 },
).map((steps) => {
  let time = 0;
  return steps.map(({ gap, value }): Point => ({ time: time += gap, value }));
});

Deno.test("thinned() keeps what every column of pixels shows", () => {
  fc.assert(
    fc.property(samples, (all) => {
      const to = (all.at(-1)?.time ?? 0) + 1;
      const points = thinned(all.map(({ time }) => time), all.map(({ value }) => value), {
        from: 0,
        to,
        columns,
        longestGap: 1000,
      });
      assert.deepEqual(columnsOf(points, 0, to), columnsOf(all, 0, to));
      points.forEach(({ time }, i) => assert.ok(i === 0 || time >= (points[i - 1]?.time ?? 0)));
    }),
    { seed: 2016 },
  );
});

Deno.test("thinned() draws no line over a gap, and none over a missing value", () => {
  const times = [0, 5, 10, 75, 80, 85, 90];
  const values = [60, 61, 62, 63, 64, NaN, 66];
  const points = thinned(times, values, { from: 0, to: 100, columns: 100, longestGap: 60 });
  assert.deepEqual(points, [
    { time: 0, value: 60 },
    { time: 5, value: 61 },
    { time: 10, value: 62 },
    { time: 10, value: NaN },
    { time: 75, value: 63 },
    { time: 80, value: 64 },
    { time: 80, value: NaN },
    { time: 90, value: 66 },
  ]);
});

Deno.test("thinned() leaves out what is not shown, and needs at most five points a column", () => {
  const times = Float64Array.from({ length: 86_400 }, (_, second) => second);
  const values = times.map((second) => 60 + second % 40);
  const points = thinned(times, values, { from: 3600, to: 7200, columns: 100, longestGap: 60 });
  assert.equal(points[0]?.time, 3600);
  assert.equal(points.at(-1)?.time, 7200);
  assert.ok(points.length <= 5 * 100, `${points.length} points`);
});
