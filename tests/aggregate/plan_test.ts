import assert from "node:assert/strict";
import {
  type DayPart,
  planParticipant,
  type Present,
  type YearPart,
} from "../../pipeline/aggregate/plan.ts";

const participant = "me";
const dayPart = (day: string, digest = "a"): DayPart => ({ participant, day, path: day, digest });
const yearPart = (year: string, digest = "a"): YearPart => ({
  participant,
  year,
  path: year,
  digest,
});
const present = (minute: string[], hour: string[], day: string[]): Present => ({
  minute: new Set(minute),
  hour: new Set(hour),
  day: new Set(day),
});
/** Checkpoints as a run with these parts leaves them. */
function doneWith(days: DayPart[], years: YearPart[]): Map<string, string> {
  const inputs = { heart_rate: days, resting_heart_rate: years };
  const { plans } = planParticipant(participant, inputs, new Map(), present([], [], []));
  return new Map(
    plans.flatMap(({ checkpoints }) =>
      Array.from(checkpoints, ([unit, digest]): [string, string] => [unit, digest ?? ""])
    ),
  );
}

const day1 = dayPart("2026-01-01");
const day2 = dayPart("2026-01-02");
const all = present(["2026-01-01", "2026-01-02"], ["2026"], ["2026"]);
const done = doneWith([day1, day2], [yearPart("2026")]);

/** Per year: days to compute, to keep, to drop. */
type Plan = Record<string, [compute: string[], keep: string[], drop: string[]]>;

const cases: {
  name: string;
  days: DayPart[];
  years: YearPart[];
  done?: Map<string, string>;
  present?: Present;
  plan: Plan;
}[] = [
  { name: "nothing changed", days: [day2, day1], years: [yearPart("2026")], plan: {} },
  {
    name: "nothing is there yet",
    days: [day2, day1, dayPart("2025-12-31")],
    years: [yearPart("2024")],
    done: new Map(),
    present: present([], [], []),
    plan: {
      "2024": [[], [], []],
      "2025": [["2025-12-31"], [], []],
      "2026": [["2026-01-01", "2026-01-02"], [], []],
    },
  },
  {
    name: "a part changed",
    days: [day1, dayPart("2026-01-02", "b")],
    years: [yearPart("2026")],
    plan: { "2026": [["2026-01-02"], ["2026-01-01"], []] },
  },
  {
    name: "a part is gone",
    days: [day1],
    years: [yearPart("2026")],
    plan: { "2026": [[], ["2026-01-01"], ["2026-01-02"]] },
  },
  {
    name: "the daily values changed",
    days: [day1, day2],
    years: [yearPart("2026", "b")],
    plan: { "2026": [[], ["2026-01-01", "2026-01-02"], []] },
  },
  {
    name: "the daily values are gone",
    days: [day1, day2],
    years: [],
    plan: { "2026": [[], ["2026-01-01", "2026-01-02"], []] },
  },
  {
    name: "the minutes of a day are gone",
    days: [day1, day2],
    years: [yearPart("2026")],
    present: present(["2026-01-02"], ["2026"], ["2026"]),
    plan: { "2026": [["2026-01-01"], ["2026-01-02"], []] },
  },
  {
    name: "the hours are gone",
    days: [day1, day2],
    years: [yearPart("2026")],
    present: present(["2026-01-01", "2026-01-02"], [], ["2026"]),
    plan: { "2026": [["2026-01-01", "2026-01-02"], [], []] },
  },
  {
    name: "the checkpoints are of other code",
    days: [day1, day2],
    years: [yearPart("2026")],
    done: new Map(Array.from(done, ([unit, digest]) => [unit, `0.${digest}`])),
    plan: { "2026": [["2026-01-01", "2026-01-02"], [], []] },
  },
  {
    name: "hours are there that nothing accounts for",
    days: [],
    years: [yearPart("2026")],
    done: doneWith([], [yearPart("2026")]),
    present: present([], ["2026"], ["2026"]),
    plan: { "2026": [[], [], []] },
  },
  {
    name: "all parts are gone",
    days: [],
    years: [],
    plan: { "2026": [[], [], ["2026-01-01", "2026-01-02"]] },
  },
  {
    name: "there are parts of somebody else alone",
    days: [{ ...day1, participant: "you" }],
    years: [{ ...yearPart("2026"), participant: "you" }],
    done: new Map(),
    present: present([], [], []),
    plan: {},
  },
];

for (const { name, days, years, plan, ...state } of cases) {
  Deno.test(`planParticipant() when ${name}`, () => {
    const inputs = { heart_rate: days, resting_heart_rate: years };
    const { plans, left } = planParticipant(
      participant,
      inputs,
      state.done ?? done,
      state.present ?? all,
    );
    const found: Plan = Object.fromEntries(plans.map(({ year, compute, keep, drop }) => [
      year,
      [compute.map(({ day }) => day), Array.from(keep).sort(), [...drop]],
    ]));
    assert.deepEqual(found, plan);
    const computed = plans.reduce((sum, { compute }) => sum + compute.length, 0);
    assert.equal(left + computed, days.filter((part) => part.participant === participant).length);
  });
}
