/** `deno task transform`: raw documents to Parquet (and CSV) parts. */

import { type ExitCode, exitCode } from "../errors.ts";
import type { Talk } from "../effects.ts";
import { type DataRoot, openDataRoot } from "../raw/data_root.ts";
import { counted } from "../terminal/counted.ts";
import { runTransform, type TransformRequest, type TransformSummary } from "../transform/run.ts";
import type { OptionSpec } from "../terminal/arguments.ts";
import { grouped } from "../terminal/table.ts";
import type { Command, CommandContext } from "./command.ts";
import { tableChoice } from "./tables.ts";

/** So many notes of one kind are shown; the rest is counted. */
const notesShown = 5;

/** Of everything that makes tables. */
export const csvOptions: readonly OptionSpec[] = [
  {
    name: "csv",
    about: "Write CSV files too; from then on they are kept in step",
    setting: "csv",
  },
  { name: "no-csv", about: "No CSV files for what is new, whatever the settings say" },
];

export const transform: Command = {
  spec: {
    name: "transform",
    about: "Turns raw documents into tables: one Parquet file a day (or a year, for sparse " +
      "tables).\nOnly parts whose documents, or the code that reads them, changed are rebuilt.",
    options: [
      ...csvOptions,
      { name: "only", value: "TABLE", about: "Only this table; several with commas between" },
      { name: "force", about: "Rebuild all parts" },
    ],
  },
  async run({ given, root, effects }) {
    const request: TransformRequest = {
      only: tableChoice(given.text("only")),
      force: given.flag("force"),
      csv: given.flag("csv"),
    };
    using data = openDataRoot(root, "transform", effects);
    return await transformAndTell(data, request, effects);
  },
};

/** Runs the stage and says what it did; the exit code says whether something is missing. */
export async function transformAndTell(
  data: DataRoot,
  request: TransformRequest,
  effects: CommandContext["effects"],
): Promise<ExitCode> {
  const summary = await runTransform(request, { ...data, ...effects });
  return tellTransform(summary, effects.talk);
}

function tellTransform(summary: TransformSummary, talk: Talk): ExitCode {
  const why = Array.from(summary.reasons, ([reason, parts]) => `${grouped(parts)}: ${reason}`);
  talk.say(
    summary.built === 0
      ? `Tables: all ${counted(summary.upToDate, "part is", "parts are")} up to date`
      : `Tables: ${counted(summary.built, "part")} built with ${counted(summary.rows, "row")} ` +
        `(${why.join("; ")}), ${counted(summary.written, "file")} written, ` +
        `${counted(summary.upToDate, "part")} up to date`,
  );
  if (summary.removed > 0) {
    talk.say(`Removed ${counted(summary.removed, "part")} whose documents are gone`);
  }
  const overlaps = summary.reports.filter(({ report }) =>
    report.shares.filter(({ rows }) => rows > 0).length > 1
  );
  tellSome(
    talk,
    ["part", "that more than one series covers; one supplies all rows of a day"],
    overlaps.map(({ part, report }) =>
      `${part}: ${
        report.shares.map(({ series, rows, minutes, days }) =>
          `${series} ${days > 0 ? "taken" : "left"} (${counted(rows, "row")}, ${
            grouped(minutes)
          } min)`
        ).join(", ")
      }`
    ),
  );
  tellSome(talk, ["document", "with rows that others have too, left out"], leftOut(summary));
  tellSome(
    talk,
    ["note"],
    summary.reports.flatMap(({ part, report }) => report.notes.map((note) => `${part}: ${note}`)),
  );
  const unknown = new Map<string, number>();
  for (const { report } of summary.reports) {
    for (const [path, times] of Object.entries(report.unknown)) {
      unknown.set(path, (unknown.get(path) ?? 0) + times);
    }
  }
  tellSome(
    talk,
    ["field", "that nobody here knows yet, kept in raw/"],
    Array.from(unknown, ([path, times]) => `${path}: ${counted(times, "time")}`),
  );
  const aside = summary.reports.flatMap(({ report }) => report.put_aside);
  for (const { path, reason } of aside) talk.say(`Put aside ${path}: ${reason}`);
  return aside.length > 0 ? exitCode.incomplete : exitCode.done;
}

/** Those with most of them first. */
function leftOut({ reports }: TransformSummary): string[] {
  const sums = new Map<string, { rows: number; conflicts: number }>();
  for (const { path, duplicates, conflicts } of reports.flatMap(({ report }) => report.left_out)) {
    const before = sums.get(path) ?? { rows: 0, conflicts: 0 };
    sums.set(path, {
      rows: before.rows + duplicates + conflicts,
      conflicts: before.conflicts + conflicts,
    });
  }
  return Array.from(sums).sort(([a, m], [b, n]) => n.rows - m.rows || (a < b ? -1 : 1)).map((
    [path, { rows, conflicts }],
  ) =>
    `${path}: ${counted(rows, "row")}${
      conflicts === 0 ? "" : `, ${grouped(conflicts)} of them with other values`
    }`
  );
}

function tellSome(
  talk: Talk,
  [one, ...more]: readonly [one: string, more?: string],
  lines: readonly string[],
): void {
  if (lines.length === 0) return;
  talk.say(`${[counted(lines.length, one), ...more].join(" ")}:`);
  for (const line of lines.slice(0, notesShown)) talk.say(`  ${line}`);
  if (lines.length > notesShown) talk.say(`  and ${grouped(lines.length - notesShown)} more`);
}
