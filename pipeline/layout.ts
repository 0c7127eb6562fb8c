/**
 * Where everything lies in a data root. The only module that builds these paths; all are relative
 * to the data root, with forward slashes.
 */

import type { Day } from "./day.ts";
import type { TableSpec } from "./catalog.ts";
import { UsageError } from "./errors.ts";

/** Whose data when nothing else is said. */
export const defaultParticipant = "me";

/** The ledger's file. */
export const ledgerFile = "ledger.sqlite";

/** The lock's file; it stays, the lock on it does not. */
export const lockFile = ".lock";

/** What one run holds of a data root: the whole of it, or one participant of a cohort. */
export interface Holding {
  readonly ledger: string;
  readonly lock: string;
  /** Where its raw documents lie. */
  readonly raw: string;
  /** Whose it is; undefined when it is everybody's. */
  readonly participant?: string;
}

/** All of a data root, with one ledger. */
export const wholeRoot: Holding = { ledger: ledgerFile, lock: lockFile, raw: "raw" };

/** A participant of a cohort: a ledger and a lock apart, so that many runs work side by side. */
export function cohortMember(participant: string): Holding {
  const raw = `raw/${participant}`;
  return { ledger: `${raw}/${ledgerFile}`, lock: `${raw}/${lockFile}`, raw, participant };
}

/** What is made from raw documents: folders of tables, each with a folder a participant. */
const madeFolders = ["tables", "csv", "aggregates"];

/** The folders that a holding writes to, of those that there are. */
export function foldersOf(
  { raw, participant }: Holding,
  list: (folder: string) => readonly { name: string }[],
): string[] {
  if (participant === undefined) return ["."];
  return [
    raw,
    `import/${participant}`,
    `choices/${participant}`,
    reportFolder(participant),
    ...madeFolders.flatMap((made) =>
      list(made).map(({ name }) => `${made}/${name}/participant=${participant}`)
    ),
  ];
}

/** What unattended runs said. */
export const logFile = "log/pipeline.log";

const participantPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The participant id, checked: it becomes a folder name and a Hive partition value. */
export function checkedParticipant(text: string): string {
  if (participantPattern.test(text)) return text;
  throw new UsageError(
    `Cannot use "${text}" as a participant`,
    "Use 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit",
  );
}

/** Folder of a participant's raw documents of one source and stream. */
export function rawFolder(participant: string, source: string, stream: string): string {
  return `raw/${participant}/${source}/${stream}`;
}

/** A web document, by the first civil day it was asked for. */
export function webDocument(
  participant: string,
  source: string,
  stream: string,
  firstDay: Day,
): string {
  return `${rawFolder(participant, source, stream)}/${firstDay}.json.zst`;
}

/** An archive member; `member` is a checked relative path. */
export function archiveDocument(participant: string, archive: string, member: string): string {
  return `raw/${participant}/takeout/${archive}/${member}.zst`;
}

/** The manifest beside a document. */
export function manifestOf(documentPath: string): string {
  return documentPath.replace(/\.zst$/, ".meta.json");
}

/** `date=2026-10-25` or `year=2026`: the partition of a table that a civil day falls in. */
export function partitionOf(table: TableSpec, day: Day): string {
  return table.partition === "date" ? `date=${day}` : `year=${day.slice(0, 4)}`;
}

/** A table's part. */
export function partFile(table: string, participant: string, partition: string): string {
  return `tables/${table}/participant=${participant}/${partition}/part.parquet`;
}

/** The same as CSV. */
export function csvFile(table: string, participant: string, partition: string): string {
  return `csv/${table}/participant=${participant}/${partition}/part.csv`;
}

/** A part of an aggregate (`minute`, `hour`, `day`, `week`, `month`). */
export function aggregateFile(grain: string, participant: string, partition: string): string {
  return `aggregates/${grain}/participant=${participant}/${partition}/part.parquet`;
}

/** The page a person looks at; `report.html` for the default participant. */
export function reportFile(participant: string): string {
  return `${reportName(participant)}.html`;
}

/** The folder beside the page with a file of seconds a day. */
export function reportFolder(participant: string): string {
  return `${reportName(participant)}-days`;
}

function reportName(participant: string): string {
  return participant === defaultParticipant ? "report" : `report-${participant}`;
}

/** What is known of an archive's clock beside its documents. */
export function clockFile(participant: string, archive: string): string {
  return `raw/${participant}/takeout/${archive}.clock.json`;
}

/** Which series supplied which days of every table, where others disagree, and what was there twice. */
export function choicesFile(
  participant: string,
  name: "chosen" | "disagreements" | "duplicates",
  ending: "json" | "csv",
): string {
  return `choices/${participant}/${name}.${ending}`;
}

/** The report of an import of an archive. */
export function importReportFile(
  participant: string,
  archive: string,
  ending: "json" | "csv",
): string {
  return `import/${participant}/${archive}.${ending}`;
}

/** The folder of a table about a whole cohort (`outcomes`, `adherence`, ...). */
export function cohortTable(name: string): string {
  return `cohort/${name}`;
}
