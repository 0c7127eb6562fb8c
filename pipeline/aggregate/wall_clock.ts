/**
 * The clock on the wrist through a day, as tables tell it that have a row every few seconds or minutes.
 * A stretch of hours says only at its beginning which clock was in force: the rest of it follows the
 * clock that others saw change.
 */

import type { Columns } from "../columns.ts";
import { columnNamed } from "../transform/column_rows.ts";

/** An offset from UTC, in seconds, from when it was first seen to when it was last. */
interface Run {
  readonly from: number;
  to: number;
  readonly offset: number;
}

/**
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { WallClock } from "./wall_clock.ts";
 *
 * const clock = new WallClock([{
 *   rows: 3,
 *   columns: {
 *     time: { type: "timestamp_ms", values: Float64Array.of(1000, 2000, 3000) },
 *     utc_offset_s: { type: "int32", values: Int32Array.of(7200, 7200, 3600) },
 *   },
 * }]);
 * assert.equal(clock.changedTo(1500, 2500), undefined);
 * assert.equal(clock.changedTo(1500, 3500), 3600);
 * assert.equal(clock.at(1500, 0), 7200);
 * // Between 2000 and 3000 it could be either.
 * assert.equal(clock.at(2500, 3600), 3600);
 * ```
 */
export class WallClock {
  /** Ascending, neighbours with different offsets. */
  readonly #runs: readonly Run[];

  /** From the rows of tables, each by time; of none it knows nothing. */
  constructor(tables: readonly Columns[] = []) {
    const ends = tables.flatMap(runsOf).flatMap(({ from, to, offset }) => [
      { at: from, offset },
      { at: to, offset },
    ]);
    const runs: Run[] = [];
    for (const { at, offset } of ends.sort((a, b) => a.at - b.at || a.offset - b.offset)) {
      const last = runs.at(-1);
      if (last?.offset === offset) last.to = at;
      else runs.push({ from: at, to: at, offset });
    }
    this.#runs = runs;
  }

  /** The offset that has come into force after one instant and up to another; undefined when none has. */
  changedTo(after: number, time: number): number | undefined {
    if (this.#runs.length < 2) return undefined;
    const run = this.#runs.findLastIndex(({ from }) => from <= time);
    const found = run > 0 ? this.#runs[run] : undefined;
    return found !== undefined && found.from > after ? found.offset : undefined;
  }

  /**
   * The offset in force at an instant. Where it was not seen it is `said` if that was seen just before
   * or just after, else the one seen before; `said` as well when nothing was seen all day.
   */
  at(time: number, said: number): number {
    const run = this.#runs.findLastIndex(({ from }) => from <= time);
    const before = this.#runs[run];
    const after = this.#runs[run + 1];
    const isSeen = before !== undefined && time <= before.to;
    if (!isSeen && (said === before?.offset || said === after?.offset)) return said;
    return before?.offset ?? after?.offset ?? said;
  }
}

function runsOf(rows: Columns): Run[] {
  const time = columnNamed(rows, "time", "timestamp_ms").values;
  const offset = columnNamed(rows, "utc_offset_s", "int32").values;
  const runs: Run[] = [];
  for (let row = 0; row < rows.rows; row++) {
    const last = runs.at(-1);
    if (last !== undefined && last.offset === offset[row]) last.to = time[row]!;
    else runs.push({ from: time[row]!, to: time[row]!, offset: offset[row]! });
  }
  return runs;
}
