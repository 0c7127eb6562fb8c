/**
 * A family of the JSON tree that is a list of small records, as a stream, from a table of its fields.
 * By which clock its times go, the manifest says; labels of days need none.
 */

import type { TableSpec } from "../../catalog.ts";
import { dayNumber, isDay, MS_PER_DAY } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { parseWithIds } from "../fitbit_web/ids.ts";
import { arrayAt, type UnknownFields, unreadable } from "../json/document.ts";
import { readUsDateTime } from "../json/read_value.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { type Reading, real, valueAt } from "../records/readings.ts";
import { addRecords, type Field, field } from "../records/record_reader.ts";
import type { Flattened, Stream } from "../source.ts";
import { type Instant, instantBy } from "./instants.ts";

/** A family's table of fields. */
export interface JsonFamilySpec {
  /** `weight-*.json`. */
  readonly name: string;
  readonly table: TableSpec;
  /** Streams of the same series hold different parts of the same days. */
  readonly series?: string;
  /** When a record was, as it is written; absent for tables of days. */
  readonly written?: Reading;
  readonly columns: Readonly<Record<string, Field>>;
  /** A list in the record that gives a row for each element. */
  readonly each?: string;
  /** Paths of fields that are known and make no column. */
  readonly known?: readonly string[];
  /** Whether a record makes no row. */
  readonly skip?: (record: unknown) => boolean;
  /** What a person should know of a record. */
  readonly noteOf?: (record: unknown, place: string) => string | undefined;
  /** The record as the fields are to find it, where its own form is no list of rows. */
  readonly reshape?: (record: unknown, place: string) => unknown;
}

/** What ids are called; newer ones are past 2^53. */
const idNames = ["logId", "exerciseId", "id"];

const usDate = /^\d{2}\/\d{2}\/\d{2}$/;

/**
 * A time or a date of the archive's JSON as it is written, in ms since 1970 as if it were UTC:
 * `04/05/20 13:59:55`, `04/05/20`, `2020-04-05`; undefined for anything else.
 */
export function readStamp(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  if (isDay(value)) return dayNumber(value) * MS_PER_DAY;
  return readUsDateTime(usDate.test(value) ? `${value} 00:00:00` : value);
}

/** The same; throws a DocumentError for anything else. */
export const stamp: Reading = (value, place) => {
  const ms = readStamp(value);
  if (ms !== undefined) return ms;
  throw unreadable(place, "a time such as 04/05/20 13:59:55", value);
};

/** The civil day of such a time, in days since 1970. */
export const stampDay: Reading = (value, place) => {
  const ms = stamp(value, place);
  return typeof ms === "number" ? Math.floor(ms / MS_PER_DAY) : undefined;
};

/** A number in another unit: so many of the column's units are in one of the file's. */
export function times(factor: number): Reading {
  return (value, place) => {
    const number = real(value, place);
    return typeof number === "number" ? number * factor : undefined;
  };
}

/** The stream of a family. */
export function jsonStream(spec: JsonFamilySpec): Stream {
  const { name, table, series, each, known = [], reshape } = spec;
  return {
    source: "takeout",
    name,
    table: table.name,
    ...series === undefined ? {} : { series },
    version: 1,
    flatten(document, manifest): Flattened {
      const unknown: UnknownFields = new Map();
      const rows = new ColumnsBuilder(table);
      const list = arrayAt(parseWithIds(document, idNames), "the document");
      const records = reshape === undefined
        ? list
        : list.map((record, index) => reshape(record, `[${index}]`));
      const notes = spec.noteOf === undefined
        ? []
        : records.flatMap((record, index) => spec.noteOf?.(record, `[${index}]`) ?? []);
      const until = lastDay(manifest);
      addRecords(
        {
          table,
          columns: { ...timeColumns(spec, manifest), ...spec.columns },
          ...each === undefined ? {} : { each },
          known,
          skip: (record) => spec.skip?.(record) === true || isPadding(record, until),
        },
        records,
        "",
        "",
        rows,
        unknown,
      );
      return { columns: rows.columns(), unknown, notes: Array.from(new Set(notes)) };
    },
  };
}

/** The last day that can hold data, in days since 1970, where the file goes on beyond the export. */
function lastDay({ clock }: Manifest): number | undefined {
  return clock.kind === "explicit" && clock.until !== undefined
    ? dayNumber(clock.until)
    : undefined;
}

function isPadding(record: unknown, until: number | undefined): boolean {
  if (until === undefined) return false;
  const day = stampDay(valueAt(record, "dateTime"), "dateTime");
  return typeof day === "number" && day > until;
}

function timeColumns({ written }: JsonFamilySpec, manifest: Manifest) {
  if (written === undefined) return { date: field("dateTime", stampDay) };
  const instantAt = instantBy(manifest.clock);
  const placed = (record: unknown, place: string): Instant | undefined => {
    const ms = written(record, place);
    return typeof ms === "number" ? instantAt(ms) : undefined;
  };
  return {
    time: field("^", (record, place) => placed(record, place)?.time),
    utc_offset_s: field("^", (record, place) => placed(record, place)?.utc_offset_s),
  };
}

/** The time under that name. */
export function stampIn(path: string): Reading {
  return (record, place) => stamp(valueAt(record, path), `${place}.${path}`);
}

/** An entry without a time of day has the last second of it, as the service writes it. */
const untimed = "23:59:59";

/** When a weighing was, as it is written: a date and a time of day. */
export function weighedAt(entry: unknown): string {
  return `${valueAt(entry, "date")} ${valueAt(entry, "time") ?? untimed}`;
}
