/**
 * Of every table and civil day whether its rows are all there, and why not. Pure: from the ledger's
 * rows, and for tables with a part a year from the days that their parts have rows of. `status --json`
 * prints it, the report draws it.
 */

import type { TableSpec } from "../catalog.ts";
import { type Day, dayNumber, dayOfNumber, MS_PER_DAY } from "../day.ts";
import { dayOver, type DayState, dayState, latestByDay } from "../fetch/settle.ts";
import type { LiveStream, Stream } from "../sources/source.ts";
import type { CalendarState } from "./calendar_state.ts";
import type { DocumentRow, FailureRow, PartRow } from "./ledger.ts";
import { putAsideIn } from "./ledger_rows.ts";

/** Days one after the other in the same state for the same reason. */
export interface CalendarSpan {
  readonly first_day: Day;
  readonly last_day: Day;
  readonly state: CalendarState;
  readonly reason: string;
}

export interface TableCalendar {
  readonly participant: string;
  readonly table: string;
  /** Every day from the participant's first to the last. */
  readonly spans: readonly CalendarSpan[];
}

export interface CalendarInput {
  /** Ends the days that could have been asked. */
  readonly today: Day;
  /** How long after its end a day can still change. */
  readonly settleDays: number;
  readonly tables: readonly TableSpec[];
  readonly streams: readonly Pick<Stream, "source" | "name" | "table">[];
  /** Of these streams, those that can be asked for. */
  readonly live: readonly Pick<LiveStream, "source" | "name" | "window">[];
  readonly documents: readonly DocumentRow[];
  readonly failures: readonly FailureRow[];
  readonly parts: readonly PartRow[];
  /** The days, since 1970, of which a part of a table with a part a year has rows. */
  readonly daysOf: (part: PartRow) => ReadonlySet<number>;
}

/** Sources that are asked day by day; of the others a day without a file is simply not in it. */
export const askedSources: ReadonlySet<string> = new Set(["google-health"]);

/** The calendars of all participants: a table each that a stream was asked for or imported. */
export function calendarOf(input: CalendarInput): TableCalendar[] {
  const participants = new Set(
    [...input.documents, ...input.failures].map((row) => row.participant),
  );
  return Array.from(participants).sort().flatMap((participant) => {
    const own = <Row extends { participant: string }>(rows: readonly Row[]) =>
      rows.filter((row) => row.participant === participant);
    return calendarOfParticipant(participant, {
      ...input,
      documents: own(input.documents),
      failures: own(input.failures),
      parts: own(input.parts),
    });
  });
}

function calendarOfParticipant(participant: string, input: CalendarInput): TableCalendar[] {
  const { tables, documents } = input;
  const partsOf = Map.groupBy(input.parts, (part) => part.table_name);
  const rowDays = new Map(
    tables.map((table) => [
      table.name,
      daysWithRows(table, partsOf.get(table.name) ?? [], input.daysOf),
    ]),
  );
  const range = rangeOf(input, rowDays.values());
  if (range === undefined) return [];
  const days = Array.from({ length: range.last - range.first + 1 }, (_, i) => range.first + i)
    .map((number) => ({ number, day: dayOfNumber(number) }));
  const accountsOf = accountsByTable(input);
  const byPath = new Map(documents.map((document) => [document.path, document]));
  return tables.flatMap(({ name }) => {
    const accounts = accountsOf(name);
    if (accounts.length === 0) return [];
    const aside = daysPutAside(partsOf.get(name) ?? [], byPath);
    const rows = rowDays.get(name) ?? new Set();
    const spans: CalendarSpan[] = [];
    for (const { number: n, day } of days) {
      const { state, reason } = stateOf(
        day,
        n,
        rows.has(n),
        accounts,
        aside.get(n),
        input.settleDays,
      );
      const last = spans.at(-1);
      if (last?.state === state && last.reason === reason) {
        spans[spans.length - 1] = { ...last, last_day: day };
      } else spans.push({ first_day: day, last_day: day, state, reason });
    }
    return [{ participant, table: name, spans }];
  });
}

function daysWithRows(
  table: TableSpec,
  parts: readonly PartRow[],
  daysOf: CalendarInput["daysOf"],
): ReadonlySet<number> {
  const filled = parts.filter((part) => part.rows > 0);
  return table.partition === "date"
    ? new Set(filled.map(({ partition }) => dayNumber(partition.slice("date=".length))))
    : new Set(filled.flatMap((part) => Array.from(daysOf(part))));
}

/** From the first day with a row, or that was asked by itself, to the last; or to today where a live source is asked. */
function rangeOf(
  { documents, failures, today }: CalendarInput,
  rowDays: Iterable<ReadonlySet<number>>,
): { first: number; last: number } | undefined {
  const days = Array.from(rowDays).flatMap((days) => Array.from(days));
  // Wider windows begin where the year does, whenever the watch was bought.
  const single = [...documents, ...failures].filter((row) => row.first_day === row.last_day);
  for (const row of single) days.push(dayNumber(row.first_day));
  for (const row of failures) days.push(dayNumber(row.last_day));
  const [some] = days;
  if (some === undefined) return undefined;
  const isAsked = [...documents, ...failures].some((row) => askedSources.has(row.source));
  return {
    first: days.reduce((a, b) => Math.min(a, b), some),
    last: days.reduce((a, b) => Math.max(a, b), isAsked ? dayNumber(today) : some),
  };
}

/** What one stream says of each day. */
interface Account {
  readonly name: string;
  readonly isAsked: boolean;
  readonly answers: ReadonlyMap<number, DocumentRow>;
  readonly failed: ReadonlyMap<number, FailureRow>;
}

/** What the streams of a table say; the rows, which are many, are sorted by stream once for all tables. */
function accountsByTable(input: CalendarInput): (table: string) => Account[] {
  const { streams, live } = input;
  const nameOf = (row: DocumentRow | FailureRow) => `${row.source} ${row.stream}`;
  const documents = Map.groupBy(input.documents, nameOf);
  const failures = Map.groupBy(input.failures, nameOf);
  return (table) =>
    streams.filter((stream) => stream.table === table).flatMap(({ source, name }) => {
      const account = `${source} ${name}`;
      const own = documents.get(account) ?? [];
      const failed = failures.get(account) ?? [];
      if (own.length + failed.length === 0) return [];
      return [{
        name: account,
        // What can only be asked about the present has no days gone by to ask for.
        isAsked: askedSources.has(source) &&
          !live.some((stream) =>
            stream.source === source && stream.name === name && stream.window === "today"
          ),
        answers: latestByDay(own, ({ asked_at }) => asked_at),
        failed: latestByDay(failed, ({ at }) => at),
      }];
    });
}

function daysPutAside(
  parts: readonly PartRow[],
  byPath: ReadonlyMap<string, DocumentRow>,
): Map<number, string> {
  const reasons = new Map<number, string>();
  for (const { path, reason } of parts.flatMap(putAsideIn)) {
    const document = byPath.get(path);
    if (document === undefined) continue;
    const last = dayNumber(document.last_day);
    for (let n = dayNumber(document.first_day); n <= last; n++) {
      reasons.set(n, `Put aside: ${path}: ${reason}`);
    }
  }
  return reasons;
}

/** What one stream's ledger rows tell of a day. */
interface Told {
  readonly document: DocumentRow | undefined;
  readonly failure: FailureRow | undefined;
}

function stateOf(
  day: Day,
  number: number,
  hasRows: boolean,
  accounts: readonly Account[],
  putAside: string | undefined,
  settleDays: number,
): Pick<CalendarSpan, "state" | "reason"> {
  const found = accounts.map((account) => {
    const document = account.answers.get(number);
    const failure = account.failed.get(number);
    // What was imported is all there is, however young the day was.
    const state: DayState | "absent" = account.isAsked
      ? dayState(day, document, failure, settleDays)
      : document === undefined
      ? "absent"
      : document.empty === 1
      ? "empty"
      : "settled";
    return { account, state, document, failure };
  });
  const one = (state: DayState | "absent") => found.find((each) => each.state === state);
  const failed = one("failed");
  const young = one("young");
  const why = failed !== undefined
    ? `${failed.account.name} failed: ${failed.failure?.reason}`
    : young !== undefined
    ? `${young.account.name} ${whyYoung(day, young, settleDays)}`
    : undefined;
  if (putAside !== undefined) return { state: hasRows ? "partial" : "missing", reason: putAside };
  const settled = one("settled");
  if (hasRows) {
    if (settled !== undefined || why === undefined) {
      return { state: "complete", reason: "All that there is" };
    }
    return { state: "partial", reason: why };
  }
  if (why !== undefined) return { state: "missing", reason: why };
  const never = one("never");
  if (never !== undefined) {
    return { state: "missing", reason: `${never.account.name} was not asked yet` };
  }
  const asked = found.find(({ account, document }) => account.isAsked && document !== undefined);
  return asked !== undefined
    ? { state: "empty", reason: `${asked.account.name} was asked: there is nothing` }
    : { state: "empty", reason: "Nothing in what was imported" };
}

function whyYoung(
  day: Day,
  { document, failure }: Told,
  settleDays: number,
): string {
  if (document === undefined) return `was not ready: ${failure?.reason}`;
  const asked = document.asked_at.slice(0, 10);
  if (Date.parse(document.asked_at) < dayOver(day) + settleDays * MS_PER_DAY) {
    return `was asked on ${asked}, when late data could still come`;
  }
  const synced = document.synced_to?.slice(0, 10);
  return `was asked on ${asked}, when the watch had synced to ${synced} only`;
}
