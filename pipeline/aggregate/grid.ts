/**
 * The cells of one civil day, into which its tables are counted: a cell for each minute and each hour
 * of the wall clock, per offset that was in force, and one for the day. A minute that the autumn night
 * repeats has two cells, a minute that the spring night leaves out has one that stays empty.
 */

import type { ColumnSpec } from "../catalog.ts";
import type { Column, Columns } from "../columns.ts";
import { type Day, dayNumber, MS_PER_DAY } from "../day.ts";
import type { Grain } from "./contribution.ts";
import { WallClock } from "./wall_clock.ts";

export const MS_PER_MINUTE = 60_000;
export const MS_PER_HOUR = 3_600_000;
export const MINUTES_A_DAY = 1440;
const HOURS_A_DAY = 24;

/** Columns over the same cells; NaN is null. */
export class Cells {
  readonly #columns = new Map<string, Float64Array>();

  constructor(readonly count: number) {}

  /** The values of a column, NaN where nothing was put yet. */
  column(name: string): Float64Array {
    let values = this.#columns.get(name);
    if (values === undefined) {
      values = new Float64Array(this.count).fill(NaN);
      this.#columns.set(name, values);
    }
    return values;
  }

  has(name: string): boolean {
    return this.#columns.has(name);
  }

  /** The cells in which any column has a value, in order. */
  filled(): number[] {
    const filled = new Uint8Array(this.count);
    for (const values of this.#columns.values()) {
      for (let cell = 0; cell < values.length; cell++) {
        if (values[cell] === values[cell]) filled[cell] = 1;
      }
    }
    return Array.from(filled.keys()).filter((cell) => filled[cell] === 1);
  }
}

/**
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DayGrid } from "./grid.ts";
 *
 * const grid = new DayGrid("2026-10-25", [7200, 3600]);
 * const half = Date.UTC(2026, 9, 25, 0, 30);
 * assert.equal(grid.minuteOf(half, 7200), 2 * 60 + 30 + 1440);
 * assert.equal(grid.timeOf(grid.minuteOf(half, 7200), "minute"), half);
 * ```
 */
export class DayGrid {
  /** Days since 1970. */
  readonly date: number;
  /** Offsets from UTC in force that day, in seconds, ascending. */
  readonly offsets: readonly number[];
  readonly minute: Cells;
  readonly hour: Cells;
  readonly day = new Cells(1);
  readonly #indexOf: ReadonlyMap<number, number>;

  /** @param clock Of which all offsets are among `offsets`. */
  constructor(day: Day, offsets: Iterable<number>, readonly clock: WallClock = new WallClock()) {
    this.date = dayNumber(day);
    this.offsets = Array.from(new Set(offsets)).sort((a, b) => a - b);
    this.#indexOf = new Map(this.offsets.map((offset, index) => [offset, index]));
    this.minute = new Cells(this.offsets.length * MINUTES_A_DAY);
    this.hour = new Cells(this.offsets.length * HOURS_A_DAY);
  }

  /** Milliseconds from the day's midnight on the wall clock to an instant; negative before it. */
  localTime(time: number, offset: number): number {
    return time + offset * 1000 - this.date * MS_PER_DAY;
  }

  /** The instant, ms since 1970, at which a clock shows so many milliseconds from the day's midnight. */
  instant(localTime: number, offset: number): number {
    return localTime - offset * 1000 + this.date * MS_PER_DAY;
  }

  /** The first of the cells of an offset. Throws a RangeError when the grid has no such offset. */
  firstMinute(offset: number): number {
    const index = this.#indexOf.get(offset);
    if (index !== undefined) return index * MINUTES_A_DAY;
    throw new RangeError(`Cannot find offset ${offset} s: the day has ${this.offsets.join(", ")}`);
  }

  /** The cell of the minute in which an instant of this day lies. */
  minuteOf(time: number, offset: number): number {
    return this.firstMinute(offset) + Math.floor(this.localTime(time, offset) / MS_PER_MINUTE);
  }

  /** The cell of the hour that a minute's cell is in. */
  hourOfMinute(cell: number): number {
    return Math.floor(cell / 60);
  }

  offsetOf(cell: number, grain: "minute" | "hour"): number {
    return this.offsets[Math.floor(cell / (grain === "minute" ? MINUTES_A_DAY : HOURS_A_DAY))]!;
  }

  /** When a cell begins, ms since 1970, UTC. */
  timeOf(cell: number, grain: "minute" | "hour"): number {
    const local = grain === "minute"
      ? cell % MINUTES_A_DAY * MS_PER_MINUTE
      : cell % HOURS_A_DAY * MS_PER_HOUR;
    return this.date * MS_PER_DAY + local - this.offsetOf(cell, grain) * 1000;
  }

  /** Milliseconds from midnight by the first of two clocks to the next midnight by the second. */
  dayLength(firstOffset: number, lastOffset: number): number {
    return MS_PER_DAY + (firstOffset - lastOffset) * 1000;
  }

  /** The rows of an aggregate, its cells that hold a value, by time and offset. */
  rows(grain: Grain, specs: readonly ColumnSpec[]): Columns {
    const cells = this[grain];
    const filled = cells.filled();
    if (grain !== "day" && this.offsets.length > 1) {
      const key = (cell: number) => this.timeOf(cell, grain);
      filled.sort((a, b) => key(a) - key(b) || a - b);
    }
    const columns = specs.map((spec): [string, Column] => {
      if (spec.name === "date") {
        return [spec.name, { type: "date", values: Int32Array.from(filled, () => this.date) }];
      }
      if (grain !== "day" && spec.name === "time") {
        const values = Float64Array.from(filled, (cell) => this.timeOf(cell, grain));
        return [spec.name, { type: "timestamp_ms", values }];
      }
      if (grain !== "day" && spec.name === "utc_offset_s") {
        const values = Int32Array.from(filled, (cell) => this.offsetOf(cell, grain));
        return [spec.name, { type: "int32", values }];
      }
      return [spec.name, numberColumn(spec, cells, filled)];
    });
    return { rows: filled.length, columns: Object.fromEntries(columns) };
  }
}

function numberColumn({ name, type }: ColumnSpec, cells: Cells, filled: readonly number[]): Column {
  const rows = filled.length;
  const valid = new Uint8Array(rows);
  const values = type === "int32" ? new Int32Array(rows) : new Float64Array(rows);
  if (cells.has(name)) {
    const from = cells.column(name);
    for (let row = 0; row < rows; row++) {
      const value = from[filled[row]!]!;
      if (Number.isNaN(value)) continue;
      values[row] = value;
      valid[row] = 1;
    }
  }
  if (values instanceof Int32Array) return { type: "int32", values, valid };
  return { type: "float64", values, valid };
}
