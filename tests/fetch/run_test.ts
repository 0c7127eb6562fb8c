/** What a run makes of windows without an answer. */

import assert from "node:assert/strict";
import { diskFiles } from "../../pipeline/effects.ts";
import { NotReady } from "../../pipeline/errors.ts";
import { runFetch } from "../../pipeline/fetch/run.ts";
import { fetchExitCode, type FetchSummary } from "../../pipeline/fetch/summary.ts";
import { Ledger } from "../../pipeline/raw/ledger.ts";
import { RawStore } from "../../pipeline/raw/store.ts";
import type { Answer, LiveStream } from "../../pipeline/sources/source.ts";
import { HandClock, inTemporaryFolder, KeptTalk } from "../support/effects.ts";

const answer: Answer = {
  bodies: [new TextEncoder().encode("[]")],
  origin: [],
  empty: false,
  clock: { kind: "explicit" },
};

/** What a source does when it is asked. */
type Reply = Answer | Error | ((stop: AbortController) => Error);

/** A fetch a day of one stream, whose source answers so. */
async function fetchDaily(
  stream: Partial<LiveStream>,
  answers: readonly Reply[],
  check: (ledger: Ledger, codes: readonly number[], summaries: readonly FetchSummary[]) => void,
): Promise<void> {
  await inTemporaryFolder(async (root) => {
    const clock = new HandClock(Date.parse("2026-11-20T12:00:00Z"));
    const store = new RawStore(root, diskFiles);
    using ledger = new Ledger(`${root}/ledger.sqlite`);
    const summaries: FetchSummary[] = [];
    for (const reply of answers) {
      const stop = new AbortController();
      const summary = await runFetch(
        {
          name: "google-health",
          streams: [{
            source: "google-health",
            name: "pairedDevices",
            table: "device",
            version: 1,
            window: "month",
            scope: "settings",
            cost: { requests: 1, bytes: 1 },
            flatten: () => ({ columns: { rows: 0, columns: {} }, unknown: new Map(), notes: [] }),
            ...stream,
          }],
          requestsPerMinute: 60,
          account: () =>
            Promise.resolve({
              userId: "1",
              timeZone: "UTC",
              memberSince: undefined,
              lastSync: undefined,
              scopes: undefined,
            }),
          ask() {
            const next = typeof reply === "function" ? reply(stop) : reply;
            return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
          },
        },
        { participant: "me", from: (today) => today },
        { store, ledger, clock, talk: new KeptTalk(), signal: stop.signal },
      );
      summaries.push(summary);
      clock.ms += 86_400_000;
    }
    check(ledger, summaries.map(fetchExitCode), summaries);
  });
}

Deno.test("runFetch() takes an answer in work for no failure, however many there are", () =>
  fetchDaily({}, Array.from({ length: 4 }, () => new NotReady("in work")), (ledger, codes) => {
    assert.deepEqual(codes, [0, 0, 0, 0]);
    assert.deepEqual(ledger.failures().map(({ pending, reason }) => [pending, reason]), [
      [1, "in work"],
    ]);
  }));

Deno.test("runFetch() has what there is now, whatever failed on days gone by", () =>
  fetchDaily({ window: "today" }, [new Error("cut"), answer], (ledger, codes) => {
    assert.deepEqual(codes, [3, 0]);
    assert.deepEqual(ledger.failures(), []);
  }));

Deno.test("runFetch() keeps the failure of a day that can still be asked for", () =>
  fetchDaily({ window: "day" }, [new Error("cut"), answer], (ledger, codes) => {
    assert.deepEqual(codes, [3, 0]);
    assert.deepEqual(ledger.failures().map(({ first_day }) => first_day), ["2026-11-20"]);
  }));

Deno.test("runFetch() says that it was stopped, in the last window too", () => {
  const interrupt = (stop: AbortController) => {
    stop.abort(new Error("Stopped"));
    return new Error("Stopped");
  };
  return fetchDaily({ window: "day" }, [interrupt, answer], (ledger, codes, [first, then]) => {
    assert.deepEqual(codes, [3, 0]);
    assert.match(String(first?.stopped), /Stopped before all days were fetched/);
    assert.deepEqual([first?.left, first?.failed, then?.stopped], [1, [], undefined]);
    assert.deepEqual(ledger.failures(), []);
  });
});
