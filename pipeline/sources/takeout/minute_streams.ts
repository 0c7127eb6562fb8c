/**
 * The JSON families with a value a minute: `steps-`, `distance-`, `calories-`, `altitude-*.json`. One
 * array a file of 30 civil days. By which clock its times go, the manifest says.
 */

import { altitude, calories, distance, floors, steps } from "../../catalog/activity.ts";
import type { TableSpec } from "../../catalog.ts";
import type { Column } from "../../columns.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { type OpenDocument, readDocument, scanDocument } from "../json/open_document.ts";
import { decimal, recordOf, time, type ValueShape, whole } from "../json/record_shape.ts";
import type { Flattened, Stream } from "../source.ts";
import { ambiguousNote, instantsOf } from "./instants.ts";
import { type TwinMarks, twinMarks, type TwinSpec } from "./twin_marks.ts";

/** What a family's value becomes in a table. */
interface MinuteTable {
  readonly table: TableSpec;
  readonly columns: (values: Float64Array) => Readonly<Record<string, Column>>;
}

interface MinuteFamily {
  readonly name: string;
  readonly value: ValueShape;
  readonly tables: readonly MinuteTable[];
}

const column = { time: 0, value: 1 } as const;

/** Values are texts. */
const quoted = { required: true, quoted: "always", min: 0 } as const;

const real = (values: Float64Array): Column => ({ type: "float64", values });
const count = (values: Float64Array): Column => ({
  type: "int32",
  values: Int32Array.from(values),
});
const nothing = ({ length }: Float64Array): Column => ({
  type: "float64",
  values: new Float64Array(length),
  valid: new Uint8Array(length),
});

const centimetresPerMetre = 100;
const feetPerFloor = 10;

/** Heights are counted in whole feet; through whole tenths of a millimetre they stay exact. */
const metresOfFeet = (feet: number) => feet * 3048 / 10_000;

const minuteFamilies: readonly MinuteFamily[] = [
  {
    name: "steps-*.json",
    value: whole(column.value, { ...quoted, max: 999_999 }),
    tables: [{ table: steps, columns: (values) => ({ steps: count(values) }) }],
  },
  {
    name: "distance-*.json",
    // Whatever the profile's units.
    value: decimal(column.value, { ...quoted, max: 1e9 }),
    tables: [{
      table: distance,
      columns: (values) => ({ distance_m: real(values.map((cm) => cm / centimetresPerMetre)) }),
    }],
  },
  {
    name: "calories-*.json",
    value: decimal(column.value, { ...quoted, max: 1e6 }),
    tables: [{
      table: calories,
      columns: (values) => ({ energy_kcal: real(values), met: nothing(values) }),
    }],
  },
  {
    name: "altitude-*.json",
    value: decimal(column.value, { ...quoted, max: 1e6 }),
    tables: [
      { table: altitude, columns: (values) => ({ gain_m: real(values.map(metresOfFeet)) }) },
      {
        table: floors,
        columns: (values) => ({
          floors: count(values.map((feet) => Math.round(feet / feetPerFloor))),
        }),
      },
    ],
  },
];

/** Calories and heights of the JSON tree are those of the CSV tree; a floor is ten feet. */
export const caloriesTwin: TwinSpec = { of: "calories", unit: 1 };
export const altitudeTwin: TwinSpec = { of: "altitude", unit: feetPerFloor };

/** What a file's twin is known by; undefined where there is nothing, or it takes the careful reader. */
export function marksOfMinutes(
  stream: string,
  twin: TwinSpec,
  document: Uint8Array,
): TwinMarks | undefined {
  const place = minuteStreams.find(({ name }) => name === stream)?.place;
  const opened = place && scanDocument(document, place);
  if (opened === undefined) return undefined;
  const { envelope, rows, rowsOf } = opened;
  const ranges = [rowsOf(envelope, "", "")];
  const marks = twinMarks(
    twin,
    rows.float64(column.time, ranges),
    rows.float64(column.value, ranges),
  );
  rows.handOn();
  return marks;
}

/** A minute's rows, scanned from the bytes; undefined when the careful reader has to decide. */
export function scanMinutes(stream: MinuteStream, document: Uint8Array, manifest: Manifest) {
  const opened = scanDocument(document, stream.place);
  return opened && assemble(stream, opened, manifest);
}

/** The same, read carefully; throws a DocumentError. */
export function readMinutes(stream: MinuteStream, document: Uint8Array, manifest: Manifest) {
  return assemble(stream, readDocument(document, stream.place), manifest);
}

function assemble(
  { columns }: MinuteStream,
  { envelope, rows, rowsOf, unknown }: OpenDocument,
  manifest: Manifest,
): Flattened {
  const ranges = [rowsOf(envelope, "", "")];
  const written = rows.float64(column.time, ranges);
  const values = rows.float64(column.value, ranges);
  rows.handOn();
  const { times, offsets, ambiguous } = instantsOf(written, manifest.clock);
  return {
    columns: {
      rows: times.length,
      columns: {
        time: { type: "timestamp_ms", values: times },
        utc_offset_s: { type: "int32", values: offsets },
        duration_s: real(new Float64Array(times.length).fill(60)),
        ...columns(values),
      },
    },
    unknown,
    notes: ambiguous === 0 ? [] : [ambiguousNote(ambiguous)],
  };
}

/** A stream, with what its two readers need. */
export interface MinuteStream extends Stream {
  readonly place: Parameters<typeof readDocument>[1];
  readonly columns: MinuteTable["columns"];
}

/** A stream for each table of each family. */
export const minuteStreams: readonly MinuteStream[] = minuteFamilies.flatMap(
  ({ name, value, tables }) => {
    const shape = recordOf(2, { dateTime: time("us_date_time", column.time), value });
    return tables.map(({ table, columns }): MinuteStream => {
      const stream: MinuteStream = {
        source: "takeout",
        name,
        table: table.name,
        version: 1,
        place: { lists: [], shape },
        columns,
        flatten: (document, manifest) =>
          scanMinutes(stream, document, manifest) ?? readMinutes(stream, document, manifest),
      };
      return stream;
    });
  },
);
