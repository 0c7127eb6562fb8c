/** The results as one Markdown table, each with the target it was held against. */

import { counted } from "../pipeline/terminal/counted.ts";
import { byteSize, grouped } from "../pipeline/terminal/table.ts";
import type { AccountTimes } from "./account.ts";
import { accountRows, comparedLine } from "./account_table.ts";
import type { CohortTimes } from "./cohort.ts";
import type { Flattening } from "./flatten.ts";
import type { Importing } from "./import.ts";
import type { NothingToDo } from "./nothing_to_do.ts";
import type { Timing } from "./programs.ts";
import type { ReadBack } from "./read_back.ts";
import type { ReportTimes } from "./report.ts";

export interface Results {
  readonly machine: {
    readonly cores: number;
    readonly memory_bytes: number;
    readonly deno: string;
    readonly duckdb: string;
  };
  readonly flattening: readonly Flattening[];
  readonly wholeAccounts: readonly AccountTimes[];
  readonly importing: Importing | undefined;
  readonly nothingToDo: NothingToDo | undefined;
  readonly readBack: readonly ReadBack[];
  readonly report: ReportTimes | undefined;
  readonly cohort: CohortTimes | undefined;
}

/** How many times DuckDB's speed, by shape. */
export const speedTargets: Readonly<Record<string, number>> = {
  "fitbit-web": 2,
  "takeout-json": 2,
  "takeout-csv": 1,
  "google-health": 4,
};
const peakTarget = 400e6;
const sampleTarget_bytes = 3;
const importTarget = 250e6;
const importPeakTarget = 500e6;
const nothingTarget_s = 1;
const pageTarget = 15e6;

const daysOfYear = 365;

/** A line of the table. */
export type Row = readonly [
  what: string,
  ours: string,
  oneFile: string,
  ratio: string,
  fileADay: string,
  ratio: string,
  target: string,
];

/** The table, the machine, and what DuckDB was asked. */
export function markdown(results: Results): string {
  const { flattening, importing, wholeAccounts, nothingToDo, readBack } = results;
  const rows: Row[] = [
    ...flattening.map(speedRow),
    ...(flattening.length === 0 ? [] : [peakRow(flattening)]),
    ...flattening.map(sizeRow),
    ...wholeAccounts.flatMap(accountRows),
    ...(importing === undefined ? [] : importRows(importing)),
    ...(nothingToDo === undefined ? [] : nothingRows(nothingToDo)),
    ...readBack.map(readBackRow),
    ...(results.report === undefined ? [] : reportRows(results.report)),
    ...(results.cohort === undefined ? [] : cohortRows(results.cohort)),
  ];
  const { cores, memory_bytes, deno, duckdb } = results.machine;
  return [
    line([
      "",
      "Everysecond",
      "DuckDB, one file",
      "ratio",
      "DuckDB, a file a day",
      "ratio",
      "target",
    ]),
    line(["---", "--:", "--:", "--:", "--:", "--:", "---"]),
    ...rows.map(line),
    "",
    `${cores} cores, ${
      Math.round(memory_bytes / 2 ** 30)
    } GB of memory, Deno ${deno}, DuckDB ${duckdb}.`,
    ...flattening.length === 0 ? [] : ["", ...flattening.map(queryLine)],
    ...wholeAccounts.length === 0 ? [] : ["", ...wholeAccounts.map(comparedLine)],
    ...results.cohort === undefined ? [] : ["", needOfMany(results.cohort)],
  ].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function speedRow({ shape, title, days, samples, ours, oneFile, fileADay }: Flattening): Row {
  const isYear = days === daysOfYear;
  const seconds = (timing: Timing) => {
    const year = (timing.seconds * daysOfYear / days).toFixed(1);
    return `${timing.seconds.toFixed(2)} s${isYear ? "" : `, ${year} s a year`}`;
  };
  const ratio = (timing: Timing) => `${(timing.seconds / ours.seconds).toFixed(2)}x`;
  const target = speedTargets[shape] ?? 1;
  return [
    `${title}: ${isYear ? "a year" : `${days} days`} to Parquet, ` +
    `${(samples / 1e6).toFixed(1)} million samples`,
    seconds(ours),
    seconds(oneFile),
    ratio(oneFile),
    seconds(fileADay),
    ratio(fileADay),
    reached(`at least ${target}x`, oneFile.seconds / ours.seconds >= target),
  ];
}

function peakRow(flattening: readonly Flattening[]): Row {
  const peak = (of: (measured: Flattening) => Timing) =>
    Math.max(...flattening.map((measured) => of(measured).peakBytes));
  const ours = peak((measured) => measured.ours);
  return [
    "Peak memory meanwhile",
    byteSize(ours),
    byteSize(peak((measured) => measured.oneFile)),
    "",
    byteSize(peak((measured) => measured.fileADay)),
    "",
    reached(`under ${byteSize(peakTarget)}`, ours < peakTarget),
  ];
}

function sizeRow(measured: Flattening): Row {
  const { title, samples, documentBytes, rawBytes, tableBytes, duckdbBytes } = measured;
  const million = (bytes: number) => byteSize(bytes / samples * 1e6);
  return [
    `${title}: a million samples, ${million(documentBytes)} as received`,
    `${million(rawBytes)} raw, ${million(tableBytes)} table`,
    `${million(duckdbBytes)} table`,
    "",
    "",
    "",
    reached(
      `table at most ${sampleTarget_bytes} bytes a sample`,
      tableBytes / samples <= sampleTarget_bytes,
    ),
  ];
}

function nothingRows({ days, documents, commands }: NothingToDo): Row[] {
  return Object.entries(commands).map(([name, seconds]) => [
    `\`${name}\` with nothing to do, ${grouped(days)} days, ${grouped(documents)} documents`,
    `${seconds.toFixed(2)} s`,
    "",
    "",
    "",
    "",
    reached(`under ${nothingTarget_s} s`, seconds < nothingTarget_s),
  ]);
}

function importRows(
  { days, members, bytes, skippedBytes, ours, again, duckdb }: Importing,
): Row[] {
  const speed = (seconds: number) => `${Math.round(bytes / seconds / 1e6)} MB/s`;
  const rate = bytes / ours.seconds;
  return [
    [
      `Import an archive of ${grouped(days)} days: ${byteSize(bytes)} unpacked, ` +
      `${grouped(members)} members; ${byteSize(skippedBytes)} skipped`,
      `${ours.seconds.toFixed(1)} s, ${speed(ours.seconds)}`,
      `${duckdb.seconds.toFixed(1)} s, ${speed(duckdb.seconds)} (reads the unpacked files)`,
      `${(duckdb.seconds / ours.seconds).toFixed(1)}x`,
      "",
      "",
      reached(
        `${importTarget / 1e6} MB/s, ahead of DuckDB`,
        rate >= importTarget && ours.seconds < duckdb.seconds,
      ),
    ],
    [
      "Import: peak memory",
      byteSize(ours.peakBytes),
      byteSize(duckdb.peakBytes),
      "",
      "",
      "",
      reached(`under ${importPeakTarget / 1e6} MB`, ours.peakBytes < importPeakTarget),
    ],
    ["Import of the same archive again", `${again.seconds.toFixed(1)} s`, "", "", "", "", ""],
  ];
}

function readBackRow({ what, rows, polars_ms, duckdb_ms }: ReadBack): Row {
  return [
    `Read back our parts: ${what}, ${grouped(rows)} rows`,
    `${polars_ms.toFixed(1)} ms (polars)`,
    "",
    "",
    `${duckdb_ms.toFixed(1)} ms`,
    `${(duckdb_ms / polars_ms).toFixed(2)}x`,
    "",
  ];
}

function cohortRows({ participants, days, runs, again }: CohortTimes): Row[] {
  const row = (what: string, { seconds, peakBytes }: Timing): Row => [
    `Cohort: ${participants} participants of ${days} days, ${what}`,
    `${seconds.toFixed(1)} s, ${Math.round(yearsAnHour(participants, days, seconds))} ` +
    `participant-years an hour, ${byteSize(peakBytes)} a worker`,
    ...["", "", "", "", ""] as const,
  ];
  return [
    ...runs.map(({ workers, timing }) => row(`${counted(workers, "worker")}`, timing)),
    row("everything done before", again),
  ];
}

function yearsAnHour(participants: number, days: number, seconds: number): number {
  return participants * days / daysOfYear * 3600 / seconds;
}

/** What a large study needs, by arithmetic from what was measured here. */
function needOfMany({ participants, days, runs, bytes }: CohortTimes): string {
  const many = 100_000;
  const rates = runs.map(({ workers, timing }) =>
    yearsAnHour(participants, days, timing.seconds) / workers
  );
  const bytesAYear = bytes / (participants * days / daysOfYear);
  return `- Cohort: by arithmetic from these figures, ${grouped(many)} participant-years need ` +
    `${grouped(Math.round(many / Math.max(...rates)))} core-hours and ` +
    `${byteSize(many * bytesAYear)} of disk (${byteSize(bytesAYear)} a participant-year)`;
}

function reportRows(report: ReportTimes): Row[] {
  const { days, pageBytes, folderBytes, write_s, writeAgain_s, writePeakBytes } = report;
  const { firstChart_ms, ready_ms, heapBytes } = report;
  const row = (what: string, ours: string, target = ""): Row => [
    `Report of ${grouped(days)} days: ${what}`,
    ours,
    "",
    "",
    "",
    "",
    target,
  ];
  return [
    row(
      "the page, and the seconds beside it",
      `${byteSize(pageBytes)}, ${byteSize(folderBytes)}`,
      reached(`page under ${byteSize(pageTarget)}`, pageBytes < pageTarget),
    ),
    row(
      "written, and again with nothing changed",
      `${write_s.toFixed(1)} s, ${writeAgain_s.toFixed(1)} s`,
      reached("again under 2 s", writeAgain_s < 2),
    ),
    row(
      "peak memory meanwhile",
      byteSize(writePeakBytes),
      reached(`under ${byteSize(peakTarget)}`, writePeakBytes < peakTarget),
    ),
    row(
      "from opening it to its first chart, and to its last section",
      `${(firstChart_ms / 1000).toFixed(2)} s, ${(ready_ms / 1000).toFixed(2)} s`,
      reached("first chart under 1 s", firstChart_ms < 1000),
    ),
    row("the page's own memory, all drawn", byteSize(heapBytes)),
  ];
}

function reached(target: string, isReached: boolean): string {
  return `${target}: ${isReached ? "reached" : "**missed**"}`;
}

function queryLine({ title, query, otherQueries }: Flattening): string {
  const others = Object.entries(otherQueries)
    .map(([name, seconds]) => `${name} took ${seconds.toFixed(1)} s in its one round`);
  return `- ${title}: DuckDB by ${[query, ...others].join("; ")}`;
}
