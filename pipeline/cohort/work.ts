/** One participant through all stages: import or fetch, transform, aggregate. */

import { aggregateAndTell } from "../commands/aggregate.ts";
import { importInto } from "../commands/import.ts";
import { openLive } from "../commands/live.ts";
import { transformAndTell } from "../commands/transform.ts";
import type { Effects, Talk } from "../effects.ts";
import { diskError, type ExitCode, exitCode, inWords, reasonOf, UserError } from "../errors.ts";
import { runFetch } from "../fetch/run.ts";
import { fetchExitCode, spanned } from "../fetch/summary.ts";
import { importExitCode } from "../import/report.ts";
import { placeOf } from "../import/report_lines.ts";
import { cohortMember } from "../layout.ts";
import { type DataRoot, openDataRoot } from "../raw/data_root.ts";
import { tokenVariable } from "../sources/stored_token.ts";
import { defaultSettleDays } from "../fetch/settle.ts";
import { counted } from "../terminal/counted.ts";
import { dayChoice } from "../terminal/dates.ts";
import { endingOf, type Outcome } from "./outcome.ts";
import type { Participant } from "./participants.ts";

export interface WorkRequest {
  /** The cohort's data root. */
  readonly root: string;
  /** How long to wait for another worker that has the same participant. */
  readonly patience_ms: number;
  readonly env: (name: string) => string | undefined;
}

const askAgain_ms = 250;

/** What stages found missing, in words, with the code they ended with. */
interface Stage {
  readonly code: ExitCode;
  readonly missing: readonly string[];
}

/**
 * Does all that is to be done for one participant, and says what came of it; whatever goes wrong is
 * an ending of this participant and never thrown. What was done before is found and left alone.
 */
export async function workOn(
  participant: Participant,
  request: WorkRequest,
  effects: Effects,
): Promise<Outcome> {
  const began = effects.clock.now();
  const quiet: Effects = { ...effects, talk: silent };
  let counts: Counts = { documents: 0, rows: 0, first: null, last: null };
  const stages: Stage[] = [];
  try {
    using data = await openWhenFree(participant, request, quiet);
    stages.push(await attempt(() => bringIn(participant, request, data, quiet)));
    const tables = { only: [], force: false, csv: false, threads: 1 };
    stages.push(
      await attempt(async () => ({
        code: await transformAndTell(data, tables, quiet),
        missing: putAside(data),
      })),
    );
    const summed = () => aggregateAndTell(data, quiet);
    stages.push(await attempt(async () => ({ code: await summed(), missing: [] })));
    counts = countsOf(data);
  } catch (error) {
    stages.push(failed(error));
  }
  const worst = stages.find(({ code }) => code !== exitCode.done && code !== exitCode.incomplete) ??
    stages.find(({ code }) => code !== exitCode.done);
  return {
    participant: participant.id,
    source: participant.source,
    ending: endingOf(worst?.code ?? exitCode.done),
    ...counts,
    missing: stages.flatMap(({ missing }) => missing),
    took_s: (effects.clock.now() - began) / 1000,
    peak_bytes: Deno.memoryUsage().rss,
  };
}

/** Opens the participant's part of the data root, once whoever else works on it is done. */
async function openWhenFree(
  { id }: Participant,
  { root, patience_ms }: WorkRequest,
  effects: Effects,
): Promise<DataRoot> {
  const until = effects.clock.now() + patience_ms;
  for (;;) {
    try {
      return openDataRoot(root, "cohort", effects, cohortMember(id));
    } catch (error) {
      const isHeld = error instanceof UserError && error.exitCode === exitCode.locked;
      if (!isHeld || effects.clock.now() >= until) throw error;
      await effects.clock.sleep(askAgain_ms, effects.signal);
    }
  }
}

async function bringIn(
  participant: Participant,
  { env }: WorkRequest,
  data: DataRoot,
  effects: Effects,
): Promise<Stage> {
  const { id, path, timezone } = participant;
  if (path !== undefined) {
    const report = await importInto(data, {
      paths: [path],
      participant: id,
      timeZone: timezone,
      ownTimeZone: timezone ?? "UTC",
      withLocation: false,
      // The other cores have workers of their own.
      threads: 1,
    }, effects);
    return {
      code: importExitCode(report),
      missing: report.lines.filter(({ outcome }) => outcome === "failed")
        .map(({ input, member, reason }) => `${placeOf(input, member)}: ${reason ?? "failed"}`),
    };
  }
  if (participant.source === "takeout") return { code: exitCode.done, missing: [] };
  return await fetchIn(participant, participant.source, env, data, effects);
}

async function fetchIn(
  { id, token_file, timezone, from, to }: Participant,
  name: "google-health" | "fitbit-web",
  env: (name: string) => string | undefined,
  data: DataRoot,
  effects: Effects,
): Promise<Stage> {
  const token = token_file === undefined ? undefined : await Deno.readTextFile(token_file);
  const { source } = openLive({
    name,
    participant: id,
    apiUrl: undefined,
    timeZone: timezone,
    env: (variable) => variable === tokenVariable(name) ? token : env(variable),
  }, effects);
  const summary = await runFetch(source, {
    participant: id,
    from: from === undefined ? undefined : dayChoice("from", from),
    to: to === undefined ? undefined : dayChoice("to", to),
    only: [],
    skip: [],
    settleDays: defaultSettleDays,
  }, { ...data, ...effects });
  return {
    code: fetchExitCode(summary),
    missing: [
      ...summary.refused.map(({ stream, reason }) => `${stream}: ${reason}`),
      ...summary.failed.map(({ stream, window, reason }) =>
        `${stream} of ${spanned(window)}: ${reason}`
      ),
      ...summary.stopped === undefined ? [] : [onOneLine(inWords(summary.stopped))],
      ...summary.left === 0 ? [] : [`${counted(summary.left, "document")} not asked yet`],
    ],
  };
}

interface Counts {
  readonly documents: number;
  readonly rows: number;
  readonly first: string | null;
  readonly last: string | null;
}

function countsOf({ ledger }: DataRoot): Counts {
  const parts = ledger.partStates();
  const days = parts.filter(({ table_name, rows }) => table_name === "heart_rate" && rows > 0)
    .map(({ partition }) => partition.slice("date=".length)).sort();
  return {
    documents: ledger.documents().length,
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    first: days[0] ?? null,
    last: days.at(-1) ?? null,
  };
}

function putAside({ ledger }: DataRoot): string[] {
  return ledger.putAside().map(({ path, reason }) => `${path}: ${reason}`);
}

/** After a stage that failed the next ones go on, with what was there before. */
async function attempt(stage: () => Promise<Stage>): Promise<Stage> {
  try {
    return await stage();
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): Stage {
  const known = error instanceof UserError ? error : diskError(error);
  if (known !== undefined) return { code: known.exitCode, missing: [onOneLine(inWords(known))] };
  return { code: exitCode.bug, missing: [reasonOf(error)] };
}

/** The hint stands on a line of its own, for people. */
function onOneLine(words: string): string {
  return words.replace(/\s*\n\s*/g, ": ");
}

const silent: Talk = { say: () => {}, result: () => {}, progress: () => {} };
