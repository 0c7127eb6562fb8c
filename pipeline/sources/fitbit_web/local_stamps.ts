/** Wall-clock stamps of answers, such as `2021-10-25T09:10:00.000`, and the instants they stand for. */

import { dayOfNumber, MS_PER_DAY, zoneOffset } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { unreadable } from "../json/document.ts";
import { readInstant } from "../json/read_value.ts";
import { utcOffsetBy } from "../utc_clock.ts";
import { type DayOfSamples, placedTimes } from "./placed_times.ts";

/** An instant, ms since 1970, with the offset of the wall clock then, in seconds. */
export interface Placed {
  readonly time: number;
  readonly utc_offset_s: number;
}

/** What the wall clock showed: the ms since 1970 that it would be in UTC. Throws a DocumentError. */
export function wallMs(value: unknown, place: string): number {
  const ms = typeof value === "string" ? readInstant(`${value}Z`) : undefined;
  if (ms !== undefined) return ms;
  throw unreadable(place, 'a local time such as "2021-10-25T09:10:00"', value);
}

/**
 * The instants of stamps in the order of the answer, which tells the passes of a repeated hour apart.
 * Throws a DocumentError when the manifest's clock cannot place them.
 * @param walls As {@link wallMs} gives them.
 * @param notes Gets what could not be told for sure.
 */
export function placedWalls(
  walls: readonly number[],
  manifest: Manifest,
  notes: string[],
): Placed[] {
  const days: { number: number; rows: number }[] = [];
  const seconds = new Float64Array(walls.length);
  walls.forEach((wall, i) => {
    const number = Math.floor(wall / MS_PER_DAY);
    seconds[i] = (wall - number * MS_PER_DAY) / 1000;
    const last = days.at(-1);
    if (last?.number === number) last.rows++;
    else days.push({ number, rows: 1 });
  });
  const samples = days.map(({ number, rows }): DayOfSamples => ({
    day: dayOfNumber(number),
    rows,
  }));
  const { times, offsets } = placedTimes(samples, seconds, manifest, notes);
  return Array.from(times, (time, i) => ({ time, utc_offset_s: offsets[i] ?? 0 }));
}

/**
 * The offset (s) of the document's wall clock at an instant (ms since 1970). Throws a DocumentError
 * when its times are on no wall clock.
 */
export function wallOffsetBy({ clock }: Manifest): (time: number) => number {
  switch (clock.kind) {
    case "local":
      return (time) => zoneOffset(time, clock.time_zone);
    case "wall":
      return utcOffsetBy({ kind: "utc", offsets: clock.offsets });
    default:
      throw new DocumentError(
        'Cannot place wall-clock times: expected the manifest\'s clock to be "local" or "wall"',
      );
  }
}
