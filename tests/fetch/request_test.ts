import assert from "node:assert/strict";
import { type FetchRequest, planFetch } from "../../pipeline/fetch/request.ts";
import { diskFiles } from "../../pipeline/effects.ts";
import { Ledger } from "../../pipeline/raw/ledger.ts";
import { RawStore } from "../../pipeline/raw/store.ts";
import type { Account, LiveSource, LiveStream } from "../../pipeline/sources/source.ts";
import { HandClock } from "../support/effects.ts";

/** A stream of the registry's name, so that its tables are known. */
function stream(name: string, more: Partial<LiveStream> = {}): LiveStream {
  return {
    source: "google-health",
    name,
    table: name,
    version: 1,
    window: "day",
    scope: "activity",
    cost: { requests: 1, bytes: 1 },
    flatten: () => ({ columns: { rows: 0, columns: {} }, unknown: new Map(), notes: [] }),
    ...more,
  };
}

const streams = [
  stream("steps"),
  stream("weight", { window: "month", scope: "vitals" }),
  stream("sleep", { window: "month", scope: "sleep" }),
  stream("electrocardiogram", { window: "year", scope: "ecg", onRequest: true }),
  stream("pairedDevices", { window: "today", scope: "settings" }),
];

const person: Account = {
  userId: "1",
  timeZone: "Europe/Berlin",
  memberSince: undefined,
  lastSync: undefined,
  scopes: undefined,
};

/** Still the 7th in London, the 8th in Berlin already. */
const now = "2026-11-07T23:30:00Z";

async function planOf(request: Partial<FetchRequest>, account: Partial<Account> = {}) {
  const source: LiveSource = {
    name: "google-health",
    streams,
    requestsPerMinute: 144,
    account: () => Promise.resolve({ ...person, ...account }),
    ask: () => Promise.reject(new Error("A plan asks for nothing")),
  };
  using ledger = new Ledger(":memory:");
  // Nothing was ever put aside, so nothing is looked up.
  const store = new RawStore("nowhere", diskFiles);
  const clock = new HandClock(Date.parse(now));
  const { from, to, windows, refused } = await planFetch(
    source,
    { participant: "me", ...request },
    { ledger, store, clock },
  );
  return {
    days: [from, to],
    windows: windows.map(({ stream, first, last }) => `${stream.name} ${first} ${last}`),
    refused: Array.from(refused.keys()),
  };
}

const day = { from: () => "2026-11-05", to: () => "2026-11-05" };
const untilToday = { from: () => "2026-11-08" };

const cases: readonly {
  what: string;
  request: Partial<FetchRequest>;
  account?: Partial<Account>;
  windows: readonly string[];
  refused?: readonly string[];
}[] = [
  {
    what: "everything but what is asked on request, and on a day gone by not what there is now",
    request: day,
    windows: [
      "steps 2026-11-05 2026-11-05",
      "weight 2026-11-01 2026-11-05",
      "sleep 2026-11-01 2026-11-05",
    ],
  },
  {
    what: "what there is now, when today is wanted where the person lives",
    request: untilToday,
    windows: [
      "steps 2026-11-08 2026-11-08",
      "weight 2026-11-01 2026-11-08",
      "sleep 2026-11-01 2026-11-08",
      "pairedDevices 2026-11-08 2026-11-08",
    ],
  },
  {
    what: "nothing for what there is now, when it alone is named for a day gone by",
    request: { ...day, only: ["device"] },
    windows: [],
  },
  {
    what: "only what a named table needs, also what is asked on request",
    request: { ...day, only: ["ecg", "sleep_stage"] },
    windows: ["sleep 2026-11-01 2026-11-05", "electrocardiogram 2026-01-01 2026-11-05"],
  },
  {
    what: "not what feeds skipped tables alone",
    request: { ...day, skip: ["steps", "sleep"] },
    windows: ["weight 2026-11-01 2026-11-05", "sleep 2026-11-01 2026-11-05"],
  },
  {
    what: "not what the login was not granted, which is named",
    request: untilToday,
    account: { scopes: new Set(["activity", "settings"]) },
    windows: ["steps 2026-11-08 2026-11-08", "pairedDevices 2026-11-08 2026-11-08"],
    refused: ["weight", "sleep"],
  },
  {
    what: "no day before the account began",
    request: { from: () => "2026-11-01", to: () => "2026-11-05", only: ["steps"] },
    account: { memberSince: "2026-11-04" },
    windows: ["steps 2026-11-05 2026-11-05", "steps 2026-11-04 2026-11-04"],
  },
];

for (const { what, request, account = {}, windows, refused = [] } of cases) {
  Deno.test(`planFetch() plans ${what}`, async () => {
    const plan = await planOf(request, account);
    assert.deepEqual([plan.windows, plan.refused], [windows, refused]);
  });
}

Deno.test("planFetch() takes the last 30 days up to today when nothing is said", async () => {
  const { days } = await planOf({});
  assert.deepEqual(days, ["2026-10-10", "2026-11-08"]);
});

Deno.test("planFetch() refuses days the wrong way round, and those to come", async () => {
  await assert.rejects(planOf({ from: () => "2026-11-06", to: () => "2026-11-05" }), {
    name: "UsageError",
    message: /^Cannot fetch from 2026-11-06 to 2026-11-05/,
  });
  await assert.rejects(planOf({ to: () => "2026-11-09" }), {
    name: "UsageError",
    message: /today is 2026-11-08 in Europe\/Berlin$/,
  });
});
