/**
 * The seam for more data: what a simulated data type records. One entry in `streams.ts` is all that
 * a new one needs; paging, filters, roll-ups and errors come by themselves.
 */

import type { World } from "../api.ts";
import type { JsonObject } from "../json.ts";
import type { GoogleSettings } from "./settings.ts";

/** Where points come from, as `list` shows it. */
export interface DataSource {
  readonly dataSource: JsonObject;
  /** The families it belongs to, besides `all-sources`. */
  readonly families: ReadonlySet<string>;
}

/** The points of one UTC day, earliest first; all arrays are equally long. */
export interface Points {
  /** The instant the filter compares (ms); for daily types midnight of the date, as if UTC. */
  readonly time_ms: Float64Array;
  readonly utc_offset_s: Int32Array;
  /** A point is known once the watch has synced past this instant. */
  readonly known_ms: Float64Array;
  /** What roll-ups work with. */
  readonly values: Int32Array | Float64Array;
  /** What roll-ups sum apart, where they do: a zone, a level. */
  readonly kinds?: Uint8Array;
  /** Index into `sources`. */
  readonly source: Uint8Array;
  readonly sources: readonly DataSource[];
  /** The last part of a point's name, for types whose points have one. */
  id?(index: number): string;
  /** The payload under the type's field. */
  payload(index: number): JsonObject;
}

/** One simulated data type. */
export interface GoogleStream {
  /** The points of a UTC day (days since 1970); `reconcile` merges what `list` shows per source. */
  points(
    utcDay: number,
    verb: "list" | "reconcile",
    world: World,
    settings: GoogleSettings,
  ): Points;
  /** Roll-ups, for types that have them: the longest range and the value over a window's points. */
  readonly rollUp?: {
    readonly maxDays: number;
    /** Finer points than those that are read, where these are longer than a window may be. */
    points?(utcDay: number, world: World): Points;
    value(values: readonly number[], kinds: readonly number[]): JsonObject;
  };
}
