import assert from "node:assert/strict";
import { estimate } from "../../pipeline/fetch/estimate.ts";
import type { PlannedWindow } from "../../pipeline/fetch/plan.ts";
import type { DayState } from "../../pipeline/fetch/settle.ts";
import type { LiveStream, WindowSize } from "../../pipeline/sources/source.ts";

/** A planned window of a stream that costs so much. */
function windowOf(
  name: string,
  cost: LiveStream["cost"],
  due: readonly (readonly [DayState, number])[],
  { window = "day", days = 1 }: Partial<{ window: WindowSize; days: number }> = {},
): PlannedWindow {
  const stream: LiveStream = {
    source: "google-health",
    name,
    table: "heart_rate",
    version: 1,
    window,
    scope: "scope",
    cost,
    flatten: () => ({ columns: { rows: 0, columns: {} }, unknown: new Map(), notes: [] }),
  };
  return { first: "2026-10-01", last: "2026-10-01", stream, days, due: new Map(due) };
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

/** Windows that are longer or shorter than their stream's own. */
const shares: readonly (readonly [WindowSize, days: number, requests: number, bytes: number])[] = [
  ["day", 1, 20, 36_600],
  ["month", 31, 20, 36_600],
  ["month", 1, 1, 1181],
  [{ days: 90 }, 45, 10, 18_300],
  ["year", 366, 20, 36_600],
  ["year", 10, 1, 1000],
  // Answers without end span several.
  ["year", 3 * 366, 60, 109_800],
];

for (const [window, days, requests, bytes] of shares) {
  Deno.test(`estimate() of ${days} days asked by ${JSON.stringify(window)}`, () => {
    const cost = { requests: 20, bytes: 36_600 };
    const [of] =
      estimate([windowOf("sleep", cost, [["never", days]], { window, days })], 10).streams;
    assert.deepEqual([of?.windows, of?.requests, of?.bytes], [1, requests, bytes]);
  });
}

Deno.test("estimate() of nothing is the account", () => {
  assert.deepEqual(estimate([], 150), {
    format: 1,
    streams: [],
    requests: 4,
    bytes: 0,
    minutes: 4 / 150,
  });
});
