/**
 * All that a notebook imports: open a table or an aggregate as a polars frame, draw it, show it.
 * Notebooks read tables, never raw files or the network.
 */

import { setTimeout } from "node:timers/promises";
import { aggregates } from "./aggregate/catalog.ts";
import { tables, type TableSpec } from "./catalog.ts";
import { Picture } from "./chart/picture.ts";
import { timeline as drawTimeline, type TimelineOptions } from "./chart/timeline.ts";
import type { Day } from "./day.ts";
import { diskFiles } from "./effects.ts";
import { columnsOf, type Frame, pl, scanAggregate, scanTable } from "./frames.ts";
import { defaultParticipant } from "./layout.ts";
import { dataRoot } from "./notebook/data_root.ts";
import { TableView, tableView } from "./notebook/table_view.ts";

export * as Plot from "@observablehq/plot";
export { chart } from "./chart/picture.ts";
export { paint } from "./chart/theme.ts";
export { addDays } from "./day.ts";
export { dataRoot, pl };

/**
 * Shows a frame (its first and last rows, with readable times), a picture, or a table of columns
 * below the cell.
 *
 * Cells show things by this rather than by their last value: Deno's kernel (2.9) sends what a cell
 * shows by another thread than the word that the cell is done, and Jupyter drops what comes after it.
 *
 * ```ts ignore
 * await show(table("heart_rate", "2026-10-30"));
 * ```
 */
export async function show(what: Frame | Picture | TableView, rows = 10): Promise<void> {
  const view = what instanceof Picture || what instanceof TableView ? what : tableView(what, rows);
  await Deno.jupyter.display(view.bundle, { raw: true });
  // The cell is not done before this is: time for the other thread, which needs a few milliseconds.
  await setTimeout(100);
}

/** Whose rows, and from where; `me` in {@link dataRoot} unless given. */
export interface Whose {
  readonly participant?: string;
  readonly root?: string;
}

/**
 * The rows of a table (`heart_rate`, ...) from the first to the last civil day, both included; of one
 * day when only one is given. Throws an Error when there is no such table, or no row in those days.
 *
 * ```ts ignore
 * const samples = table("heart_rate", "2026-10-30");
 * ```
 */
export function table(name: string, first: Day, last: Day = first, whose: Whose = {}): Frame {
  return rowsOf(named(name, tables), first, last, whose, scanTable);
}

/**
 * The same of an aggregate: `minute`, `hour` or `day`.
 *
 * ```ts ignore
 * const month = aggregate("minute", "2026-10-01", "2026-10-30");
 * ```
 */
export function aggregate(grain: string, first: Day, last: Day = first, whose: Whose = {}): Frame {
  return rowsOf(named(grain, aggregates), first, last, whose, scanAggregate);
}

/** The columns of a table or an aggregate: what is in them, in which unit. */
export function columns(name: string): TableView {
  const rows = named(name, [...tables, ...aggregates]).columns
    .map((column) => [column.name, column.unit, column.about]);
  return new TableView(["column", "unit", "what it is"], rows);
}

/**
 * The frame with one more column, `local_time`: what the wearer's clock showed, `time` and
 * `utc_offset_s` added up. It has no zone: an hour in it may come twice, or not at all, on the nights
 * the clocks change.
 */
export function withLocalTime(frame: Frame): Frame {
  const offset_ms = pl.col("utc_offset_s").cast(pl.Int64).mul(1000);
  const local = pl.col("time").cast(pl.Int64).add(offset_ms).cast(pl.Datetime("ms"));
  return frame.withColumns(local.alias("local_time"));
}

/**
 * Minutes since midnight on the wearer's clock, cut into steps of so many minutes: what a day's rows
 * are grouped by to set days beside each other. For frames that have `local_time`.
 *
 * ```ts ignore
 * const quarters = minutes.groupBy(minuteOfDay(15).alias("minute")).agg(pl.col("bpm").mean());
 * ```
 */
export function minuteOfDay(step: number) {
  const clock = pl.col("local_time").dt;
  const minute = clock.hour().cast(pl.Int32).mul(60).add(clock.minute().cast(pl.Int32));
  return minute.sub(minute.modulo(step));
}

/** The x axis of a chart over {@link minuteOfDay}. */
export const clockAxis = {
  label: "Local time",
  domain: [0, 24 * 60],
  ticks: Array.from({ length: 13 }, (_, i) => i * 120),
  tickFormat: (minute: number) => `${String(minute / 60 % 24).padStart(2, "0")}:00`,
};

/**
 * A picture of one column over the wearer's own clock: a line through every row, broken where nothing
 * was measured. `from` and `to` show a part of it.
 *
 * ```ts ignore
 * timeline(samples, "bpm", {
 *   title: "An hour",
 *   label: "Heart rate (beats/min)",
 *   from: "18:00",
 *   to: "19:00",
 * });
 * ```
 */
export function timeline(frame: Frame, column: string, options: TimelineOptions): Picture {
  const sorted = frame.sort("time");
  return drawTimeline({
    time_ms: numbers(sorted, "time", "timestamp_ms"),
    utc_offset_s: numbers(sorted, "utc_offset_s", "float64"),
    value: numbers(sorted, column, "float64"),
  }, options);
}

function named(name: string, specs: readonly TableSpec[]): TableSpec {
  const found = specs.find((spec) => spec.name === name);
  if (found !== undefined) return found;
  const known = specs.map((spec) => spec.name).join(", ");
  throw new RangeError(`Cannot find "${name}": expected one of ${known}`);
}

function rowsOf(
  spec: TableSpec,
  first: Day,
  last: Day,
  { participant = defaultParticipant, root = dataRoot() }: Whose,
  scan: typeof scanTable,
): Frame {
  const frame = scan(root, diskFiles, spec, { participant, first, last }).collectSync();
  if (frame.height > 0) return frame;
  const days = first === last ? `on ${first}` : `from ${first} to ${last}`;
  throw new Error(
    `Cannot find a row of ${spec.name} of participant ${participant} ${days} in ${root}: ` +
      "deno task status shows which days there are",
  );
}

function numbers(frame: Frame, name: string, type: "timestamp_ms" | "float64"): Float64Array {
  const column = columnsOf(frame, { [name]: type }).columns[name];
  if (column?.type !== type) throw new TypeError(`Cannot read "${name}" as numbers`);
  const { values, valid } = column;
  return valid === undefined
    ? values
    : values.map((value, row) => (valid[row] === 0 ? NaN : value));
}
