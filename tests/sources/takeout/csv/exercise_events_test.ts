import assert from "node:assert/strict";
import { splitsIn } from "../../../../pipeline/sources/takeout/csv/exercise_events.ts";

const end = Date.parse("2026-03-08T06:06:24Z");

/** A block of a split, in the spelling of the files and in that of their readme. */
const spellings = [
  "[ExerciseEventId: 2, Timestamp: 2026-03-08 06:06:24+0000, Type: AUTO_SPLIT, " +
  "AutoCueType: TIME, ElapsedTimeMillis: 384000, TraveledDistanceMm: 1000000, Steps: 0]",
  "[exercise_event_id: 2, timestamp: 2026-03-08T06:06:24Z, type: AUTO_SPLIT, " +
  "auto_cue_type: TIME, elapsed_time_millis: 384000, traveled_distance_mm: 1000000, steps: 0]",
  "{type: AUTO_SPLIT,timestamp: 2026-03-08T01:06:24-05:00,auto_cue_type: TIME," +
  "elapsed_time_millis: 384000,traveled_distance_mm: 1000000,steps: 0}",
];

for (const cell of spellings) {
  Deno.test(`splitsIn() reads ${cell.slice(0, 40)}...`, () => {
    const { splits, timeless } = splitsIn(cell);
    assert.deepEqual([splits.length, timeless], [1, 0]);
    const [split] = splits;
    assert.deepEqual(
      [split?.end, split?.duration_s, split?.lap, split?.type, split?.distance_m, split?.steps],
      [end, 384, false, "duration", 1000, 0],
    );
    assert.equal(split?.energy_kcal, undefined);
  });
}

/** Blocks without their brackets, and what comes of them: kinds of splits, and how many have no time. */
const cases = [
  ["a manual split", "Type: SPLIT, Timestamp: 2026-03-08 06:06:24+0000, ElapsedTimeMillis: 5", [
    "manual",
  ], 0],
  [
    "an interval",
    "Type: INTERVAL, Timestamp: 2026-03-08 06:06:24+0000, ElapsedTimeMillis: 5, IntervalType: REST",
    ["interval_rest"],
    0,
  ],
  ["a pause", "Type: PAUSE, Timestamp: 2026-03-08 06:06:24+0000, ElapsedTimeMillis: 5", [], 0],
  ["a split without its time", "Type: SPLIT, ElapsedTimeMillis: 5", [], 1],
  ["a split of no length that is known", "Type: SPLIT, Timestamp: 2026-03-08 06:06:24+0000", [], 1],
  ["nothing", "", [], 0],
  ["something else", "what, ever: ", [], 0],
] as const;

for (const [what, block, types, timeless] of cases) {
  Deno.test(`splitsIn() of ${what}`, () => {
    const found = splitsIn(`[${block}]`);
    assert.deepEqual(found.splits.map(({ type }) => type), types);
    assert.equal(found.timeless, timeless);
  });
}
