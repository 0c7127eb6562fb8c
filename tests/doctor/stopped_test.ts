import assert from "node:assert/strict";
import { addDays } from "../../pipeline/day.ts";
import { checkStopped, stoppedStreams } from "../../pipeline/doctor/arrivals.ts";
import type { DocumentRow } from "../../pipeline/raw/ledger.ts";

const first = "2026-10-01";

/** Documents of a stream, a day each: `x` held data, `.` held none, a blank was not asked. */
function days(
  stream: string,
  marks: string,
  source: DocumentRow["source"] = "google-health",
): DocumentRow[] {
  return Array.from(marks).flatMap((mark, index): DocumentRow[] => {
    if (mark === " ") return [];
    const day = addDays(first, index);
    return [{
      path: `${stream}/${day}`,
      participant: "me",
      source,
      stream,
      archive: null,
      first_day: day,
      last_day: day,
      sha256: "",
      clock: "{}",
      bytes: 1,
      asked_at: `${day}T20:00:00Z`,
      synced_to: null,
      empty: mark === "." ? 1 : 0,
      account: null,
    }];
  });
}

/** What came of which streams, and the ones that stopped. */
const cases: readonly (readonly [what: string, DocumentRow[], stopped: string[]])[] = [
  ["all went on", [...days("a", "xxxxxxxxxx"), ...days("b", "xxxxxxxxxx")], []],
  ["one ended", [...days("a", "xxxxxxxxxx"), ...days("b", "xxxxxx....")], ["b"]],
  ["one ended two days ago", [...days("a", "xxxxxxxxxx"), ...days("b", "xxxxxxxx..")], []],
  [
    "the watch was put away: all ended",
    [...days("a", "xxxxxx...."), ...days("b", "xxxxxx....")],
    [],
  ],
  ["it came but now and then", [...days("a", "xxxxxxxxxx"), ...days("b", ".x..x.....")], []],
  ["it was not asked", [...days("a", "xxxxxxxxxx"), ...days("b", "xxxxxx    ")], []],
  ["it never came", [...days("a", "xxxxxxxxxx"), ...days("b", "..........")], []],
  [
    "another source went on",
    [...days("a", "xxxxxxxxxx", "fitbit-web"), ...days("b", "xxxxxx....")],
    [],
  ],
  ["it came back", [...days("a", "xxxxxxxxxx"), ...days("b", "xxxxxx...x")], []],
];

for (const [what, documents, stopped] of cases) {
  Deno.test(`stoppedStreams() when ${what}`, () => {
    assert.deepEqual(stoppedStreams(documents).map(({ stream }) => stream), stopped);
  });
}

Deno.test("checkStopped() names the stream and its last day", () => {
  const check = checkStopped([...days("a", "xxxxxxxxxx"), ...days("b", "xxxxxx....")]);
  assert.equal(check.state, "warning");
  assert.match(check.says, /google-health b since 2026-10-06$/);
  assert.equal(checkStopped([]).state, "ok");
});
