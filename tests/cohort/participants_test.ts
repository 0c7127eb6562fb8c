import assert from "node:assert/strict";
import { participantsOf } from "../../pipeline/cohort/participants.ts";
import { UsageError } from "../../pipeline/errors.ts";

Deno.test("participantsOf() reads every column, in any order, and leaves out what is empty", () => {
  const csv = "\uFEFFsource,id,token_file,path,timezone,from,to\r\n" +
    "google-health,p01,tokens/p01,,,30d,2026-10-25\r\n" +
    'takeout,007,,"a folder, with a comma",europe/berlin,,\r\n';
  assert.deepEqual(participantsOf(csv, "study.csv"), [
    { id: "p01", source: "google-health", token_file: "tokens/p01", from: "30d", to: "2026-10-25" },
    { id: "007", source: "takeout", path: "a folder, with a comma", timezone: "Europe/Berlin" },
  ]);
});

Deno.test("participantsOf() says what is wrong, and where", () => {
  const head = "id,source,path,timezone,from\n";
  const cases: [string, RegExp][] = [
    ["", /no participant in "study.csv"/],
    [head, /no participant in "study.csv"/],
    ["id,sorce\np,takeout\n", /no column "sorce".*did you mean source/],
    [`${head}p01,fitbit,,,\n`, /line 2: source expected google-health, fitbit-web or takeout/],
    [`${head},takeout,x,,\n`, /line 2: id is missing/],
    [`${head}p01,takeout,,,\n`, /line 2: path is missing/],
    [`${head}p01,takeout,x,,\np/1,takeout,x,,\n`, /Cannot use "p\/1" as a participant/],
    [`${head}p01,takeout,x,Berlin,\n`, /time zone "Berlin"/],
    [`${head}p01,google-health,,,soon\n`, /line 2: from expected a day/],
    [`${head}p01,takeout,x,,\np01,takeout,y,,\n`, /has p01 in line 2 and in line 3/],
    [`${head}"p01,takeout\n`, /as CSV/],
  ];
  for (const [csv, words] of cases) {
    assert.throws(() => participantsOf(csv, "study.csv"), (error) => {
      assert.ok(error instanceof UsageError, String(error));
      assert.match(error.message, words);
      return true;
    });
  }
});
