/** `deno task status`: what is there and what is missing. */

import { tables } from "../catalog.ts";
import { dayAt } from "../day.ts";
import { exitCode } from "../errors.ts";
import { dayStates } from "../fetch/settle.ts";
import { spanned } from "../fetch/summary.ts";
import { calendarOf, type TableCalendar } from "../raw/calendar.ts";
import { lookIntoDataRoot } from "../raw/data_root.ts";
import { readPartDays } from "../raw/part_days.ts";
import { type Status, type StatusJson, statusOf } from "../raw/status.ts";
import { liveStreams, streams } from "../sources/registry.ts";
import { textTable } from "../terminal/table.ts";
import type { Command } from "./command.ts";
import { memberHolding, memberOption, settleDays, settleDaysOption } from "./options.ts";

export const status: Command = {
  spec: {
    name: "status",
    about: "Shows what is there and what is missing: days of each stream by state, rows of each " +
      "table.\nExits with 3 when days failed or documents could not be understood.",
    options: [settleDaysOption, { name: "json", about: "Print it for a program" }, memberOption],
  },
  async run({ given, root, effects }) {
    const holding = memberHolding(given, root, effects.files);
    using data = lookIntoDataRoot(root, effects.files, holding);
    const { ledger } = data;
    const today = dayAt(effects.clock.now(), 0);
    const input = {
      today,
      tables,
      live: liveStreams,
      documents: ledger.documents(),
      failures: ledger.failures(),
      parts: ledger.parts(),
      settleDays: settleDays(given),
    };
    const found = statusOf(input);
    if (given.flag("json")) {
      const daysOf = await readPartDays(root, effects.files, input.parts);
      const calendar = calendarOf({ ...input, streams, daysOf }).map(gapsOf);
      const full: StatusJson = { ...found, calendar };
      effects.talk.result(JSON.stringify(full, null, 2));
    } else {
      const keepsSome = !data.store.paths(holding.raw).next().done;
      for (const line of statusLines(found, keepsSome)) effects.talk.result(line);
    }
    const problems =
      found.streams.some(({ failures }) => failures.some(({ pending }) => !pending)) ||
      found.tables.some((table) => table.put_aside.length > 0);
    return problems ? exitCode.incomplete : exitCode.done;
  },
};

/** The days that are not complete. */
function gapsOf(table: TableCalendar): TableCalendar {
  return { ...table, spans: table.spans.filter(({ state }) => state !== "complete") };
}

/**
 * The status as lines for a person.
 * @param keepsSome Whether there are documents, of streams that the ledger knows or others.
 */
function statusLines(status: Status, keepsSome: boolean): string[] {
  if (status.streams.length === 0 && status.tables.length === 0) {
    return [
      keepsSome
        ? "Nothing that was imported can be used yet: it is kept in raw/, and import/ in the data " +
          "root tells what each file waits for"
        : "Nothing is there yet: fetch or import something first; deno task demo shows how it goes",
    ];
  }
  const several = new Set(status.streams.map((stream) => stream.participant)).size > 1;
  const lines = textTable(
    [...several ? ["participant"] : [], "stream", "from", "to", ...dayStates],
    status.streams.map((stream) => [
      ...several ? [stream.participant] : [],
      `${stream.source} ${stream.stream}`,
      stream.first_day,
      stream.last_day,
      ...dayStates.map((state) => stream.days[state]),
    ]),
  );
  lines.push("");
  lines.push(...textTable(
    [...several ? ["participant"] : [], "table", "rows", "parts", "first", "last"],
    status.tables.map((table) => [
      ...several ? [table.participant] : [],
      table.table,
      table.rows,
      table.parts,
      table.first ?? undefined,
      table.last ?? undefined,
    ]),
  ));
  for (const stream of status.streams) {
    for (const failure of stream.failures) {
      const window = { first: failure.first_day, last: failure.last_day };
      lines.push(
        "",
        `${failure.pending ? "Not ready yet" : "Failed"}: ${stream.source} ${stream.stream} of ${
          spanned(window)
        }: ${failure.reason}`,
      );
    }
  }
  for (const table of status.tables) {
    for (const { path, reason } of table.put_aside) {
      lines.push("", `Put aside: ${path}: ${reason}`);
    }
  }
  return lines;
}
