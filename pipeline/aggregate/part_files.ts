/** Parts of tables read, parts of aggregates written where they come out different. */

import type { TableSpec } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import type { Files } from "../effects.ts";
import { holds, writeDurably } from "../raw/durable.ts";
import { readColumns } from "../read_columns.ts";
import { writeParquet } from "../transform/parquet/write.ts";

/** The parts below a data root; paths are from the root on. */
export class PartFiles {
  #written = 0;
  #removed = 0;

  constructor(private readonly root: string, private readonly files: Files) {}

  /** How many files came out different. */
  get written(): number {
    return this.#written;
  }

  get removed(): number {
    return this.#removed;
  }

  /** The named columns of a part; throws a UserError when it cannot be read. */
  async read(table: TableSpec, path: string, names: readonly string[]): Promise<Columns> {
    return await readColumns(table, this.files.read(`${this.root}/${path}`), path, names);
  }

  /** Writes the part unless the same is there; without a row there is none. */
  keepInStep(table: TableSpec, path: string, columns: Columns): void {
    if (columns.rows === 0) {
      this.remove(path);
      return;
    }
    const content = { path: `${this.root}/${path}`, bytes: writeParquet(table, columns) };
    if (holds(this.files, content)) return;
    writeDurably(this.files, content.path, content.bytes);
    this.#written++;
  }

  remove(path: string): void {
    const file = `${this.root}/${path}`;
    if (this.files.size(file) === undefined) return;
    this.files.remove(file);
    this.#removed++;
  }
}
