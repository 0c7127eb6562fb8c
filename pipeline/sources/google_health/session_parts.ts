/**
 * The parts of sessions of the Google Health API as rows: the stages of a sleep, the splits of an
 * exercise. Each has times of its own, a beginning and an end as a rule, and stands in one of several
 * lists of its session.
 */

import type { TableSpec } from "../../catalog.ts";
import { dayAt, dayNumber } from "../../day.ts";
import { arrayAt, parseDocument } from "../json/document.ts";
import { type CellValue, ColumnsBuilder } from "../records/columns_builder.ts";
import { instant, lastSegment, type Reading, utcOffset, valueAt } from "../records/readings.ts";
import { addRecords, type Field, field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { pointListsOf } from "./pages.ts";
import { lasting } from "./points.ts";
import { fieldName } from "./records.ts";

/** One of a session's lists. */
export interface PartList {
  /** Its member of the payload. */
  readonly member: string;
  /** For each column beside the times: where it stands in a part, and how it is read. */
  readonly columns: Readonly<Record<string, Field>>;
  /**
   * The columns of a part's own times; of a beginning and an end unless given.
   * @param offset That of the session, for parts without one; undefined if the wall clock changed
   * meanwhile, for then nothing tells on which side a part lies.
   */
  times?(offset: CellValue): Record<string, Field>;
  /** Columns that are the same for all its parts. */
  readonly constants: Readonly<Record<string, CellValue>>;
  /** Fields of a part that are known and make no column. */
  readonly known?: readonly string[];
}

/** The parts of a data type's sessions. */
export interface PartSpec {
  /** The stream that reads the sessions themselves: what it refuses or leaves out has no parts. */
  readonly session: Stream;
  readonly table: TableSpec;
  /** The column that names the session. */
  readonly id: string;
  /** The end of a session whose civil day is the `date` of its parts. */
  readonly dayOf: "start" | "end";
  readonly lists: readonly PartList[];
  readonly version: number;
}

/** The stream of the parts. A session whose end does not say its day makes no rows. */
export function partStream(spec: PartSpec): Stream {
  const { session, table, lists } = spec;
  const payload = fieldName(session.name);
  return {
    ...session,
    table: table.name,
    version: session.version + spec.version,
    flatten(document, manifest) {
      const { unknown: ofSessions, notes } = session.flatten(document, manifest);
      const unknown = new Map(ofSessions);
      const rows = new ColumnsBuilder(table);
      for (const { points, place } of pointListsOf(parseDocument(document), new Map())) {
        arrayAt(points, place).forEach((point, index) => {
          const read = (path: string, reading: Reading): CellValue => {
            const value = valueAt(point, path);
            return value === undefined ? undefined : reading(value, `${place}[${index}].${path}`);
          };
          const [start, end] = ["start", "end"].map((end) =>
            read(`${payload}.interval.${end}UtcOffset`, utcOffset)
          );
          const time = read(`${payload}.interval.${spec.dayOf}Time`, instant);
          const offset = spec.dayOf === "start" ? start : end;
          if (typeof time !== "number" || typeof offset !== "number") return;
          const same = {
            [spec.id]: read("dataPointName", lastSegment),
            date: dayNumber(dayAt(time, offset)),
          };
          for (const { member, columns, constants, known = [], times = partTimes } of lists) {
            const path = `${payload}.${member}`;
            const parts = valueAt(point, path) ?? [];
            addRecords(
              {
                table,
                columns: {
                  ...times(start === end ? start : undefined),
                  ...columns,
                  ...asFields({ ...same, ...constants }),
                },
                known: ["endTime", "endUtcOffset", ...known],
              },
              arrayAt(parts, `${place}[${index}].${path}`),
              `${place}[${index}].${path}`,
              `dataPoints[].${path}`,
              rows,
              unknown,
            );
          }
        });
      }
      return { columns: rows.columns(), unknown, notes };
    },
  };
}

/** The times of a part with a beginning and an end. */
function partTimes(offset: CellValue): Record<string, Field> {
  return {
    time: field("startTime", instant),
    utc_offset_s: field("startUtcOffset", utcOffset, offset),
    duration_s: field("^", lasting),
  };
}

/** Fields that give these values whatever the part. */
export function asFields(values: Readonly<Record<string, CellValue>>): Record<string, Field> {
  return Object.fromEntries(
    Object.entries(values).map(([column, value]) => [column, field("^", () => value)]),
  );
}
