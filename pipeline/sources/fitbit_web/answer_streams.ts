/**
 * A resource of the Fitbit Web API as a stream, from a table of its fields: for answers that hold a
 * list of records, each with its day or its wall-clock time.
 */

import type { TableSpec } from "../../catalog.ts";
import { dayNumber } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import {
  arrayAt,
  countUnknownFields,
  isObject,
  member,
  objectAt,
  type UnknownFields,
} from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { type Reading, valueAt } from "../records/readings.ts";
import { addRecords, type Field, field, type RecordSpec } from "../records/record_reader.ts";
import type { Flattened, Stream } from "../source.ts";
import { answeredDay } from "./answer_days.ts";
import { parseWithIds } from "./ids.ts";
import { type Placed, placedWalls, wallMs } from "./local_stamps.ts";

/** Readings that depend on the document. */
export interface DocumentReadings {
  /** The day an answer is of, in days since 1970; one that was asked for. */
  readonly day: Reading;
  /** The instant of a single wall-clock stamp, in ms since 1970. */
  readonly instant: Reading;
  /** The first day that the document was asked for, in days since 1970. */
  readonly firstDay: number;
}

/** A resource's table of fields. */
export interface AnswerSpec {
  /** As in the path: `hrv/all`. */
  readonly name: string;
  readonly table: TableSpec;
  /** The member that holds the records; absent when an answer is a record, or a list of them. */
  readonly list?: string;
  /** A list in the record that gives a row for each element. */
  readonly each?: string;
  /** What the wall clock showed, as `wallMs` gives it, for tables with a time; of the element. */
  wallOf?(record: unknown, place: string): number;
  columns(readings: DocumentReadings): Readonly<Record<string, Field>>;
  /** Paths of fields that are known and make no column. */
  readonly known?: readonly string[];
  /** What a record cannot do without, though each column it fills may be null. */
  readonly needed?: readonly string[];
  /** Whether a record makes no row. */
  skip?(record: unknown): boolean;
  /** Lists that go on beyond the days asked for: the member of a record that begins with its day. */
  readonly dayMember?: string;
  /** What is said of saved answers with records, whose units nothing tells. */
  readonly unitsNote?: string;
  /** Raised when the same document would give other rows; 1 unless given. */
  readonly version?: number;
}

/** Records, and where they stand: in messages, and without numbers. */
export interface Records {
  readonly records: readonly unknown[];
  readonly place: string;
  readonly general: string;
}

/**
 * The records of all answers in a document. Throws a DocumentError when it is none.
 * @param list The member that holds them; undefined when an answer is a record, or a list of them.
 */
export function recordsIn(
  document: Uint8Array,
  list: string | undefined,
  unknown: UnknownFields,
): Records[] {
  return arrayAt(parseWithIds(document), "the document").map((body, index) => {
    const place = `answers[${index}]`;
    if (list === undefined) {
      const isNothing = isObject(body) && Object.keys(body).length === 0;
      const records = Array.isArray(body) ? body : isNothing ? [] : [objectAt(body, place)];
      return { records, place, general: "answers" };
    }
    const answer = objectAt(body, place);
    countUnknownFields(answer, { [list]: true, pagination: true, summary: true }, "", unknown);
    const records = arrayAt(member(answer, list) ?? [], `${place}.${list}`);
    return { records, place: `${place}.${list}`, general: list };
  });
}

/** The stream of a resource. */
export function answerStream(spec: AnswerSpec): Stream {
  return {
    source: "fitbit-web",
    name: spec.name,
    table: spec.table.name,
    version: spec.version ?? 1,
    flatten(document, manifest): Flattened {
      const unknown: UnknownFields = new Map();
      const notes: string[] = [];
      const rows = new ColumnsBuilder(spec.table);
      const lists = recordsIn(document, spec.list, unknown);
      const { wallOf, each, known = [], needed = [] } = spec;
      const skip = skipped(spec, manifest);
      const readings = documentReadings(manifest, notes);
      const times = wallOf === undefined ? {} : timeFields(
        placedRecords(lists, { each, skip }, wallOf, manifest, notes),
        each !== undefined,
      );
      const records: RecordSpec = {
        table: spec.table,
        columns: { ...times, ...spec.columns(readings) },
        known,
        needed,
        ...each === undefined ? {} : { each },
        skip,
      };
      for (const { records: list, place, general } of lists) {
        addRecords(records, list, place, general, rows, unknown);
      }
      const isSaved = manifest.account === undefined;
      if (isSaved && spec.unitsNote !== undefined && lists.some((of) => of.records.length > 0)) {
        notes.push(spec.unitsNote);
      }
      return { columns: rows.columns(), unknown, notes };
    },
  };
}

/** Which records make no row. */
function skipped(
  { skip, dayMember }: AnswerSpec,
  { first_day, last_day }: Manifest,
): (record: unknown) => boolean {
  return (record) => {
    if (skip?.(record) === true) return true;
    const day = dayMember === undefined ? undefined : valueAt(record, dayMember);
    if (typeof day !== "string") return false;
    return day.slice(0, 10) < first_day || day.slice(0, 10) > last_day;
  };
}

function documentReadings(manifest: Manifest, notes: string[]): DocumentReadings {
  return {
    day: (value, place) => dayNumber(answeredDay(value, place, manifest)),
    instant: (value, place) => placedWalls([wallMs(value, place)], manifest, notes)[0]?.time,
    firstDay: dayNumber(manifest.first_day),
  };
}

/** The moment of each record, or of each element of its list. */
function placedRecords(
  lists: readonly Records[],
  { each, skip }: { each: string | undefined; skip(record: unknown): boolean },
  wallOf: (record: unknown, place: string) => number,
  manifest: Manifest,
  notes: string[],
): ReadonlyMap<unknown, Placed> {
  const things: unknown[] = [];
  const walls: number[] = [];
  const add = (thing: unknown, place: string) => {
    things.push(thing);
    walls.push(wallOf(thing, place));
  };
  for (const { records, place } of lists) {
    records.forEach((record, index) => {
      const at = `${place}[${index}]`;
      if (skip(record)) return;
      if (each === undefined) return add(record, at);
      arrayAt(valueAt(record, each) ?? [], `${at}.${each}`)
        .forEach((element, i) => add(element, `${at}.${each}[${i}]`));
    });
  }
  const placed = placedWalls(walls, manifest, notes);
  return new Map(placed.map((moment, i) => [things[i], moment]));
}

/** The columns of a moment, for records or the elements of their lists. */
export function timeFields(
  placed: ReadonlyMap<unknown, Placed>,
  ofElement: boolean,
): Record<"time" | "utc_offset_s", Field> {
  const path = ofElement ? "@" : "^";
  return {
    time: field(path, (record) => placed.get(record)?.time),
    utc_offset_s: field(path, (record) => placed.get(record)?.utc_offset_s),
  };
}
