import assert from "node:assert/strict";
import { talkThatWaits } from "../../pipeline/commands/live.ts";
import type { ProgressState } from "../../pipeline/effects.ts";

Deno.test("talkThatWaits() says until when, also before there is any progress", () => {
  const said: string[] = [];
  const shown: ProgressState[] = [];
  const { talk, onWait } = talkThatWaits({
    say: (line) => said.push(line),
    result: (line) => said.push(line),
    progress: (state) => shown.push(state),
  });
  const waiting = { why: "too many requests", until: Date.UTC(2026, 10, 22, 13) };
  onWait(waiting);
  assert.deepEqual(said, ["Waiting until 13:00:00 UTC: too many requests"]);
  const state = { what: "Fetching", done: 1, total: 2, unit: "documents" };
  talk.progress(state);
  onWait(waiting);
  assert.deepEqual(shown, [state, { ...state, waiting }]);
  assert.equal(said.length, 1);
});
