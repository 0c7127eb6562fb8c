import assert from "node:assert/strict";
import fc from "fast-check";
import {
  hypnogram,
  hypnogramText,
  stageLetters,
  type StageRow,
} from "../../pipeline/report/hypnogram.ts";

const rows = fc.array(
  fc.record({
    start_s: fc.integer({ min: -600, max: 4000 }),
    duration_s: fc.integer({ min: 30, max: 1800 }),
    stage: fc.constantFrom(...Object.keys(stageLetters), "something_new"),
    short: fc.boolean(),
  }),
  { maxLength: 12 },
);

/** The stage of a second, worked out the slow way. */
function stageAt(rows: readonly StageRow[], second: number): string | undefined {
  const covering = rows.filter(({ start_s, duration_s, stage }) =>
    start_s <= second && second < start_s + duration_s && stage in stageLetters
  );
  return (covering.findLast(({ short }) => short) ?? covering.at(-1))?.stage;
}

Deno.test("hypnogram() has every second of the sleep once, with the stage that overlays the others", () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const stretches = hypnogram(hypnogramText(rows, 0, 3600));
      if (stretches.length === 0) {
        for (let second = 0; second < 3600; second += 7) {
          assert.equal(stageAt(rows, second), undefined);
        }
        return;
      }
      assert.equal(stretches[0]?.from_s, 0);
      assert.equal(stretches.at(-1)?.to_s, 3600);
      stretches.forEach(({ from_s, to_s, stage }, i) => {
        assert.equal(from_s, i === 0 ? 0 : stretches[i - 1]?.to_s);
        for (let second = from_s; second < to_s; second += 13) {
          assert.equal(stage, stageAt(rows, second), `second ${second}`);
        }
      });
    }),
    { seed: 3, numRuns: 60 },
  );
});
