import assert from "node:assert/strict";
import { dayOver, type DayState, dayState, isDue, isRetried } from "../../pipeline/fetch/settle.ts";

const day = "2026-10-01";

const cases: {
  name: string;
  document?: { asked_at: string; synced_to: string | null; empty: number };
  failure?: { at: string; pending: number };
  isPutAside?: boolean;
  lastSync?: string;
  state: DayState;
  due: boolean;
}[] = [
  { name: "nothing known", state: "never", due: true },
  {
    name: "asked the same evening",
    document: { asked_at: "2026-10-01T20:00:00.000Z", synced_to: null, empty: 0 },
    state: "young",
    due: true,
  },
  {
    name: "asked a millisecond too early",
    document: { asked_at: "2026-10-09T11:59:59.999Z", synced_to: null, empty: 0 },
    state: "young",
    due: true,
  },
  {
    name: "asked seven days after it was over",
    document: { asked_at: "2026-10-09T12:00:00.000Z", synced_to: null, empty: 0 },
    state: "settled",
    due: false,
  },
  {
    name: "nothing there, asked late enough",
    document: { asked_at: "2026-11-01T00:00:00.000Z", synced_to: null, empty: 1 },
    state: "empty",
    due: false,
  },
  {
    name: "nothing there, but asked early: not called empty",
    document: { asked_at: "2026-10-02T00:00:00.000Z", synced_to: null, empty: 1 },
    state: "young",
    due: true,
  },
  {
    name: "the watch had not synced past its end, and has not since",
    document: {
      asked_at: "2026-11-01T00:00:00.000Z",
      synced_to: "2026-10-01T15:00:00.000Z",
      empty: 0,
    },
    lastSync: "2026-10-01T15:00:00.000Z",
    state: "young",
    due: false,
  },
  {
    name: "the watch had not synced past its end, but has since",
    document: {
      asked_at: "2026-11-01T00:00:00.000Z",
      synced_to: "2026-10-01T15:00:00.000Z",
      empty: 0,
    },
    lastSync: "2026-11-02T15:00:00.000Z",
    state: "young",
    due: true,
  },
  {
    name: "synced past its end",
    document: {
      asked_at: "2026-11-01T00:00:00.000Z",
      synced_to: "2026-10-02T12:00:00.000Z",
      empty: 0,
    },
    state: "settled",
    due: false,
  },
  {
    name: "failed",
    failure: { at: "2026-10-05T00:00:00.000Z", pending: 0 },
    state: "failed",
    due: true,
  },
  {
    name: "failed after an answer",
    document: { asked_at: "2026-10-03T00:00:00.000Z", synced_to: null, empty: 0 },
    failure: { at: "2026-10-05T00:00:00.000Z", pending: 0 },
    state: "failed",
    due: true,
  },
  {
    name: "answered after a failure",
    document: { asked_at: "2026-11-03T00:00:00.000Z", synced_to: null, empty: 0 },
    failure: { at: "2026-10-05T00:00:00.000Z", pending: 0 },
    state: "settled",
    due: false,
  },
  {
    name: "the source still works on it",
    failure: { at: "2026-10-05T00:00:00.000Z", pending: 1 },
    state: "young",
    due: true,
  },
  {
    name: "the source works on it again after a final answer",
    document: { asked_at: "2026-11-03T00:00:00.000Z", synced_to: null, empty: 0 },
    failure: { at: "2026-11-05T00:00:00.000Z", pending: 1 },
    state: "settled",
    due: false,
  },
  {
    name: "final, but it could not be understood",
    document: { asked_at: "2026-11-03T00:00:00.000Z", synced_to: null, empty: 0 },
    isPutAside: true,
    state: "failed",
    due: true,
  },
  {
    name: "not final, and it could not be understood",
    document: { asked_at: "2026-10-03T00:00:00.000Z", synced_to: null, empty: 0 },
    isPutAside: true,
    state: "young",
    due: true,
  },
];

for (const { name, document, failure, isPutAside, lastSync, state, due } of cases) {
  Deno.test(`dayState() and isDue(): ${name}`, () => {
    assert.equal(dayState(day, document, failure, undefined, isPutAside), state);
    const sync = lastSync === undefined ? undefined : Date.parse(lastSync);
    assert.equal(isDue(state, day, document, sync), due);
  });
}

Deno.test("dayOver() is after the day's end in every zone", () => {
  const over = dayOver(day);
  for (const zone of ["Pacific/Kiritimati", "UTC", "America/New_York", "Etc/GMT+12"]) {
    const end = Temporal.PlainDate.from("2026-10-02").toZonedDateTime(zone).epochMilliseconds;
    assert.ok(over >= end, zone);
  }
});

Deno.test("isRetried() asks for unreadable bytes at once, then after a day, two, four and so on", () => {
  const received_at = "2026-11-01T00:00:00.000Z";
  const hour = 3_600_000;
  let asked_at = received_at;
  const after_h: number[] = [];
  for (let h = 0; h < 24 * 40; h++) {
    const now = Date.parse(received_at) + h * hour;
    if (!isRetried({ received_at, asked_at }, now)) continue;
    after_h.push(h);
    // Asked again, a minute later the same bytes came.
    asked_at = new Date(now + 60_000).toISOString();
  }
  assert.deepEqual(after_h, [0, 25, 51, 103, 207, 415, 831]);
});
