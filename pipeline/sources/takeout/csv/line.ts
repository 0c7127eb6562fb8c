/** A line of a CSV file, for families whose rows take more than a column for a column. */

import { unreadable } from "../../json/document.ts";
import type { Instant } from "../instants.ts";
import { absentWords, readNumber } from "./columns.ts";
import { readOffset, readStamp, stampMs } from "./stamp.ts";

/** The cells of a line by the names of their columns, in lower case. */
export class Line {
  readonly #places: ReadonlyMap<string, number>;
  readonly #cells: readonly string[];

  /**
   * @param index Its number; the first after the header is 0.
   * @param places Where each column stands, for all lines of a file.
   */
  constructor(
    readonly index: number,
    places: ReadonlyMap<string, number>,
    cells: readonly string[],
  ) {
    this.#places = places;
    this.#cells = cells;
  }

  /** The cell as it stands; undefined where there is no value. */
  text(column: string): string | undefined {
    const cell = this.#cell(column);
    return cell === undefined || absentWords.has(cell) ? undefined : cell;
  }

  /** A word in small letters with underscores. */
  word(column: string): string | undefined {
    return this.text(column)?.toLowerCase().replaceAll(" ", "_");
  }

  /**
   * A number; undefined where there is none. Throws a DocumentError for anything else.
   * @param absent Numbers that stand for no value.
   */
  number(column: string, absent: readonly number[] = []): number | undefined {
    const cell = this.text(column);
    if (cell === undefined) return undefined;
    const number = readNumber(cell);
    if (number === undefined) throw this.unreadable(column, "a number");
    return absent.includes(number) ? undefined : number;
  }

  /** A time as it is written, ms since 1970 as if it were UTC; undefined where none can be read. */
  time(column: string): number | undefined {
    return stampMs(this.text(column) ?? "");
  }

  /** The same of a time that must be there; throws a DocumentError for anything else. */
  wall(column: string): number {
    const time = this.time(column);
    if (time === undefined) throw this.unreadable(column, "a time such as 2026-10-01T12:00:05Z");
    return time;
  }

  /** A time with its own offset from UTC; throws a DocumentError for anything else. */
  moment(column: string): Instant {
    const stamp = readStamp(this.text(column) ?? "");
    if (stamp?.offset_s === undefined) {
      throw this.unreadable(column, "a time with its offset such as 2026-10-01T12:00:05-05:00");
    }
    const { wall, offset_s } = stamp;
    return { time: wall - offset_s * 1000, utc_offset_s: offset_s };
  }

  /** An offset from UTC, in seconds; undefined where none can be read. */
  offset(column: string): number | undefined {
    return readOffset(this.text(column) ?? "");
  }

  /** The columns of the file that are none of these. */
  others(columns: readonly string[]): string[] {
    return Array.from(this.#places.keys()).filter((name) => !columns.includes(name));
  }

  /** What is wrong with a cell. */
  unreadable(column: string, expected: string): Error {
    return unreadable(`${column} of row ${this.index + 1}`, expected, this.#cell(column));
  }

  #cell(column: string): string | undefined {
    return this.#cells[this.#places.get(column) ?? -1];
  }
}

/** The instant of a time as it is written, in a line of a file with two clocks. */
export type InstantOf = (written: number, line: Line) => Instant;
