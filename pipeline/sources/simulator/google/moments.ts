/** Data types of single moments and of whole days, from what the person's body gives for a day. */

import { dayNumber, dayOfNumber, MS_PER_DAY } from "../../../day.ts";
import type { Day } from "../../../day.ts";
import type { Body } from "../body.ts";
import type { JsonObject } from "../json.ts";
import type { Moment } from "../wall_time.ts";
import { service } from "./data_sources.ts";
import type { DataSource, GoogleStream, Points } from "./stream.ts";
import { dateParts, hasCivil, intervalTime, sampleTime } from "./times.ts";

/** What a moment may carry beside its values. */
export interface Recorded extends Moment {
  /** Digits; absent for what cannot be told apart. */
  readonly id?: string;
  /** When the service has it, once the watch has synced that far; at once when absent. */
  readonly known_ms?: number;
}

interface MomentType<Value extends Recorded> {
  /** What was recorded for a civil day: in it, or for nights up to a day before it. */
  readonly ofDay: (body: Body, day: Day) => readonly Value[];
  /** The payload but its time. */
  readonly payload: (value: Value) => JsonObject;
  readonly source: (value: Value) => DataSource;
}

/** Moments with a `sampleTime`. */
export function samples<Value extends Recorded>(type: MomentType<Value>): GoogleStream {
  return ofMoments(type, ({ time_ms, utc_offset_s }, withCivil) => ({
    sampleTime: sampleTime(time_ms, utc_offset_s, withCivil),
  }));
}

/** Moments entered as sessions that begin and end at once. */
export function entries<Value extends Recorded>(type: MomentType<Value>): GoogleStream {
  return ofMoments(type, ({ time_ms, utc_offset_s }, withCivil) => {
    const moment = { ms: time_ms, offset_s: utc_offset_s };
    return { interval: intervalTime(moment, moment, withCivil) };
  });
}

function ofMoments<Value extends Recorded>(
  { ofDay, payload, source }: MomentType<Value>,
  timeOf: (moment: Moment, withCivil: boolean) => JsonObject,
): GoogleStream {
  return {
    points(utcDay, _verb, { body }, { civilTime }) {
      // Offsets reach from -12 to +14 hours, and a night begins on the day before it counts to.
      const values = [-1, 0, 1, 2].flatMap((days) => ofDay(body, dayOfNumber(utcDay + days)))
        .filter(({ time_ms }) => Math.floor(time_ms / MS_PER_DAY) === utcDay)
        .sort((a, b) => a.time_ms - b.time_ms);
      return laidOut(values, (value) => ({
        source: source(value),
        payload: {
          ...timeOf(value, hasCivil(value.time_ms, civilTime)),
          ...payload(value),
        },
      }));
    },
  };
}

/** The server works out the values of a day some time after it has ended. */
const publishedAfterMs = 2 * 3_600_000;

/** One point a day, published once the day is over and synced; undefined: none on that day. */
export function daily<Value>(
  valueOf: (body: Body, day: Day) => Value | undefined,
  payload: (value: Value) => JsonObject,
): GoogleStream {
  return {
    points(utcDay, _verb, { body }) {
      const day = dayOfNumber(utcDay);
      const value = valueOf(body, day);
      const moments = value === undefined ? [] : [{
        time_ms: dayNumber(day) * MS_PER_DAY,
        utc_offset_s: 0,
        known_ms: body.zones.endOfDay(day) + publishedAfterMs,
        value,
      }];
      return laidOut(moments, ({ time_ms, value }) => ({
        source: service,
        payload: { date: dateParts(time_ms), ...payload(value) },
      }));
    },
  };
}

/** Moments, earliest first, as points. */
export function laidOut<Value extends Recorded>(
  values: readonly Value[],
  of: (value: Value) => { readonly source: DataSource; readonly payload: JsonObject },
): Points {
  const sources = Array.from(new Set(values.map((value) => of(value).source)));
  return {
    time_ms: Float64Array.from(values, ({ time_ms }) => time_ms),
    utc_offset_s: Int32Array.from(values, ({ utc_offset_s }) => utc_offset_s),
    known_ms: Float64Array.from(values, ({ time_ms, known_ms }) => known_ms ?? time_ms),
    values: new Int32Array(values.length),
    source: Uint8Array.from(values, (value) => sources.indexOf(of(value).source)),
    sources,
    ...values.some(({ id }) => id !== undefined) ? { id: (i: number) => values[i]?.id ?? "" } : {},
    payload: (i) => of(values[i]!).payload,
  };
}
