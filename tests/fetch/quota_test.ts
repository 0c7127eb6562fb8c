import assert from "node:assert/strict";
import fc from "fast-check";
import { HourlyBudget, RequestRate } from "../../pipeline/fetch/quota.ts";
import type { RetryPolicy } from "../../pipeline/fetch/retry.ts";

const at = (time: string) => Date.parse(`2026-10-01T${time}Z`);
const retry: RetryPolicy = { attempts: 3, base_ms: 1000, longest_ms: 8000, random: () => 0 };

function fitbitHeaders(remaining: number, reset: number, spelling = "Fitbit-Rate-Limit") {
  return new Headers({
    [`${spelling}-Limit`]: "150",
    [`${spelling}-Remaining`]: `${remaining}`,
    [`${spelling}-Reset`]: `${reset}`,
  });
}

Deno.test("RequestRate lets a burst go and then keeps the rate", () => {
  const rate = new RequestRate(2.5, 3, retry);
  const now = at("12:00:00");
  const turns = Array.from({ length: 6 }, () => rate.next(now).at - now);
  assert.deepEqual(turns, [0, 0, 0, 400, 800, 1200]);
  assert.equal(rate.next(now + 10_000).at, now + 10_000);
});

Deno.test("RequestRate never lets more go than the rate and one burst", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 10 }),
      (pauses, burst) => {
        const rate = new RequestRate(2.5, burst, retry);
        const left: number[] = [];
        let now = at("12:00:00");
        for (const pause of pauses) {
          now = Math.max(now + pause, rate.next(now + pause).at);
          left.push(now);
        }
        left.forEach((first, index) => {
          const within = left.slice(index).filter((time) => time < first + 10_000).length;
          assert.ok(within <= burst + 25, `${within} requests in 10 s`);
        });
      },
    ),
    { seed: 1 },
  );
});

Deno.test("RequestRate waits as Retry-After says, else longer each time, and gives up", () => {
  const now = at("12:00:00");
  const told = new RequestRate(2.5, 3, retry);
  assert.ok(told.refused(new Headers({ "retry-after": "30" }), now, 1));
  assert.equal(told.next(now).at, now + 30_000);

  const untold = new RequestRate(2.5, 3, retry);
  assert.ok(untold.refused(new Headers(), now, 1));
  assert.equal(untold.next(now).at, now + 500);
  assert.ok(untold.refused(new Headers(), now, 2));
  assert.equal(untold.next(now).at, now + 1000);
  assert.equal(untold.refused(new Headers(), now, 3), false);
});

Deno.test("RequestRate refuses a rate that is none", () => {
  assert.throws(() => new RequestRate(0, 1, retry), RangeError);
  assert.throws(() => new RequestRate(Number.NaN, 1, retry), RangeError);
});

Deno.test("HourlyBudget waits before the budget runs out, in any letter case", () => {
  for (const spelling of ["Fitbit-Rate-Limit", "fitbit-rate-limit", "Fitbit-rate-limit"]) {
    const budget = new HourlyBudget();
    const now = at("12:40:00");
    assert.equal(budget.next(now).at, now);
    budget.seen(fitbitHeaders(2, 1200, spelling), now);
    assert.equal(budget.next(now).at, now);
    assert.equal(budget.next(now).at, now);
    assert.deepEqual(budget.next(now), { at: at("13:00:10"), why: "hourly quota used up" });
    assert.equal(budget.next(at("13:00:10")).at, at("13:00:10"));
  }
});

Deno.test("HourlyBudget does not believe a rising count within the hour", () => {
  const budget = new HourlyBudget();
  budget.seen(fitbitHeaders(2, 1200), at("12:40:00"));
  budget.next(at("12:40:01"));
  budget.seen(fitbitHeaders(86, 1199), at("12:40:01"));
  budget.next(at("12:40:02"));
  budget.seen(fitbitHeaders(86, 1198), at("12:40:02"));
  assert.equal(budget.next(at("12:40:03")).at, at("13:00:10"));
});

Deno.test("HourlyBudget counts its own requests while the header lags", () => {
  const budget = new HourlyBudget();
  const now = at("12:40:00");
  budget.seen(fitbitHeaders(3, 1200), now);
  for (let request = 0; request < 3; request++) {
    assert.equal(budget.next(now).at, now);
    budget.seen(fitbitHeaders(3, 1200), now);
  }
  assert.equal(budget.next(now).at, at("13:00:10"));
});

Deno.test("HourlyBudget counts what the first header of an hour does not know of yet", () => {
  const budget = new HourlyBudget();
  const now = at("12:40:00");
  for (let request = 0; request < 150; request++) {
    assert.equal(budget.next(now).at, now);
    // The server counts the last twenty requests late.
    budget.seen(fitbitHeaders(150 - Math.max(0, request + 1 - 20), 1200), now);
  }
  assert.equal(budget.next(now).at, at("13:00:10"));
});

Deno.test("HourlyBudget believes the count of a new hour", () => {
  const budget = new HourlyBudget();
  budget.seen(fitbitHeaders(0, 60), at("12:59:00"));
  assert.equal(budget.next(at("12:59:30")).at, at("13:00:10"));
  budget.seen(fitbitHeaders(149, 3590), at("13:00:10"));
  assert.equal(budget.next(at("13:00:11")).at, at("13:00:11"));
  // Overtaken on the way: it tells of the hour that is over.
  budget.seen(fitbitHeaders(0, 0), at("13:00:12"));
  assert.equal(budget.next(at("13:00:13")).at, at("13:00:13"));
});

Deno.test("HourlyBudget waits after a refusal: Reset, Retry-After, or the full hour", () => {
  const now = at("12:40:00");
  const cases: [Headers, string][] = [
    [fitbitHeaders(0, 300), "12:45:10"],
    [new Headers({ "fitbit-rate-limit-reset": "300", "retry-after": "7" }), "12:45:10"],
    [new Headers({ "retry-after": "60" }), "12:41:10"],
    [new Headers({ "fitbit-rate-limit-reset": "unknown" }), "13:00:10"],
    [new Headers(), "13:00:10"],
  ];
  for (const [headers, expected] of cases) {
    const budget = new HourlyBudget();
    budget.seen(headers, now);
    assert.ok(budget.refused(headers, now, 1));
    assert.equal(budget.next(now).at, at(expected));
  }
});

Deno.test("HourlyBudget comes back later when it was refused on the hour, and gives up then", () => {
  const budget = new HourlyBudget();
  assert.ok(budget.refused(new Headers(), at("12:40:00"), 1));
  const early = at("13:00:10");
  assert.ok(budget.refused(fitbitHeaders(0, 3), early, 2));
  assert.equal(budget.next(early).at, early + 3000 + 120_000);
  assert.equal(budget.refused(new Headers(), early, 3), false);
});
