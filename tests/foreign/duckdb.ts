/** DuckDB, through Python's package, asked for rows. */

import assert from "node:assert/strict";
import { pythonWith } from "./installs.ts";

/** Runs one query a line of the input, and prints the rows of each as a line of JSON. */
const script = `
import duckdb, json, sys
for line in sys.stdin:
    rows = duckdb.sql(json.loads(line)).fetchall()
    print(json.dumps(rows))
`;

/** The rows of each query, with the values as JSON has them. */
export async function askDuckdb(queries: readonly string[]): Promise<unknown[]> {
  if (queries.length === 0) return [];
  const child = new Deno.Command(await pythonWith("duckdb==2.0.0"), {
    args: ["-c", script],
    env: { PYTHONUTF8: "1", TZ: "UTC" },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = queries.map((sql) => JSON.stringify(sql) + "\n").join("");
  const [{ success, stdout }] = await Promise.all([
    child.output(),
    new Blob([input]).stream().pipeTo(child.stdin),
  ]);
  assert.ok(success, "python failed");
  const lines = new TextDecoder().decode(stdout).trimEnd().split("\n");
  return lines.map((line): unknown => JSON.parse(line));
}
