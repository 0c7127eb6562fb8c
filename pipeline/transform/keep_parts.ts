/**
 * Built parts, to the disk and then to the ledger: some at a time, since waiting for the disk takes
 * nearly as long for one as for many.
 */

import type { Files } from "../effects.ts";
import { UserError } from "../errors.ts";
import { writeAllDurablyAtOnce } from "../raw/durable.ts";
import type { Ledger } from "../raw/ledger.ts";
import { release } from "../release.ts";
import { failureOf, isOfTheDisk } from "./build_part.ts";
import type { BuiltPart } from "./messages.ts";

/** From so many parts, or bytes of files, on they are kept together. */
const manyParts = 64;
const manyBytes = 4e6;

/** So many times as many may gather while others are on their way to the disk; then those are waited for. */
const mostTimes = 2;

/**
 * Collects parts and keeps them, while others are built; {@link finish} has to be called in the end.
 * Dispose of it in any case: then nothing is on its way to the disk or the ledger any more.
 */
export class PartKeeper {
  #parts: BuiltPart[] = [];
  #bytes = 0;
  #keeping: Promise<void> | undefined;
  #failure: unknown;

  constructor(private readonly files: Files, private readonly ledger: Ledger) {}

  /**
   * Takes parts in, and has all there are kept once they are many. Waits only for a disk that is far
   * behind. Throws as {@link finish} does.
   */
  async add(parts: readonly BuiltPart[]): Promise<void> {
    this.#parts.push(...parts);
    for (const { bytes } of parts.flatMap(({ changes }) => changes)) {
      this.#bytes += bytes?.length ?? 0;
    }
    if (!this.#isMany(1) || (this.#keeping !== undefined && !this.#isMany(mostTimes))) return;
    await this.#settled();
    this.#keeping = this.#keep().catch((error) => {
      this.#failure = error;
    }).finally(() => {
      this.#keeping = undefined;
    });
  }

  /**
   * Keeps what is left. Throws a UserError when the disk refuses: then the ledger knows none of those
   * that were kept together, and they are built again.
   */
  async finish(): Promise<void> {
    await this.#settled();
    await this.#keep();
  }

  /** Waits for what is under way; whether it failed is no news to who stops for another reason. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#keeping;
  }

  #isMany(times: number): boolean {
    return this.#parts.length >= manyParts * times || this.#bytes >= manyBytes * times;
  }

  async #settled(): Promise<void> {
    await this.#keeping;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Writes the files, waits until the disk has them, and only then tells the ledger. */
  async #keep(): Promise<void> {
    const parts = this.#parts;
    const [first] = parts;
    if (first === undefined) return;
    this.#parts = [];
    this.#bytes = 0;
    const changes = parts.flatMap((part) => part.changes);
    try {
      await writeAllDurablyAtOnce(
        this.files,
        changes.flatMap(({ path, bytes }) => bytes === undefined ? [] : [{ path, bytes }]),
      );
      for (const { path, bytes } of changes) {
        if (bytes === undefined) this.files.remove(path);
        // Now, not when the garbage collector comes round to it: a long run takes as little as a short one.
        else release(bytes);
      }
    } catch (error) {
      if (!isOfTheDisk(error)) throw error;
      throw notAllBuilt(failureOf(first, error));
    }
    this.ledger.transaction(() => parts.forEach((part) => this.#record(part)));
  }

  #record(part: BuiltPart): void {
    this.ledger.recordPart({
      table_name: part.table,
      participant: part.participant,
      partition: part.partition,
      digest: part.digest,
      csv_digest: part.csv ? part.digest : null,
      rows: part.rows,
      first_time: part.firstTime,
      last_time: part.lastTime,
      bytes: part.bytes,
      sha256: part.sha256,
      series: part.series,
      report: JSON.stringify(part.report),
    });
  }
}

/** That some parts could not be built or written. */
export function notAllBuilt(failure: string): UserError {
  return new UserError(`Cannot build all parts: ${failure}`, {
    hint: "What is built is whole; mend the cause and run the same command again",
  });
}
