/** Rows of a report as the text of its files: CSV, and JSON with a line a row. Pure. */

import { quoted } from "./csv_field.ts";

/** A row: its cells by the names of the columns; null where there is nothing to say. */
export type ReportRow = Readonly<Record<string, string | number | null>>;

/**
 * The rows as CSV, with a header; null is an empty cell.
 *
 * @example
 * ```ts
 * import { csvText } from "./row_texts.ts";
 * import assert from "node:assert/strict";
 * assert.equal(csvText(["day", "rows"], [{ day: "2026-10-25", rows: null }]), "day,rows\n2026-10-25,\n");
 * ```
 */
export function csvText(columns: readonly string[], rows: readonly ReportRow[]): string {
  const lines = rows.map((row) =>
    columns.map((column) => row[column] ?? null)
      .map((cell) => cell === null ? "" : quoted(String(cell))).join(",")
  );
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}

/** A list as JSON, a line for each value, so that two reports compare well. */
export function jsonList(values: readonly unknown[]): string {
  return values.length === 0
    ? "[]"
    : `[\n${values.map((value) => JSON.stringify(value)).join(",\n")}\n]`;
}
