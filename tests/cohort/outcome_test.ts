import assert from "node:assert/strict";
import { endingOf, lostOutcome, outcomeLines } from "../../pipeline/cohort/outcome.ts";
import { exitCode } from "../../pipeline/errors.ts";

Deno.test("outcomeLines() counts the endings, and says who is missing what", () => {
  const done = { ...lostOutcome("p1", "takeout", ""), ending: "done" as const, missing: [] };
  const young = {
    ...lostOutcome("p2", "google-health", ""),
    ending: "incomplete" as const,
    missing: ["steps of 2026-10-25: HTTP 503", "sleep: its scope was not granted"],
  };
  assert.deepEqual(outcomeLines([done]), ["1 participant: 1 done"]);
  assert.deepEqual(outcomeLines([done, young, lostOutcome("p3", "takeout", "no such file")]), [
    "3 participants: 1 done, 1 incomplete, 1 failed",
    "",
    "participant  ending      missing",
    "p2           incomplete  steps of 2026-10-25: HTTP 503",
    "                         sleep: its scope was not granted",
    "p3           failed      no such file",
  ]);
});

Deno.test("endingOf() has a word for every exit code", () => {
  assert.deepEqual(
    Object.values(exitCode).map(endingOf),
    ["done", "failed", "failed", "incomplete", "login needed", "failed"],
  );
});
