/** The parts of one participant that the report reads, as columns. */

import { day as dayAggregate } from "../aggregate/catalog.ts";
import { tableNamed, type TableSpec } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import type { Day } from "../day.ts";
import type { Files } from "../effects.ts";
import { aggregateFile, partFile } from "../layout.ts";
import { readColumns } from "../read_columns.ts";
import { join } from "../transform/column_rows.ts";

export class Parts {
  constructor(
    readonly root: string,
    readonly participant: string,
    readonly files: Pick<Files, "read" | "size" | "list">,
  ) {}

  /** Some columns of one day of a dense table; undefined when it has no part. */
  async day(table: string, day: Day, columns: readonly string[]): Promise<Columns | undefined> {
    return await this.#part(
      tableNamed(table),
      partFile(table, this.participant, `date=${day}`),
      columns,
    );
  }

  /** Some columns of all years of a sparse table. */
  async years(table: string, columns: readonly string[]): Promise<Columns> {
    const file = (partition: string) => partFile(table, this.participant, partition);
    return await this.#allYears(tableNamed(table), file, columns);
  }

  /** Some columns of the day aggregate of all years. */
  async dayAggregate(columns: readonly string[]): Promise<Columns> {
    const file = (partition: string) => aggregateFile("day", this.participant, partition);
    return await this.#allYears(dayAggregate, file, columns);
  }

  async #allYears(
    table: TableSpec,
    file: (partition: string) => string,
    names: readonly string[],
  ): Promise<Columns> {
    const folder = `${this.root}/${file("any")}`.split("/").slice(0, -2).join("/");
    const found: Columns[] = [];
    for (const { name } of this.files.list(folder)) {
      const part = await this.#part(table, file(name), names);
      if (part !== undefined) found.push(part);
    }
    const specs = table.columns.filter(({ name }) => names.includes(name));
    return join(found.map((columns) => ({ columns, rows: undefined })), specs);
  }

  async #part(
    table: TableSpec,
    path: string,
    names: readonly string[],
  ): Promise<Columns | undefined> {
    const file = `${this.root}/${path}`;
    if (this.files.size(file) === undefined) return undefined;
    return await readColumns(table, this.files.read(file), file, names);
  }
}
