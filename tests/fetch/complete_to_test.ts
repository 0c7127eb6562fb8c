/** An answer that its source still works on: its days stay young, however late they were asked. */

import assert from "node:assert/strict";
import { diskFiles } from "../../pipeline/effects.ts";
import { runFetch } from "../../pipeline/fetch/run.ts";
import { dayState } from "../../pipeline/fetch/settle.ts";
import { Ledger } from "../../pipeline/raw/ledger.ts";
import { RawStore } from "../../pipeline/raw/store.ts";
import type { Answer, LiveSource, LiveStream } from "../../pipeline/sources/source.ts";
import { HandClock, inTemporaryFolder, KeptTalk } from "../support/effects.ts";

const stream: LiveStream = {
  source: "google-health",
  name: "sleep",
  table: "sleep",
  version: 1,
  window: "month",
  scope: "sleep",
  cost: { requests: 1, bytes: 1 },
  flatten: () => ({ columns: { rows: 0, columns: {} }, unknown: new Map(), notes: [] }),
};

const unfinished = Date.parse("2026-10-20T22:00:00Z");

for (const lastSync of [Date.parse("2026-11-20T11:45:00Z"), undefined]) {
  Deno.test(`runFetch() asks again from the unfinished night on, last sync ${lastSync}`, async () => {
    await inTemporaryFolder(async (root) => {
      const answers: Answer[] = [
        { ...answer("[1]"), completeTo: unfinished },
        answer("[2]"),
      ];
      let asked = 0;
      const source: LiveSource = {
        name: "google-health",
        streams: [stream],
        requestsPerMinute: 60,
        account: () =>
          Promise.resolve({
            userId: "1",
            timeZone: "Europe/Berlin",
            memberSince: undefined,
            lastSync,
            scopes: undefined,
          }),
        ask: () => Promise.resolve(answers[asked++] ?? answer("[3]")),
      };
      const clock = new HandClock(Date.parse("2026-11-20T12:00:00Z"));
      const store = new RawStore(root, diskFiles);
      using ledger = new Ledger(`${root}/ledger.sqlite`);
      const fetch = () =>
        runFetch(
          source,
          { participant: "me", from: () => "2026-10-01", to: () => "2026-10-31" },
          { store, ledger, clock, talk: new KeptTalk(), signal: new AbortController().signal },
        );
      const states = () => {
        const [document] = ledger.documents({ participant: "me", source: "google-health" });
        return ["2026-10-19", "2026-10-20", "2026-10-21", "2026-10-31"]
          .map((day) => dayState(day, document, undefined));
      };
      await fetch();
      assert.deepEqual(states(), ["settled", "young", "young", "young"]);
      await fetch();
      assert.deepEqual(states(), ["settled", "settled", "settled", "settled"]);
      await fetch();
      assert.equal(asked, 2);
    });
  });
}

function answer(text: string): Answer {
  return {
    bodies: [new TextEncoder().encode(text)],
    origin: [],
    empty: false,
    clock: { kind: "explicit" },
  };
}
