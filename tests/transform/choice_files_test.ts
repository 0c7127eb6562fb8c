import assert from "node:assert/strict";
import type { PartRow } from "../../pipeline/raw/ledger.ts";
import { choiceTexts } from "../../pipeline/transform/choice_files.ts";
import type { PartReport } from "../../pipeline/transform/messages.ts";
import type { Choice } from "../../pipeline/transform/choices.ts";
import { whyChosen } from "../../pipeline/transform/choose.ts";

function part(
  table: string,
  partition: string,
  shares: readonly (readonly [series: string, days: number])[],
  choices: readonly Choice[] = [],
  left_out: PartReport["left_out"] = [],
): PartRow {
  return {
    table_name: table,
    participant: "me",
    partition,
    digest: "",
    csv_digest: null,
    rows: 1,
    first_time: Date.UTC(2024, 0, 3),
    last_time: Date.UTC(2024, 10, 5),
    bytes: 1,
    sha256: "",
    series: "",
    report: JSON.stringify({
      shares: shares.map(([series, days]) => ({ series, rows: 1, minutes: 1, days })),
      choices,
      put_aside: [],
      unknown: {},
      notes: [],
      duplicates: 0,
      conflicts: 0,
      left_out,
    }),
  };
}

const account = (series: number, sum: number, mean: number) => ({
  series,
  rows: 10,
  minutes: 10,
  sum,
  mean,
});

Deno.test("choiceTexts() joins days of one series, and gives both values where they differ", () => {
  const two = [["takeout a", 1], ["google-health b", 0]] as const;
  const { chosen, disagreements } = choiceTexts([
    part("steps", "date=2024-01-01", [["takeout a", 1]]),
    part("steps", "date=2024-01-02", [["takeout a", 1]]),
    part("steps", "date=2024-01-03", two, [{
      day: "2024-01-03",
      chosen: 0,
      why: "covers most",
      accounts: [account(0, 1000, 100), account(1, 2000, 200)],
    }]),
    part("steps", "date=2024-01-04", two, [{
      day: "2024-01-04",
      chosen: 0,
      why: "covers most",
      accounts: [account(0, 1000, 100), account(1, 1000, 50)],
    }]),
    part("sleep", "year=2024", [["takeout c", 9]]),
  ]);
  assert.deepEqual(chosen.csv.split("\n"), [
    "table,first_day,last_day,series,why",
    "steps,2024-01-01,2024-01-02,takeout a,nothing else",
    "steps,2024-01-03,2024-01-04,takeout a,covers most",
    "sleep,2024-01-03,2024-11-05,takeout c,nothing else",
    "",
  ]);
  assert.deepEqual(disagreements.csv.split("\n"), [
    "table,day,series,taken,rows,minutes,value,unit,sum,mean",
    "steps,2024-01-03,takeout a,yes,10,10,steps,,1000,100",
    "steps,2024-01-03,google-health b,no,10,10,steps,,2000,200",
    "",
  ]);
  assert.deepEqual(JSON.parse(chosen.json), {
    format: 1,
    chosen: [
      ["steps", "2024-01-01", "2024-01-02", "takeout a", "nothing else"],
      ["steps", "2024-01-03", "2024-01-04", "takeout a", "covers most"],
      ["sleep", "2024-01-03", "2024-11-05", "takeout c", "nothing else"],
    ].map(([table, first_day, last_day, series, why]) => ({
      table,
      first_day,
      last_day,
      series,
      why,
    })),
  });
  const common = { table: "steps", day: "2024-01-03", value: "steps", unit: null };
  const measured = { rows: 10, minutes: 10 };
  assert.deepEqual(JSON.parse(disagreements.json), {
    format: 1,
    disagreements: [
      { ...common, ...measured, series: "takeout a", taken: "yes", sum: 1000, mean: 100 },
      { ...common, ...measured, series: "google-health b", taken: "no", sum: 2000, mean: 200 },
    ],
  });
});

Deno.test("choiceTexts() adds up what was left out of each document, over all parts", () => {
  const a = { path: "raw/me/takeout/x/steps-2024-01-01.json.zst", duplicates: 2, conflicts: 1 };
  const b = { path: "raw/me/takeout/x/steps-2024-02-01.json.zst", duplicates: 1, conflicts: 0 };
  const { duplicates } = choiceTexts([
    part("steps", "date=2024-01-01", [["takeout a", 1]], [], [a]),
    part("steps", "date=2024-01-02", [["takeout a", 1]], [], [a, b]),
    part("distance", "date=2024-01-02", [["takeout a", 1]]),
  ]);
  assert.deepEqual(duplicates.csv.split("\n"), [
    "table,document,duplicates,conflicts",
    `steps,${a.path},4,2`,
    `steps,${b.path},1,0`,
    "",
  ]);
  assert.deepEqual(JSON.parse(duplicates.json), {
    format: 1,
    duplicates: [
      { table: "steps", document: a.path, duplicates: 4, conflicts: 2 },
      { table: "steps", document: b.path, duplicates: 1, conflicts: 0 },
    ],
  });
});

const takeout = { source: "takeout" } as const;

const reasons = [
  ["nothing else", [{ minutes: 1, rows: 1 }, { minutes: 0, rows: 0 }]],
  ["covers most", [{ minutes: 2, rows: 1 }, { minutes: 1, rows: 9 }]],
  ["first of equals", [{ minutes: 2, rows: 1 }, { minutes: 2, rows: 9 }]],
  ["not a fallback", [
    { minutes: 1, rows: 1, ...takeout },
    { minutes: 9, rows: 9, fallback: true, ...takeout },
  ]],
] as const;

for (const [why, candidates] of reasons) {
  Deno.test(`whyChosen() says: ${why}`, () => assert.equal(whyChosen(candidates, 0), why));
}
