import assert from "node:assert/strict";
import { dayOver, type DayState, dayState, isDue } from "../../pipeline/fetch/settle.ts";

const day = "2026-10-01";

const cases: {
  name: string;
  document?: { asked_at: string; synced_to: string | null; empty: number };
  failure?: { at: string };
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
  { name: "failed", failure: { at: "2026-10-05T00:00:00.000Z" }, state: "failed", due: true },
  {
    name: "failed after an answer",
    document: { asked_at: "2026-10-03T00:00:00.000Z", synced_to: null, empty: 0 },
    failure: { at: "2026-10-05T00:00:00.000Z" },
    state: "failed",
    due: true,
  },
  {
    name: "answered after a failure",
    document: { asked_at: "2026-11-03T00:00:00.000Z", synced_to: null, empty: 0 },
    failure: { at: "2026-10-05T00:00:00.000Z" },
    state: "settled",
    due: false,
  },
];

for (const { name, document, failure, lastSync, state, due } of cases) {
  Deno.test(`dayState() and isDue(): ${name}`, () => {
    assert.equal(dayState(day, document, failure), state);
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
