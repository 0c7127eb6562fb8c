import assert from "node:assert/strict";
import fc from "fast-check";
import { addDays, type Day, daysBetween } from "../../pipeline/day.ts";
import { planWindows, windowsOf } from "../../pipeline/fetch/plan.ts";
import type { DocumentRow, FailureRow } from "../../pipeline/raw/ledger.ts";
import type { LiveStream } from "../../pipeline/sources/source.ts";

function stream(
  name: string,
  window: LiveStream["window"],
  more: Partial<LiveStream> = {},
): LiveStream {
  return {
    source: "google-health",
    name,
    table: "heart_rate",
    version: 1,
    window,
    scope: "scope",
    cost: { requests: 1, bytes: 1 },
    ...more,
    flatten: () => ({ columns: { rows: 0, columns: {} }, unknown: new Map(), notes: [] }),
  };
}

function answered(name: string, first: Day, last: Day, askedAt: string): DocumentRow {
  return {
    path: `raw/me/google-health/${name}/${first}.json.zst`,
    participant: "me",
    source: "google-health",
    stream: name,
    archive: null,
    first_day: first,
    last_day: last,
    sha256: "0".repeat(64),
    clock: "{}",
    bytes: 1,
    asked_at: askedAt,
    synced_to: null,
    empty: 0,
    account: null,
  };
}

const dense = stream("heart-rate", "day");
const daily = stream("daily-resting-heart-rate", "month");
const openEnded = stream("electrocardiogram", "year", { openEnded: true });

Deno.test("windowsOf() cuts days, and months from their first day on", () => {
  assert.deepEqual(windowsOf(dense, "2026-10-30", "2026-11-01").map(({ first }) => first), [
    "2026-10-30",
    "2026-10-31",
    "2026-11-01",
  ]);
  assert.deepEqual(windowsOf(daily, "2026-01-31", "2026-03-05"), [
    { first: "2026-01-01", last: "2026-01-31" },
    { first: "2026-02-01", last: "2026-02-28" },
    { first: "2026-03-01", last: "2026-03-05" },
  ]);
  assert.deepEqual(windowsOf(daily, "2026-03-05", "2026-03-04"), []);
});

Deno.test("planWindows() asks newest first and only for what is due", () => {
  const plan = planWindows({
    streams: [dense, daily],
    from: "2026-10-01",
    to: "2026-10-04",
    documents: [
      answered("heart-rate", "2026-10-01", "2026-10-01", "2026-11-01T00:00:00.000Z"),
      answered("heart-rate", "2026-10-03", "2026-10-03", "2026-10-04T00:00:00.000Z"),
      answered("daily-resting-heart-rate", "2026-10-01", "2026-10-02", "2026-11-01T00:00:00.000Z"),
    ],
    failures: [],
    lastSync: undefined,
  });
  assert.deepEqual(
    plan.map(({ stream, first, last, due }) => [stream.name, first, last, Object.fromEntries(due)]),
    [
      ["heart-rate", "2026-10-04", "2026-10-04", { never: 1 }],
      ["daily-resting-heart-rate", "2026-10-01", "2026-10-04", { never: 2 }],
      ["heart-rate", "2026-10-03", "2026-10-03", { young: 1 }],
      ["heart-rate", "2026-10-02", "2026-10-02", { never: 1 }],
    ],
  );
});

Deno.test("planWindows() equals brute force: every day wanted is settled or in a window", () => {
  const first = "2026-09-01";
  const days = fc.integer({ min: 0, max: 60 }).map((n) => addDays(first, n));
  fc.assert(
    fc.property(
      fc.uniqueArray(days, { maxLength: 60 }),
      fc.uniqueArray(days, { maxLength: 10 }),
      days,
      days,
      (settled, failed, from, to) => {
        const failures: FailureRow[] = failed.map((day) => ({
          participant: "me",
          source: "google-health",
          stream: "heart-rate",
          first_day: day,
          last_day: day,
          at: "2027-02-01T00:00:00.000Z",
          reason: "no answer",
          pending: 0,
        }));
        const plan = planWindows({
          streams: [dense],
          from,
          to,
          documents: settled.map((day) =>
            answered("heart-rate", day, day, "2027-01-01T00:00:00.000Z")
          ),
          failures,
          lastSync: undefined,
        });
        const expected = daysBetween(from, to)
          .filter((day) => !settled.includes(day) || failed.includes(day))
          .reverse();
        assert.deepEqual(plan.map((window) => window.first), expected);
      },
    ),
    { seed: 20261122, numRuns: 200 },
  );
});

const settledAt = "2026-12-01T00:00:00.000Z";

/** Which years of an answer without end are due, by what is there already. */
const openEndedCases = [
  {
    what: "as one, from the earliest on",
    documents: [],
    expected: ["2023-01-01", "2026-10-04", 365 + 366 + 365 + 277, { never: 365 + 366 + 365 + 277 }],
  },
  {
    what: "from the first year on that is due, the years after it included",
    documents: [
      answered("electrocardiogram", "2023-01-01", "2023-12-31", settledAt),
      answered("electrocardiogram", "2025-01-01", "2026-10-04", settledAt),
    ],
    expected: ["2024-01-01", "2026-10-04", 366 + 365 + 277, { never: 366 }],
  },
  {
    what: "by every document that holds a day, whichever year it begins in",
    documents: [
      answered("electrocardiogram", "2023-01-01", "2026-10-03", "2026-10-04T00:00:00.000Z"),
      answered("electrocardiogram", "2023-01-01", "2025-12-31", settledAt),
    ],
    expected: ["2026-01-01", "2026-10-04", 277, { young: 8, never: 1 }],
  },
  {
    what: "not at all when every day is settled",
    documents: [answered("electrocardiogram", "2023-01-01", "2026-10-04", settledAt)],
    expected: undefined,
  },
];

for (const { what, documents, expected } of openEndedCases) {
  Deno.test(`planWindows() asks for answers without end ${what}`, () => {
    const plan = planWindows({
      streams: [openEnded],
      from: "2023-05-01",
      to: "2026-10-04",
      documents,
      failures: [],
      lastSync: undefined,
    });
    assert.deepEqual(
      plan.map(({ first, last, days, due }) => [first, last, days, Object.fromEntries(due)]),
      expected === undefined ? [] : [expected],
    );
  });
}

Deno.test("planWindows() asks no less far than the answer that is there, which it replaces", () => {
  for (const stream of [daily, openEnded]) {
    const first = stream === daily ? "2026-10-01" : "2026-01-01";
    const plan = planWindows({
      streams: [stream],
      from: "2026-10-01",
      to: "2026-10-18",
      documents: [answered(stream.name, first, "2026-10-20", "2026-10-20T12:00:00.000Z")],
      failures: [],
      lastSync: undefined,
    });
    assert.deepEqual(
      plan.map(({ first, last, due }) => [first, last, Object.fromEntries(due)]),
      [[first, "2026-10-20", { young: 6 }]],
    );
  }
});

Deno.test("planWindows() counts no day before the account began", () => {
  const [window, ...more] = planWindows({
    streams: [daily],
    from: "2026-10-20",
    to: "2026-10-31",
    documents: [],
    failures: [],
    lastSync: undefined,
    memberSince: "2026-10-20",
  });
  assert.deepEqual(more, []);
  assert.deepEqual(
    [window?.first, window?.last, window?.days, Object.fromEntries(window?.due ?? [])],
    ["2026-10-01", "2026-10-31", 12, { never: 12 }],
  );
});

Deno.test("planWindows() asks again for a final answer only where it is told to", () => {
  const documents = ["2026-10-01", "2026-10-02"].map((day) =>
    answered("heart-rate", day, day, settledAt)
  );
  const plan = planWindows({
    streams: [dense],
    from: "2026-10-01",
    to: "2026-10-02",
    documents,
    failures: [],
    lastSync: undefined,
    again: new Set(["raw/me/google-health/heart-rate/2026-10-01.json.zst"]),
  });
  assert.deepEqual(
    plan.map(({ first, due }) => [first, Object.fromEntries(due)]),
    [["2026-10-01", { failed: 1 }]],
  );
});
