import assert from "node:assert/strict";
import { estimate } from "../../pipeline/fetch/estimate.ts";
import type { PlannedWindow } from "../../pipeline/fetch/plan.ts";
import type { DayState } from "../../pipeline/fetch/settle.ts";
import type { LiveStream } from "../../pipeline/sources/source.ts";

/** A planned window of a stream that costs so much. */
function windowOf(
  name: string,
  cost: LiveStream["cost"],
  due: readonly (readonly [DayState, number])[],
  spans = 1,
): PlannedWindow {
  const stream: LiveStream = {
    source: "google-health",
    name,
    table: "heart_rate",
    version: 1,
    window: "day",
    scope: "scope",
    cost,
    flatten: () => ({ columns: { rows: 0, columns: {} }, unknown: new Map(), notes: [] }),
  };
  return { first: "2026-10-01", last: "2026-10-01", stream, spans, due: new Map(due) };
}

Deno.test("estimate() sums windows by stream, in the order they first come up", () => {
  const dense = { requests: 12, bytes: 1000 };
  const cost = estimate([
    windowOf("heart-rate", dense, [["never", 1]]),
    windowOf("weight", { requests: 10, bytes: 50 }, [["young", 7], ["never", 300]]),
    windowOf("heart-rate", dense, [["young", 1]]),
    windowOf("heart-rate", dense, [["failed", 1]]),
  ], 100);
  assert.deepEqual(cost, {
    format: 1,
    streams: [
      {
        stream: "heart-rate",
        windows: 3,
        due: { never: 1, young: 1, failed: 1 },
        requests: 36,
        bytes: 3000,
      },
      { stream: "weight", windows: 1, due: { young: 7, never: 300 }, requests: 10, bytes: 50 },
    ],
    // Four for the account itself.
    requests: 50,
    bytes: 3050,
    minutes: 0.5,
  });
});

Deno.test("estimate() takes an answer over several windows for what each of them costs", () => {
  const cost = estimate([windowOf("ecg", { requests: 20, bytes: 30 }, [["never", 900]], 3)], 10);
  const [ecg] = cost.streams;
  assert.deepEqual([ecg?.windows, ecg?.requests, ecg?.bytes, cost.requests], [1, 60, 90, 64]);
});

Deno.test("estimate() of nothing is the account", () => {
  assert.deepEqual(estimate([], 150), {
    format: 1,
    streams: [],
    requests: 4,
    bytes: 0,
    minutes: 4 / 150,
  });
});
