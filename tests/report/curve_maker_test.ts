import assert from "node:assert/strict";
import { dayNumber } from "../../pipeline/day.ts";
import { CurveMaker } from "../../pipeline/report/curve_maker.ts";
import { afterEnd_s } from "../../pipeline/report/exercise_curve.ts";
import type { Exercise } from "../../pipeline/report/page_data.ts";

function exercise(start_s: number, duration_s: number): Exercise {
  return {
    day: Math.floor(start_s / 86_400),
    start_s,
    offset_s: 0,
    duration_s,
    name: "Run",
    mean_bpm: null,
    energy_kcal: null,
    distance_m: null,
    curve: null,
  };
}

/** A sample every 5 s of a day. */
function beatsOf(day: string, bpm: number) {
  const start = dayNumber(day) * 86_400_000;
  return {
    time_ms: Float64Array.from({ length: 86_400 / 5 }, (_, i) => start + i * 5000),
    bpm: new Int32Array(86_400 / 5).fill(bpm),
  };
}

Deno.test("CurveMaker gives an exercise over midnight the samples of both days", () => {
  const midnight_s = dayNumber("2026-10-07") * 86_400;
  const curves = new CurveMaker([
    exercise(midnight_s - 7200, 1200),
    exercise(midnight_s - 600, 1200),
  ]);
  curves.add("2026-10-06", () => beatsOf("2026-10-06", 100));
  curves.add("2026-10-07", () => beatsOf("2026-10-07", 140));
  const [before, over] = curves.exercises.map(({ curve }) => curve);
  assert.ok(before !== null && before !== undefined && over !== null && over !== undefined);
  assert.equal(before.max_bpm, 100);
  const bpm = Uint8Array.fromBase64(over.bpm);
  assert.equal(bpm.length, Math.ceil((1200 + afterEnd_s) / over.step_s));
  assert.deepEqual([bpm[0], bpm.at(-1)], [100, 140]);
});

Deno.test("CurveMaker takes curves that are known, and says of what else they were made", () => {
  const midnight_s = dayNumber("2026-10-07") * 86_400;
  const made = () => new CurveMaker([exercise(midnight_s - 600, 1200), exercise(midnight_s, 60)]);
  const [first, again] = [made(), made()];
  first.add("2026-10-06", () => beatsOf("2026-10-06", 100));
  const known = first.add("2026-10-07", () => beatsOf("2026-10-07", 140));
  again.add("2026-10-06", () => assert.fail("nothing ends on this day"));
  again.add("2026-10-07", () => assert.fail("the curves are known"), known);
  assert.deepEqual(again.exercises, first.exercises);
  assert.equal(made().digestOf("2026-10-06", "x"), "");
  assert.equal(
    made().digestOf("2026-10-07", "x"),
    `-${midnight_s - 600}+1200 after x-${midnight_s}+60`,
  );
});
