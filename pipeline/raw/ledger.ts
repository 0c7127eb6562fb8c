/**
 * The ledger: what has been asked, what came, and what was built from it, per participant, source,
 * stream and day. It is a cache of the truth in `raw/`: everything about documents comes back from
 * the manifests (`rebuild.ts`), everything about parts from a transform.
 */

import { DatabaseSync, type StatementSync } from "node:sqlite";
import { z } from "zod";
import { diskError, reasonOf, UserError } from "../errors.ts";
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
  schema,
  schemaVersion,
} from "./ledger_rows.ts";
import type { Manifest, SourceName } from "./manifest.ts";

export type { DocumentRow, FailureRow, PartRow, PartState } from "./ledger_rows.ts";

/** While somebody looks into the ledger a run waits for so long before it gives up, and they for it. */
const lockTimeout_ms = 10_000;

/** In the order of the key, as all are read, skipping earlier batches costs next to nothing. */
const rowsInBatch = 10_000;

export class Ledger {
  readonly #path: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * Opens the ledger, making an empty one when there is none.
   * Throws a UserError when the file is not a ledger of this version.
   */
  constructor(path: string, options: { readOnly?: boolean } = {}) {
    const readOnly = options.readOnly ?? false;
    this.#path = path;
    this.#db = new DatabaseSync(path, { readOnly, timeout: lockTimeout_ms });
    try {
      const version = z.object({ user_version: z.number() })
        .parse(this.#db.prepare("pragma user_version").get()).user_version;
      if (version === 0 && !readOnly) {
        this.transaction(() => this.#db.exec(schema));
      } else if (version !== schemaVersion) {
        throw new Error(`its version is ${version}, expected ${schemaVersion}`);
      }
    } catch (error) {
      this.#db.close();
      throw diskError(error) ?? unreadable(path, reasonOf(error), error);
    }
  }

  /** What SQLite finds wrong in the file; undefined when it is whole. */
  damage(): string | undefined {
    const { quick_check } = this.#asked(() =>
      z.object({ quick_check: z.string() }).parse(this.#statement("pragma quick_check(1)").get())
    );
    return quick_check === "ok" ? undefined : quick_check;
  }

  close(): void {
    this.#db.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** All or nothing: what the function writes becomes true together. */
  transaction<T>(work: () => T): T {
    return this.#between("begin immediate", work);
  }

  #between<T>(begin: "begin" | "begin immediate", work: () => T): T {
    this.#asked(() => this.#db.exec(begin));
    try {
      const result = work();
      this.#asked(() => this.#db.exec("commit"));
      return result;
    } catch (error) {
      // On a full disk it has been rolled back already.
      if (this.#db.isTransaction) this.#db.exec("rollback");
      throw error;
    }
  }

  /** Notes a kept document; the failures of the same window are over. */
  recordDocument(path: string, manifest: Manifest): void {
    this.#run(
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
    this.#run(
      `delete from failure where participant = ? and source = ? and stream = ? and first_day = ?`,
      manifest.participant,
      manifest.source,
      manifest.stream,
      manifest.first_day,
    );
  }

  /** Forgets a document whose file is gone. */
  forgetDocument(path: string): void {
    this.#run(`delete from document where path = ?`, path);
  }

  /** Notes that a window could not be had; the latest reason counts. */
  recordFailure(failure: FailureRow): void {
    this.#run(
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
    this.#run(
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
    return this.#rows(`select * from document ${where} order by path`, values, documentRow);
  }

  failures(of: { participant?: string; source?: SourceName; stream?: string } = {}): FailureRow[] {
    const [where, values] = conditions(of);
    const order = "order by participant, source, stream, first_day";
    return this.#rows(`select * from failure ${where} ${order}`, values, failureRow);
  }

  recordPart(part: PartRow): void {
    this.#run(
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
    this.#run(
      `delete from part where table_name = ? and participant = ? and partition = ?`,
      table,
      participant,
      partition,
    );
  }

  /** Parts, by table, participant and partition; of one table where given. */
  parts(table?: string): PartRow[] {
    const where = table === undefined ? "" : "where table_name = ?";
    return this.#rows(
      `select * from part ${where} order by table_name, participant, partition`,
      table === undefined ? [] : [table],
      partRow,
    );
  }

  /** The state of all parts, by table, participant and partition: without what was noticed of them. */
  partStates(): PartState[] {
    return this.#rows(
      `select table_name, participant, partition, digest, csv_digest, rows from part
       order by table_name, participant, partition`,
      [],
      partState,
    );
  }

  /** Those who have a part with rows, sorted. */
  participantsWithRows(): string[] {
    const sql = "select distinct participant from part where rows > 0 order by participant";
    return this.#rows(sql, [], participantOf).map(({ participant }) => participant);
  }

  /** A participant's parts with rows, by table and partition, one after the other. */
  partsWithRows(participant: string): Iterable<PartRow> {
    const sql = `select * from part where participant = ? and rows > 0
      order by table_name, partition`;
    return this.#each(sql, [participant], partRow);
  }

  /** What was noticed when a part was built; undefined when it never was. */
  reportOf(table: string, participant: string, partition: string): string | undefined {
    const sql = `select report from part
      where table_name = ? and participant = ? and partition = ?`;
    return this.#rows(sql, [table, participant, partition], partReport)[0]?.report;
  }

  /** Of a table's parts that have rows: which they are, and what is in them. */
  filledParts(table: string): z.infer<typeof filledPart>[] {
    const sql = `select participant, partition, sha256 from part
      where table_name = ? and rows > 0 order by participant, partition`;
    return this.#rows(sql, [table], filledPart);
  }

  /** Documents that could not be understood when parts were last built from them, each once. */
  putAside(): z.infer<typeof putAsideRow>[] {
    const sql = `select distinct aside.value ->> 'path' as path, aside.value ->> 'reason' as reason
      from part, json_each(part.report, '$.put_aside') as aside order by path, reason`;
    return this.#rows(sql, [], putAsideRow);
  }

  /** For each aggregated day or year (`2026-10-25`, `2026`, `2026 weeks`) from what it was made. */
  aggregates(participant: string): Map<string, string> {
    const sql = "select period, digest from aggregate where participant = ? order by period";
    const rows = this.#rows(sql, [participant], aggregateRow);
    return new Map(rows.map(({ period, digest }) => [period, digest]));
  }

  /** Notes from what a day or year was made; undefined: forgets it. */
  recordAggregate(participant: string, period: string, digest: string | undefined): void {
    if (digest === undefined) {
      this.#run(`delete from aggregate where participant = ? and period = ?`, participant, period);
    } else {
      this.#run(`insert or replace into aggregate values (?, ?, ?)`, participant, period, digest);
    }
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #run(sql: string, ...values: (string | number | null)[]): void {
    this.#asked(() => this.#statement(sql).run(...values));
  }

  /** Rows of one moment, also while another process writes. */
  #rows<Row>(sql: string, values: string[], shape: z.ZodType<Row>): Row[] {
    const read = () => Array.from(this.#each(sql, values, shape));
    return this.#db.isTransaction ? read() : this.#between("begin", read);
  }

  /**
   * Row after row, from batches: of years there are tens of thousands, which are not to be held twice.
   * Not by `iterate()`, which takes every error of SQLite (a damaged page, a lock, a failing disk) for
   * the end of the rows.
   */
  *#each<Row>(sql: string, values: string[], shape: z.ZodType<Row>): Generator<Row> {
    for (let offset = 0;; offset += rowsInBatch) {
      const batch = this.#asked(() =>
        this.#statement(`${sql} limit ${rowsInBatch} offset ?`).all(...values, offset)
      );
      for (const row of batch) yield this.#asked(() => shape.parse(row));
      if (batch.length < rowsInBatch) return;
    }
  }

  /** What was asked of SQLite; throws a UserError when the file is damaged. */
  #asked<T>(ask: () => T): T {
    try {
      return ask();
    } catch (error) {
      if (error instanceof z.ZodError) {
        throw unreadable(this.#path, "a row of it is not as it was written", error);
      }
      if (!damaged.test(reasonOf(error))) throw error;
      throw unreadable(this.#path, reasonOf(error), error);
    }
  }
}

/** What SQLite says of pages that are not as it wrote them. */
const damaged = /malformed|not a database/;

function unreadable(path: string, reason: string, cause: unknown): UserError {
  return new UserError(`Cannot read the ledger "${path}": ${reason}`, {
    hint: "Delete it and run `deno task verify --rebuild`: it is made again from raw/",
    cause,
  });
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
