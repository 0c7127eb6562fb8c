/** Each day's seconds as a file beside the page, and what of them the page itself needs. */

import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import type { Columns } from "../columns.ts";
import type { Day } from "../day.ts";
import { columnNamed } from "../transform/column_rows.ts";
import type { DayClock } from "./assemble.ts";
import type { Curve } from "./page_data.ts";
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
  /** Of what it was made from. */
  readonly digest: string;
  readonly clock: DayClock;
  /** Of the exercises whose curves end on the day, by their start: for the next report, not the page. */
  readonly curves: readonly (Curve | null)[];
}

/** The file as text: a script, for a page opened from disk may load nothing else. */
export function dayFile({ day, text, digest, clock, curves }: DayFile): string {
  return `everysecondDay("${day}","${text}","${digest}",${clock.atStart_s},${clock.atEnd_s},` +
    `${JSON.stringify(curves)});\n`;
}

const dayFilePattern =
  /^everysecondDay\("([\d-]+)","([\w+/=]*)","([^"]*)",(-?\d+),(-?\d+),(\[.*\])\);\n$/;

const knownCurves = z.array(
  z.object({
    step_s: z.number(),
    bpm: z.string(),
    max_bpm: z.number(),
    recovery_bpm: z.number().nullable(),
  }).nullable(),
);

/** The file of such a text; undefined when it is none, one of another time, or damaged. */
export function readDayFile(content: string): DayFile | undefined {
  const [, day, text, digest, atStart, atEnd, json] = dayFilePattern.exec(content) ?? [];
  if (day === undefined || text === undefined || digest === undefined) return undefined;
  const curves = curvesOf(json);
  if (curves === undefined) return undefined;
  const clock = { atStart_s: Number(atStart), atEnd_s: Number(atEnd) };
  return { day, text, digest, clock, curves };
}

function curvesOf(json = ""): DayFile["curves"] | undefined {
  try {
    return knownCurves.parse(JSON.parse(json));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
