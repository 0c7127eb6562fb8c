import assert from "node:assert/strict";
import { tableNamed } from "../../pipeline/catalog.ts";
import { statusOf } from "../../pipeline/raw/status.ts";
import type { DocumentRow, FailureRow, PartRow } from "../../pipeline/raw/ledger.ts";

const stream = "pairedDevices";

/** A document of the devices of a day. */
function document(day: string, asked_at: string, more: Partial<DocumentRow> = {}): DocumentRow {
  return {
    path: `raw/me/google-health/${stream}/${day}.json.zst`,
    participant: "me",
    source: "google-health",
    stream,
    archive: null,
    first_day: day,
    last_day: day,
    sha256: "0".repeat(64),
    clock: "{}",
    bytes: 1,
    asked_at,
    synced_to: null,
    empty: 0,
    account: null,
    ...more,
  };
}

function failure(day: string, at: string, pending = 0): FailureRow {
  return {
    participant: "me",
    source: "google-health",
    stream,
    first_day: day,
    last_day: day,
    at,
    reason: "answered 503",
    pending,
  };
}

/** A part that was built without a document it could not understand. */
function partWithout(path: string): PartRow {
  return {
    table_name: "device",
    participant: "me",
    partition: "year=2026",
    digest: "",
    csv_digest: null,
    rows: 0,
    first_time: null,
    last_time: null,
    bytes: 0,
    sha256: "",
    series: "",
    report: JSON.stringify({ put_aside: [{ path, reason: "deviceType: expected text" }] }),
  };
}

const none = { never: 0, young: 0, settled: 0, empty: 0, failed: 0 };
const twoDays = [
  document("2026-11-01", "2026-11-01T10:00:00.000Z"),
  document("2026-11-07", "2026-11-07T10:00:00.000Z"),
];

const cases = [
  {
    what: "counts the days between that were never asked",
    window: "day",
    documents: twoDays,
    failures: [],
    days: { ...none, never: 5, young: 2 },
  },
  {
    what: "does not, for what can only be asked about the present; what was then is settled",
    window: "today",
    documents: twoDays,
    failures: [],
    days: { ...none, young: 1, settled: 1 },
  },
  {
    what: "tells the failure of the present",
    window: "today",
    documents: twoDays,
    failures: [failure("2026-11-07", "2026-11-07T11:00:00.000Z")],
    days: { ...none, settled: 1, failed: 1 },
    told: [{ first_day: "2026-11-07", pending: false }],
  },
  {
    what: "calls a day young that the source still works on, and says why",
    window: "day",
    documents: [],
    failures: [failure("2026-11-07", "2026-11-07T11:00:00.000Z", 1)],
    days: { ...none, young: 1 },
    told: [{ first_day: "2026-11-07", pending: true }],
  },
  {
    what: "calls a final day failed whose document could not be understood",
    window: "day",
    documents: [document("2026-10-07", "2026-11-01T10:00:00.000Z", { last_day: "2026-10-08" })],
    failures: [],
    today: "2026-10-08",
    putAside: "raw/me/google-health/pairedDevices/2026-10-07.json.zst",
    days: { ...none, failed: 2 },
  },
] as const;

for (const each of cases) {
  Deno.test(`statusOf() ${each.what}`, () => {
    const { documents, failures, window, days } = each;
    const { streams } = statusOf({
      today: "today" in each ? each.today : "2026-11-07",
      tables: [tableNamed("device")],
      live: [{ source: "google-health", name: stream, window }],
      documents,
      failures,
      parts: "putAside" in each ? [partWithout(each.putAside)] : [],
    });
    const [found] = streams;
    assert.deepEqual(found?.days, days);
    assert.deepEqual(
      found.failures.map(({ first_day, pending }) => ({ first_day, pending })),
      "told" in each ? each.told : [],
    );
  });
}
