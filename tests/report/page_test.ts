import assert from "node:assert/strict";
import { Page } from "../../pipeline/report/page/page.ts";
import type { PageData } from "../../pipeline/report/page_data.ts";

/** Ten days from day 100 on; steps, and so seconds, on all of them but the last two. */
function page(heart_rate_n: readonly (number | null)[]): Page {
  const data: PageData = {
    format: 1,
    participant: "me",
    first: 100,
    days: 10,
    measures: { heart_rate_n, steps: [1, 1, 1, 1, 1, 1, 1, 1, null, null] },
    calendar: [],
    reasons: [],
    clocks: [[10, 0, 0]],
    sleeps: [],
    exercises: [],
    zones: [],
    unusual: [],
    seconds: { folder: "report-days", runs: [[100, 104], [106, 107]] },
  };
  return new Page(data);
}

Deno.test("Page opens the last day of which there are seconds of heart rate", () => {
  const none = Array<number | null>(10).fill(null);
  assert.equal(page(Array(10).fill(9)).openingDay, 107);
  assert.equal(page(none.with(2, 9).with(3, 9)).openingDay, 103);
  assert.equal(page(none.with(2, 9).with(5, 9)).openingDay, 102, "no seconds of day 105");
  assert.equal(page(none).openingDay, 107, "no heart rate at all");
});
