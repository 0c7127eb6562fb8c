/**
 * What the page is given: everything but the seconds, small enough to lie in the page itself. Written
 * by `assemble.ts`, read by the page in the browser. Plain JSON; a null says that nothing was measured.
 */

import type { CalendarState } from "../raw/calendar_state.ts";

export interface PageData {
  readonly format: 1;
  readonly participant: string;
  /** The first civil day, in days since 1970; every list of a value a day begins with it. */
  readonly first: number;
  /** How many days there are. */
  readonly days: number;
  /** By the column of the day aggregate (see `measures.ts`): a value a day, rounded as listed there. */
  readonly measures: Readonly<Record<string, readonly (number | null)[]>>;
  readonly calendar: readonly CalendarRow[];
  /** The reasons that {@link CalendarRow} points to. */
  readonly reasons: readonly string[];
  /** Runs of days with the same clock at their beginning and end: days, and both offsets in seconds. */
  readonly clocks: readonly (readonly [days: number, atStart_s: number, atEnd_s: number])[];
  /** Sleeps by their start; naps among them. */
  readonly sleeps: readonly Sleep[];
  /** Exercises by their start. */
  readonly exercises: readonly Exercise[];
  /** Heart-rate zones and their lower bounds, from a first day on. */
  readonly zones: readonly ZoneBounds[];
  readonly unusual: readonly UnusualDay[];
  readonly seconds: Seconds;
}

/** One table's days, as runs of days in the same state for the same reason. */
export interface CalendarRow {
  readonly table: string;
  /** One row of the table is ... */
  readonly grain: string;
  readonly runs: readonly (readonly [days: number, state: CalendarState, reason: number])[];
}

export interface Sleep {
  /** The civil day it ended on, in days since 1970. */
  readonly day: number;
  /** Start, in seconds since 1970, and the offsets of the wearer's clock at start and end. */
  readonly start_s: number;
  readonly start_offset_s: number;
  readonly end_offset_s: number;
  readonly duration_s: number;
  /** Whether it is the main sleep of its day; else a nap, or a night's other part. */
  readonly main: boolean;
  /** Stage after stage; see `hypnogram.ts`. Empty where the source has none. */
  readonly stages: string;
  readonly asleep_min: number | null;
}

export interface Exercise {
  /** The civil day it began on, in days since 1970. */
  readonly day: number;
  readonly start_s: number;
  readonly offset_s: number;
  readonly duration_s: number;
  readonly name: string;
  readonly mean_bpm: number | null;
  readonly energy_kcal: number | null;
  readonly distance_m: number | null;
  /** The heart rate in it and for some minutes after; see `exercise_curve.ts`. */
  readonly curve: Curve | null;
}

export interface Curve {
  /** Seconds that one value stands for; the first begins with the exercise. */
  readonly step_s: number;
  /** Mean beats a minute of each step, a byte each, as base64; 0 where nothing was measured. */
  readonly bpm: string;
  readonly max_bpm: number;
  /** Beats a minute lost within the first minute after the end; null where that was not measured. */
  readonly recovery_bpm: number | null;
}

export interface ZoneBounds {
  /** In days since 1970. */
  readonly from: number;
  /** Each zone's name and where it begins, from the easiest on. */
  readonly zones: readonly (readonly [name: string, min_bpm: number])[];
}

/** A day unlike the person's own days before it. */
export interface UnusualDay {
  readonly day: number;
  /** How unlike: see `unusual.ts`. */
  readonly score: number;
  readonly signs: readonly UnusualSign[];
}

export interface UnusualSign {
  /** The column of the measure. */
  readonly measure: string;
  readonly value: number;
  /** The middle of the person's own values before that day, and their usual range. */
  readonly usual: number;
  readonly low: number;
  readonly high: number;
}

/** Where the seconds of each day are. */
export interface Seconds {
  /** The folder beside the page. */
  readonly folder: string;
  /** Runs of days, in days since 1970, of which there are seconds: first and last. */
  readonly runs: readonly (readonly [first: number, last: number])[];
}
