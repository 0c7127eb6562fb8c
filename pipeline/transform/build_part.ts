/**
 * One part, from the raw documents of its series to the file: read, flatten, arrange, choose, write.
 * Runs in a worker or in the main thread, and gives the same bytes in both.
 */

import { hash } from "node:crypto";
import { tableNamed, type TableSpec } from "../catalog.ts";
import type { Files } from "../effects.ts";
import { reasonOf } from "../errors.ts";
import { csvFile, partFile } from "../layout.ts";
import { MS_PER_DAY } from "../day.ts";
import type { Columns } from "../columns.ts";
import { holds } from "../raw/durable.ts";
import type { Stream } from "../sources/source.ts";
import { arrange, type SeriesDocument } from "./arrange.ts";
import { isTimed } from "./civil_days.ts";
import { columnNamed } from "./column_rows.ts";
import { csvOf } from "./csv.ts";
import { FlattenedDocuments } from "./flattened_documents.ts";
import type { Built, BuiltPart, FileChange, PartReport } from "./messages.ts";
import { mergeSeries, type SeriesRows } from "./merge_series.ts";
import { writeParquet } from "./parquet/write.ts";
import type { PartPlan, Series } from "./plan.ts";
import { sameSessions } from "./same_sessions.ts";

/** So many bytes of files are handed on at most before the next part is built. */
const mostInPiece = 4e6;

export class PartBuilder {
  readonly #documents: FlattenedDocuments;
  /** What lay in a folder before its first part was built; nobody else writes there meanwhile. */
  readonly #before = new Map<string, ReadonlySet<string>>();

  /** @param streams All streams of the sources of the parts' documents. */
  constructor(
    private readonly root: string,
    private readonly files: Files,
    streams: readonly Stream[],
  ) {
    this.#documents = new FlattenedDocuments(root, files, streams);
  }

  /**
   * Builds the parts in order, a piece of the batch at a time. An error of the disk ends the batch and
   * is told beside what was built before it.
   */
  *buildBatch(plans: readonly PartPlan[]): Generator<Built> {
    let parts: BuiltPart[] = [];
    let bytes = 0;
    for (const [index, plan] of plans.entries()) {
      try {
        const part = this.#build(plan);
        // Of the last one what the next batch may need: it is often the next days.
        this.#documents.keepFor(plans[index + 1] ?? plan);
        parts.push(part);
        bytes += part.changes.reduce((sum, change) => sum + (change.bytes?.length ?? 0), 0);
      } catch (error) {
        if (!isOfTheDisk(error)) throw error;
        return yield { parts, error: failureOf(plan, error), isLast: true };
      }
      const isLast = index === plans.length - 1;
      if (!isLast && bytes < mostInPiece) continue;
      yield { parts, error: undefined, isLast };
      parts = [];
      bytes = 0;
    }
  }

  #build(plan: PartPlan): BuiltPart {
    const table = tableNamed(plan.table);
    const putAside: { path: string; reason: string }[] = [];
    const unknown = new Map<string, number>();
    const notes = new Set<string>();
    const leftOut: PartReport["left_out"][number][] = [];
    const candidates = plan.series.map((series): SeriesRows & { series: Series } => {
      const documents: SeriesDocument[] = [];
      const paths: string[] = [];
      for (const path of series.documents) {
        const read = this.#documents.read(plan.table, series.source, path);
        if ("reason" in read) {
          putAside.push({ path, reason: read.reason });
          continue;
        }
        documents.push(read.flattened);
        paths.push(path);
        for (const note of read.flattened.notes) notes.add(`${nameOf(series)}: ${note}`);
        for (const [field, times] of read.flattened.unknown) {
          const name = `${nameOf(series)}: ${field}`;
          unknown.set(name, (unknown.get(name) ?? 0) + times);
        }
      }
      const window = { first: plan.firstDay, last: plan.lastDay };
      const { source, fallback } = series;
      const told = sameSessions(table, documents);
      for (const note of told.notes) notes.add(`${nameOf(series)}: ${note}`);
      const arranged = arrange(table, told.documents, window);
      for (const { document, duplicates, conflicts } of arranged.leftOutOf) {
        leftOut.push({ path: paths[document] ?? "", duplicates, conflicts });
      }
      return { series, source, fallback, arranged };
    });
    const merged = mergeSeries(table, candidates);
    const report: PartReport = {
      shares: candidates.map(({ series, arranged }, index) => ({
        series: nameOf(series),
        rows: arranged.columns.rows,
        minutes: arranged.minutes,
        days: merged.days[index] ?? 0,
      })),
      choices: merged.choices,
      put_aside: putAside,
      unknown: Object.fromEntries(unknown),
      notes: [...notes, ...candidates.flatMap(({ arranged }) => arranged.notes)],
      duplicates: candidates.reduce((sum, { arranged }) => sum + arranged.duplicates, 0),
      conflicts: candidates.reduce((sum, { arranged }) => sum + arranged.conflicts, 0),
      left_out: leftOut,
    };
    const parquet = merged.columns.rows === 0 ? undefined : writeParquet(table, merged.columns);
    const path = `${this.root}/${partFile(plan.table, plan.participant, plan.partition)}`;
    const changes = [this.#changeOf(path, parquet)];
    if (plan.csv) {
      const csv = parquet === undefined ? undefined : csvOf(table, merged.columns);
      const csvPath = `${this.root}/${csvFile(plan.table, plan.participant, plan.partition)}`;
      changes.push(this.#changeOf(csvPath, csv));
    }
    return {
      table: plan.table,
      participant: plan.participant,
      partition: plan.partition,
      digest: plan.digest,
      csv: plan.csv,
      rows: merged.columns.rows,
      ...endsOf(table, merged.columns),
      bytes: parquet?.length ?? 0,
      sha256: parquet === undefined ? "" : hash("sha256", parquet),
      series: report.shares.filter(({ days }) => days > 0).map(({ series }) => series).join(" + "),
      report,
      changes: changes.filter((change) => change !== undefined),
    };
  }

  /** The file as it is to be; undefined when it is so already. */
  #changeOf(path: string, bytes: Uint8Array<ArrayBuffer> | undefined): FileChange | undefined {
    if (!this.#mayExist(path)) return bytes && { path, bytes };
    const isSame = bytes === undefined
      ? this.files.size(path) === undefined
      : holds(this.files, { path, bytes });
    return isSame ? undefined : { path, bytes };
  }

  /**
   * Whether a part's file may be there. A look into the folder of all of a table's partitions tells of
   * thousands of new parts at once that they are not.
   */
  #mayExist(path: string): boolean {
    const [, folder = "", partition = ""] = /^(.*)\/([^/]*)\/[^/]*$/.exec(path) ?? [];
    let there = this.#before.get(folder);
    if (there === undefined) {
      there = new Set(this.files.list(folder).map(({ name }) => name));
      this.#before.set(folder, there);
    }
    return there.has(partition);
  }
}

/** How a series is called in reports: `takeout heart_rate-*.json of MyFitbitData`. */
function nameOf({ source, stream, archive }: Series): string {
  return `${source} ${stream}${archive === null ? "" : ` of ${archive}`}`;
}

/** First and last moment, or midnight of the first and last date, in ms since 1970. */
function endsOf(
  table: TableSpec,
  columns: Columns,
): { firstTime: number | null; lastTime: number | null } {
  if (columns.rows === 0) return { firstTime: null, lastTime: null };
  const [values, ms] = isTimed(table)
    ? [columnNamed(columns, "time", "timestamp_ms").values, 1]
    : [columnNamed(columns, "date", "date").values, MS_PER_DAY];
  return { firstTime: (values.at(0) ?? 0) * ms, lastTime: (values.at(-1) ?? 0) * ms };
}

/** From which part on nothing was built or written, and why. */
export function failureOf(
  { table, partition }: Pick<PartPlan, "table" | "partition">,
  error: unknown,
): string {
  return `${table} from ${partition} on: ${reasonOf(error)}`;
}

/** Whether the operating system refused something (a full disk, a missing permission), not a bug. */
export function isOfTheDisk(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}
