/** What came in, by the ledger's rows: days that failed, streams that stopped, documents put aside. */

import { addDays, type Day } from "../day.ts";
import { defaultParticipant } from "../layout.ts";
import type { DocumentRow, FailureRow } from "../raw/ledger.ts";
import { tablesOf } from "../sources/registry.ts";
import { counted } from "../terminal/counted.ts";
import { remedyOf, troubleIn } from "../troubles.ts";
import { broken, type Check, ok, warning } from "./check.ts";

/** So many empty days in a row are more than a day without the watch. */
const silent_days = 3;
/** A stream that had data on this many of so many days came every day. */
const regular = { days: 5, of: 14 };

/** A stream that came every day, and then came no more. */
export interface Stopped {
  readonly participant: string;
  readonly source: string;
  readonly stream: string;
  /** The last day that held data. */
  readonly last: Day;
}

/**
 * The streams that stopped while others of the same source went on: those asked day by day only,
 * since a document of a month does not tell which days it holds.
 */
export function stoppedStreams(documents: readonly DocumentRow[]): Stopped[] {
  const streams = Map.groupBy(
    documents.filter((row) => row.archive === null && row.first_day === row.last_day),
    (row) => `${row.participant}\n${row.source}\n${row.stream}`,
  );
  const lastOfSource = new Map<string, Day>();
  const facts = Array.from(streams.values(), (rows) => {
    const filled = rows.filter((row) => row.empty === 0).map((row) => row.first_day).sort();
    const [{ participant, source, stream } = nobody] = rows;
    const last = filled.at(-1);
    const key = `${participant}\n${source}`;
    if (last !== undefined && last > (lastOfSource.get(key) ?? "")) lastOfSource.set(key, last);
    return { participant, source, stream, filled, last, rows };
  });
  return facts.flatMap(({ participant, source, stream, filled, last, rows }) => {
    if (last === undefined) return [];
    const before = filled.filter((day) => day > addDays(last, -regular.of)).length;
    const silent = rows.filter((row) => row.first_day > last).length;
    const others = lastOfSource.get(`${participant}\n${source}`) ?? last;
    const wentOn = others >= addDays(last, silent_days);
    return before >= regular.days && silent >= silent_days && wentOn
      ? [{ participant, source, stream, last }]
      : [];
  });
}

const nobody = { participant: "", source: "", stream: "" };

export function checkStopped(documents: readonly DocumentRow[]): Check {
  const id = "stopped-streams";
  const stopped = stoppedStreams(documents);
  if (stopped.length === 0) return ok(id, "Every stream that came daily still comes");
  return warning(
    id,
    `No data any more: ${
      stopped.map(({ source, stream, last }) => `${source} ${stream} since ${last}`).join(", ")
    }`,
    "Look whether the watch still measures it (its settings, the app's permissions), and whether the " +
      "login still has its scope; deno task status shows the days",
  );
}

/** The days whose last attempt failed, and what asks for them again. */
export function checkFailed(missed: readonly FailureRow[]): Check {
  const id = "failed-days";
  const failures = missed.filter(({ pending }) => pending === 0);
  const [newest] = failures.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  if (newest === undefined) return ok(id, "None");
  const streams = Map.groupBy(failures, (row) => `${row.source} ${row.stream}`);
  const { source, participant } = newest;
  // One command asks one source for one participant; the others are told of when these are there.
  const asked = failures.filter((row) => row.source === source && row.participant === participant);
  const first = asked.reduce((day, row) => row.first_day < day ? row.first_day : day, "9999");
  const last = asked.reduce((day, row) => row.last_day > day ? row.last_day : day, "0000");
  const tables = Array.from(new Set(asked.flatMap(tablesOfFailure))).sort();
  const trouble = troubleIn(newest.reason);
  const cure = trouble === undefined ? "" : `${remedyOf(trouble, { service: source })}. `;
  return broken(
    id,
    `${counted(failures.length, "request")} failed (${
      Array.from(streams, ([name, rows]) => `${name} ${rows.length}`).join(", ")
    }). The last reason: ${newest.reason}`,
    `${cure}Ask again: deno task fetch --source ${source} --from ${first} --to ${last} --only ${
      tables.join(",")
    }${participant === defaultParticipant ? "" : ` --participant ${participant}`}`,
  );
}

function tablesOfFailure({ source, stream }: FailureRow): string[] {
  return tablesOf({ source, name: stream });
}

/** Documents that could not be understood. */
export function checkPutAside(aside: readonly { path: string; reason: string }[]): Check {
  const id = "put-aside";
  const [first] = aside;
  if (first === undefined) return ok(id, "None");
  return broken(
    id,
    `${
      counted(aside.length, "document")
    } could not be understood; the first: ${first.path}: ${first.reason}`,
    "They stay in raw/ and are read again when a later version knows them; deno task status lists them",
  );
}
