/** `deno task cohort`: everything for every participant of a study, on this machine. */

import { resolve } from "node:path";
import { exitCode, UsageError } from "../errors.ts";
import { keepOutcomes } from "../cohort/keep_outcomes.ts";
import { lostOutcome, type Outcome, outcomeLines } from "../cohort/outcome.ts";
import { readList } from "../cohort/read_list.ts";
import { lineStream, startWorker, workOnAll } from "../cohort/workers.ts";
import type { Command } from "./command.ts";

export const cohort: Command = {
  spec: {
    name: "cohort",
    operands: "PARTICIPANTS.csv",
    about:
      "Imports or fetches, transforms and aggregates for every line of the list, one worker\n" +
      "process a core. Its columns: id, source (google-health, fitbit-web or takeout), path (of an\n" +
      "archive or a folder; relative to the list), token_file, timezone, from, to. Run it again to\n" +
      "go on; exits with 3 when something is missing, and says of whom.",
    options: [
      { name: "workers", value: "N", about: "Worker processes (default: one a core)" },
      { name: "json", about: "Print a line of JSON for every participant as it is done" },
      {
        name: "stdin",
        about:
          "Only for the ids that stdin has, a line each; answers with --json and exits with 0:\n" +
          "what a Spark cluster starts",
      },
    ],
  },
  async run({ given, root, effects }) {
    const list = listOf(given.operands);
    const size = workersOf(given.text("workers"));
    const isPiped = given.flag("stdin");
    const known = new Map(readList(list, effects.files).map((one) => [one.id, one]));
    const ids = isPiped ? await idsOf(Deno.stdin.readable, known, list) : Array.from(known.keys());
    const outcomes: Outcome[] = [];
    const found = workOnAll({
      ids,
      size,
      start: () => startWorker([resolve(list), "--data", resolve(root)]),
      lost: (id, reason) => lostOutcome(id, known.get(id)?.source ?? "", reason),
      signal: effects.signal,
    });
    const isJson = isPiped || given.flag("json");
    for await (const outcome of found) {
      outcomes.push(outcome);
      if (isJson) effects.talk.result(JSON.stringify(outcome));
      const [done, total] = [outcomes.length, ids.length];
      if (!isPiped) effects.talk.progress({ what: "Cohort", done, total, unit: "participants" });
    }
    effects.signal.throwIfAborted();
    if (isPiped) return exitCode.done;
    outcomes.sort((a, b) => (a.participant < b.participant ? -1 : 1));
    keepOutcomes(root, outcomes, effects.files);
    if (!isJson) { for (const line of outcomeLines(outcomes)) effects.talk.result(line); }
    const isDone = outcomes.every(({ ending }) => ending === "done");
    return isDone ? exitCode.done : exitCode.incomplete;
  },
};

/** The one list that was named. */
export function listOf(operands: readonly string[]): string {
  const [list, ...more] = operands;
  if (list !== undefined && more.length === 0) return list;
  throw new UsageError("Cannot tell which cohort", "Name one list: participants.csv");
}

/** The ids as they are written, a line each. Throws a UsageError at one that the list does not have. */
export async function idsOf(
  input: ReadableStream<Uint8Array<ArrayBuffer>>,
  known: { has(id: string): boolean },
  list: string,
): Promise<string[]> {
  const ids: string[] = [];
  for await (const line of input.pipeThrough(new TextDecoderStream()).pipeThrough(lineStream())) {
    const id = line.trim();
    if (!known.has(id)) throw new UsageError(`There is no participant "${id}" in "${list}"`);
    ids.push(id);
  }
  return ids;
}

function workersOf(text: string | undefined): number {
  if (text === undefined) return navigator.hardwareConcurrency;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new UsageError(`Cannot use --workers "${text}": expected a whole number above 0`);
}
