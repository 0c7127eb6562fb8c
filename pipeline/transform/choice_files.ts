/**
 * Which series supplied which days of every table, and why; and the days on which another one says
 * something else, with both values. CSV files in the data root, made from what is noted of the parts.
 */

import { z } from "zod";
import { tableNamed } from "../catalog.ts";
import { quoted } from "../csv.ts";
import { addDays, type Day, dayAt } from "../day.ts";
import type { PartRow } from "../raw/ledger.ts";
import { type Choice, disagrees, mainValue } from "./choices.ts";
import type { WhyChosen } from "./choose.ts";

/** The two files' text. */
export interface ChoiceTexts {
  readonly chosen: string;
  readonly disagreements: string;
}

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
});

/** What is noted of the parts of one participant, in the order of tables and days. */
export function choiceTexts(parts: readonly PartRow[]): ChoiceTexts {
  const runs: Run[] = [];
  const lines: string[] = [];
  for (const part of parts) {
    if (part.rows === 0) continue;
    const { shares, choices } = noted.parse(JSON.parse(part.report));
    for (const run of runsOf(part, shares, choices)) {
      const before = runs.at(-1);
      if (before !== undefined && isNext(before, run)) before.last = run.last;
      else runs.push(run);
    }
    lines.push(...choices.flatMap((choice) => disagreement(part.table_name, shares, choice)));
  }
  return {
    chosen: text(
      "table,first_day,last_day,series,why",
      runs.map(({ table, first, last, series, why }) => row(table, first, last, series, why)),
    ),
    disagreements: text("table,day,series,taken,rows,minutes,value,unit,sum,mean", lines),
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

/** A line for each series of a day on which one says something else than the one taken. */
function disagreement(
  tableName: string,
  shares: Shares,
  { day, chosen, accounts }: Choice,
): string[] {
  const taken = accounts.find(({ series }) => series === chosen);
  if (taken === undefined || !accounts.some((one) => disagrees(taken, one))) return [];
  const { name = "", unit = "" } = mainValue(tableNamed(tableName)) ?? {};
  return accounts.map(({ series, rows, minutes, sum, mean }) =>
    row(
      tableName,
      day,
      shares[series]?.series ?? "",
      series === chosen ? "yes" : "no",
      rows,
      minutes,
      name,
      unit,
      sum ?? "",
      mean ?? "",
    )
  );
}

function row(...cells: readonly (string | number)[]): string {
  return cells.map((cell) => cell === "" ? "" : quoted(String(cell))).join(",");
}

function text(header: string, lines: readonly string[]): string {
  return [header, ...lines, ""].join("\n");
}
