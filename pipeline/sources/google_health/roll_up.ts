/**
 * A data type of the Google Health API that only gives roll-ups, as a stream, from a table of its
 * fields. Its windows are of UTC and carry no offset: that comes from the document's manifest.
 */

import type { TableSpec } from "../../catalog.ts";
import type { DocumentClock } from "../../raw/manifest.ts";
import { arrayAt, parseDocument, type UnknownFields } from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { instant, type Reading } from "../records/readings.ts";
import { addRecords, type Field, field, type RecordSpec } from "../records/record_reader.ts";
import type { Flattened, Stream } from "../source.ts";
import { utcOffsetBy } from "../utc_clock.ts";
import { pointListsOf, rollUpList } from "./pages.ts";
import { lasting } from "./points.ts";
import { rollUpScanner } from "./scan_roll_ups.ts";

/** A roll-up's table of fields. */
export interface RollUpSpec {
  /** As in the path: `total-calories`. */
  readonly name: string;
  readonly table: TableSpec;
  /** For each column: where it stands in a point (`totalCalories.kcalSum`), and how it is read. */
  readonly columns: Readonly<Record<string, Field>>;
  /** A list in a point that gives a row for each element. */
  readonly each?: string;
  /** What a point cannot do without, though a value in it may be absent. */
  readonly needed?: readonly string[];
}

/**
 * The stream of a data type whose document holds `rollupDataPoints`. Its `flatten` throws a
 * DocumentError when the manifest's clock has no offsets.
 */
export function rollUpStream(spec: RollUpSpec): Stream {
  const scan = rollUpScanner(spec);
  const read = rollUpReader(spec);
  return {
    source: "google-health",
    name: spec.name,
    table: spec.table.name,
    version: 1,
    flatten: (document, manifest) =>
      scan?.(document, manifest.clock) ?? read(document, manifest.clock),
  };
}

/** The careful reader of a roll-up; it throws a DocumentError. */
export function rollUpReader(
  { table, columns, each, needed = [] }: RollUpSpec,
): (document: Uint8Array, clock: DocumentClock) => Flattened {
  const specOf = (clock: DocumentClock): RecordSpec => ({
    table,
    columns: {
      time: field("startTime", instant),
      utc_offset_s: field("startTime", offsetBy(clock)),
      duration_s: field("^", lasting),
      ...columns,
    },
    ...each === undefined ? {} : { each },
    known: ["endTime"],
    needed,
  });
  return (document, clock) => {
    const unknown: UnknownFields = new Map();
    const rows = new ColumnsBuilder(table);
    const spec = specOf(clock);
    for (const { points, place } of pointListsOf(parseDocument(document), unknown, rollUpList)) {
      addRecords(spec, arrayAt(points, place), place, rollUpList, rows, unknown);
    }
    return { columns: rows.columns(), unknown, notes: [] };
  };
}

/** The offset that the document's clock says was in force at an instant, in seconds. */
function offsetBy(clock: DocumentClock): Reading {
  const offsetAt = utcOffsetBy(clock);
  return (value, place) => {
    const time = instant(value, place);
    return typeof time === "number" ? offsetAt(time) : undefined;
  };
}
