/** How the Google Health API writes times: RFC 3339, durations in seconds, civil times in parts. */

import type { JsonObject } from "../json.ts";

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
