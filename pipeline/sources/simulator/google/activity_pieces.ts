/**
 * From minutes to what a data type of moving about records: a piece a minute, or one for each run of
 * minutes that are alike. Only minutes in which the watch was worn make pieces.
 */

import type { World } from "../api.ts";
import { minutesPerDay } from "../day_plan.ts";
import { type Minutes, MS_PER_MINUTE } from "../minutes.ts";
import { watch } from "./data_sources.ts";
import type { JsonObject } from "../json.ts";
import type { GoogleSettings } from "./settings.ts";
import type { DataSource, Points } from "./stream.ts";
import { hasCivil, intervalTime } from "./times.ts";

/** A stretch of time with a quantity. */
export interface Piece {
  readonly start_ms: number;
  readonly end_ms: number;
  readonly value: number;
  /** A zone, a level, a stroke; 0 where there is none. */
  readonly kind: number;
  /** Index into the sources; the watch when absent. */
  readonly source?: number;
}

/** What is made of one minute; undefined: nothing. */
export type OfMinute<Value> = (minutes: Minutes, m: number) => Value | undefined;

/** A piece for each worn minute that has a value. */
export function perMinute(valueOf: OfMinute<number>, kindOf?: OfMinute<number>) {
  return (minutes: Minutes): Piece[] => {
    const pieces: Piece[] = [];
    for (let m = 0; m < minutesPerDay; m++) {
      const value = minutes.worn[m] === 1 ? valueOf(minutes, m) : undefined;
      if (value === undefined) continue;
      const start_ms = minutes.start_ms + m * MS_PER_MINUTE;
      const kind = kindOf?.(minutes, m) ?? 0;
      pieces.push({ start_ms, end_ms: start_ms + MS_PER_MINUTE, value, kind });
    }
    return pieces;
  };
}

/**
 * A piece for each run of worn minutes of the same kind, its value the number of minutes. A run ends
 * with the UTC day, so that each day can be told by itself.
 */
export function runs(kindOf: OfMinute<number>, leastMinutes = 1) {
  return (minutes: Minutes): Piece[] => {
    const pieces: Piece[] = [];
    const kindAt = (m: number) =>
      m < minutesPerDay && minutes.worn[m] === 1 ? kindOf(minutes, m) : undefined;
    for (let m = 0; m < minutesPerDay;) {
      const kind = kindAt(m);
      let end = m + 1;
      while (kind !== undefined && kindAt(end) === kind) end++;
      if (kind !== undefined && end - m >= leastMinutes) {
        const start_ms = minutes.start_ms + m * MS_PER_MINUTE;
        const end_ms = minutes.start_ms + end * MS_PER_MINUTE;
        pieces.push({ start_ms, end_ms, value: end - m, kind });
      }
      m = end;
    }
    return pieces;
  };
}

/** Pieces, earliest first, as points; each is known once the watch has synced past its end. */
export function pointsOf(
  pieces: readonly Piece[],
  { body }: World,
  civilTime: GoogleSettings["civilTime"],
  payload: (piece: Piece) => JsonObject,
  sources: readonly DataSource[] = [watch],
): Points {
  const offsetAt = (ms: number) => body.zones.spanAt(ms).offset_s;
  let span = body.zones.spanAt(pieces[0]?.start_ms ?? 0);
  return {
    time_ms: Float64Array.from(pieces, ({ start_ms }) => start_ms),
    utc_offset_s: Int32Array.from(pieces, ({ start_ms }) => {
      if (start_ms >= span.to) span = body.zones.spanAt(start_ms);
      return span.offset_s;
    }),
    known_ms: Float64Array.from(pieces, ({ end_ms }) => end_ms - 1),
    values: Float64Array.from(pieces, ({ value }) => value),
    kinds: Uint8Array.from(pieces, ({ kind }) => kind),
    source: Uint8Array.from(pieces, ({ source }) => source ?? 0),
    sources,
    payload(index) {
      const piece = pieces[index];
      if (piece === undefined) throw new RangeError(`Cannot write point ${index}: there is none`);
      const { start_ms, end_ms } = piece;
      return {
        interval: intervalTime(
          { ms: start_ms, offset_s: offsetAt(start_ms) },
          { ms: end_ms, offset_s: offsetAt(end_ms) },
          hasCivil(start_ms, civilTime),
        ),
        ...payload(piece),
      };
    },
  };
}
