/** The page's data with the questions that sections ask it. */

import { type Day, dayOfNumber, MS_PER_DAY } from "../../day.ts";
import type { CalendarState } from "../../raw/calendar_state.ts";
import type { PageData } from "../page_data.ts";
import { dayText } from "./words.ts";

/** A day's beginning and end on the wearer's clock, in ms since 1970, with the offsets there. */
export interface DayBounds {
  readonly start: number;
  readonly end: number;
  readonly atStart_s: number;
  readonly atEnd_s: number;
}

/** A day with one of these was lived with the watch. */
const telling = [
  "heart_rate_n",
  "resting_heart_rate_bpm",
  "steps",
  "sleep_asleep_min",
  "weight_kg",
];

export class Page {
  readonly first: number;
  /** The last day of the calendar. */
  readonly last: number;
  /** The last day of which anything was measured. */
  readonly lastMeasured: number;
  /** Opens a day in the section of single days; set by that section. */
  openDay: (day: number) => void = () => {};
  readonly #clocks: Int32Array;

  constructor(readonly data: PageData) {
    this.first = data.first;
    this.last = data.first + data.days - 1;
    const measured = telling
      .map((column) => data.measures[column]?.findLastIndex((value) => value !== null) ?? -1);
    this.lastMeasured = data.first + Math.max(0, ...measured);
    this.#clocks = new Int32Array(data.days * 2);
    let at = 0;
    for (const [days, atStart, atEnd] of data.clocks) {
      for (let i = 0; i < days; i++) {
        this.#clocks[at++] = atStart;
        this.#clocks[at++] = atEnd;
      }
    }
  }

  /** A measure's values from the first day to the last measured one. */
  values(column: string): readonly (number | null)[] {
    const days = this.lastMeasured - this.first + 1;
    return this.data.measures[column]?.slice(0, days) ?? [];
  }

  /** A measure's value on a day; null where nothing was measured. */
  value(column: string, day: number): number | null {
    return this.data.measures[column]?.[day - this.first] ?? null;
  }

  /** A day in few words: with its year where that is not the last one. */
  dayLabel(day: number): string {
    const isLately = isoDay(day).slice(0, 4) === isoDay(this.lastMeasured).slice(0, 4);
    return dayText(day, isLately ? "short" : "dated");
  }

  hasSeconds(day: number): boolean {
    return this.data.seconds.runs.some(([first, last]) => first <= day && day <= last);
  }

  /** The day to begin with: the last one with seconds of heart rate, else with any seconds. */
  get openingDay(): number {
    const beats = this.data.measures["heart_rate_n"] ?? [];
    const at = beats.findLastIndex((count, i) => count !== null && this.hasSeconds(this.first + i));
    if (at !== -1) return this.first + at;
    return this.data.seconds.runs.at(-1)?.[1] ?? this.lastMeasured;
  }

  bounds(day: number): DayBounds {
    const at = (day - this.first) * 2;
    const atStart_s = this.#clocks[at] ?? 0;
    const atEnd_s = this.#clocks[at + 1] ?? 0;
    const start = day * MS_PER_DAY - atStart_s * 1000;
    return { start, end: (day + 1) * MS_PER_DAY - atEnd_s * 1000, atStart_s, atEnd_s };
  }

  /** What the calendar says of a table's day. */
  calendar(table: string, day: number): { state: CalendarState; reason: string } | undefined {
    const row = this.data.calendar.find((row) => row.table === table);
    let at = this.first;
    for (const [days, state, reason] of row?.runs ?? []) {
      at += days;
      if (day < at) return { state, reason: this.data.reasons[reason] ?? "" };
    }
    return undefined;
  }
}

/** `2026-10-25` of a day since 1970. */
export function isoDay(day: number): Day {
  return dayOfNumber(day);
}
