/**
 * What is there and what is missing, from the ledger's rows. Pure: `deno task status` prints it,
 * for people or as JSON.
 */

import type { TableSpec } from "../catalog.ts";
import { type Day, dayNumber, dayOfNumber } from "../day.ts";
import { type DayState, dayState, latestByDay } from "../fetch/settle.ts";
import type { LiveStream } from "../sources/source.ts";
import { askedSources, type TableCalendar } from "./calendar.ts";
import type { DocumentRow, FailureRow, PartRow } from "./ledger.ts";
import { putAsideIn } from "./ledger_rows.ts";

/**
 * A stream's days by state. Days that no file holds are not counted for imports, nor days gone by
 * for what can only be asked about the present.
 */
export interface StreamStatus {
  readonly participant: string;
  readonly source: string;
  readonly stream: string;
  readonly first_day: Day;
  readonly last_day: Day;
  readonly days: Readonly<Record<DayState, number>>;
  readonly failures: readonly {
    readonly first_day: Day;
    readonly last_day: Day;
    readonly at: string;
    readonly reason: string;
    /** The source still worked on it: its days are young. */
    readonly pending: boolean;
  }[];
}

export interface TableStatus {
  readonly participant: string;
  readonly table: string;
  readonly parts: number;
  readonly rows: number;
  readonly bytes: number;
  /** First and last row: an instant, or a date for daily tables; null when there is no row. */
  readonly first: string | null;
  readonly last: string | null;
  /** Parts by the series that supplied them. */
  readonly series: Readonly<Record<string, number>>;
  /** Documents that could not be understood. */
  readonly put_aside: readonly { readonly path: string; readonly reason: string }[];
}

export interface Status {
  readonly format: 1;
  readonly streams: readonly StreamStatus[];
  readonly tables: readonly TableStatus[];
}

/** What `status --json` prints: with each table's days that are not complete, and why they are not. */
export interface StatusJson extends Status {
  readonly calendar: readonly TableCalendar[];
}

/** What a status is made from. */
export interface StatusInput {
  /** Ends the days that could have been asked. */
  readonly today: Day;
  readonly tables: readonly TableSpec[];
  /** Streams that can be asked for. */
  readonly live: readonly Pick<LiveStream, "source" | "name" | "window">[];
  readonly documents: readonly DocumentRow[];
  readonly failures: readonly FailureRow[];
  readonly parts: readonly PartRow[];
  readonly settleDays?: number;
}

/** The status of all participants. */
export function statusOf(input: StatusInput): Status {
  const { documents, failures } = input;
  const tables = tableStatus(input.tables, input.parts);
  const putAside = new Set(tables.flatMap(({ put_aside }) => put_aside.map(({ path }) => path)));
  const streams = new Map<string, { documents: DocumentRow[]; failures: FailureRow[] }>();
  const streamOf = (row: DocumentRow | FailureRow) => {
    const key = `${row.participant}\n${row.source}\n${row.stream}`;
    let found = streams.get(key);
    if (found === undefined) {
      found = { documents: [], failures: [] };
      streams.set(key, found);
    }
    return found;
  };
  for (const row of documents) streamOf(row).documents.push(row);
  for (const row of failures) streamOf(row).failures.push(row);
  return {
    format: 1,
    streams: Array.from(
      streams.values(),
      (rows) => streamStatus(input, rows.documents, rows.failures, putAside),
    ),
    tables,
  };
}

function streamStatus(
  { today, live, settleDays }: StatusInput,
  documents: DocumentRow[],
  failures: FailureRow[],
  putAside: ReadonlySet<string>,
): StreamStatus {
  const { participant, source, stream } = documents[0] ?? failures[0] ?? neverEmpty();
  const isOfPresent = live.some((each) =>
    each.source === source && each.name === stream && each.window === "today"
  );
  const rows = [...documents, ...failures];
  const first = rows.reduce((day, row) => row.first_day < day ? row.first_day : day, "9999-12-31");
  const last = rows.reduce((day, row) => row.last_day > day ? row.last_day : day, "0000-01-01");
  const answers = latestByDay(documents, ({ asked_at }) => asked_at);
  const failed = latestByDay(failures, ({ at }) => at);
  const days: Record<DayState, number> = { never: 0, young: 0, settled: 0, empty: 0, failed: 0 };
  const isAsked = askedSources.has(source) && !isOfPresent;
  const end = dayNumber(isAsked && today > last ? today : last);
  for (let n = dayNumber(first); n <= end; n++) {
    const day = dayOfNumber(n);
    const answer = answers.get(n);
    const state = isOfPresent && day < today && answer !== undefined && !failed.has(n)
      ? answer.empty === 1 ? "empty" : "settled"
      : dayState(day, answer, failed.get(n), settleDays, putAside.has(answer?.path ?? ""));
    if (state !== "never" || isAsked) days[state]++;
  }
  return {
    participant,
    source,
    stream,
    first_day: first,
    last_day: last,
    days,
    failures: failures.map(({ first_day, last_day, at, reason, pending }) => ({
      first_day,
      last_day,
      at,
      reason,
      pending: pending === 1,
    })),
  };
}

function neverEmpty(): never {
  throw new Error("A stream without rows has no status");
}

/** The status of the tables of all participants. */
export function tableStatus(
  tables: readonly TableSpec[],
  parts: readonly PartRow[],
): TableStatus[] {
  const found: TableStatus[] = [];
  for (const table of tables) {
    const participants = new Map<string, PartRow[]>();
    for (const part of parts) {
      if (part.table_name !== table.name) continue;
      participants.set(part.participant, [...participants.get(part.participant) ?? [], part]);
    }
    for (const [participant, rows] of participants) {
      const filled = rows.filter((part) => part.rows > 0);
      const series: Record<string, number> = {};
      for (const part of filled) series[part.series] = (series[part.series] ?? 0) + 1;
      found.push({
        participant,
        table: table.name,
        parts: filled.length,
        rows: filled.reduce((sum, part) => sum + part.rows, 0),
        bytes: filled.reduce((sum, part) => sum + part.bytes, 0),
        first: timeText(table, filled.at(0)?.first_time ?? null),
        last: timeText(table, filled.at(-1)?.last_time ?? null),
        series,
        put_aside: rows.flatMap(putAsideIn),
      });
    }
  }
  return found;
}

function timeText(table: TableSpec, time: number | null): string | null {
  if (time === null) return null;
  const text = new Date(time).toISOString();
  return table.key[0] === "date" ? text.slice(0, 10) : text;
}
