/**
 * Samples as the Fitbit Web API shows them: by the wall clock, without offset. An hour that the
 * clock shows twice cannot be told apart in the answer; how the server shows it is a switch.
 */

import { dayNumber, MS_PER_DAY } from "../../../day.ts";
import type { Day } from "../../../day.ts";
import type { World } from "../api.ts";
import type { FitbitSettings } from "./settings.ts";

/** Values by second of the day. Ascending, but for a repeated hour shown twice. */
export interface Labelled {
  readonly second: readonly number[];
  readonly bpm: readonly number[];
}

/** The synced samples of a day: a civil day of the person, or a UTC day. */
export function labelled(
  day: Day,
  utc: boolean,
  world: World,
  repeatedHour: FitbitSettings["repeatedHour"],
): Labelled {
  const second: number[] = [];
  const bpm: number[] = [];
  const until = world.syncedTo();
  const samples = utc ? world.body.ofUtcDay(dayNumber(day)) : world.body.ofDay(day);
  for (let i = 0; i < samples.time_ms.length; i++) {
    const time = samples.time_ms[i]!;
    if (time >= until) break;
    const wall = utc ? time : time + samples.utc_offset_s[i]! * 1000;
    second.push((wall % MS_PER_DAY) / 1000);
    bpm.push(samples.bpm[i]!);
  }
  return repeatedHourModes[repeatedHour]({ second, bpm });
}

const repeatedHourModes: Readonly<
  Record<FitbitSettings["repeatedHour"], (samples: Labelled) => Labelled>
> = {
  duplicate: (samples) => samples,
  skip({ second, bpm }) {
    let latest = -1;
    const first = second.map((s) => {
      const ahead = s > latest;
      if (ahead) latest = s;
      return ahead;
    });
    return { second: second.filter((_, i) => first[i]), bpm: bpm.filter((_, i) => first[i]) };
  },
  merge({ second, bpm }) {
    const at = new Map<number, number[]>();
    second.forEach((s, i) => at.set(s, [...(at.get(s) ?? []), bpm[i]!]));
    const merged = [...at].sort(([a], [b]) => a - b);
    return { second: merged.map(([s]) => s), bpm: merged.map(([, values]) => mean(values)) };
  },
};

/** Means over steps of the clock, stamped with the step's beginning; measured steps only. */
export function means({ second, bpm }: Labelled, step_s: number): Labelled {
  const starts: number[] = [];
  const values: number[] = [];
  let bucket: number[] = [];
  second.forEach((s, i) => {
    const start = s - (s % step_s);
    if (start !== starts.at(-1)) {
      starts.push(start);
      if (bucket.length > 0) values.push(mean(bucket));
      bucket = [];
    }
    bucket.push(bpm[i]!);
  });
  if (bucket.length > 0) values.push(mean(bucket));
  return { second: starts, bpm: values };
}

/** The values labelled within a window, both ends included. */
export function within({ second, bpm }: Labelled, from: number, to: number): Labelled {
  const inside = second.map((s) => s >= from && s <= to);
  return { second: second.filter((_, i) => inside[i]), bpm: bpm.filter((_, i) => inside[i]) };
}

/** `HH:mm:ss`. */
export function clockText(second: number): string {
  return new Date(second * 1000).toISOString().slice(11, 19);
}

/** Whole beats, as every value of a dataset is. */
function mean(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
}
