/** Whether a shared data root holds nothing but what may be shared: every file and every cell is looked at. */

import { parquetMetadata } from "hyparquet";
import { aggregates } from "../aggregate/catalog.ts";
import { tables, type TableSpec } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import type { Files } from "../effects.ts";
import { UserError } from "../errors.ts";
import { readColumns } from "../read_columns.ts";
import { isOffset } from "./disguise.ts";
import { droppedTables, mayBeShared } from "./vocabulary.ts";

/** Something that must not be there. */
export interface Leak {
  readonly path: string;
  readonly what: string;
}

const partPath =
  /^(tables|aggregates)\/([a-z0-9_]+)\/participant=[A-Za-z0-9][A-Za-z0-9._-]{0,63}\/(date=\d{4}-\d\d-\d\d|year=\d{4})\/part\.parquet$/;

const shared: Readonly<Record<string, readonly TableSpec[]>> = {
  tables: tables.filter(({ name }) => !droppedTables.includes(name)),
  aggregates,
};

/**
 * What leaks: files that are no parts of known tables, texts of no known list, ids as the source wrote
 * them, offsets from UTC, and anything a part carries besides its columns.
 */
export async function leaksOf(root: string, files: Files): Promise<Leak[]> {
  const leaks: Leak[] = [];
  for (const path of pathsBelow(root, "", files)) {
    const [, kind = "", name = ""] = partPath.exec(path) ?? [];
    const table = shared[kind]?.find((one) => one.name === name);
    if (table === undefined) {
      leaks.push({ path, what: "it is no part of a table that may be shared" });
      continue;
    }
    for (const what of await leaksOfPart(table, files.read(`${root}/${path}`), path)) {
      leaks.push({ path, what });
    }
  }
  return leaks;
}

async function leaksOfPart(table: TableSpec, part: Uint8Array, path: string): Promise<string[]> {
  const leaks: string[] = [];
  let columns: Columns;
  try {
    columns = await readColumns(table, part, path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.message];
  }
  const { schema, key_value_metadata } = parquetMetadata(new Uint8Array(part).buffer);
  const known = new Set(table.columns.map(({ name }) => name));
  const unknown = schema.slice(1).map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length > 0) leaks.push(`it has columns of no catalogue: ${unknown.join(", ")}`);
  const own = new Set([table.name, String(table.version)]);
  const words = key_value_metadata?.filter(({ value }) => !own.has(value ?? ""));
  if (words !== undefined && words.length > 0) {
    leaks.push(`it carries words besides its columns: ${words.map(({ key }) => key).join(", ")}`);
  }
  for (const [name, column] of Object.entries(columns.columns)) {
    if (column.type === "int32" && isOffset(name) && column.values.some((value) => value !== 0)) {
      leaks.push(`${name} tells where the wearer was`);
    }
    if (column.type === "string" && table.columns.some((spec) => spec.name === name)) {
      const cells = new Set(column.codes.filter((_, row) => column.valid?.[row] !== 0));
      const texts = Array.from(cells, (code) => column.dictionary[code] ?? "");
      const rule = columnBehind(table, name);
      const wrong = texts.find((text) => !mayBeShared(rule, text));
      if (wrong !== undefined) leaks.push(`${name} has "${wrong}"`);
    }
  }
  return leaks;
}

/** The column of a table that a column of an aggregate is from: `level` of `readiness_level`. */
function columnBehind(table: TableSpec, column: string): string {
  if (!aggregates.includes(table)) return column;
  return tables.flatMap(({ name, columns }) => columns.map((own) => ({ name, own: own.name })))
    .find(({ name, own }) => `${name}_${own}` === column)?.own ?? column;
}

function* pathsBelow(root: string, folder: string, files: Files): Generator<string> {
  for (const { name, isFolder } of files.list(folder === "" ? root : `${root}/${folder}`)) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (isFolder) yield* pathsBelow(root, path, files);
    else yield path;
  }
}
