/** `deno task fetch`: the days a live source has and we do not. */

import type { Effects, Talk } from "../effects.ts";
import { type ExitCode, inWords } from "../errors.ts";
import type { FetchRequest } from "../fetch/request.ts";
import { runFetch } from "../fetch/run.ts";
import { fetchExitCode, type FetchSummary, spanned } from "../fetch/summary.ts";
import { checkedParticipant, defaultParticipant } from "../layout.ts";
import { type DataRoot, openDataRoot } from "../raw/data_root.ts";
import { liveName, liveNames } from "../sources/live_names.ts";
import type { LiveSource } from "../sources/source.ts";
import type { GivenArguments, OptionSpec } from "../terminal/arguments.ts";
import { counted } from "../terminal/counted.ts";
import { dayChoice, zoneChoice } from "../terminal/dates.ts";
import { remedyOf, troubleIn } from "../troubles.ts";
import { tableChoice } from "./tables.ts";
import { grouped } from "../terminal/table.ts";
import type { Command, CommandContext } from "./command.ts";
import { type OpenLive, openLive } from "./live.ts";
import { participantOption, settleDays, settleDaysOption } from "./options.ts";

/** The options of everything that fetches. */
export const fetchOptions: readonly OptionSpec[] = [
  {
    name: "source",
    value: "NAME",
    about: `${liveNames.join(" or ")} (default: ${liveNames[0]})`,
    setting: "source",
  },
  {
    name: "from",
    value: "DAY",
    about:
      "First day: 2026-10-01, today, yesterday, 30d (default: where fetching began, or 30 days)",
    setting: "from",
  },
  { name: "to", value: "DAY", about: "Last day (default: today)" },
  {
    name: "only",
    value: "TABLE",
    about: "Only what this table needs; several with commas between",
    setting: "only",
  },
  {
    name: "skip",
    value: "TABLE",
    about: "Not what only this table needs; several with commas",
    setting: "skip",
  },
  settleDaysOption,
  participantOption,
  { name: "api-url", value: "URL", about: "Another address of the API" },
  {
    name: "timezone",
    value: "ZONE",
    about: "The account's time zone, when the API does not tell",
    setting: "timezone",
  },
];

export const fetchCommand: Command = {
  spec: {
    name: "fetch",
    about: "Asks a live API for the days that are missing or not yet final, newest first, and " +
      "keeps the answers byte for byte.\nStop it at any time; the next run goes on. An access " +
      "token can be handed in for one run:\nEVERYSECOND_GOOGLE_HEALTH_TOKEN, " +
      "EVERYSECOND_FITBIT_WEB_TOKEN.",
    options: fetchOptions,
  },
  async run(context) {
    const { root, effects } = context;
    const live = liveRequest(context);
    const request = fetchRequest(context.given, live.participant);
    const { source, talk } = openLive(live, effects);
    using data = openDataRoot(root, "fetch", effects);
    return await fetchAndTell(source, request, data, { ...effects, talk });
  },
};

/** Which source the arguments and the environment mean. */
export function liveRequest({ given, env }: Pick<CommandContext, "given" | "env">): OpenLive {
  const zone = given.text("timezone");
  return {
    name: liveName(given.text("source")),
    participant: checkedParticipant(given.text("participant") ?? defaultParticipant),
    apiUrl: given.text("api-url"),
    timeZone: zone === undefined ? undefined : zoneChoice(zone),
    env,
  };
}

/** Which days the arguments mean. */
export function fetchRequest(given: GivenArguments, participant: string): FetchRequest {
  const from = given.text("from");
  const to = given.text("to");
  return {
    participant,
    from: from === undefined ? undefined : dayChoice("from", from),
    to: to === undefined ? undefined : dayChoice("to", to),
    only: tableChoice(given.text("only")),
    skip: tableChoice(given.text("skip")),
    settleDays: settleDays(given),
  };
}

/** Runs the stage and says what it did. */
export async function fetchAndTell(
  source: LiveSource,
  request: FetchRequest,
  data: DataRoot,
  effects: Effects,
): Promise<ExitCode> {
  const summary = await runFetch(source, request, { ...data, ...effects });
  tellFetch(summary, effects.talk);
  return fetchExitCode(summary);
}

/** What to do about the failures, each advice once. */
function remediesOf({ source, failed }: FetchSummary): ReadonlySet<string> {
  return new Set(failed.flatMap(({ reason }) => {
    const trouble = troubleIn(reason);
    return trouble === undefined ? [] : [remedyOf(trouble, { service: source })];
  }));
}

function tellFetch(summary: FetchSummary, talk: Talk): void {
  const { source, from, to } = summary;
  const days = spanned({ first: from, last: to });
  const { asked, left, failed, pending } = summary;
  if (asked + left + failed.length + pending.length === 0) {
    talk.say(`Fetched ${source}: nothing is due in ${days}`);
  } else {
    talk.say(
      `Fetched ${source}, ${days}: ${counted(summary.fresh, "new document")}, ` +
        `${grouped(summary.replaced)} changed, ${grouped(summary.unchanged)} as before`,
    );
  }
  for (const { stream, reason } of summary.refused) talk.say(`Left out ${stream}: ${reason}`);
  if (summary.failed.length > 0) {
    talk.say(
      `Failed: ${
        summary.failed.map(({ stream, window }) => `${stream} ${spanned(window)}`).join(", ")
      }`,
    );
  }
  for (const remedy of remediesOf(summary)) talk.say(`  ${remedy}`);
  for (const { stream, window } of summary.pending) {
    talk.say(`Not ready yet: ${stream} ${spanned(window)}: the next run asks again`);
  }
  if (summary.stopped !== undefined) {
    talk.say(inWords(summary.stopped));
  }
  if (summary.left > 0) talk.say(`Not asked yet: ${counted(summary.left, "document")}`);
  if (summary.memberSince !== undefined && summary.memberSince < from) {
    talk.say(
      `The account began on ${summary.memberSince}: --from ${summary.memberSince} fetches all of it`,
    );
  }
}
