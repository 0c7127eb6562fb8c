import assert from "node:assert/strict";
import { backoffMs, retryAfterMs, type RetryPolicy } from "../../pipeline/fetch/retry.ts";

const policy: RetryPolicy = { attempts: 4, base_ms: 1000, longest_ms: 5000, random: () => 0 };

Deno.test("backoffMs() doubles up to the longest wait, half of it random", () => {
  const least = [1, 2, 3, 4, 5].map((failures) => backoffMs(failures, policy));
  assert.deepEqual(least, [500, 1000, 2000, 2500, 2500]);
  const most = [1, 2, 3, 4, 5].map((n) => backoffMs(n, { ...policy, random: () => 0.999999 }));
  assert.deepEqual(most, [1000, 2000, 4000, 5000, 5000]);
});

Deno.test("retryAfterMs() reads seconds and dates", () => {
  const now = Date.parse("2026-11-07T12:00:00Z");
  const cases: [string | undefined, number | undefined][] = [
    [undefined, undefined],
    ["120", 120_000],
    ["0", 0],
    ["Sat, 07 Nov 2026 12:01:30 GMT", 90_000],
    ["Sat, 07 Nov 2026 11:59:00 GMT", 0],
    ["soon", undefined],
    ["", undefined],
  ];
  for (const [text, expected] of cases) {
    const headers = new Headers(text === undefined ? {} : { "Retry-After": text });
    assert.equal(retryAfterMs(headers, now), expected, `Retry-After: ${text}`);
  }
});
