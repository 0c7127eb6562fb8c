/** `deno task pipeline`: fetch where there is a login, then transform and aggregate. */

import { type ExitCode, exitCode, inWords, UserError } from "../errors.ts";
import { openDataRoot } from "../raw/data_root.ts";
import { aggregateAndTell } from "./aggregate.ts";
import type { Command, CommandContext } from "./command.ts";
import { fetchAndTell, fetchOptions, fetchRequest, liveRequest } from "./fetch.ts";
import { canFetch, openLive } from "./live.ts";
import { quietly } from "./quietly.ts";
import { csvOptions, transformAndTell } from "./transform.ts";

export const pipeline: Command = {
  spec: {
    name: "pipeline",
    about: "Fetches where there is a login or a token, then transforms and aggregates what is " +
      "there.\nWhat this daily job could not do is named, and the rest is done all the same.",
    options: [...fetchOptions, ...csvOptions, {
      name: "quiet",
      about: "Keep a log in the data root, and say something only when something is wrong",
    }],
  },
  run: (context) =>
    context.given.flag("quiet") ? quietly(context, runPipeline) : runPipeline(context),
};

async function runPipeline(context: CommandContext): Promise<ExitCode> {
  const { given, root, effects } = context;
  const live = liveRequest(context);
  const request = fetchRequest(given, live.participant);
  using data = openDataRoot(root, "pipeline", effects);
  const codes: ExitCode[] = [];
  if (canFetch(live)) {
    const { source, talk } = openLive(live, effects);
    try {
      codes.push(await fetchAndTell(source, request, data, { ...effects, talk }));
    } catch (error) {
      // A login that ended must not keep what is already here from being transformed.
      if (!(error instanceof UserError)) throw error;
      effects.talk.say(inWords(error));
      codes.push(error.exitCode);
    }
  } else {
    effects.talk.say(`No login for ${live.name}: nothing is fetched`);
  }
  const csv = given.flag("csv");
  codes.push(await transformAndTell(data, { only: [], force: false, csv }, effects));
  codes.push(await aggregateAndTell(data, effects));
  return codes.find((code) => code !== exitCode.done) ?? exitCode.done;
}
