/**
 * Which parts there should be, from which documents, and which of them must be rebuilt, and why.
 * Pure: from the ledger's rows. Freshness is a digest over the documents and the version of the
 * code that reads them, never a file time.
 */

import { hash } from "node:crypto";
import type { TableSpec } from "../catalog.ts";
import { type Day, daysBetween } from "../day.ts";
import type { DocumentRow, PartState } from "../raw/ledger.ts";
import type { Stream } from "../sources/source.ts";

/**
 * The documents of one source and stream, or of several streams that belong together (and, for
 * archives, of one archive): one account of a day.
 */
export interface Series {
  readonly source: DocumentRow["source"];
  /** The stream's name, or that of the series its streams make up. */
  readonly stream: string;
  readonly archive: string | null;
  /** See `Stream.fallback`. */
  readonly fallback: boolean;
  /** Raw documents that hold, or were asked for, days of the part; by path. */
  readonly documents: readonly string[];
}

/** A part to build: its rows come from one of the series a day. */
export interface PartPlan {
  readonly table: string;
  readonly participant: string;
  /** `date=2026-10-25` or `year=2026`. */
  readonly partition: string;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** In order of preference, for days that they cover equally. */
  readonly series: readonly Series[];
  readonly digest: string;
  /** Whether a CSV file is to be written too. */
  readonly csv: boolean;
  /** Why it is built. */
  readonly reason: string;
}

export interface TransformPlan {
  readonly build: readonly PartPlan[];
  /** Parts whose documents are gone. */
  readonly remove: readonly { table: string; participant: string; partition: string }[];
  readonly upToDate: number;
}

export interface PlanInput {
  readonly tables: readonly TableSpec[];
  /** All streams of the documents' sources, the most trusted first: their order decides between equals. */
  readonly streams: readonly Stream[];
  readonly documents: readonly DocumentRow[];
  readonly parts: readonly PartState[];
  readonly force: boolean;
  /** Write CSV for every part; parts that have one are kept in step in any case. */
  readonly csv: boolean;
  /** Whether the part's file is on the disk. */
  readonly isThere: IsThere;
  /** Whether its CSV file is. */
  readonly isThereAsCsv: IsThere;
}

type IsThere = (table: string, participant: string, partition: string) => boolean;

interface Feeding {
  readonly series: string;
  readonly rank: number;
  readonly version: number;
  readonly fallback: boolean;
}

interface Cell {
  readonly participant: string;
  readonly partition: string;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** By path. */
  readonly documents: ({ row: DocumentRow } & Feeding)[];
}

/** The parts to build and to remove, in order of table, participant and partition. */
export function planTransform(input: PlanInput): TransformPlan {
  const build: PartPlan[] = [];
  const remove: { table: string; participant: string; partition: string }[] = [];
  let upToDate = 0;
  // Once for all tables: of years there are tens of thousands.
  const byStream = Map.groupBy(input.documents, ({ source, stream }) => `${source}/${stream}`);
  for (const table of input.tables) {
    const cells = cellsOf(table, input.streams, byStream);
    const built = new Map(
      input.parts.filter((part) => part.table_name === table.name)
        .map((part) => [`${part.participant}/${part.partition}`, part]),
    );
    for (const key of Array.from(cells.keys()).sort()) {
      const cell = cells.get(key);
      if (cell === undefined) continue;
      const part = built.get(key);
      built.delete(key);
      const digest = digestOf(table, cell);
      const csv = input.csv || (part?.csv_digest ?? null) !== null;
      const reason = reasonToBuild(input, table, cell, part, digest, csv);
      if (reason === undefined) {
        upToDate++;
        continue;
      }
      build.push({
        table: table.name,
        participant: cell.participant,
        partition: cell.partition,
        firstDay: cell.firstDay,
        lastDay: cell.lastDay,
        series: seriesOf(cell),
        digest,
        csv,
        reason,
      });
    }
    for (const part of built.values()) {
      remove.push({
        table: table.name,
        participant: part.participant,
        partition: part.partition,
      });
    }
  }
  return { build, remove, upToDate };
}

function reasonToBuild(
  input: PlanInput,
  table: TableSpec,
  cell: Cell,
  part: PartState | undefined,
  digest: string,
  csv: boolean,
): string | undefined {
  if (part === undefined) return "new";
  if (part.digest !== digest) return "its documents or the code that reads them changed";
  if (input.force) return "--force";
  if (csv && part.csv_digest !== digest) return "no CSV yet";
  if (part.rows === 0) return undefined;
  const place = [table.name, cell.participant, cell.partition] as const;
  if (!input.isThere(...place)) return "its file is gone";
  // Whoever deleted the CSV files has them again when asking for them, not before.
  if (input.csv && !input.isThereAsCsv(...place)) return "its CSV is gone";
  return undefined;
}

function cellsOf(
  table: TableSpec,
  streams: readonly Stream[],
  byStream: ReadonlyMap<string, readonly DocumentRow[]>,
): Map<string, Cell> {
  const feeding = new Map<string, Feeding>();
  const ranks = new Map<string, number>();
  streams.forEach((stream, index) => {
    const { source, name, table: into, version, series = name, fallback = false } = stream;
    if (into !== table.name) return;
    // Streams of one series rank as its first one does.
    const rank = ranks.get(`${source}/${series}`) ?? index;
    ranks.set(`${source}/${series}`, rank);
    feeding.set(`${source}/${name}`, { series, rank, version, fallback });
  });
  const cells = new Map<string, Cell>();
  for (const [name, stream] of feeding) {
    for (const row of byStream.get(name) ?? []) {
      for (const span of spansOf(table, row)) {
        const key = `${row.participant}/${span.partition}`;
        let cell = cells.get(key);
        if (cell === undefined) {
          cell = { participant: row.participant, ...span, documents: [] };
          cells.set(key, cell);
        }
        cell.documents.push({ row, ...stream });
      }
    }
  }
  for (const { documents } of cells.values()) {
    documents.sort((a, b) => (a.row.path < b.row.path ? -1 : 1));
  }
  return cells;
}

function spansOf(
  table: TableSpec,
  row: DocumentRow,
): { partition: string; firstDay: Day; lastDay: Day }[] {
  if (table.partition === "date") {
    return daysBetween(row.first_day, row.last_day)
      .map((day) => ({ partition: `date=${day}`, firstDay: day, lastDay: day }));
  }
  const spans = [];
  for (
    let year = Number(row.first_day.slice(0, 4));
    year <= Number(row.last_day.slice(0, 4));
    year++
  ) {
    const text = String(year).padStart(4, "0");
    spans.push({ partition: `year=${text}`, firstDay: `${text}-01-01`, lastDay: `${text}-12-31` });
  }
  return spans;
}

function digestOf(table: TableSpec, cell: Cell): string {
  // Which of them is preferred counts, not how many streams there are besides.
  const ranks = Array.from(new Set(cell.documents.map(({ rank }) => rank))).sort((a, b) => a - b);
  const lines = cell.documents.map(({ row, rank, version }) =>
    `${row.path} ${ranks.indexOf(rank)} ${version} ${row.sha256} ${row.clock}`
  );
  return hash("sha256", [`${table.name} ${table.version}`, ...lines, ""].join("\n"));
}

function seriesOf(cell: Cell): Series[] {
  const found = new Map<string, { rank: number; series: Series; documents: string[] }>();
  for (const { row, series: stream, rank, fallback } of cell.documents) {
    const key = `${rank}/${row.archive ?? ""}`;
    let entry = found.get(key);
    if (entry === undefined) {
      const documents: string[] = [];
      const series = { source: row.source, stream, archive: row.archive, fallback, documents };
      entry = { rank, series, documents };
      found.set(key, entry);
    }
    entry.documents.push(row.path);
  }
  // Of two archives that cover a day equally the one named later is taken: the newer export.
  return Array.from(found.values())
    .sort((a, b) =>
      a.rank - b.rank || ((a.series.archive ?? "") < (b.series.archive ?? "") ? 1 : -1)
    )
    .map(({ series }) => series);
}
