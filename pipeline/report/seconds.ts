/** Each day's seconds as a file beside the page, and what of them the page itself needs. */

import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Columns } from "../columns.ts";
import { type Day, dayNumber } from "../day.ts";
import { columnNamed } from "../transform/column_rows.ts";
import type { DayClock } from "./assemble.ts";
import { afterEnd_s, type Beats, exerciseCurve } from "./exercise_curve.ts";
import type { Exercise } from "./page_data.ts";
import { packDay, type SecondDay, unpackDay } from "./second_day.ts";

/** The columns of `heart_rate` and `steps` that are needed. */
export const beatColumns: readonly string[] = ["time", "utc_offset_s", "bpm"];
export const stepColumns: readonly string[] = ["time", "utc_offset_s", "duration_s", "steps"];

/** The seconds of one civil day out of its parts; undefined when there is neither. */
export function secondDayOf(
  beats: Columns | undefined,
  steps: Columns | undefined,
): { readonly seconds: SecondDay; readonly clock: DayClock } | undefined {
  const clocks = [beats, steps].flatMap((part) => part === undefined ? [] : clockOf(part));
  const [first, second] = clocks;
  if (first === undefined) return undefined;
  const last = second !== undefined && second.end > first.end ? second : first;
  const start = second !== undefined && second.start < first.start ? second : first;
  return {
    seconds: { ...beatsOf(beats), ...walksOf(steps) },
    clock: { atStart_s: start.atStart_s, atEnd_s: last.atEnd_s },
  };
}

function clockOf(part: Columns) {
  const time = columnNamed(part, "time", "timestamp_ms").values;
  const offset = columnNamed(part, "utc_offset_s", "int32").values;
  const [start, atStart_s] = [time[0], offset[0]];
  const [end, atEnd_s] = [time.at(-1), offset.at(-1)];
  if (start === undefined || end === undefined) return [];
  return [{ start, end, atStart_s: atStart_s ?? 0, atEnd_s: atEnd_s ?? 0 }];
}

function beatsOf(part: Columns | undefined) {
  if (part === undefined) {
    return { time_ms: new Float64Array(), utc_offset_s: new Int32Array(), bpm: new Int32Array() };
  }
  return {
    time_ms: columnNamed(part, "time", "timestamp_ms").values,
    utc_offset_s: columnNamed(part, "utc_offset_s", "int32").values,
    bpm: columnNamed(part, "bpm", "int32").values,
  };
}

function walksOf(part: Columns | undefined) {
  const steps = part === undefined ? new Int32Array() : columnNamed(part, "steps", "int32").values;
  const walked = Array.from(steps.keys()).filter((row) => (steps[row] ?? 0) > 0);
  const column = (name: string, type: "timestamp_ms" | "float64") =>
    part === undefined ? new Float64Array() : columnNamed(part, name, type).values;
  const time = column("time", "timestamp_ms");
  const duration = column("duration_s", "float64");
  return {
    steps_time_ms: Float64Array.from(walked, (row) => time[row] ?? NaN),
    steps_duration_ms: Float64Array.from(walked, (row) => Math.round((duration[row] ?? 0) * 1000)),
    steps: Int32Array.from(walked, (row) => steps[row] ?? 0),
  };
}

/** A day's seconds as the text that the page holds or loads: packed, compressed, in base64. */
export function dayText(seconds: SecondDay): string {
  return new Uint8Array(deflateRawSync(packDay(seconds))).toBase64();
}

/** A day's seconds out of such a text. */
export function secondsOfText(text: string): SecondDay {
  return unpackDay(inflateRawSync(Uint8Array.fromBase64(text)));
}

/** A file beside the page. */
export interface DayFile {
  readonly day: Day;
  readonly text: string;
  /** Of the parts that it was made from. */
  readonly digest: string;
  readonly clock: DayClock;
}

/** The file as text: a script, for a page opened from disk may load nothing else. */
export function dayFile({ day, text, digest, clock }: DayFile): string {
  return `everysecondDay("${day}","${text}","${digest}",${clock.atStart_s},${clock.atEnd_s});\n`;
}

const dayFilePattern = /^everysecondDay\("([\d-]+)","([\w+/=]*)","([^"]*)",(-?\d+),(-?\d+)\);\n$/;

/** The file of such a text; undefined when it is none, or one of another time. */
export function readDayFile(content: string): DayFile | undefined {
  const [, day, text, digest, atStart, atEnd] = dayFilePattern.exec(content) ?? [];
  if (day === undefined || text === undefined || digest === undefined) return undefined;
  return { day, text, digest, clock: { atStart_s: Number(atStart), atEnd_s: Number(atEnd) } };
}

/** Gives exercises their curves as the days go by: an exercise may end on the day after it began. */
export class CurveMaker {
  readonly #open: Map<number, Exercise[]>;
  #before: { readonly day: number; readonly beats: () => Beats } | undefined;
  /** The exercises, by their start, with the curves so far. */
  readonly exercises: Exercise[];

  constructor(exercises: readonly Exercise[]) {
    this.exercises = [...exercises];
    this.#open = Map.groupBy(this.exercises, lastDayOf);
  }

  /** The days on which curves end, in days since 1970. */
  get days(): number[] {
    return Array.from(this.#open.keys());
  }

  /** Takes a day's samples, which are unpacked where a curve needs them; days ascend. */
  add(day: Day, beats: () => Beats): void {
    const number = dayNumber(day);
    const ending = this.#open.get(number);
    if (ending !== undefined) this.#draw(ending, number, beats());
    this.#before = { day: number, beats };
  }

  #draw(exercises: readonly Exercise[], day: number, beats: Beats): void {
    for (const exercise of exercises) {
      const samples = exercise.day === day ? beats : this.#withDayBefore(day, beats);
      const curve = exerciseCurve(samples, exercise.start_s, exercise.duration_s);
      this.exercises[this.exercises.indexOf(exercise)] = { ...exercise, curve };
    }
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
