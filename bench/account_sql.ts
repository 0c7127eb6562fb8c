/**
 * How DuckDB flattens a whole account's documents to our columns: the queries of each service are in
 * account_google.ts and account_fitbit.ts, an entry a table, with explicit column types.
 *
 * The wearer lives in a zone whose clock never changes, so that plain SQL gets the times right too.
 */

import type { TableSpec } from "../pipeline/catalog.ts";
import type { Day } from "../pipeline/day.ts";
import { defaultParticipant, rawFolder } from "../pipeline/layout.ts";
import type { ApiName } from "../pipeline/sources/simulator/api.ts";

/** A zone without clock changes, and its distance from UTC. */
export const timeZone = "Asia/Kolkata";
export const offset_s = 19_800;

/** A table as DuckDB makes it. */
export interface AccountQuery {
  readonly table: TableSpec;
  /** The documents it is made from, as a stream. */
  readonly stream: string;
  /** For each column that has values: the expression. */
  readonly columns: Readonly<Record<string, string>>;
  /** Where the rows come from; `$objects` are the documents' pages as JSON, `$last` the last day. */
  readonly from: string;
}

const duckTypes: Readonly<Record<TableSpec["columns"][number]["type"], string>> = {
  timestamp_ms: "timestamp",
  int32: "integer",
  float64: "double",
  date: "date",
  string: "varchar",
  boolean: "boolean",
};

/** The query of a table, with all its columns, below a data root. */
export function sqlOf(api: ApiName, query: AccountQuery, root: string, lastDay: Day): string {
  const files = `'${root}/${rawFolder(defaultParticipant, api, query.stream)}/*.json.zst'`;
  const objects =
    `(select json from read_json_objects(${files}, format = 'array', maximum_object_size = 64_000_000))`;
  const columns = query.table.columns.map(({ name, type }) => {
    const expression = name === "source" ? `'${api}'` : query.columns[name];
    return `${expression ?? `null::${duckTypes[type]}`} as "${name}"`;
  });
  return `select ${columns.join(", ")} from ${
    query.from.replace("$objects", objects).replace("$last", `'${lastDay}'`)
  }`;
}

/** What two tables have in common only when they are equal, for all practical purposes. */
export function fingerprintSql({ columns }: TableSpec, files: string): string {
  const values = columns.map(({ name, type }) => {
    if (type === "timestamp_ms") return `epoch_ms("${name}")::bigint`;
    if (type === "float64") return `round("${name}"::double, 6)`;
    return `"${name}"::${type === "int32" ? "bigint" : duckTypes[type]}`;
  });
  return `select count(*), sum(hash(${values.join(", ")})::hugeint)
    from read_parquet('${files}', hive_partitioning = false, union_by_name = true)`;
}
