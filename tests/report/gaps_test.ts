import assert from "node:assert/strict";
import fc from "fast-check";
import { gapsOf, gapsThatMatter } from "../../pipeline/report/gaps.ts";

Deno.test("gapsOf() and the stretches between them hold the day once, no gap has a sample in it", () => {
  const samples = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 30 })
    .map((times) => times.sort((a, b) => a - b));
  fc.assert(
    fc.property(samples, (times) => {
      const gaps = gapsOf(times, 0, 1000, 50);
      for (const { start, end } of gaps) {
        assert.ok(end - start >= 50);
        assert.deepEqual(times.filter((time) => time > start && time < end), []);
      }
      const edges = [0, ...times, 1000];
      const long = edges.slice(1).filter((time, i) => time - edges[i]! >= 50);
      assert.equal(gaps.length, long.length);
    }),
    { seed: 5 },
  );
});

Deno.test("gapsThatMatter() are wider where a source gives a value every few minutes only", () => {
  const every = (seconds: number) => Array.from({ length: 50 }, (_, i) => i * seconds * 1000);
  assert.deepEqual(gapsThatMatter(every(5)), { breaksLine_ms: 60_000, isShown_ms: 300_000 });
  assert.deepEqual(gapsThatMatter(every(300)), { breaksLine_ms: 450_000, isShown_ms: 900_000 });
  assert.deepEqual(gapsThatMatter([]), { breaksLine_ms: 60_000, isShown_ms: 300_000 });
});
