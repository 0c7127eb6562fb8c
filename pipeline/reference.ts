/**
 * The reference pages, made from the catalogue, the registry of streams and the table of settings, so
 * that they cannot say anything else. `deno task docs` writes them; a test holds them against the code.
 */

import { aggregates } from "./aggregate/catalog.ts";
import { type ColumnSpec, tables, type TableSpec } from "./catalog.ts";
import { settingNames, settings, settingVariable } from "./settings/catalog.ts";
import { settingsTemplate } from "./settings/template.ts";
import { streams } from "./sources/registry.ts";
import { troublesPage } from "./troubles_page.ts";

/** The page of all tables, as Markdown. */
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

/** The page of all settings, as Markdown. */
export function settingsPage(): string {
  return [
    "# Settings",
    "",
    "Made by `deno task docs` from `pipeline/settings/catalog.ts`; edit that, not this page.",
    "",
    "What you would say with every command you can say once. An option of a command beats the",
    "environment, that beats the settings file, that beats what holds otherwise. `deno task settings`",
    "shows which value holds and where it comes from; `deno task settings --init` writes the file",
    "below, `settings.toml`, into the folder of the logins (`~/.config/everysecond` on Linux,",
    "`~/Library/Application Support/everysecond` on a Mac, `%APPDATA%\\everysecond` on Windows, or what",
    "`EVERYSECOND_CONFIG` names). `--settings FILE` or `EVERYSECOND_SETTINGS` names another file.",
    "",
    "| setting | in the environment | when it is nowhere | what |",
    "|---|---|---|---|",
    ...settingNames.map((name) =>
      `| \`${name}\` | \`${settingVariable(name)}\` | ${settings[name].usual} | ${
        settings[name].about
      } |`
    ),
    "",
    "A key that does not exist or a value that cannot be meant is an error that says what to write.",
    "Tokens are no settings: logins lie in a file of their own that only you can read.",
    "",
    "```toml",
    settingsTemplate().trimEnd(),
    "```",
    "",
  ].join("\n");
}

/** Every page made here, by its place. */
export const pages: Readonly<Record<string, () => string>> = {
  "docs/tables.md": referencePage,
  "docs/settings.md": settingsPage,
  "docs/troubles.md": troublesPage,
};

if (import.meta.main) {
  for (const [path, page] of Object.entries(pages)) {
    Deno.writeTextFileSync(new URL(`../${path}`, import.meta.url), page());
  }
}
