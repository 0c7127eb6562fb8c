/**
 * Sessions that several streams of a series tell of, each by an id of its own, get one id, so that what
 * they say comes together in one row, and the parts of a session to it. Pure, and the same whatever
 * order documents come in.
 */

import type { TableSpec } from "../catalog.ts";
import type { Column, Columns } from "../columns.ts";
import type { Session } from "../sources/source.ts";
import type { SeriesDocument } from "./arrange.ts";
import { columnNamed, join } from "./column_rows.ts";

/** What a session is in the tables: one of another stream, itself (undefined), or none at all. */
type Told = Session | "none" | undefined;

/**
 * The documents with the sessions of the earliest stream, and those that it lacks.
 *
 * Sessions are the same that have the same id, or that began in the same second, either as they stand
 * or as they were recorded. A doubtful one without a twin makes no row where the earliest stream tells
 * of the time, from its first session to its last; elsewhere nothing speaks against it.
 */
export function sameSessions(
  table: TableSpec,
  documents: readonly SeriesDocument[],
): { readonly documents: readonly SeriesDocument[]; readonly notes: readonly string[] } {
  const orders = documents.flatMap(({ sessions, order = 0 }) =>
    sessions === undefined ? [] : [order]
  );
  const earliest = Math.min(...orders);
  const isMain = ({ order = 0 }: SeriesDocument) => order === earliest;
  if (orders.every((order) => order === earliest)) return { documents, notes: [] };
  const main = sessionsOf(documents.filter(isMain));
  const others = sessionsOf(documents.filter((document) => !isMain(document)));
  const told = twins(main, others);
  const none = Array.from(told.values()).filter((twin) => twin === "none").length;
  return {
    documents: documents.map((document) =>
      isMain(document) ? document : retold(table, document, told)
    ),
    notes: none === 0
      ? []
      : [`sessions that only the watch took for such, and make no row: ${none}`],
  };
}

/** Each session once, by start. */
function sessionsOf(documents: readonly SeriesDocument[]): Session[] {
  const byId = new Map(
    documents.flatMap(({ sessions = [] }) => sessions).map((session) => [session.id, session]),
  );
  return Array.from(byId.values()).sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
}

const second = (ms: number) => Math.floor(ms / 1000);

/** What the others are, by their ids; each of the main ones is the twin of at most one. */
function twins(main: readonly Session[], others: readonly Session[]): Map<string, Told> {
  const byId = new Map(main.map((session) => [session.id, session]));
  const byStart = Map.groupBy(main, ({ start }) => second(start));
  const byRecord = Map.groupBy(main, ({ start, recorded = start }) => second(recorded));
  const first = main.at(0)?.start ?? Infinity;
  const last = main.at(-1)?.start ?? -Infinity;
  const claimed = new Set<Session>();
  const told = new Map<string, Told>();
  // What is sure comes first to where two began at once.
  const sureFirst = others.toSorted((a, b) => Number(a.doubtful ?? 0) - Number(b.doubtful ?? 0));
  const ways: ((session: Session) => readonly (Session | undefined)[])[] = [
    ({ id }) => [byId.get(id)],
    ({ start }) => byStart.get(second(start)) ?? [],
    ({ start }) => byRecord.get(second(start)) ?? [],
  ];
  for (const twinsOf of ways) {
    for (const session of sureFirst) {
      if (told.has(session.id)) continue;
      const twin = twinsOf(session).find((one) => one !== undefined && !claimed.has(one));
      if (twin === undefined) continue;
      claimed.add(twin);
      told.set(session.id, twin);
    }
  }
  for (const { id, start, doubtful } of sureFirst) {
    if (!told.has(id) && doubtful && start >= first && start <= last) told.set(id, "none");
  }
  return told;
}

/** The document with the ids of the twins; rows of sessions themselves begin when their twins do. */
function retold(
  table: TableSpec,
  document: SeriesDocument,
  told: ReadonlyMap<string, Told>,
): SeriesDocument {
  const name = table.partsOf ?? table.key.find((key) => key.endsWith("_id"));
  if (name === undefined) return document;
  const { columns } = document;
  const ids = columnNamed(columns, name, "string");
  const twinOf = ids.dictionary.map((id) => told.get(id));
  const kept = Array.from({ length: columns.rows }, (_, row) => row)
    .filter((row) => twinOf[ids.codes[row]!] !== "none");
  const renamed: Column = {
    ...ids,
    dictionary: ids.dictionary.map((id, code) => idOf(twinOf[code]) ?? id),
  };
  const times = columnNamed(columns, "time", "timestamp_ms");
  const moved: Column = {
    ...times,
    values: times.values.map((time, row) => startOf(twinOf[ids.codes[row]!]) ?? time),
  };
  const retoldColumns: Columns = {
    rows: columns.rows,
    columns: {
      ...columns.columns,
      [name]: renamed,
      ...table.partsOf === undefined ? { time: moved } : {},
    },
  };
  const specs = table.columns.filter((spec) => spec.name !== "source");
  return { ...document, columns: join([{ columns: retoldColumns, rows: kept }], specs) };
}

function idOf(told: Told): string | undefined {
  return told === undefined || told === "none" ? undefined : told.id;
}

function startOf(told: Told): number | undefined {
  return told === undefined || told === "none" ? undefined : told.start;
}
