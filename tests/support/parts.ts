/** Parts of a data root read back as rows, by hyparquet. */

import { tableNamed } from "../../pipeline/catalog.ts";
import type { Day } from "../../pipeline/day.ts";
import { defaultParticipant, partFile, partitionOf } from "../../pipeline/layout.ts";
import { readColumns } from "../../pipeline/read_columns.ts";
import { type PlainRow, plainRows } from "./rows.ts";

/** The rows of a table's part that holds a day; none when there is no such part. */
export async function partRows(root: string, table: string, day: Day): Promise<PlainRow[]> {
  const spec = tableNamed(table);
  const path = `${root}/${partFile(table, defaultParticipant, partitionOf(spec, day))}`;
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  return plainRows(spec, await readColumns(spec, bytes, path));
}
