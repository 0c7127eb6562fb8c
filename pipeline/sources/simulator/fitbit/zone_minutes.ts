/** Active zone minutes as the Fitbit Web API gives them: minutes that have some, and no others. */

import { MS_PER_DAY } from "../../../day.ts";
import type { Day } from "../../../day.ts";
import type { World } from "../api.ts";
import { eachMinute, MS_PER_MINUTE, noZone, zoneMinutes } from "../minutes.ts";

/** The total and the zones, as they are spelled. */
export const zoneMinuteNames = [
  "activeZoneMinutes",
  "fatBurnActiveZoneMinutes",
  "cardioActiveZoneMinutes",
  "peakActiveZoneMinutes",
] as const;

/** A minute with active zone minutes. */
export interface ZoneMinute {
  /** Milliseconds since 1970. */
  readonly time_ms: number;
  readonly utc_offset_s: number;
  /** Of the day, on the wall clock. */
  readonly second: number;
  /** An index into {@link zoneMinuteNames}, from 1. */
  readonly zone: number;
  /** The total and the minute's zone. */
  readonly value: Readonly<Record<string, number>>;
}

/**
 * Those of a civil day.
 * @param until Only minutes that were over by then (ms since 1970).
 */
export function dayZoneMinutes(
  { body }: Pick<World, "body">,
  day: Day,
  until = Infinity,
): ZoneMinute[] {
  const found: ZoneMinute[] = [];
  eachMinute(body, day, (minutes, m) => {
    const time_ms = minutes.start_ms + m * MS_PER_MINUTE;
    const zone = minutes.zone[m]!;
    const earned = zone === noZone ? 0 : zoneMinutes[zone] ?? 0;
    if (earned === 0 || time_ms + MS_PER_MINUTE > until) return;
    const utc_offset_s = minutes.utc_offset_s[m]!;
    const wall = time_ms + utc_offset_s * 1000;
    found.push({
      time_ms,
      utc_offset_s,
      second: (wall % MS_PER_DAY) / 1000,
      zone,
      value: { activeZoneMinutes: earned, [zoneMinuteNames[zone] ?? ""]: earned },
    });
  });
  return found;
}
