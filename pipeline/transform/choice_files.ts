/**
 * Which series supplied which days of every table, and why; the days on which another one says
 * something else, with both values; and of which files rows were left out because others have them
 * too. Files in the data root, each as CSV and as JSON, made from what is noted of the parts.
 */

import { z } from "zod";
import { tableNamed } from "../catalog.ts";
import { addDays, type Day, dayAt } from "../day.ts";
import type { PartRow } from "../raw/ledger.ts";
import { csvText, jsonList, type ReportRow } from "../row_texts.ts";
import { type Choice, disagrees, mainValue } from "./choices.ts";
import type { WhyChosen } from "./choose.ts";

/** The columns of each file. */
const columns = {
  chosen: ["table", "first_day", "last_day", "series", "why"],
  disagreements: [
    "table",
    "day",
    "series",
    "taken",
    "rows",
    "minutes",
    "value",
    "unit",
    "sum",
    "mean",
  ],
  duplicates: ["table", "document", "duplicates", "conflicts"],
} as const;

/** A file, without its ending. */
export type ChoiceFile = keyof typeof columns;

/** All of them. */
export const choiceFiles = ["chosen", "disagreements", "duplicates"] as const;

/** The text of each file, as CSV and as JSON. */
export type ChoiceTexts = Readonly<Record<ChoiceFile, { readonly csv: string; json: string }>>;

/** Days in a row that one series supplied for one reason. */
interface Run {
  readonly table: string;
  readonly first: Day;
  last: Day;
  readonly series: string;
  readonly why: WhyChosen;
}

/** What is read of a part's report; those of earlier versions note no choices. */
const noted = z.object({
  shares: z.array(z.object({ series: z.string(), days: z.number() })),
  choices: z.array(z.object({
    day: z.string(),
    chosen: z.number(),
    why: z.enum(["nothing else", "covers most", "first of equals", "not a fallback"]),
    accounts: z.array(z.object({
      series: z.number(),
      rows: z.number(),
      minutes: z.number(),
      sum: z.number().nullable(),
      mean: z.number().nullable(),
    })),
  })).default([]),
  left_out: z.array(
    z.object({ path: z.string(), duplicates: z.number(), conflicts: z.number() }),
  ).default([]),
});

/** What is noted of the parts of one participant, in the order of tables and days. */
export function choiceTexts(parts: Iterable<PartRow>): ChoiceTexts {
  const runs: Run[] = [];
  const disagreements: ReportRow[] = [];
  const leftOut = new Map<string, { duplicates: number; conflicts: number }>();
  for (const part of parts) {
    const { shares, choices, left_out } = noted.parse(JSON.parse(part.report));
    for (const { path, duplicates, conflicts } of left_out) {
      const key = JSON.stringify([part.table_name, path]);
      const sum = leftOut.get(key) ?? { duplicates: 0, conflicts: 0 };
      sum.duplicates += duplicates;
      sum.conflicts += conflicts;
      leftOut.set(key, sum);
    }
    if (part.rows === 0) continue;
    for (const run of runsOf(part, shares, choices)) {
      const before = runs.at(-1);
      if (before !== undefined && isNext(before, run)) before.last = run.last;
      else runs.push(run);
    }
    disagreements.push(
      ...choices.flatMap((choice) => disagreement(part.table_name, shares, choice)),
    );
  }
  return {
    chosen: texts(
      "chosen",
      runs.map(({ table, first, last, series, why }) => ({
        table,
        first_day: first,
        last_day: last,
        series,
        why,
      })),
    ),
    disagreements: texts("disagreements", disagreements),
    duplicates: texts(
      "duplicates",
      Array.from(leftOut, ([key, sums]) => {
        const [table = "", document = ""] = z.array(z.string()).parse(JSON.parse(key));
        return { table, document, ...sums };
      }),
    ),
  };
}

type Shares = z.infer<typeof noted>["shares"];

/** The days of a part: those with a choice, and around them those of the only series there is. */
function runsOf(part: PartRow, shares: Shares, choices: readonly Choice[]): Run[] {
  const table = part.table_name;
  const chosen = choices.map(({ day, chosen, why }): Run => ({
    table,
    first: day,
    last: day,
    series: shares[chosen]?.series ?? "",
    why,
  }));
  const filled = shares.filter(({ days }) => days > 0);
  const [only] = filled;
  if (filled.length !== 1 || only === undefined || choices.length > 0) return chosen;
  const { first_time, last_time, partition } = part;
  const day = /^date=(.*)$/.exec(partition)?.[1];
  const first = day ?? dayAt(first_time ?? 0, 0);
  const last = day ?? dayAt(last_time ?? 0, 0);
  return [{ table, first, last, series: only.series, why: "nothing else" }];
}

function isNext(before: Run, { table, series, why, first }: Run): boolean {
  return before.table === table && before.series === series && before.why === why &&
    (why === "nothing else" || addDays(before.last, 1) === first);
}

/** A row for each series of a day on which one says something else than the one taken. */
function disagreement(
  table: string,
  shares: Shares,
  { day, chosen, accounts }: Choice,
): ReportRow[] {
  const taken = accounts.find(({ series }) => series === chosen);
  if (taken === undefined || !accounts.some((one) => disagrees(taken, one))) return [];
  const { name = null, unit = null } = mainValue(tableNamed(table)) ?? {};
  return accounts.map(({ series, rows, minutes, sum, mean }) => ({
    table,
    day,
    series: shares[series]?.series ?? null,
    taken: series === chosen ? "yes" : "no",
    rows,
    minutes,
    value: name,
    unit,
    sum,
    mean,
  }));
}

function texts(name: ChoiceFile, rows: readonly ReportRow[]): ChoiceTexts[ChoiceFile] {
  return {
    csv: csvText(columns[name], rows),
    json: `{"format":1,"${name}":${jsonList(rows)}}\n`,
  };
}
