/**
 * The ledger's file: rows in and rows out, each row parsed once. What SQLite finds damaged, locked or
 * unreadable is an error with what to do, never the end of the rows.
 */

import { DatabaseSync, type StatementSync } from "node:sqlite";
import { z } from "zod";
import { diskError, reasonOf, UserError } from "../errors.ts";
import { schema, schemaVersion } from "./ledger_rows.ts";

/** While somebody looks into the ledger a run waits for so long before it gives up, and they for it. */
const lockTimeout_ms = 10_000;

/** In the order of the key, as all are read, skipping earlier batches costs next to nothing. */
const rowsInBatch = 10_000;

export class LedgerFile {
  readonly #path: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * Opens the file, making an empty ledger when there is none.
   * Throws a UserError when it is not a ledger of this version.
   */
  constructor(path: string, readOnly: boolean) {
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

  /** What SQLite finds wrong; undefined when the file is whole. */
  damage(): string | undefined {
    const { quick_check } = this.#asked(() =>
      z.object({ quick_check: z.string() }).parse(this.#statement("pragma quick_check(1)").get())
    );
    return quick_check === "ok" ? undefined : quick_check;
  }

  close(): void {
    this.#db.close();
  }

  /** All or nothing: what the function writes becomes true together. */
  transaction<T>(work: () => T): T {
    return this.#between("begin immediate", work);
  }

  /** Writes. */
  run(sql: string, ...values: (string | number | null)[]): void {
    this.#asked(() => this.#statement(sql).run(...values));
  }

  /** Rows of one moment, also while another process writes. */
  rows<Row>(sql: string, values: string[], shape: z.ZodType<Row>): Row[] {
    const read = () => Array.from(this.each(sql, values, shape));
    return this.#db.isTransaction ? read() : this.#between("begin", read);
  }

  /**
   * Row after row, from batches: of years there are tens of thousands, which are not to be held twice.
   * Not by `iterate()`, which takes every error of SQLite (a damaged page, a lock, a failing disk) for
   * the end of the rows.
   */
  *each<Row>(sql: string, values: string[], shape: z.ZodType<Row>): Generator<Row> {
    for (let offset = 0;; offset += rowsInBatch) {
      const batch = this.#asked(() =>
        this.#statement(`${sql} limit ${rowsInBatch} offset ?`).all(...values, offset)
      );
      for (const row of batch) yield this.#asked(() => shape.parse(row));
      if (batch.length < rowsInBatch) return;
    }
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

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
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
