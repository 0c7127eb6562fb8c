/**
 * A data type of the Google Health API as a stream, from a table of its fields: what every point of
 * its record type carries is added here, once.
 */

import type { TableSpec } from "../../catalog.ts";
import { DocumentError } from "../../errors.ts";
import { arrayAt, member, objectAt, parseDocument, type UnknownFields } from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import {
  dateObject,
  instant,
  lastSegment,
  type Reading,
  utcOffset,
  valueAt,
} from "../records/readings.ts";
import { addRecords, type Field, field, type RecordSpec } from "../records/record_reader.ts";
import type { Flattened, Stream, Window } from "../source.ts";
import { pointListsOf } from "./pages.ts";
import { fieldName } from "./records.ts";
import { pointScanner } from "./scan_points.ts";

/** How the points of a record type say when they were. */
export type PointKind = "interval" | "sample" | "daily" | "session";

/** A data type's table of fields. */
export interface PointSpec {
  /** As in the path: `active-minutes`. */
  readonly name: string;
  readonly kind: PointKind;
  readonly table: TableSpec;
  /** For each column: where it stands below the payload (`count`), and how it is read. */
  readonly columns: Readonly<Record<string, Field>>;
  /** A list below the payload that gives a row for each element. */
  readonly each?: string;
  /** Fields below the payload that are known and make no column. */
  readonly known?: readonly string[];
  /** Why a payload makes no row yet; undefined when it makes one. */
  readonly leaveOut?: (payload: unknown) => string | undefined;
  /** Whether a payload is of the days asked for, where the filter cannot see to it. */
  readonly wasAsked?: (payload: unknown, days: Window) => boolean;
  readonly version?: number;
}

const intervalPaths = [
  "endTime",
  "startUtcOffset",
  "endUtcOffset",
  "civilStartTime",
  "civilEndTime",
];

/** Envelope members that any point may have beside its payload. */
const envelope = ["name", "dataPointName", "dataSource"];

/** The stream of a data type. */
export function pointStream(spec: PointSpec): Stream {
  const scan = pointScanner(spec);
  const read = pointReader(spec);
  return {
    source: "google-health",
    name: spec.name,
    table: spec.table.name,
    version: spec.version ?? 1,
    flatten: (document, manifest) => scan?.(document) ?? read(document, manifest),
  };
}

/** The careful reader of a data type; it throws a DocumentError. */
export function pointReader(spec: PointSpec): Stream["flatten"] {
  const payload = fieldName(spec.name);
  const below = (path: string) => path.startsWith("@") ? path : `${payload}.${path}`;
  const { leaveOut, wasAsked } = spec;
  const reasonOf = (point: unknown) => leaveOut?.(valueAt(point, payload));
  const records: RecordSpec = {
    table: spec.table,
    columns: {
      ...timeFields(spec, payload),
      ...Object.fromEntries(
        Object.entries(spec.columns).map(([column, of]) => [column, {
          ...of,
          path: of.path.startsWith("^.") ? of.path.slice(2) : below(of.path),
        }]),
      ),
    },
    ...spec.each === undefined ? {} : { each: `${payload}.${spec.each}` },
    known: [
      ...envelope,
      ...spec.kind === "interval" || spec.kind === "session"
        ? intervalPaths.map((path) => `${payload}.interval.${path}`)
        : spec.kind === "sample"
        ? [`${payload}.sampleTime.civilTime`]
        : [],
      ...(spec.known ?? []).map(below),
    ],
  };
  return (document, { first_day: first, last_day: last }): Flattened => {
    const unknown: UnknownFields = new Map();
    const rows = new ColumnsBuilder(spec.table);
    const skip = (point: unknown) =>
      reasonOf(point) !== undefined ||
      wasAsked?.(valueAt(point, payload), { first, last }) === false;
    const notes: string[] = [];
    for (const { points, place } of pointListsOf(parseDocument(document), unknown)) {
      const list = arrayAt(points, place);
      addRecords({ ...records, skip }, list, place, "dataPoints", rows, unknown);
      notes.push(...list.map(reasonOf).filter((reason) => reason !== undefined));
    }
    return { columns: rows.columns(), unknown, notes };
  };
}

/** The id of an identifiable point: of `list` in `name`, of `reconcile` in `dataPointName`. */
export const pointId: Field = field("^.dataPointName", lastSegment);

function timeFields({ kind, table }: PointSpec, payload: string): Record<string, Field> {
  const has = (column: string) => table.columns.some(({ name }) => name === column);
  const only = (fields: Record<string, Field>) =>
    Object.fromEntries(Object.entries(fields).filter(([column]) => has(column)));
  switch (kind) {
    case "daily":
      return { date: field(`${payload}.date`, dateObject) };
    case "sample":
      return only({
        time: field(`${payload}.sampleTime.physicalTime`, instant),
        utc_offset_s: field(`${payload}.sampleTime.utcOffset`, utcOffset),
      });
    case "interval":
    case "session":
      return only({
        time: field(`${payload}.interval.startTime`, instant),
        utc_offset_s: field(`${payload}.interval.startUtcOffset`, utcOffset),
        duration_s: field(`${payload}.interval`, lasting),
        end_time: field(`${payload}.interval.endTime`, instant),
        end_utc_offset_s: field(`${payload}.interval.endUtcOffset`, utcOffset),
      });
  }
}

/** How long an interval of `startTime` and `endTime` lasts, in seconds. */
export const lasting: Reading = (value, place) => {
  const interval = objectAt(value, place);
  const start = instant(member(interval, "startTime"), `${place}.startTime`);
  const end = instant(member(interval, "endTime"), `${place}.endTime`);
  if (typeof start === "number" && typeof end === "number" && end >= start) {
    return (end - start) / 1000;
  }
  throw new DocumentError(`Cannot read ${place}: it ends before it starts`);
};
