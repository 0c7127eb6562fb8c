/**
 * Sleeps that the service still works on: going on when they were asked for, or ended but without
 * their stages. The days from such a sleep on are not final, however long ago they were.
 */

import { MS_PER_DAY } from "../../day.ts";
import { readInstant } from "../json/read_value.ts";
import { valueAt } from "../records/readings.ts";

/** A sleep that was not touched for so long stays as it is: some are never processed. */
const givenUpAfterMs = 7 * MS_PER_DAY;

/**
 * When a sleep began (ms since 1970) that can still change; undefined for one that is final.
 * @param payload The `sleep` of a point.
 * @param now When it was asked for, ms since 1970.
 *
 * @example
 * ```ts
 * import { unfinishedSince } from "./unfinished_sleep.ts";
 * import assert from "node:assert/strict";
 * const goingOn = { interval: { startTime: "2026-10-30T22:10:00Z", startUtcOffset: "3600s" } };
 * const start = Date.parse("2026-10-30T22:10:00Z");
 * assert.equal(unfinishedSince(goingOn, Date.parse("2026-10-31T05:00:00Z")), start);
 * assert.equal(unfinishedSince(goingOn, Date.parse("2026-11-08T05:00:00Z")), undefined);
 * ```
 */
export function unfinishedSince(payload: unknown, now: number): number | undefined {
  const ended = valueAt(payload, "interval.endTime") !== undefined;
  if (ended && valueAt(payload, "metadata.processed") === true) return undefined;
  const [start, ...later] = ["interval.startTime", "interval.endTime", "createTime", "updateTime"]
    .map((path) => instantAt(payload, path));
  const touched = Math.max(start ?? -Infinity, ...later.map((time) => time ?? -Infinity));
  return now - touched < givenUpAfterMs ? start : undefined;
}

function instantAt(payload: unknown, path: string): number | undefined {
  const value = valueAt(payload, path);
  return typeof value === "string" ? readInstant(value) : undefined;
}
