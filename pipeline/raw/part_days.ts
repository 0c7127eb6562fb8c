/** The civil days that the parts of tables with a part a year have rows of. */

import { numberReader } from "../aggregate/readers.ts";
import { tables, type TableSpec } from "../catalog.ts";
import { MS_PER_DAY } from "../day.ts";
import type { Files } from "../effects.ts";
import { UserError } from "../errors.ts";
import { partFile } from "../layout.ts";
import { readColumns } from "../read_columns.ts";
import type { CalendarInput } from "./calendar.ts";
import type { PartRow } from "./ledger.ts";

/**
 * Reads the days of all such parts, for `calendar.ts`. Throws a UserError that names the part when it
 * is gone or damaged: that a part cannot be read says nothing of its days.
 */
export async function readPartDays(
  root: string,
  files: Pick<Files, "read" | "size">,
  parts: readonly PartRow[],
): Promise<CalendarInput["daysOf"]> {
  const days = new Map<string, ReadonlySet<number>>();
  const perYear = new Map(
    tables.filter(({ partition }) => partition === "year").map((table) => [table.name, table]),
  );
  for (const { table_name, participant, partition, rows } of parts) {
    const table = perYear.get(table_name);
    if (table === undefined || rows === 0) continue;
    const path = partFile(table_name, participant, partition);
    days.set(path, await daysOfPart(table, root, path, files));
  }
  return ({ table_name, participant, partition }) =>
    days.get(partFile(table_name, participant, partition)) ?? new Set();
}

async function daysOfPart(
  table: TableSpec,
  root: string,
  path: string,
  files: Pick<Files, "read" | "size">,
): Promise<ReadonlySet<number>> {
  const file = `${root}/${path}`;
  if (files.size(file) === undefined) {
    throw new UserError(`Cannot find "${file}", which the ledger says is there`, {
      hint: "Run deno task transform: it makes the part again from the raw documents",
    });
  }
  const isDated = table.columns.some(({ name }) => name === "date");
  const names = isDated ? ["date"] : ["time", "utc_offset_s"];
  const columns = await readColumns(table, files.read(file), file, names);
  const all = Array.from({ length: columns.rows }, (_, row) => row);
  if (isDated) {
    const date = numberReader(columns, "date");
    return new Set(all.map((row) => date(row) ?? NaN));
  }
  const time = numberReader(columns, "time");
  const offset = numberReader(columns, "utc_offset_s");
  return new Set(
    all.map((row) => Math.floor(((time(row) ?? NaN) + (offset(row) ?? NaN) * 1000) / MS_PER_DAY)),
  );
}
