/**
 * Quantities measured over stretches of time: steps, energy, minutes of a level. They are added up,
 * and a stretch that crosses the edge of a minute is shared out in proportion to time. Hours are the
 * sums of their minutes, days those of their hours.
 */

import type { TableSpec } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import { MS_PER_DAY } from "../day.ts";
import { columnNamed } from "../transform/column_rows.ts";
import type { AggregateColumn, DenseContribution, Grain } from "./contribution.ts";
import { type Cells, type DayGrid, MS_PER_HOUR, MS_PER_MINUTE } from "./grid.ts";
import { numberReader, textReader } from "./readers.ts";

/** A column of the aggregates: the sum of some of the rows. */
export interface Share {
  readonly name: string;
  readonly about: string;
  /** Only rows whose text in the spec's `by` is this one; all rows unless given. */
  readonly is?: string;
}

export interface QuantitySpec {
  readonly table: TableSpec;
  /** The column that is summed up, or how long the stretches last, in minutes. */
  readonly sum: { readonly column: string } | "minutes";
  readonly unit?: string;
  readonly by?: string;
  readonly shares: readonly Share[];
  /** Of the shares exactly one holds at a time: where one does, the others are 0. */
  readonly oneAtATime?: true;
  /**
   * Whether to say how much of an hour and a day the stretches cover, where a row means "worn". For
   * one share, or shares of which one holds at a time.
   */
  readonly coverage?: true;
  /** Whether its rows tell the wearer's clock at any time of the day. */
  readonly tellsClock?: true;
  /** Whether its rows may have the clock of the account's home instead of the wearer's. */
  readonly homeClock?: true;
}

/** A share for each text that a quantity is told apart by. */
export function shares(
  texts: readonly string[],
  nameOf: (text: string) => string,
  aboutOf: (text: string) => string,
): Share[] {
  return texts.map((is) => ({ is, name: nameOf(is), about: aboutOf(is.replaceAll("_", " ")) }));
}

const allGrains: readonly Grain[] = ["minute", "hour", "day"];

/** Sums of a table's stretches in minutes, hours and the day; null where there is no stretch. */
export function quantity(spec: QuantitySpec): DenseContribution {
  const { table, sum, by } = spec;
  return {
    kind: "dense",
    table,
    reads: [
      "time",
      "utc_offset_s",
      "duration_s",
      ...sum === "minutes" ? [] : [sum.column],
      ...by === undefined ? [] : [by],
    ],
    columns: columnsOf(spec),
    tellsClock: spec.tellsClock ?? false,
    lasts: true,
    measure(rows, grid) {
      addMinutes(spec, rows, grid);
      for (const { name } of spec.shares) {
        addUp(grid.minute.column(name), grid.hour.column(name));
        addUp(grid.hour.column(name), grid.day.column(name));
      }
      if (spec.coverage) addCoverage(spec, rows, grid);
    },
  };
}

function columnsOf({ table, unit, shares, oneAtATime, coverage }: QuantitySpec): AggregateColumn[] {
  const together = coverage || oneAtATime ? { days: `${table.name}_days` } : {};
  const sums = shares.map(({ name, about }): AggregateColumn => ({
    spec: { name, type: "float64", ...unit === undefined ? {} : { unit }, about },
    grains: allGrains,
    overDays: { rule: "sum", ...together },
  }));
  if (!coverage) return sums;
  return [
    ...sums,
    {
      spec: {
        name: `${table.name}_covered_minutes`,
        type: "int32",
        stored: "int16",
        unit: "min",
        about: `Minutes with a row of ${table.name}`,
      },
      grains: ["hour", "day"],
      overDays: { rule: "sum", ...together },
    },
    {
      spec: {
        name: `${table.name}_coverage`,
        type: "float64",
        about: "Covered minutes as a share of all minutes of the row, as for heart rate",
      },
      grains: ["hour", "day"],
      overDays: { rule: "mean", ...together },
    },
  ];
}

/** Puts the rows' values into the minutes. */
function addMinutes(spec: QuantitySpec, rows: Columns, grid: DayGrid): void {
  const { sum, by, shares, oneAtATime } = spec;
  const textOf = by === undefined ? undefined : textReader(rows, by);
  const valueOf = sum === "minutes" ? undefined : numberReader(rows, sum.column);
  const into = shares.map(({ is, name }) => ({ is, values: grid.minute.column(name) }));
  const isKnown = (text: string | null | undefined) => shares.some(({ is }) => is === text);
  eachStretch(rows, grid, (row, stretch) => {
    const value = valueOf === undefined
      ? (stretch.end - stretch.start) / MS_PER_MINUTE
      : valueOf(row);
    if (value === null) return;
    const text = textOf?.(row);
    if (oneAtATime && !isKnown(text)) return;
    for (const { is, values } of into) {
      if (is === undefined || is === text) spread(value, stretch, grid, spec, values);
      else if (oneAtATime) spread(0, stretch, grid, spec, values);
    }
  });
}

/** A stretch of time, in ms from the day's midnight by the clock at its beginning. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/** Visits the rows. A stretch ends at the latest with the day after the one it began on. */
function eachStretch(
  rows: Columns,
  grid: DayGrid,
  visit: (row: number, stretch: Stretch) => void,
): void {
  const times = columnNamed(rows, "time", "timestamp_ms").values;
  const offsets = columnNamed(rows, "utc_offset_s", "int32").values;
  const durations = columnNamed(rows, "duration_s", "float64").values;
  for (let row = 0; row < rows.rows; row++) {
    const offset = offsets[row]!;
    const start = grid.localTime(times[row]!, offset);
    const latest = (Math.floor(start / MS_PER_DAY) + 2) * MS_PER_DAY;
    visit(row, { start, end: Math.min(start + durations[row]! * 1000, latest), offset });
  }
}

/** Adds a value to the minutes of this day between start and end, in proportion to time. */
function spread(
  value: number,
  stretch: Stretch,
  grid: DayGrid,
  spec: QuantitySpec,
  minutes: Float64Array,
): void {
  const { start, end } = stretch;
  const from = Math.max(start, 0);
  const to = Math.min(end, MS_PER_DAY);
  const first = Math.floor(from / MS_PER_MINUTE);
  // What takes no time is in the minute in which it is.
  const last = Math.max(first, Math.ceil(to / MS_PER_MINUTE) - 1);
  for (let minute = first; minute <= last; minute++) {
    const begin = Math.max(from, minute * MS_PER_MINUTE);
    const stop = Math.min(to, (minute + 1) * MS_PER_MINUTE);
    const isWhole = begin === start && stop === end;
    const cell = cellAt(begin, stretch, grid, spec);
    const before = minutes[cell]!;
    const share = isWhole ? value : value * (stop - begin) / (end - start);
    minutes[cell] = Number.isNaN(before) ? share : before + share;
  }
}

/**
 * The cell of a moment of a stretch, `local` on the clock at its beginning: by the clock in force at
 * the end of its minute, unless by that it were another day.
 */
function cellAt(
  local: number,
  { start, offset }: Stretch,
  grid: DayGrid,
  { homeClock }: QuantitySpec,
): number {
  const minute = Math.floor(local / MS_PER_MINUTE);
  const at = grid.instant((minute + 1) * MS_PER_MINUTE - 1, offset);
  const inForce = homeClock
    ? grid.clock.at(at, offset)
    : minute > Math.floor(start / MS_PER_MINUTE)
    ? grid.clock.changedTo(grid.instant(start, offset), at) ?? offset
    : offset;
  const there = local + (inForce - offset) * 1000;
  return there >= 0 && there < MS_PER_DAY
    ? grid.firstMinute(inForce) + Math.floor(there / MS_PER_MINUTE)
    : grid.firstMinute(offset) + minute;
}

/** Adds cells up into the fewer cells of the next grain, those that are empty left out. */
function addUp(from: Float64Array, into: Float64Array): void {
  const width = from.length / into.length;
  for (let cell = 0; cell < into.length; cell++) {
    let sum = NaN;
    for (let part = cell * width; part < (cell + 1) * width; part++) {
      const value = from[part]!;
      if (!Number.isNaN(value)) sum = Number.isNaN(sum) ? value : sum + value;
    }
    into[cell] = sum;
  }
}

/** Counts the minutes with a value; where there are several shares, each has one in the same minutes. */
function addCoverage({ table, shares }: QuantitySpec, rows: Columns, grid: DayGrid): void {
  const columnsIn = (cells: Cells) => ({
    minutes: cells.column(`${table.name}_covered_minutes`),
    coverage: cells.column(`${table.name}_coverage`),
  });
  const hour = columnsIn(grid.hour);
  const values = grid.minute.column(shares[0]?.name ?? "");
  // By the instant: two clocks can show one minute.
  const covered = new Set<number>();
  for (let cell = 0; cell < values.length; cell++) {
    if (Number.isNaN(values[cell]!)) continue;
    const at = grid.hourOfMinute(cell);
    hour.minutes[at] = (hour.minutes[at] || 0) + 1;
    covered.add(grid.timeOf(cell, "minute"));
  }
  if (covered.size === 0) return;
  for (let cell = 0; cell < grid.hour.count; cell++) {
    hour.coverage[cell] = hour.minutes[cell]! * MS_PER_MINUTE / MS_PER_HOUR;
  }
  const offset = columnNamed(rows, "utc_offset_s", "int32").values;
  const length = grid.dayLength(offset[0]!, offset.at(-1)!);
  const day = columnsIn(grid.day);
  day.minutes[0] = covered.size;
  day.coverage[0] = covered.size * MS_PER_MINUTE / length;
}
