/**
 * The resources of the Fitbit Web API with a value every minute, as streams: by the wearer's clock,
 * in UTC on days on which the clocks change, and in coarser steps where somebody saved those.
 */

import {
  activityLevel,
  altitude,
  calories,
  distance,
  floors,
  steps,
  swimmingStrokes,
} from "../../catalog/activity.ts";
import type { TableSpec } from "../../catalog.ts";
import type { Column } from "../../columns.ts";
import { DocumentError } from "../../errors.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { type OpenDocument, readDocument, scanDocument } from "../json/open_document.ts";
import type { Flattened, Stream } from "../source.ts";
import { accountUnits, areFeet } from "./account_units.ts";
import type { IntradayResource } from "./activity_resources.ts";
import { intradayAnswers, type IntradayPoints, intradayPoints } from "./intraday_answers.ts";
import { type IntradayRows, measuredRows } from "./intraday_rows.ts";

/** How a resource's points become a table's columns, beside time, offset and duration. */
interface IntradayTable {
  readonly resource: IntradayResource;
  readonly table: TableSpec;
  /** The numbers of a point. */
  readonly names: readonly string[];
  readonly zeroIsGap?: boolean;
  readonly noneIsUsual?: boolean;
  /** Only minutes have it. */
  readonly minutesOnly?: true;
  columns(rows: IntradayRows, detail: Detail, context: Context): Readonly<Record<string, Column>>;
}

interface Context {
  readonly manifest: Manifest;
  readonly notes: string[];
}

const details = { "1min": 60, "1min-utc": 60, "5min": 300, "15min": 900 } as const;

type Detail = keyof typeof details;

const perMinute: readonly IntradayTable[] = [
  {
    resource: "steps",
    table: steps,
    names: ["value"],
    columns: (rows) => ({ steps: counts(rows) }),
  },
  {
    resource: "distance",
    table: distance,
    names: ["value"],
    columns(rows, _, { manifest, notes }) {
      // A distance alone never shows its unit.
      const { distance_m } = accountUnits(undefined, manifest, notes);
      return { distance_m: reals(valuesOf(rows), distance_m) };
    },
  },
  {
    resource: "floors",
    table: floors,
    names: ["value"],
    columns: (rows) => ({ floors: counts(rows) }),
  },
  {
    resource: "swimming-strokes",
    table: swimmingStrokes,
    names: ["value"],
    noneIsUsual: true,
    columns: (rows) => ({ strokes: counts(rows) }),
  },
  {
    resource: "elevation",
    table: altitude,
    names: ["value"],
    columns(rows, _, { manifest, notes }) {
      const { height_m } = accountUnits(areFeet(valuesOf(rows)), manifest, notes);
      return { gain_m: reals(valuesOf(rows), height_m) };
    },
  },
  {
    resource: "calories",
    table: calories,
    names: ["value", "level", "mets"],
    // The body uses energy at rest too.
    zeroIsGap: true,
    columns: (rows, detail) => ({
      energy_kcal: reals(valuesOf(rows), 1),
      // Over several minutes nobody has said whether it is a sum or a mean.
      met: details[detail] === 60
        ? {
          type: "float64",
          values: (rows.numbers["mets"] ?? new Float64Array()).map((m) => m / 10),
        }
        : {
          type: "float64",
          values: new Float64Array(rows.times.length),
          valid: new Uint8Array(rows.times.length),
        },
    }),
  },
  {
    resource: "calories",
    table: activityLevel,
    names: ["value", "level", "mets"],
    zeroIsGap: true,
    minutesOnly: true,
    columns: (rows) => ({
      level: {
        type: "string",
        dictionary: [...levels, "unspecified"],
        codes: Int32Array.from(
          rows.numbers["level"] ?? [],
          (level) => level in levels ? level : levels.length,
        ),
      },
    }),
  },
];

/** The levels by their number. */
const levels = ["sedentary", "lightly_active", "moderately_active", "very_active"] as const;

function assemble(
  { zeroIsGap = false, noneIsUsual = false, columns }: IntradayTable,
  points: IntradayPoints,
  detail: Detail,
  opened: OpenDocument,
  manifest: Manifest,
): Flattened {
  const notes: string[] = [];
  const answers = intradayAnswers(opened, points, manifest, notes);
  const kind = { step_s: details[detail], zeroIsGap, noneIsUsual };
  const rows = measuredRows(answers, kind, manifest, notes);
  return {
    columns: {
      rows: rows.times.length,
      columns: {
        time: { type: "timestamp_ms", values: rows.times },
        utc_offset_s: { type: "int32", values: rows.offsets },
        duration_s: {
          type: "float64",
          values: new Float64Array(rows.times.length).fill(details[detail]),
        },
        ...columns(rows, detail, { manifest, notes }),
      },
    },
    unknown: opened.unknown,
    notes,
  };
}

const valuesOf = ({ numbers }: IntradayRows) => numbers["value"] ?? new Float64Array();

/** Values in another unit. */
function reals(values: Float64Array, factor: number): Column {
  return { type: "float64", values: values.map((value) => value * factor) };
}

/** Whole numbers; throws a DocumentError where one is not. */
function counts(rows: IntradayRows): Column {
  const values = valuesOf(rows);
  const broken = values.find((value) => !Number.isInteger(value));
  if (broken === undefined) return { type: "int32", values: Int32Array.from(values) };
  throw new DocumentError(`Cannot read ${broken}: expected a whole number`);
}

/** A stream with its two readers, of which the careful one decides where the fast one gives up. */
export interface IntradayStream extends Stream {
  scan(document: Uint8Array, manifest: Manifest): Flattened | undefined;
  read(document: Uint8Array, manifest: Manifest): Flattened;
}

function streamOf(of: IntradayTable, points: IntradayPoints, detail: Detail): IntradayStream {
  const scan: IntradayStream["scan"] = (document, manifest) => {
    const opened = scanDocument(document, points);
    return opened && assemble(of, points, detail, opened, manifest);
  };
  const read: IntradayStream["read"] = (document, manifest) =>
    assemble(of, points, detail, readDocument(document, points), manifest);
  return {
    source: "fitbit-web",
    name: `activities/${of.resource}/${detail}`,
    table: of.table.name,
    version: 1,
    scan,
    read,
    flatten: (document, manifest) => scan(document, manifest) ?? read(document, manifest),
  };
}

/** Every such stream, for each table the most trusted first. */
export const intradayStreams: readonly IntradayStream[] = perMinute.flatMap((of) => {
  const points = intradayPoints(of.resource, of.names);
  return (["1min-utc", "1min", "5min", "15min"] as const)
    .filter((detail) => of.minutesOnly !== true || details[detail] === 60)
    .map((detail) => streamOf(of, points, detail));
});
