/** Opening tables and aggregates from a notebook. */

import { aggregates } from "../aggregate/catalog.ts";
import { tables, type TableSpec } from "../catalog.ts";
import { type Day, dayOfNumber, MS_PER_DAY } from "../day.ts";
import { diskFiles } from "../effects.ts";
import { type Frame, pl, scanAggregate, scanTable } from "../frames.ts";
import { defaultParticipant } from "../layout.ts";
import { lookIntoDataRoot } from "../raw/data_root.ts";
import { tableStatus } from "../raw/status.ts";
import { dataRoot } from "./data_root.ts";
import { withLocalTime } from "./local_time.ts";
import { numbers } from "./numbers.ts";
import { TableView } from "./table_view.ts";

/** Whose rows, and from where; `me` in {@link dataRoot} unless given. */
export interface Whose {
  readonly participant?: string;
  readonly root?: string;
  /** Gives a frame without rows rather than an error where there are none. */
  readonly allowEmpty?: boolean;
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
 * The same of an aggregate: `minute`, `hour`, `day`, or by their first day `week` and `month`.
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
 * The last civil day that a table has a row of; of `heart_rate` unless another one is named. Throws an
 * Error when it has none.
 *
 * ```ts ignore
 * const day = lastDay();
 * ```
 */
export function lastDay(name = "heart_rate", whose: Whose = {}): Day {
  const { participant, root } = known(whose);
  const spec = named(name, tables);
  const folder = `${root}/tables/${spec.name}/participant=${participant}`;
  const last = diskFiles.list(folder).map((entry) => entry.name).sort().at(-1)?.split("=")[1];
  if (last === undefined) throw new Error(nothing(spec, participant, "at all", root));
  if (spec.partition === "date") return last;
  const rows = table(name, `${last}-01-01`, `${last}-12-31`, whose);
  const days = rows.columns.includes("date")
    ? numbers(rows.select(pl.col("date").cast(pl.Int32)), "date", "float64")
    : numbers(withLocalTime(rows).select(pl.col("local_time")), "local_time", "timestamp_ms")
      .map((local) => Math.floor(local / MS_PER_DAY));
  return dayOfNumber(Math.max(...days));
}

/**
 * All tables that have rows: how many, and from when to when; the same as `deno task status` says.
 *
 * ```ts ignore
 * await show(inventory());
 * ```
 */
export function inventory(whose: Whose = {}): TableView {
  const { participant, root } = known(whose);
  using data = lookIntoDataRoot(root, diskFiles);
  const found = tableStatus(tables, data.ledger.parts());
  const about = new Map(tables.map(({ name, grain }) => [name, grain]));
  return new TableView(
    ["table", "a row is", "rows", "first", "last"],
    found.filter((table) => table.participant === participant && table.rows > 0)
      .map(({ table, rows, first, last }) => [
        table,
        about.get(table),
        rows,
        first?.slice(0, 10),
        last?.slice(0, 10),
      ]),
  );
}

function known({ participant = defaultParticipant, root = dataRoot() }: Whose) {
  return { participant, root };
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
  whose: Whose,
  scan: typeof scanTable,
): Frame {
  const { participant, root } = known(whose);
  const frame = scan(root, diskFiles, spec, { participant, first, last }).collectSync();
  if (frame.height > 0 || whose.allowEmpty === true) return frame;
  const days = first === last ? `on ${first}` : `from ${first} to ${last}`;
  throw new Error(nothing(spec, participant, days, root));
}

function nothing(spec: TableSpec, participant: string, days: string, root: string): string {
  return `Cannot find a row of ${spec.name} of participant ${participant} ${days} in ${root}: ` +
    "deno task status shows which days there are";
}
