/**
 * `deno task cohort-worker`: participants' ids on stdin, a line each, and what came of each on stdout, a
 * line of JSON. The process that `deno task cohort` starts on every core.
 */

import { readList } from "../cohort/read_list.ts";
import { workOn } from "../cohort/work.ts";
import { lineStream } from "../cohort/workers.ts";
import { exitCode, UsageError } from "../errors.ts";
import { listOf } from "./cohort.ts";
import type { Command } from "./command.ts";

/** How long to wait for another worker that has the same participant: it may be one that was given up. */
const patience_ms = 10 * 60_000;

export const cohortWorker: Command = {
  spec: {
    name: "cohort-worker",
    operands: "PARTICIPANTS.csv",
    about:
      "Reads participants' ids from stdin and does everything for each, one after the other:\n" +
      "what deno task cohort starts. Answers each with a line of JSON.",
    options: [],
  },
  async run({ given, root, effects, env }) {
    const list = listOf(given.operands);
    const participants = new Map(readList(list, effects.files).map((one) => [one.id, one]));
    const ids = Deno.stdin.readable.pipeThrough(new TextDecoderStream())
      .pipeThrough(lineStream());
    for await (const id of ids) {
      const participant = participants.get(id);
      if (participant === undefined) {
        throw new UsageError(`There is no participant "${id}" in "${list}"`);
      }
      const outcome = await workOn(participant, { root, patience_ms, env }, effects);
      effects.talk.result(JSON.stringify(outcome));
      effects.signal.throwIfAborted();
    }
    return exitCode.done;
  },
};
