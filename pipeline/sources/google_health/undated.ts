/** What has no days in the Google Health API: it is as it is on the day it is asked. */

import type { TableSpec } from "../../catalog.ts";
import { dayNumber } from "../../day.ts";
import { arrayAt, parseDocument, type UnknownFields } from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { addRecords, type Field, field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { pointListsOf } from "./pages.ts";

/** A table of fields. */
export interface UndatedSpec {
  readonly name: string;
  /** The member of a page that holds the records, each with a `name`; absent where the answer is one. */
  readonly list?: string;
  readonly table: TableSpec;
  /** Of streams that each hold other columns of the same row. */
  readonly series?: string;
  /** For each column but the date: where it stands in a record, and how it is read. */
  readonly columns: Readonly<Record<string, Field>>;
  /** Fields that are known and make no column. */
  readonly known: readonly string[];
}

/** The stream of the records, its rows dated by the civil day that was today when it was asked for. */
export function undatedStream(
  { name, list, table, series, columns, known }: UndatedSpec,
): Stream {
  return {
    source: "google-health",
    name,
    table: table.name,
    ...series === undefined ? {} : { series },
    version: 1,
    flatten(document, manifest) {
      const unknown: UnknownFields = new Map();
      const rows = new ColumnsBuilder(table);
      const day = dayNumber(manifest.first_day);
      // No field tells the day.
      const spec = { table, columns: { date: field("name", () => day), ...columns }, known };
      const answers = parseDocument(document);
      const lists = list === undefined
        ? [{ points: answers, place: "answers" }]
        : pointListsOf(answers, unknown, list);
      for (const { points, place } of lists) {
        addRecords(spec, arrayAt(points, place), place, list ?? "answers", rows, unknown);
      }
      return { columns: rows.columns(), unknown, notes: [] };
    },
  };
}
