import assert from "node:assert/strict";
import { tableNamed } from "../../pipeline/catalog.ts";
import { dayNumber } from "../../pipeline/day.ts";
import { type CalendarInput, calendarOf } from "../../pipeline/raw/calendar.ts";
import type { DocumentRow, FailureRow, PartRow } from "../../pipeline/raw/ledger.ts";

const late = "2026-11-20T12:00:00.000Z";

function document(day: string, more: Partial<DocumentRow> = {}): DocumentRow {
  return {
    path: `raw/me/google-health/heart-rate/${day}.json.zst`,
    participant: "me",
    source: "google-health",
    stream: "heart-rate",
    archive: null,
    first_day: day,
    last_day: day,
    sha256: "",
    clock: "{}",
    bytes: 1,
    asked_at: late,
    synced_to: null,
    empty: 0,
    account: null,
    ...more,
  };
}

function failure(day: string, reason: string, at = late): FailureRow {
  return {
    participant: "me",
    source: "google-health",
    stream: "heart-rate",
    first_day: day,
    last_day: day,
    at,
    reason,
    pending: 0,
  };
}

function part(partition: string, more: Partial<PartRow> = {}): PartRow {
  return {
    table_name: "heart_rate",
    participant: "me",
    partition,
    digest: "",
    csv_digest: null,
    rows: 10,
    first_time: 0,
    last_time: 0,
    bytes: 1,
    sha256: "",
    series: "google-health heart-rate",
    report: JSON.stringify({ put_aside: [] }),
    ...more,
  };
}

const streams = [
  { source: "google-health", name: "heart-rate", table: "heart_rate" },
  { source: "google-health", name: "weight", table: "weight" },
  { source: "takeout", name: "heart_rate-*.json", table: "heart_rate" },
] as const;

function calendar(input: Partial<CalendarInput>) {
  return calendarOf({
    today: "2026-10-04",
    settleDays: 7,
    tables: [tableNamed("heart_rate"), tableNamed("weight")],
    streams,
    live: [],
    documents: [],
    failures: [],
    parts: [],
    daysOf: () => new Set(),
    ...input,
  });
}

/** The spans of heart rate: first day, last day, state, reason. */
function spans(input: Partial<CalendarInput>): string[] {
  const found = calendar(input).find(({ table }) => table === "heart_rate")?.spans ?? [];
  return found.map(({ first_day, last_day, state, reason }) =>
    `${first_day.slice(8)}-${last_day.slice(8)} ${state}: ${reason}`
  );
}

const cases: readonly [name: string, input: Partial<CalendarInput>, expected: string[]][] = [
  ["all there, then never asked", {
    documents: [document("2026-10-01"), document("2026-10-02")],
    parts: [part("date=2026-10-01"), part("date=2026-10-02")],
  }, [
    "01-02 complete: All that there is",
    "03-04 missing: google-health heart-rate was not asked yet",
  ]],
  ["asked, and nothing there", {
    today: "2026-10-02",
    documents: [document("2026-10-01"), document("2026-10-02", { empty: 1 })],
    parts: [part("date=2026-10-01")],
  }, [
    "01-01 complete: All that there is",
    "02-02 empty: google-health heart-rate was asked: there is nothing",
  ]],
  ["an error is not an empty day", {
    today: "2026-10-02",
    documents: [document("2026-10-01")],
    failures: [failure("2026-10-02", "HTTP 500")],
    parts: [part("date=2026-10-01")],
  }, [
    "01-01 complete: All that there is",
    "02-02 missing: google-health heart-rate failed: HTTP 500",
  ]],
  ["a night in work is not ready", {
    today: "2026-10-01",
    failures: [{ ...failure("2026-10-01", "the night is in work"), pending: 1 }],
  }, ["01-01 missing: google-health heart-rate was not ready: the night is in work"]],
  ["an earlier answer stays when a later one failed", {
    today: "2026-10-01",
    documents: [document("2026-10-01", { asked_at: "2026-10-02T00:00:00.000Z" })],
    failures: [failure("2026-10-01", "HTTP 503")],
    parts: [part("date=2026-10-01")],
  }, ["01-01 partial: google-health heart-rate failed: HTTP 503"]],
  ["asked while late data could still come", {
    today: "2026-10-02",
    documents: ["2026-10-01", "2026-10-02"].map((day) =>
      document(day, { asked_at: "2026-10-03T08:00:00.000Z" })
    ),
    parts: [part("date=2026-10-01")],
  }, [
    "01-01 partial: google-health heart-rate was asked on 2026-10-03, when late data could still come",
    "02-02 missing: google-health heart-rate was asked on 2026-10-03, when late data could still come",
  ]],
  ["asked before the watch had synced", {
    today: "2026-10-01",
    documents: [document("2026-10-01", { synced_to: "2026-10-01T18:00:00.000Z" })],
    parts: [part("date=2026-10-01")],
  }, [
    "01-01 partial: google-health heart-rate was asked on 2026-11-20, when the watch had synced " +
    "to 2026-10-01 only",
  ]],
  ["what was imported is all there is", {
    documents: ["2026-10-01", "2026-10-03"].map((day) =>
      document(day, {
        source: "takeout",
        stream: "heart_rate-*.json",
        asked_at: "2026-10-04T00:00:00.000Z",
      })
    ),
    parts: [part("date=2026-10-01"), part("date=2026-10-03")],
  }, [
    "01-01 complete: All that there is",
    "02-02 empty: Nothing in what was imported",
    "03-03 complete: All that there is",
  ]],
  ["a document that could not be understood", {
    today: "2026-10-02",
    documents: [document("2026-10-01"), document("2026-10-02")],
    parts: [
      part("date=2026-10-01"),
      part("date=2026-10-02", {
        rows: 0,
        report: JSON.stringify({
          put_aside: [{ path: document("2026-10-02").path, reason: "no bpm" }],
        }),
      }),
    ],
  }, [
    "01-01 complete: All that there is",
    "02-02 missing: Put aside: raw/me/google-health/heart-rate/2026-10-02.json.zst: no bpm",
  ]],
];

for (const [name, input, expected] of cases) {
  Deno.test(`calendarOf() tells ${name}`, () => {
    assert.deepEqual(spans(input), expected);
  });
}

Deno.test("calendarOf() tells days without a row in a table with a part a year", () => {
  const year = { first_day: "2026-01-01", last_day: "2026-10-04" };
  const found = calendar({
    documents: [document("2026-10-01"), document("2026-01-01", { stream: "weight", ...year })],
    parts: [
      part("date=2026-10-01"),
      part("year=2026", { table_name: "weight", series: "google-health weight" }),
    ],
    daysOf: () => new Set([dayNumber("2026-10-02")]),
  }).find(({ table }) => table === "weight");
  // The window began on 1 January; the calendar begins with the first day of the person.
  assert.deepEqual(
    found?.spans.map(({ first_day, last_day, state }) => [
      first_day,
      last_day,
      state,
    ]),
    [
      ["2026-10-01", "2026-10-01", "empty"],
      ["2026-10-02", "2026-10-02", "complete"],
      ["2026-10-03", "2026-10-04", "empty"],
    ],
  );
});

Deno.test("calendarOf() keeps participants apart and has nothing of tables nobody asked for", () => {
  const found = calendar({
    documents: [document("2026-10-01"), document("2026-10-01", { participant: "you" })],
    parts: [part("date=2026-10-01")],
  });
  assert.deepEqual(
    found.map(({ participant, table, spans }) => [participant, table, spans[0]?.state]),
    [["me", "heart_rate", "complete"], ["you", "heart_rate", "empty"]],
  );
});
