/**
 * The reference page of all tables, made from the catalogue and the registry of streams, so that it
 * cannot say anything else. `deno task docs` writes it; a test holds it against the code.
 */

import { aggregates } from "./aggregate/catalog.ts";
import { type ColumnSpec, tables, type TableSpec } from "./catalog.ts";
import { streams } from "./sources/registry.ts";

/** The page, as Markdown. */
export function referencePage(): string {
  return [
    "# Tables",
    "",
    "Made by `deno task docs` from the catalogue; edit the catalogue, not this page.",
    "",
    "Every row has its own offset from UTC or its own civil day. Times are UTC, to the millisecond; local",
    "time is `time + utc_offset_s`. What a source does not give is null, never guessed. For each civil day",
    "exactly one stream supplies the rows of a table: the one that covers most minutes, of equals the one",
    "listed first.",
    "",
    ...tables.flatMap((table) => tableSection(table, feedingLines(table))),
    "# Aggregates",
    "",
    ...aggregates.flatMap((table) => tableSection(table, [])),
  ].join("\n").trimEnd() + "\n";
}

function tableSection(table: TableSpec, feeding: readonly string[]): string[] {
  return [
    `## ${table.name}`,
    "",
    `A row is ${table.grain}. A part is a civil ${table.partition === "date" ? "day" : "year"}; ` +
    `sorted by ${table.key.map((name) => `\`${name}\``).join(", ")}.`,
    "",
    ...feeding,
    "| column | type | unit | null | what |",
    "|---|---|---|---|---|",
    ...table.columns.map(columnLine),
    "",
  ];
}

function feedingLines(table: TableSpec): string[] {
  const feeding = streams.filter((stream) => stream.table === table.name);
  if (feeding.length === 0) return ["No stream fills it yet.", ""];
  return [...feeding.map(({ source, name }) => `- ${source}: \`${name}\``), ""];
}

function columnLine(column: ColumnSpec): string {
  const { name, unit = "", nullable, about } = column;
  return `| \`${name}\` | ${typeWord(column)} | ${unit} | ${nullable ? "yes" : ""} | ${about} |`;
}

const typeWords = {
  timestamp_ms: "timestamp",
  int32: "int32",
  float64: "double",
  date: "date",
  string: "text",
  boolean: "boolean",
} as const;

function typeWord({ type, stored }: ColumnSpec): string {
  return type === "int32" ? stored ?? "int32" : typeWords[type];
}

if (import.meta.main) {
  Deno.writeTextFileSync(new URL("../docs/tables.md", import.meta.url), referencePage());
}
