/**
 * What is there and what is missing, from the ledger's rows. Pure: `deno task status` prints it,
 * for people or as JSON.
 */

import { z } from "zod";
import type { TableSpec } from "../catalog.ts";
import { type Day, dayNumber, dayOfNumber } from "../day.ts";
import { type DayState, dayState, defaultSettleDays, latestByDay } from "../fetch/settle.ts";
import type { DocumentRow, FailureRow, PartRow } from "./ledger.ts";

/** A stream's days by state; for imports, days that no file holds are not counted. */
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

/** What the report column of a part holds, as far as status needs it. */
const partReport = z.object({
  put_aside: z.array(z.object({ path: z.string(), reason: z.string() })),
});

/** Sources that are asked day by day; for the others a day without a file is simply not in it. */
const asked = new Set(["google-health"]);

/** The status of all participants. `today` ends the days that could have been asked. */
export function statusOf(
  today: Day,
  tables: readonly TableSpec[],
  documents: readonly DocumentRow[],
  failures: readonly FailureRow[],
  parts: readonly PartRow[],
  settleDays: number = defaultSettleDays,
): Status {
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
      (rows) => streamStatus(today, rows.documents, rows.failures, settleDays),
    ),
    tables: tableStatus(tables, parts),
  };
}

function streamStatus(
  today: Day,
  documents: DocumentRow[],
  failures: FailureRow[],
  settleDays: number,
): StreamStatus {
  const rows = [...documents, ...failures];
  const first = rows.reduce((day, row) => row.first_day < day ? row.first_day : day, "9999-12-31");
  const last = rows.reduce((day, row) => row.last_day > day ? row.last_day : day, "0000-01-01");
  const answers = latestByDay(documents, ({ asked_at }) => asked_at);
  const failed = latestByDay(failures, ({ at }) => at);
  const days: Record<DayState, number> = { never: 0, young: 0, settled: 0, empty: 0, failed: 0 };
  const isAsked = rows.some((row) => asked.has(row.source));
  const end = isAsked && today > last ? today : last;
  for (let n = dayNumber(first); n <= dayNumber(end); n++) {
    const state = dayState(dayOfNumber(n), answers.get(n), failed.get(n), settleDays);
    if (state !== "never" || isAsked) days[state]++;
  }
  const { participant, source, stream } = rows[0] ?? neverEmpty();
  return {
    participant,
    source,
    stream,
    first_day: first,
    last_day: last,
    days,
    failures: failures.map(({ first_day, last_day, at, reason }) => ({
      first_day,
      last_day,
      at,
      reason,
    })),
  };
}

function neverEmpty(): never {
  throw new Error("A stream without rows has no status");
}

function tableStatus(tables: readonly TableSpec[], parts: readonly PartRow[]): TableStatus[] {
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

/** The documents that could not be understood when a part was built. */
export function putAsideIn({ report }: PartRow): { path: string; reason: string }[] {
  return partReport.parse(JSON.parse(report)).put_aside;
}

function timeText(table: TableSpec, time: number | null): string | null {
  if (time === null) return null;
  const text = new Date(time).toISOString();
  return table.key[0] === "date" ? text.slice(0, 10) : text;
}
