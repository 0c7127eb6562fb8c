/**
 * `deno task bench`: how fast and how small, against DuckDB on the same files in the same run.
 *
 * - `--only fitbit-web,takeout-json,takeout-csv,google-health,import,whole-account,nothing-to-do,
 *   read-back,report,cohort`: some of it
 * - `--days N`: fewer days of each shape; of the import also more, up to ten years (3650)
 * - `--rounds N`: how often each side is timed (default 3)
 * - `--quick`: a look within a minute or two, of no statistical worth
 * - `--json`: the numbers for a program
 */

import { parseArgs } from "node:util";
import { inWords, UsageError, UserError } from "../pipeline/errors.ts";
import { terminalTalk } from "../pipeline/terminal/talk.ts";
import { accounts, type AccountTimes, measureAccount } from "./account.ts";
import { measureCohort } from "./cohort.ts";
import { type Flattening, measureFlattening } from "./flatten.ts";
import { measureImport } from "./import.ts";
import { measureNothingToDo } from "./nothing_to_do.ts";
import { DuckDb, duckdbVersion } from "./programs.ts";
import { measureReadBack } from "./read_back.ts";
import { measureReport } from "./report.ts";
import { shapes } from "./shapes.ts";
import { markdown, type Results } from "./table.ts";

const wholeAccount = "whole-account";
const nothingToDo = "nothing-to-do";
const readBack = "read-back";
const report = "report";
const importing = "import";
const cohort = "cohort";
/** The shape whose tables are read back: the densest of which a whole year is made. */
const readBackShape = "takeout-json";
const parts = [
  ...shapes.map(({ name }) => name),
  importing,
  wholeAccount,
  nothingToDo,
  readBack,
  report,
  cohort,
];

const year_days = 365;
const cohort_days = 60;
const tenYears_days = 3650;

/** Of the archive that is imported, unless another number is asked for. */
const importDays = { quick: 40, else: 365 } as const;

const talk = terminalTalk();

async function run(folder: string): Promise<Results> {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      days: { type: "string" },
      rounds: { type: "string" },
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const only = values.only?.split(",") ?? parts;
  const unknown = only.find((name) => !parts.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`Cannot measure "${unknown}"`, `There are ${parts.join(", ")}`);
  }
  const days = wholeNumber("days", values.days);
  const most = days ?? (values.quick ? 40 : Infinity);
  const rounds = wholeNumber("rounds", values.rounds) ?? (values.quick ? 1 : 3);
  const duckdb = new DuckDb();

  const flattening: Flattening[] = [];
  for (const shape of shapes) {
    const isWanted = only.includes(shape.name);
    if (!isWanted && !(only.includes(readBack) && shape.name === readBackShape)) continue;
    const days = Math.min(shape.days, most);
    const root = `${folder}/${shape.name}`;
    const found = await measureFlattening({ ...shape, days }, root, rounds, duckdb, talk);
    if (isWanted) flattening.push(found);
  }
  const wholeAccounts: AccountTimes[] = [];
  for (const account of only.includes(wholeAccount) ? accounts : []) {
    const root = `${folder}/${account.api}-account`;
    const days = Math.min(year_days, most);
    wholeAccounts.push(await measureAccount(account, root, days, rounds, duckdb, talk));
  }
  const shape = shapes.find(({ name }) => name === readBackShape);
  return {
    machine: {
      cores: navigator.hardwareConcurrency,
      memory_bytes: Deno.systemMemoryInfo().total,
      deno: Deno.version.deno,
      duckdb: duckdbVersion,
    },
    flattening,
    wholeAccounts,
    importing: only.includes(importing)
      ? await measureImport(
        `${folder}/${importing}`,
        {
          generation: "G6",
          days: days ?? (values.quick ? importDays.quick : importDays.else),
          rounds,
        },
        duckdb,
        talk,
      )
      : undefined,
    readBack: only.includes(readBack) && shape !== undefined
      ? await measureReadBack(
        `${folder}/${readBackShape}`,
        Math.min(shape.days, most),
        duckdb,
        talk,
      )
      : [],
    nothingToDo: only.includes(nothingToDo)
      ? await measureNothingToDo(
        `${folder}/${nothingToDo}`,
        Math.min(tenYears_days, most * 10),
        rounds,
        duckdb,
        talk,
      )
      : undefined,
    cohort: only.includes(cohort)
      ? await measureCohort(
        `${folder}/${cohort}`,
        4 * navigator.hardwareConcurrency,
        Math.min(cohort_days, most),
        duckdb,
        talk,
      )
      : undefined,
    report: only.includes(report)
      ? await measureReport(folder, Math.min(tenYears_days, most * 10), rounds, duckdb, talk)
      : undefined,
  };
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new UsageError(`Cannot use --${name} "${text}": expected a whole number above 0`);
}

const folder = Deno.makeTempDirSync({ prefix: "everysecond-bench-" });
Deno.addSignalListener("SIGINT", () => {
  Deno.removeSync(folder, { recursive: true });
  Deno.exit(130);
});
try {
  const results = await run(folder);
  talk.result(Deno.args.includes("--json") ? JSON.stringify(results, null, 2) : markdown(results));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  talk.say(inWords(error));
  Deno.exitCode = error.exitCode;
} finally {
  Deno.removeSync(folder, { recursive: true });
}
