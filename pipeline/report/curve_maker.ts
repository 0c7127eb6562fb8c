/** The curves of all exercises, made as the days go by. */

import { type Day, dayNumber } from "../day.ts";
import { afterEnd_s, type Beats, exerciseCurve } from "./exercise_curve.ts";
import type { Curve, Exercise } from "./page_data.ts";

/** Gives exercises their curves as the days go by: an exercise may end on the day after it began. */
export class CurveMaker {
  readonly #all: readonly Exercise[];
  readonly #ending: ReadonlyMap<number, readonly Exercise[]>;
  readonly #curves = new Map<Exercise, Curve | null>();
  #before: { readonly day: number; readonly beats: () => Beats } | undefined;

  constructor(exercises: readonly Exercise[]) {
    this.#all = exercises;
    this.#ending = Map.groupBy(exercises, lastDayOf);
  }

  /** The exercises, by their start, with the curves so far. */
  get exercises(): Exercise[] {
    return this.#all.map((exercise) => ({
      ...exercise,
      curve: this.#curves.get(exercise) ?? null,
    }));
  }

  /** The days on which curves end, in days since 1970. */
  get days(): number[] {
    return Array.from(this.#ending.keys());
  }

  /** Of what else than its own samples the curves that end on a day are made. */
  digestOf(day: Day, dayBefore: string): string {
    const number = dayNumber(day);
    return (this.#ending.get(number) ?? []).map(({ day, start_s, duration_s }) =>
      `-${start_s}+${duration_s}${day === number ? "" : ` after ${dayBefore}`}`
    ).join("");
  }

  /**
   * Takes a day's samples, which are unpacked where a curve needs them, and the curves that end on it
   * where they are known already; days ascend. Returns these curves.
   */
  add(
    day: Day,
    beats: () => Beats,
    known?: readonly (Curve | null)[],
  ): readonly (Curve | null)[] {
    const number = dayNumber(day);
    const ending = this.#ending.get(number) ?? [];
    const curves = known ?? (ending.length === 0 ? [] : this.#drawn(ending, number, beats()));
    ending.forEach((exercise, i) => this.#curves.set(exercise, curves[i] ?? null));
    this.#before = { day: number, beats };
    return curves;
  }

  #drawn(exercises: readonly Exercise[], day: number, beats: Beats): (Curve | null)[] {
    return exercises.map((exercise) => {
      const samples = exercise.day === day ? beats : this.#withDayBefore(day, beats);
      return exerciseCurve(samples, exercise.start_s, exercise.duration_s);
    });
  }

  #withDayBefore(day: number, beats: Beats): Beats {
    if (this.#before?.day !== day - 1) return beats;
    const before = this.#before.beats();
    return {
      time_ms: Float64Array.from([...before.time_ms, ...beats.time_ms]),
      bpm: Int32Array.from([...before.bpm, ...beats.bpm]),
    };
  }
}

/** The civil day on which an exercise's curve ends, in days since 1970. */
function lastDayOf({ start_s, offset_s, duration_s }: Exercise): number {
  return Math.floor((start_s + duration_s + afterEnd_s + offset_s) / 86_400);
}
