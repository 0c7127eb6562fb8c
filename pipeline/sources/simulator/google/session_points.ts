/** Sleeps and exercises as points: what the two have in common. */

import type { World } from "../api.ts";
import type { JsonObject } from "../json.ts";
import { hash32 } from "../random.ts";
import type { Stretch } from "../stretches.ts";
import type { GoogleSettings } from "./settings.ts";
import type { DataSource, Points } from "./stream.ts";
import { durationText, instantText, intervalTime } from "./times.ts";

/** One session as a point. */
export interface SessionPoint {
  readonly id: string;
  /** The instant the filter compares (ms since 1970). */
  readonly time_ms: number;
  /** It is known once the watch has synced past this instant. */
  readonly known_ms: number;
  /** Index into the sources. */
  readonly source: number;
  readonly payload: JsonObject;
}

/** The sessions of a UTC day (since 1970), in order of time, as points. */
export function sessionPoints(
  sessions: readonly SessionPoint[],
  sources: readonly DataSource[],
  { body }: World,
): Points {
  const sorted = sessions.toSorted((a, b) => a.time_ms - b.time_ms || a.source - b.source);
  return {
    time_ms: Float64Array.from(sorted, ({ time_ms }) => time_ms),
    utc_offset_s: Int32Array.from(sorted, ({ time_ms }) => body.zones.spanAt(time_ms).offset_s),
    known_ms: Float64Array.from(sorted, ({ known_ms }) => known_ms),
    values: new Int32Array(sorted.length),
    source: Uint8Array.from(sorted, ({ source }) => source),
    sources,
    id: (index) => sorted[index]?.id ?? "",
    payload: (index) => sorted[index]?.payload ?? {},
  };
}

/** `SESSION_INTERVAL` of the schema; of captured sessions about every other one had civil times. */
export function sessionInterval(
  { from_ms, from_offset_s, to_ms, to_offset_s }: Stretch,
  setting: GoogleSettings["civilTime"],
): JsonObject {
  const withCivil = setting === "always" ||
    (setting === "sometimes" && hash32(`${from_ms}`) % 2 === 0);
  return intervalTime(
    { ms: from_ms, offset_s: from_offset_s },
    { ms: to_ms, offset_s: to_offset_s },
    withCivil,
  );
}

/** The ends of a part of a session, which never carries civil times. */
export function partTimes({ from_ms, from_offset_s, to_ms, to_offset_s }: Stretch): JsonObject {
  return {
    startTime: instantText(from_ms),
    startUtcOffset: durationText(from_offset_s),
    endTime: instantText(to_ms),
    endUtcOffset: durationText(to_offset_s),
  };
}

/** An instant with six digits of its second, as the server stamps what it stores. */
export function stampText(epochMs: number): string {
  const micros = String(hash32(`stamp ${epochMs}`) % 1_000_000).padStart(6, "0");
  return instantText(epochMs).replace("Z", `.${micros}Z`);
}
