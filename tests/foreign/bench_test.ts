/** That the benchmark still compares what is equal: DuckDB's queries make the tables that we make. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

/** Every part of the benchmark in which DuckDB makes our tables, and its rows in what is printed. */
const compared = {
  "fitbit-web": 1,
  "takeout-json": 1,
  "takeout-csv": 1,
  "google-health": 1,
  "whole-account": 4,
  "import": 1,
} as const;

Deno.test("deno task bench finds the same rows in DuckDB's tables as in ours", async () => {
  const only = Object.keys(compared).join();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "bench", "--only", only, "--days", "3", "--rounds", "1"],
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stderr);
  // The benchmark itself throws where two tables differ.
  assert.ok(success, said);
  const table = new TextDecoder().decode(stdout).split("\n").filter((line) =>
    line.startsWith("| ")
  );
  const expected = Object.values(compared).reduce((sum, rows) => sum + rows, 0);
  assert.ok(table.length >= expected, `${table.length} rows in the table:\n${table.join("\n")}`);
});
