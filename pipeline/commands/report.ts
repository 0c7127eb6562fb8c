/** `deno task report`: the page a person looks at. */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { tables } from "../catalog.ts";
import { dayAt } from "../day.ts";
import type { Effects } from "../effects.ts";
import { exitCode, UserError } from "../errors.ts";
import { checkedParticipant, defaultParticipant } from "../layout.ts";
import { calendarOf } from "../raw/calendar.ts";
import { type DataRoot, openDataRoot } from "../raw/data_root.ts";
import { readPartDays } from "../raw/part_days.ts";
import { type ReportRun, writeReport } from "../report/run.ts";
import { liveStreams, streams } from "../sources/registry.ts";
import { counted } from "../terminal/counted.ts";
import { dayChoice } from "../terminal/dates.ts";
import { byteSize } from "../terminal/table.ts";
import type { Command } from "./command.ts";
import { participantOption, settleDays, settleDaysOption } from "./options.ts";

export const report: Command = {
  spec: {
    name: "report",
    about:
      "Writes report.html into the data root, from tables and aggregates: what there is, the " +
      "years at a\nglance, every second of every day, nights, training, and what changed. It needs " +
      "no network.\nThe seconds of each day lie in a folder beside it. Opens the page in your browser.",
    options: [
      {
        name: "embed",
        value: "DAY",
        about: "Put the seconds of that day and all later ones into the page itself; 30d: of the " +
          "last 30 days",
      },
      { name: "no-browser", about: "Only write it; do not open it" },
      participantOption,
      settleDaysOption,
    ],
  },
  async run({ given, root, effects }) {
    const embed = given.text("embed");
    const embedFrom = embed === undefined ? undefined : dayChoice("embed", embed);
    const participant = checkedParticipant(given.text("participant") ?? defaultParticipant);
    using data = openDataRoot(root, "report", effects);
    const path = await reportAndTell(data, effects, {
      participant,
      embedFrom,
      settleDays: settleDays(given),
    });
    effects.talk.result(path);
    if (!given.flag("no-browser")) await opened(path, effects);
    return exitCode.done;
  },
};

/** Shows the page in the user's browser, where there is one. */
async function opened(path: string, { user, clock, talk }: Effects): Promise<void> {
  const isOpen = await Promise.race([
    user.open(pathToFileURL(resolve(path))),
    // Some browsers keep the program that opened them until they are closed.
    clock.sleep(1000).then(() => true),
  ]);
  if (!isOpen) talk.say("No browser could be opened: open the page yourself");
}

/** Writes the report and says how large it is; returns the path of the page. */
export async function reportAndTell(
  { root, files, ledger }: DataRoot,
  effects: Effects,
  { participant, embedFrom, settleDays }: {
    readonly participant: string;
    readonly settleDays: number;
    readonly embedFrom: ReportRun["embedFrom"];
  },
): Promise<string> {
  const isOwn = (row: { participant: string }) => row.participant === participant;
  const parts = ledger.parts().filter(isOwn);
  if (!parts.some(({ rows }) => rows > 0)) {
    throw new UserError(`There are no tables of participant ${participant} in "${root}"`, {
      hint: "Run deno task pipeline first, or deno task demo for a made-up person's",
    });
  }
  const calendar = calendarOf({
    today: dayAt(effects.clock.now(), 0),
    settleDays,
    tables,
    streams,
    live: liveStreams,
    documents: ledger.documents({ participant }),
    failures: ledger.failures({ participant }),
    parts,
    daysOf: await readPartDays(root, files, parts),
  });
  const { talk, signal } = effects;
  const written = await writeReport({
    root,
    participant,
    calendar,
    parts,
    embedFrom,
    files,
    talk,
    signal,
  });
  const { within, beside } = written.days;
  const days = [
    ...within === 0 ? [] : [`${counted(within, "day")} of seconds in it`],
    ...beside === 0
      ? []
      : [`${counted(beside, "day")} of seconds beside it (${byteSize(written.folderBytes)})`],
  ];
  talk.say([`Report: ${byteSize(written.bytes)}`, ...days].join(", and "));
  return written.path;
}
