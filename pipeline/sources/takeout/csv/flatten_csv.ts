/** From the cells of a CSV file to the rows of a table, by the family's entry; column by column. */

import type { ColumnSpec } from "../../../catalog.ts";
import type { Column, Columns } from "../../../columns.ts";
import { MS_PER_DAY } from "../../../day.ts";
import type { Manifest } from "../../../raw/manifest.ts";
import type { Flattened, Stream } from "../../source.ts";
import { ambiguousNote, type Instants, instantsOf } from "../instants.ts";
import { recordersOf } from "../recorders.ts";
import { utcOffsetsAt } from "../../utc_clock.ts";
import { cellColumn } from "./cell_columns.ts";
import { copy, leaveCopies } from "./night_copies.ts";
import { type CsvCells, earliestStamp, type WantedColumn } from "./columns.ts";
import { type Cell, type CsvFamily, type RowPart, streamOf } from "./csv_family.ts";
import { readCells } from "./read_cells.ts";
import { scanCells } from "./scan_cells.ts";

/** The stream of a family. */
export function csvStream(family: CsvFamily): Stream {
  const { scan, read } = csvReaders(family);
  return {
    ...streamOf(family),
    flatten: (document, manifest) => scan(document, manifest) ?? read(document, manifest),
  };
}

/** Its two readers, of which the careful one decides where the fast one gives up. */
export function csvReaders(family: CsvFamily): {
  scan(document: Uint8Array, manifest: Manifest): Flattened | undefined;
  read(document: Uint8Array, manifest: Manifest): Flattened;
} {
  const plan = planOf(family);
  return {
    scan(document, manifest) {
      const cells = scanCells(document, plan.wanted);
      return cells && flattened(plan, cells, manifest);
    },
    read: (document, manifest) => flattened(plan, readCells(document, plan.wanted), manifest),
  };
}

/** All columns that a family wants, each once, the time first. */
export function wantedOf(family: CsvFamily): WantedColumn[] {
  return planOf(family).wanted;
}

interface Plan {
  readonly family: CsvFamily;
  readonly wanted: WantedColumn[];
  /** Where a column stands in `wanted`, by its first name. */
  readonly indexOf: ReadonlyMap<string, number>;
}

function planOf(family: CsvFamily): Plan {
  const { stamp, parts, recorder, known = [] } = family;
  const optional = (name: string): WantedColumn => ({
    names: [name],
    kind: "text",
    required: false,
  });
  const all: WantedColumn[] = [
    { names: [stamp], kind: "stamp", required: true },
    ...parts.flatMap(({ columns }) => Object.values(columns).map(({ wanted }) => wanted)),
    ...(recorder === undefined ? [] : [optional(recorder)]),
  ];
  const wanted = new Map<string, WantedColumn>();
  for (const column of all) {
    const [name = ""] = column.names;
    if (!wanted.has(name)) wanted.set(name, column);
  }
  const names = Array.from(wanted.keys());
  return {
    family: { ...family, known },
    wanted: Array.from(wanted.values()),
    indexOf: new Map(names.map((name, index) => [name, index])),
  };
}

function indexOf(plan: Plan, { wanted }: Cell): number {
  return plan.indexOf.get(wanted.names[0] ?? "") ?? 0;
}

function flattened(plan: Plan, cells: CsvCells, manifest: Manifest): Flattened {
  const { family } = plan;
  const notes: string[] = cells.cut ? ["the last line breaks off, and makes no row"] : [];
  const all = [{ first: 0, end: cells.rows.rows }];
  const written = cells.rows.float64(0, all);
  const placed = placedBy(family, written, manifest);
  if (placed.ambiguous > 0) notes.push(ambiguousNote(placed.ambiguous));
  if (manifest.clock.kind === "mixed") leaveCopies(placed.times, manifest.clock.wall_rows, notes);
  const parts = family.parts.map((part) => ({
    part,
    rows: rowsOf(plan, part, cells, placed.times, notes),
  }));
  const rows = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  const lines = new Int32Array(rows);
  let from = 0;
  for (const { rows } of parts) {
    lines.set(rows, from);
    from += rows.length;
  }
  // One part is in the order of the file: with as many rows it has them all.
  const isAll = parts.length === 1 && lines.length === written.length;
  const at = isAll ? placed : picked(placed, lines);
  const dates = datesOf(manifest.clock.kind === "wall" ? written : undefined, placed, lines);
  const columns: Record<string, Column> = { ...timeColumns(family, at, dates) };
  for (const spec of family.table.columns) {
    if (spec.name === "source" || columns[spec.name] !== undefined) continue;
    columns[spec.name] = valueColumn(plan, spec, parts, rows, cells);
  }
  const recorders = recordersIn(plan, cells, lines);
  const unknown = new Map(cells.unknown);
  for (const name of family.known ?? []) unknown.delete(name);
  cells.rows.handOn();
  return {
    columns: { rows, columns } satisfies Columns,
    ...(recorders === undefined ? {} : { recorders }),
    unknown,
    notes: Array.from(new Set(notes)),
  };
}

/**
 * The lines that make a row. Those without a value are nothing to tell of: a failed reading is
 * written as such every night.
 */
function rowsOf(
  plan: Plan,
  part: RowPart,
  cells: CsvCells,
  times: Float64Array,
  notes: string[],
): Int32Array {
  const { rows, width, values } = cells.rows;
  const needed = Object.values(part.columns).filter(({ needed }) => needed)
    .map((cell) => indexOf(plan, cell));
  const above0 = part.above0 === undefined ? undefined : part.columns[part.above0];
  const above = above0 && indexOf(plan, above0);
  const found = new Int32Array(rows);
  let count = 0;
  let timeless = 0;
  for (let row = 0; row < rows; row++) {
    const base = row * width;
    if (!(times[row]! >= earliestStamp)) timeless += Number(times[row] !== copy);
    else if (above !== undefined && !(values[base + above]! > 0)) continue;
    else {
      let has = true;
      for (let i = 0; i < needed.length; i++) {
        if (Number.isNaN(values[base + needed[i]!]!)) has = false;
      }
      if (has) found[count++] = row;
    }
  }
  if (timeless > 0) notes.push(`lines without a time make no row: ${timeless}`);
  return found.subarray(0, count);
}

/** When the lines were: instants, or of days the midnight of their label. */
function placedBy({ clock }: CsvFamily, written: Float64Array, manifest: Manifest): Instants {
  if (clock === "days") {
    return { times: written, offsets: new Int32Array(written.length), ambiguous: 0 };
  }
  return manifest.clock.kind === "utc"
    ? { times: written, offsets: utcOffsetsAt(written, manifest.clock), ambiguous: 0 }
    : instantsOf(written, manifest.clock);
}

/** Those of some lines. */
function picked({ times, offsets }: Instants, lines: Int32Array) {
  const some = { times: new Float64Array(lines.length), offsets: new Int32Array(lines.length) };
  for (let row = 0; row < lines.length; row++) {
    some.times[row] = times[lines[row]!]!;
    some.offsets[row] = offsets[lines[row]!]!;
  }
  return some;
}

/** The civil days of some lines: what a wall clock shows is of the day it shows. */
function datesOf(
  walls: Float64Array | undefined,
  { times, offsets }: Instants,
  lines: Int32Array,
): () => Int32Array {
  return () =>
    lines.map((line) => {
      const wall = walls === undefined ? times[line]! + offsets[line]! * 1000 : walls[line]!;
      return Math.floor(wall / MS_PER_DAY);
    });
}

/** `time`, `utc_offset_s`, `duration_s` and `date`, those that the table has. */
function timeColumns(
  { table, clock, duration_s }: CsvFamily,
  { times, offsets }: Pick<Instants, "times" | "offsets">,
  dates: () => Int32Array,
): Record<string, Column> {
  const has = (name: string) => table.columns.some((column) => column.name === name);
  const date: Column = { type: "date", values: has("date") ? dates() : new Int32Array(0) };
  if (clock === "days") return { date };
  return {
    ...(has("time") && { time: { type: "timestamp_ms", values: times } }),
    ...(has("utc_offset_s") && { utc_offset_s: { type: "int32", values: offsets } }),
    ...(has("duration_s") && {
      duration_s: { type: "float64", values: new Float64Array(times.length).fill(duration_s ?? 0) },
    }),
    ...(has("date") && { date }),
  };
}

function valueColumn(
  plan: Plan,
  spec: ColumnSpec,
  parts: readonly { part: RowPart; rows: Int32Array }[],
  rows: number,
  cells: CsvCells,
): Column {
  const column = cellColumn(spec, rows);
  for (const { part, rows } of parts) {
    const cell = part.columns[spec.name];
    if (cell === undefined) column.constant(part.constants?.[spec.name], rows.length);
    else column.cells(cell, cells, indexOf(plan, cell), rows);
  }
  return column.column();
}

function recordersIn(plan: Plan, cells: CsvCells, lines: Int32Array): Flattened["recorders"] {
  const index = plan.indexOf.get(plan.family.recorder ?? "");
  if (index === undefined || cells.has[index] !== true) return undefined;
  const { values, width } = cells.rows;
  const codes = new Int32Array(lines.length);
  for (let row = 0; row < lines.length; row++) codes[row] = values[lines[row]! * width + index]!;
  return recordersOf(cells.words[index] ?? [], codes);
}
