/**
 * Training Center XML, in which both services export the track of an exercise: its points with place,
 * height, distance so far and heart rate. Points without a place come from exercises without GPS.
 */

import { exerciseTrack } from "../catalog/exercise.ts";
import { dayAt, dayNumber } from "../day.ts";
import { readStamp, type Stamp } from "./json/read_value.ts";
import { arrayAt, parseDocument, unreadable } from "./json/document.ts";
import { ColumnsBuilder } from "./records/columns_builder.ts";
import type { Flattened, SourceName, Stream } from "./source.ts";

/** The root element; an answer without it is no TCX file. */
export const tcxRoot = "TrainingCenterDatabase";

/** A point of a track; what the file does not have is undefined. */
export interface TrackPoint {
  /** Milliseconds since 1970. */
  readonly time_ms: number;
  readonly latitude_deg: number | undefined;
  readonly longitude_deg: number | undefined;
  readonly altitude_m: number | undefined;
  /** Since the beginning. */
  readonly distance_m: number | undefined;
  readonly bpm: number | undefined;
}

/**
 * The points of a file, in its order. Throws a DocumentError when it is no whole TCX file, or when a
 * point has no time or something else than a number where one belongs.
 *
 * @example
 * ```ts
 * import { trackPointsOf } from "./tcx.ts";
 * import assert from "node:assert/strict";
 * const text = "<TrainingCenterDatabase><Trackpoint><Time>2026-10-05T16:00:00Z</Time>" +
 *   "<AltitudeMeters>34.5</AltitudeMeters></Trackpoint></TrainingCenterDatabase>";
 * const [point] = trackPointsOf(text, "answers[1]");
 * assert.equal(point?.altitude_m, 34.5);
 * assert.equal(point?.latitude_deg, undefined);
 * ```
 */
export function trackPointsOf(text: string, place: string): TrackPoint[] {
  assertTcx(text, place);
  return pointsIn(text, place);
}

/** Throws a DocumentError when that is no whole TCX file. */
export function assertTcx(text: string, place: string): void {
  if (text.includes(`<${tcxRoot}`) && text.trimEnd().endsWith(`</${tcxRoot}>`)) return;
  throw unreadable(place, "a whole TCX file", text);
}

/** The points in a part of a file, in its order; throws as {@link trackPointsOf} does. */
export function pointsIn(text: string, place: string): TrackPoint[] {
  return Array.from(text.matchAll(/<Trackpoint>(.*?)<\/Trackpoint>/gs), ([, point = ""], index) => {
    const at = `${place}.Trackpoint[${index}]`;
    const time = inside(point, "Time");
    const time_ms = time === undefined ? undefined : readStamp(time)?.time_ms;
    if (time_ms === undefined) throw unreadable(`${at}.Time`, "an instant", time);
    const number = (name: string) => numberIn(point, name, at);
    const beat = inside(point, "HeartRateBpm");
    return {
      time_ms,
      latitude_deg: number("LatitudeDegrees"),
      longitude_deg: number("LongitudeDegrees"),
      altitude_m: number("AltitudeMeters"),
      distance_m: number("DistanceMeters"),
      bpm: beat === undefined ? undefined : numberIn(beat, "Value", `${at}.HeartRateBpm`),
    };
  });
}

/** What an element holds; undefined when there is none, or nothing in it. */
function inside(xml: string, name: string): string | undefined {
  const [, found = ""] = new RegExp(`<${name}(?:\\s[^>]*)?>(.*?)</${name}>`, "s").exec(xml) ?? [];
  return found.trim() === "" ? undefined : found.trim();
}

function numberIn(xml: string, name: string, place: string): number | undefined {
  const text = inside(xml, name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  throw unreadable(`${place}.${name}`, "a number", text);
}

/** A stream of tracks: its documents hold lists of exercises and, as text, the file of each. */
export interface TrackSpec {
  readonly source: SourceName;
  readonly name: string;
  /** The exercise's id in the request for its file, as the manifest's origin has it. */
  readonly id: RegExp;
  /** When the exercises of a list began, by their ids. */
  startsOf(list: unknown, place: string): Iterable<readonly [id: string, start: Stamp]>;
  /** The document as JSON. */
  parse?(document: Uint8Array): unknown;
}

/** The stream. Its `flatten` throws a DocumentError for a file of an exercise that no list has. */
export function trackStream(spec: TrackSpec): Stream {
  return {
    source: spec.source,
    name: spec.name,
    table: exerciseTrack.name,
    version: 1,
    flatten(document, { origin }): Flattened {
      const rows = new ColumnsBuilder(exerciseTrack);
      const starts = new Map<string, Stamp>();
      const bodies = arrayAt((spec.parse ?? parseDocument)(document), "the document");
      bodies.forEach((body, index) => {
        const place = `answers[${index}]`;
        if (typeof body !== "string") {
          for (const [id, start] of spec.startsOf(body, place)) starts.set(id, start);
          return;
        }
        const id = spec.id.exec(origin[index] ?? "")?.[1];
        const start = starts.get(id ?? "");
        if (id === undefined || start === undefined) {
          throw unreadable(place, "the track of an exercise of the list", origin[index]);
        }
        const { utc_offset_s } = start;
        const date = dayNumber(dayAt(start.time_ms, utc_offset_s));
        for (const { time_ms, ...point } of trackPointsOf(body, place)) {
          rows.add({ time: time_ms, utc_offset_s, date, exercise_id: id, ...point });
        }
      });
      return { columns: rows.columns(), unknown: new Map(), notes: [] };
    },
  };
}
