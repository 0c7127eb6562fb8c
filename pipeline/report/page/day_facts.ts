/** What a day's seconds say of a moment or a stretch of it. */

import { type OffsetSpan, offsetSpans } from "../../chart/time_axis.ts";
import { firstAt } from "../exercise_curve.ts";
import { hypnogram } from "../hypnogram.ts";
import type { SecondDay } from "../second_day.ts";
import type { DayPicture } from "./day_chart.ts";
import type { Page } from "./page.ts";
import { stageLook } from "../../chart/stages.ts";
import { number } from "./words.ts";

/** The day's stretches of one offset: by its samples, else by the clocks of the days around it. */
export function spansOf(
  page: Page,
  day: number,
  seconds: SecondDay | undefined,
): OffsetSpan[] {
  const { start, end, atStart_s, atEnd_s } = page.bounds(day);
  if (seconds === undefined || seconds.time_ms.length === 0) {
    return [{ start, end, offset_s: atStart_s }];
  }
  // The clocks at both ends count too: the night they changed in may have gone unmeasured.
  const times = [start, ...seconds.time_ms, end - 1];
  const offsets = [atStart_s, ...seconds.utc_offset_s, atEnd_s];
  return offsetSpans(times, offsets);
}

/** `, 46 to 155 beats/min` of what is shown. */
export function rangeWords(
  { time_ms, bpm }: SecondDay,
  { from, to }: { from: number; to: number },
) {
  const shown = bpm.subarray(firstAt(time_ms, from), firstAt(time_ms, to + 1));
  if (shown.length === 0) return "";
  const least = shown.reduce((a, b) => Math.min(a, b));
  const most = shown.reduce((a, b) => Math.max(a, b));
  return `, ${least} to ${most} beats/min`;
}

/** The sample nearest to an instant. */
export function nearest(times: Float64Array, instant: number): number {
  const at = firstAt(times, instant);
  const before = times[at - 1] ?? -Infinity;
  const after = times[at] ?? Infinity;
  return instant - before < after - instant ? at - 1 : at;
}

/** The stage of sleep at an instant, in words. */
export function stageAt({ sleeps }: DayPicture, instant: number): string | undefined {
  for (const { start_s, stages } of sleeps) {
    const at = instant / 1000 - start_s;
    const found = hypnogram(stages).find(({ from_s, to_s }) => from_s <= at && at < to_s);
    if (found?.stage !== undefined) return stageLook(found.stage).words;
  }
  return undefined;
}

/** The steps of the stretch around an instant, in words. */
export function stepsAt(seconds: SecondDay | undefined, instant: number): string[] {
  if (seconds === undefined) return [];
  const at = firstAt(seconds.steps_time_ms, instant + 1) - 1;
  const start = seconds.steps_time_ms[at];
  if (start === undefined || instant >= start + (seconds.steps_duration_ms[at] ?? 0)) return [];
  return [`${number(seconds.steps[at] ?? 0)} steps in this minute`];
}

/** The samples of what is shown: local time, UTC, beats a minute. */
export function rowsOf(
  seconds: SecondDay | undefined,
  { from, to }: { from: number; to: number },
  clockOf: (instant: number) => string,
) {
  if (seconds === undefined) return [];
  const { time_ms, bpm } = seconds;
  const rows: [string, string, number][] = [];
  for (let i = firstAt(time_ms, from); i < time_ms.length && time_ms[i]! <= to; i++) {
    rows.push([clockOf(time_ms[i]!), new Date(time_ms[i]!).toISOString(), bpm[i]!]);
  }
  return rows;
}
