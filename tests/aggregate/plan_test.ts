import assert from "node:assert/strict";
import type { AggregatePart } from "../../pipeline/aggregate/inputs.ts";
import {
  checkpointOf,
  planParticipant,
  type Present,
  weeksOf,
  yearDigest,
} from "../../pipeline/aggregate/plan.ts";

const participant = "me";

/** A part: `heart_rate 2026-01-01`, with another digest where a third word says so. */
function part(text: string): { table: string; part: AggregatePart } {
  const [table = "", period = "", digest = "a"] = text.split(" ");
  return { table, part: { participant, period, digest } };
}

function inputsOf(parts: readonly string[]): Record<string, AggregatePart[]> {
  const inputs: Record<string, AggregatePart[]> = {};
  for (const { table, part: one } of parts.map(part)) (inputs[table] ??= []).push(one);
  return inputs;
}

const grains = ["minute", "hour", "day", "week", "month"] as const;

function presentOf(files: readonly string[]): Present {
  const [minute, hour, day, week, month] = grains.map((grain) =>
    new Set(
      files.filter((file) => file.startsWith(`${grain} `)).map((file) =>
        file.slice(grain.length + 1)
      ),
    )
  );
  const none = new Set<string>();
  return {
    minute: minute ?? none,
    hour: hour ?? none,
    day: day ?? none,
    week: week ?? none,
    month: month ?? none,
  };
}

const filled = { rows: 1 };
const empty = { rows: 0 };

/** Checkpoints as a run with these parts leaves them, had each day minutes and hours. */
function doneWith(parts: readonly string[]): Map<string, string> {
  const { years, long } = planParticipant(participant, inputsOf(parts), new Map(), presentOf([]));
  const done = new Map<string, string>();
  for (const plan of years) {
    for (const { day, digest, own } of plan.compute) {
      const rows = own.size > 0 ? filled : empty;
      done.set(day, checkpointOf(digest, { minute: rows, hour: rows, day: rows }));
    }
    const hour = plan.compute.length > 0 ? filled : empty;
    done.set(plan.year, checkpointOf(yearDigest(plan) ?? "", { hour, day: filled }));
  }
  for (const { year, digest } of long) {
    const rows = years.some((plan) => plan.year === year) ? filled : empty;
    done.set(weeksOf(year), checkpointOf(digest ?? "", { week: rows, month: rows }));
  }
  return done;
}

const day1 = "heart_rate 2026-01-01";
const day2 = "heart_rate 2026-01-02";
const daily = "resting_heart_rate 2026";
const usual = [day1, day2, daily];
const files = [
  "minute 2026-01-01",
  "minute 2026-01-02",
  "hour 2026",
  "day 2026",
  "week 2026",
  "month 2026",
];
const without = (file: string) => files.filter((other) => other !== file);

/** Per year: days to compute, to keep, to drop. */
type Plan = Record<string, [compute: string[], keep: string[], drop: string[]]>;

const cases: {
  name: string;
  parts: string[];
  done?: Map<string, string>;
  files?: string[];
  plan: Plan;
  /** Years whose weeks and months are made. */
  long: string[];
}[] = [
  { name: "nothing changed", parts: usual.toReversed(), plan: {}, long: [] },
  {
    name: "nothing is there yet",
    parts: [day2, day1, "heart_rate 2025-12-31", "weight 2024"],
    done: new Map(),
    files: [],
    plan: {
      "2024": [[], [], []],
      "2025": [["2025-12-31"], [], []],
      "2026": [["2026-01-01", "2026-01-02"], [], []],
    },
    long: ["2023", "2024", "2025", "2026"],
  },
  {
    name: "a part changed",
    parts: [day1, `${day2} b`, daily],
    plan: { "2026": [["2026-01-02"], ["2026-01-01"], []] },
    long: ["2025", "2026"],
  },
  {
    name: "a part of another table came to a day",
    parts: [...usual, "spo2 2026-01-02"],
    plan: { "2026": [["2026-01-02"], ["2026-01-01"], []] },
    long: ["2025", "2026"],
  },
  {
    name: "a part came whose rows may last beyond midnight",
    parts: [...usual, "steps 2026-01-02"],
    plan: { "2026": [["2026-01-02", "2026-01-03"], ["2026-01-01"], []] },
    long: ["2025", "2026"],
  },
  {
    name: "such a part came on the last day of the year before",
    parts: [...usual, "steps 2025-12-31"],
    plan: { "2025": [["2025-12-31"], [], []], "2026": [["2026-01-01"], ["2026-01-02"], []] },
    long: ["2024", "2025", "2026"],
  },
  {
    name: "a part is gone",
    parts: [day1, daily],
    plan: { "2026": [[], ["2026-01-01"], ["2026-01-02"]] },
    long: ["2025", "2026"],
  },
  {
    name: "the daily values changed",
    parts: [day1, day2, `${daily} b`],
    plan: { "2026": [[], ["2026-01-01", "2026-01-02"], []] },
    long: ["2025", "2026"],
  },
  {
    name: "daily values of another table came",
    parts: [...usual, "sleep 2026"],
    plan: { "2026": [[], ["2026-01-01", "2026-01-02"], []] },
    long: ["2025", "2026"],
  },
  {
    name: "the daily values are gone",
    parts: [day1, day2],
    plan: { "2026": [[], ["2026-01-01", "2026-01-02"], []] },
    long: ["2025", "2026"],
  },
  {
    name: "a day in the middle of the next year came",
    parts: [...usual, "heart_rate 2027-06-01"],
    plan: { "2027": [["2027-06-01"], [], []] },
    long: ["2027"],
  },
  {
    name: "the minutes of a day are gone",
    parts: usual,
    files: without("minute 2026-01-01"),
    plan: { "2026": [["2026-01-01"], ["2026-01-02"], []] },
    long: [],
  },
  {
    name: "the hours are gone",
    parts: usual,
    files: without("hour 2026"),
    plan: { "2026": [["2026-01-01", "2026-01-02"], [], []] },
    long: [],
  },
  {
    name: "the weeks are gone",
    parts: usual,
    files: without("week 2026"),
    plan: {},
    long: ["2026"],
  },
  {
    name: "the checkpoints are of other code",
    parts: usual,
    done: new Map(Array.from(doneWith(usual), ([unit, digest]) => [unit, `0${digest}`])),
    plan: { "2026": [["2026-01-01", "2026-01-02"], [], []] },
    long: ["2025", "2026"],
  },
  {
    name: "hours and months are there that nothing accounts for",
    parts: [daily],
    done: doneWith([daily]),
    files: ["hour 2026", "day 2026", "week 2026", "month 2026", "month 2031"],
    plan: { "2026": [[], [], []] },
    long: ["2031"],
  },
  {
    name: "minutes are there that nothing accounts for",
    parts: usual,
    files: [...files, "minute 2026-01-03"],
    plan: { "2026": [[], ["2026-01-01", "2026-01-02"], ["2026-01-03"]] },
    long: [],
  },
  {
    name: "all parts are gone",
    parts: [],
    plan: { "2026": [[], [], ["2026-01-01", "2026-01-02"]] },
    long: ["2025", "2026"],
  },
];

for (const { name, parts, plan, long, ...state } of cases) {
  Deno.test(`planParticipant() when ${name}`, () => {
    const found = planParticipant(
      participant,
      inputsOf(parts),
      state.done ?? doneWith(usual),
      presentOf(state.files ?? files),
    );
    const years = found.years.map(({ year, compute, keep, drop }) => [
      year,
      [compute.map(({ day }) => day), Array.from(keep).sort(), [...drop]],
    ]);
    assert.deepEqual(Object.fromEntries(years), plan);
    assert.deepEqual(found.long.map(({ year }) => year), long);
  });
}

Deno.test("planParticipant() leaves the parts of others alone", () => {
  const inputs = { heart_rate: [{ participant: "you", period: "2026-01-01", digest: "a" }] };
  assert.deepEqual(
    planParticipant(participant, inputs, new Map(), presentOf([])),
    { years: [], long: [], left: 0 },
  );
});

Deno.test("planParticipant() counts days with parts of their own as left alone", () => {
  const parts = ["steps 2026-01-01", "steps 2026-01-02"];
  const { left, years } = planParticipant(
    participant,
    inputsOf(parts),
    doneWith(parts),
    presentOf(files),
  );
  assert.deepEqual([left, years], [2, []]);
});

Deno.test("planParticipant() lets no checkpoint stand for what is being made anew", () => {
  const parts = [day1, `${day2} b`, daily];
  const { years: [plan] } = planParticipant(
    participant,
    inputsOf(parts),
    doneWith(usual),
    presentOf(files),
  );
  assert.ok(plan !== undefined);
  const interrupted = doneWith(usual);
  for (const [unit, text] of plan.meanwhile) {
    if (text === undefined) interrupted.delete(unit);
    else interrupted.set(unit, text);
  }
  // Back to the parts of before: what was being written must not be taken for them.
  const { years: [again] } = planParticipant(
    participant,
    inputsOf(usual),
    interrupted,
    presentOf(files),
  );
  assert.deepEqual(again?.compute.map(({ day }) => day), ["2026-01-02"]);
  assert.deepEqual(Array.from(again?.keep ?? []), ["2026-01-01"]);
});
