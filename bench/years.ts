/**
 * Years of one person for the report: a month of the demo again and again, at other dates, as parts,
 * aggregates and ledger that all stages would have left.
 */

import { day as dayAggregate } from "../pipeline/aggregate/catalog.ts";
import { tables, type TableSpec } from "../pipeline/catalog.ts";
import type { Column, Columns } from "../pipeline/columns.ts";
import { addDays, type Day, dayNumber, dayOfNumber, MS_PER_DAY } from "../pipeline/day.ts";
import { diskFiles } from "../pipeline/effects.ts";
import { aggregateFile, defaultParticipant, ledgerFile, partFile } from "../pipeline/layout.ts";
import { Ledger, type PartRow } from "../pipeline/raw/ledger.ts";
import type { Manifest } from "../pipeline/raw/manifest.ts";
import { readColumns } from "../pipeline/read_columns.ts";
import { join } from "../pipeline/transform/column_rows.ts";
import { writeParquet } from "../pipeline/transform/parquet/write.ts";
import { unsyncedFiles } from "./data_root.ts";

/** The days of the demo that are repeated: four weeks, so that weekdays stay what they are. */
const monthFirst: Day = "2026-10-02";
const monthDays = 28;

/** The tables whose rows the report reads, with a part a day. */
const denseRead: ReadonlySet<string> = new Set(["heart_rate", "steps"]);

/** Long after the last day. */
const settledAt = "2036-01-01T00:00:00.000Z";

/**
 * Makes a data root with so many days out of the demo's.
 * @returns The last day.
 */
export async function makeYears(demo: string, root: string, days: number): Promise<Day> {
  const cycles = Math.ceil(days / monthDays);
  // The last month lies where it lay.
  const first = addDays(monthFirst, -(cycles - 1) * monthDays);
  const last = addDays(first, days - 1);
  Deno.mkdirSync(root, { recursive: true });
  using from = new Ledger(`${demo}/${ledgerFile}`, { readOnly: true });
  using to = new Ledger(`${root}/${ledgerFile}`);
  const shifts = Array.from({ length: cycles }, (_, i) => (i - cycles + 1) * monthDays)
    .filter((shift) => addDays(monthFirst, shift) <= last);
  const parts = from.parts().filter(({ rows }) => rows > 0);
  const made: PartRow[] = [];
  for (const table of tables) {
    const own = parts.filter(({ table_name }) => table_name === table.name);
    made.push(
      ...table.partition === "date"
        ? await denseParts(table, own, demo, root, shifts)
        : await sparseParts(table, own, demo, root, shifts),
    );
  }
  await aggregates(demo, root, shifts);
  to.transaction(() => {
    for (const part of made) to.recordPart(part);
    for (const row of from.documents()) {
      for (const shift of shifts) {
        const day = addDays(row.first_day, shift);
        const isDaily = row.first_day === row.last_day;
        if (isDaily && (row.first_day < monthFirst || !isOfMonth(dayNumber(row.first_day)))) {
          continue;
        }
        const window = isDaily
          ? { first_day: day, last_day: day }
          : { first_day: addDays(monthFirst, shift), last_day: addDays(monthFirst, shift + 27) };
        to.recordDocument(row.path.replace(row.first_day, window.first_day), {
          ...manifest(row.source, row.stream),
          ...window,
          empty: row.empty === 1,
        });
      }
    }
  });
  return last;
}

function manifest(source: Manifest["source"], stream: string): Manifest {
  return {
    format: 1,
    participant: defaultParticipant,
    source,
    stream,
    first_day: "",
    last_day: "",
    sha256: "0".repeat(64),
    bytes: 0,
    received_at: settledAt,
    asked_at: settledAt,
    synced_to: null,
    empty: false,
    origin: ["made up"],
    clock: { kind: "explicit" },
  };
}

function isOfMonth(day: number): boolean {
  const at = day - dayNumber(monthFirst);
  return at >= 0 && at < monthDays;
}

async function denseParts(
  table: TableSpec,
  parts: readonly PartRow[],
  demo: string,
  root: string,
  shifts: readonly number[],
): Promise<PartRow[]> {
  const made: PartRow[] = [];
  for (const part of parts) {
    const day = part.partition.slice("date=".length);
    if (!isOfMonth(dayNumber(day))) continue;
    const path = `${demo}/${partFile(table.name, defaultParticipant, part.partition)}`;
    const columns = denseRead.has(table.name)
      ? await readColumns(table, diskFiles.read(path), path)
      : undefined;
    for (const shift of shifts) {
      const partition = `date=${addDays(day, shift)}`;
      made.push({ ...part, partition });
      if (columns !== undefined) {
        write(
          table,
          shifted(columns, shift),
          `${root}/${partFile(table.name, defaultParticipant, partition)}`,
        );
      }
    }
  }
  return made;
}

async function sparseParts(
  table: TableSpec,
  parts: readonly PartRow[],
  demo: string,
  root: string,
  shifts: readonly number[],
): Promise<PartRow[]> {
  const [part] = parts;
  if (part === undefined) return [];
  const path = `${demo}/${partFile(table.name, defaultParticipant, part.partition)}`;
  const columns = ofMonth(await readColumns(table, diskFiles.read(path), path));
  return years(table, columns, shifts).map(({ year, rows }): PartRow => {
    const partition = `year=${year}`;
    write(table, rows, `${root}/${partFile(table.name, defaultParticipant, partition)}`);
    return { ...part, partition, rows: rows.rows };
  });
}

async function aggregates(demo: string, root: string, shifts: readonly number[]): Promise<void> {
  const fileOf = (folder: string, year: string) =>
    `${folder}/${aggregateFile("day", defaultParticipant, `year=${year}`)}`;
  const path = fileOf(demo, monthFirst.slice(0, 4));
  const columns = ofMonth(await readColumns(dayAggregate, diskFiles.read(path), path));
  for (const { year, rows } of years(dayAggregate, columns, shifts)) {
    write(dayAggregate, rows, fileOf(root, year));
  }
}

function write(table: TableSpec, columns: Columns, path: string): void {
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  unsyncedFiles.writeSynced(path, writeParquet(table, columns));
}

/** The day of a row, in days since 1970. */
function dayReader(columns: Columns): (row: number) => number {
  const { date, time, utc_offset_s: offset } = columns.columns;
  if (date?.type === "date") return (row) => date.values[row] ?? NaN;
  if (time?.type !== "timestamp_ms" || offset?.type !== "int32") {
    throw new TypeError("Cannot tell the day of a row: expected a date, or time and offset");
  }
  return (row) =>
    Math.floor(((time.values[row] ?? NaN) + (offset.values[row] ?? 0) * 1000) / MS_PER_DAY);
}

function ofMonth(columns: Columns): Columns {
  const dayOf = dayReader(columns);
  return picked(
    columns,
    Array.from({ length: columns.rows }, (_, row) => row)
      .filter((row) => isOfMonth(dayOf(row))),
  );
}

function picked(columns: Columns, rows: readonly number[]): Columns {
  const specs = Object.entries(columns.columns)
    .map(([name, { type }]) => ({ name, type, nullable: true, about: "" }));
  return join([{ columns, rows }], specs);
}

/** The month at all shifts, cut into years. */
function years(
  table: TableSpec,
  month: Columns,
  shifts: readonly number[],
): { year: string; rows: Columns }[] {
  const all = join(
    shifts.map((shift) => ({ columns: shifted(month, shift), rows: undefined })),
    table.columns,
  );
  const dayOf = dayReader(all);
  const rows = Array.from({ length: all.rows }, (_, row) => row);
  return Array.from(
    Map.groupBy(rows, (row) => dayOfNumber(dayOf(row)).slice(0, 4)),
    ([year, ofYear]) => ({ year, rows: picked(all, ofYear) }),
  );
}

/** The rows so many days later; ids differ from month to month. */
function shifted({ rows, columns }: Columns, days: number): Columns {
  const later = ([name, column]: [string, Column]): [string, Column] => {
    switch (column.type) {
      case "timestamp_ms":
        return [name, { ...column, values: column.values.map((time) => time + days * MS_PER_DAY) }];
      case "date":
        return [name, { ...column, values: column.values.map((date) => date + days) }];
      case "string":
        return name.endsWith("_id")
          ? [name, { ...column, dictionary: column.dictionary.map((id) => `${id}${days}`) }]
          : [name, column];
      default:
        return [name, column];
    }
  };
  return { rows, columns: Object.fromEntries(Object.entries(columns).map(later)) };
}
