/** How the Google Health API writes times: RFC 3339, durations in seconds, civil times in parts. */

import type { JsonObject } from "../json.ts";
import { hash32 } from "../random.ts";
import type { GoogleSettings } from "./settings.ts";

/** `2026-10-25T06:00:05Z`; no fraction where there is none. */
export function instantText(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(".000Z", "Z");
}

/** `-18000s`. */
export function durationText(seconds: number): string {
  return `${seconds}s`;
}

/** Civil date of a wall clock given in ms as if UTC. */
export function dateParts(wallMs: number): JsonObject {
  const wall = new Date(wallMs);
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
}

/** Civil date and time; members that are zero are left out, so that midnight is `"time":{}`. */
export function civilParts(wallMs: number): JsonObject {
  const wall = new Date(wallMs);
  return {
    date: dateParts(wallMs),
    time: {
      hours: wall.getUTCHours() || undefined,
      minutes: wall.getUTCMinutes() || undefined,
      seconds: wall.getUTCSeconds() || undefined,
    },
  };
}

/** `SAMPLE_TIME` of the schema. */
export function sampleTime(epochMs: number, offset_s: number, withCivil: boolean): JsonObject {
  return {
    physicalTime: instantText(epochMs),
    utcOffset: durationText(offset_s),
    civilTime: withCivil ? civilParts(epochMs + offset_s * 1000) : undefined,
  };
}

/** `INTERVAL` of the schema: each end with the offset in force there. */
export function intervalTime(
  start: { readonly ms: number; readonly offset_s: number },
  end: { readonly ms: number; readonly offset_s: number },
  withCivil: boolean,
): JsonObject {
  return {
    startTime: instantText(start.ms),
    startUtcOffset: durationText(start.offset_s),
    endTime: instantText(end.ms),
    endUtcOffset: durationText(end.offset_s),
    civilStartTime: withCivil ? civilParts(start.ms + start.offset_s * 1000) : undefined,
    civilEndTime: withCivil ? civilParts(end.ms + end.offset_s * 1000) : undefined,
  };
}

/** One point in so many lacks its civil time when that is switched to `sometimes`. */
const civilMissingIn = 40;

/** Whether the point of that instant has a civil time. */
export function hasCivil(epochMs: number, setting: GoogleSettings["civilTime"]): boolean {
  if (setting === "sometimes") return hash32(String(epochMs)) % civilMissingIn !== 0;
  return setting === "always";
}
