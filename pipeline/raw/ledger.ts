/**
 * The ledger: what has been asked, what came, and what was built from it, per participant, source,
 * stream and day. It is a cache of the truth in `raw/`: everything about documents comes back from
 * the manifests (`rebuild.ts`), everything about parts from a transform.
 */

import type { z } from "zod";
import { LedgerFile } from "./ledger_file.ts";
import {
  aggregateRow,
  type DocumentRow,
  documentRow,
  type FailureRow,
  failureRow,
  filledPart,
  participantOf,
  partReport,
  type PartRow,
  partRow,
  type PartState,
  partState,
  putAsideRow,
} from "./ledger_rows.ts";
import type { Manifest, SourceName } from "./manifest.ts";

export type { DocumentRow, FailureRow, PartRow, PartState } from "./ledger_rows.ts";

export class Ledger {
  readonly #file: LedgerFile;

  /**
   * Opens the ledger, making an empty one when there is none.
   * Throws a UserError when the file is not a ledger of this version.
   */
  constructor(path: string, options: { readOnly?: boolean } = {}) {
    this.#file = new LedgerFile(path, options.readOnly ?? false);
  }

  /** What SQLite finds wrong in the file; undefined when it is whole. */
  damage(): string | undefined {
    return this.#file.damage();
  }

  close(): void {
    this.#file.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** All or nothing: what the function writes becomes true together. */
  transaction<T>(work: () => T): T {
    return this.#file.transaction(work);
  }

  /** Notes a kept document; the failures of the same window are over. */
  recordDocument(path: string, manifest: Manifest): void {
    this.#file.run(
      `insert or replace into document values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      path,
      manifest.participant,
      manifest.source,
      manifest.stream,
      manifest.archive ?? null,
      manifest.first_day,
      manifest.last_day,
      manifest.sha256,
      JSON.stringify(manifest.clock),
      manifest.bytes,
      manifest.asked_at,
      manifest.synced_to,
      manifest.empty ? 1 : 0,
      manifest.account ?? null,
    );
    this.#file.run(
      `delete from failure where participant = ? and source = ? and stream = ? and first_day = ?`,
      manifest.participant,
      manifest.source,
      manifest.stream,
      manifest.first_day,
    );
  }

  /** Forgets a document whose file is gone. */
  forgetDocument(path: string): void {
    this.#file.run(`delete from document where path = ?`, path);
  }

  /** Notes that a window could not be had; the latest reason counts. */
  recordFailure(failure: FailureRow): void {
    this.#file.run(
      `insert or replace into failure values (?, ?, ?, ?, ?, ?, ?, ?)`,
      failure.participant,
      failure.source,
      failure.stream,
      failure.first_day,
      failure.last_day,
      failure.at,
      failure.reason,
      failure.pending,
    );
  }

  /** Forgets what failed of a stream, whichever the days. */
  forgetFailures(of: Pick<FailureRow, "participant" | "source" | "stream">): void {
    this.#file.run(
      `delete from failure where participant = ? and source = ? and stream = ?`,
      of.participant,
      of.source,
      of.stream,
    );
  }

  /** Documents, by path; of one participant, source or stream where given. */
  documents(
    of: { participant?: string; source?: SourceName; stream?: string } = {},
  ): DocumentRow[] {
    const [where, values] = conditions(of);
    return this.#file.rows(`select * from document ${where} order by path`, values, documentRow);
  }

  failures(of: { participant?: string; source?: SourceName; stream?: string } = {}): FailureRow[] {
    const [where, values] = conditions(of);
    const order = "order by participant, source, stream, first_day";
    return this.#file.rows(`select * from failure ${where} ${order}`, values, failureRow);
  }

  recordPart(part: PartRow): void {
    this.#file.run(
      `insert or replace into part values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      part.table_name,
      part.participant,
      part.partition,
      part.digest,
      part.csv_digest,
      part.rows,
      part.first_time,
      part.last_time,
      part.bytes,
      part.sha256,
      part.series,
      part.report,
    );
  }

  forgetPart(table: string, participant: string, partition: string): void {
    this.#file.run(
      `delete from part where table_name = ? and participant = ? and partition = ?`,
      table,
      participant,
      partition,
    );
  }

  /** Parts, by table, participant and partition; of one table where given. */
  parts(table?: string): PartRow[] {
    const where = table === undefined ? "" : "where table_name = ?";
    return this.#file.rows(
      `select * from part ${where} order by table_name, participant, partition`,
      table === undefined ? [] : [table],
      partRow,
    );
  }

  /** The state of all parts, by table, participant and partition: without what was noticed of them. */
  partStates(): PartState[] {
    return this.#file.rows(
      `select table_name, participant, partition, digest, csv_digest, rows from part
       order by table_name, participant, partition`,
      [],
      partState,
    );
  }

  /** Those who have a part with rows, sorted. */
  participantsWithRows(): string[] {
    const sql = "select distinct participant from part where rows > 0 order by participant";
    return this.#file.rows(sql, [], participantOf).map(({ participant }) => participant);
  }

  /** A participant's parts with rows, by table and partition, one after the other. */
  partsWithRows(participant: string): Iterable<PartRow> {
    const sql = `select * from part where participant = ? and rows > 0
      order by table_name, partition`;
    return this.#file.each(sql, [participant], partRow);
  }

  /** What was noticed when a part was built; undefined when it never was. */
  reportOf(table: string, participant: string, partition: string): string | undefined {
    const sql = `select report from part
      where table_name = ? and participant = ? and partition = ?`;
    return this.#file.rows(sql, [table, participant, partition], partReport)[0]?.report;
  }

  /** Of a table's parts that have rows: which they are, and what is in them. */
  filledParts(table: string): z.infer<typeof filledPart>[] {
    const sql = `select participant, partition, sha256 from part
      where table_name = ? and rows > 0 order by participant, partition`;
    return this.#file.rows(sql, [table], filledPart);
  }

  /** Documents that could not be understood when parts were last built from them, each once. */
  putAside(): z.infer<typeof putAsideRow>[] {
    const sql = `select distinct aside.value ->> 'path' as path, aside.value ->> 'reason' as reason
      from part, json_each(part.report, '$.put_aside') as aside order by path, reason`;
    return this.#file.rows(sql, [], putAsideRow);
  }

  /** For each aggregated day or year (`2026-10-25`, `2026`, `2026 weeks`) from what it was made. */
  aggregates(participant: string): Map<string, string> {
    const sql = "select period, digest from aggregate where participant = ? order by period";
    const rows = this.#file.rows(sql, [participant], aggregateRow);
    return new Map(rows.map(({ period, digest }) => [period, digest]));
  }

  /** Notes from what a day or year was made; undefined: forgets it. */
  recordAggregate(participant: string, period: string, digest: string | undefined): void {
    if (digest === undefined) {
      this.#file.run(
        `delete from aggregate where participant = ? and period = ?`,
        participant,
        period,
      );
    } else {
      this.#file.run(
        `insert or replace into aggregate values (?, ?, ?)`,
        participant,
        period,
        digest,
      );
    }
  }
}

function conditions(of: Record<string, string | undefined>): [string, string[]] {
  const terms: string[] = [];
  const values: string[] = [];
  for (const [column, value] of Object.entries(of)) {
    if (value === undefined) continue;
    terms.push(`${column} = ?`);
    values.push(value);
  }
  return [terms.length === 0 ? "" : `where ${terms.join(" and ")}`, values];
}
