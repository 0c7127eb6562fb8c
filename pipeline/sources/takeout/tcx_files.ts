/**
 * TCX files in an archive: the tracks of exercises, with what the web APIs give of them. Read only when
 * locations are asked for.
 */

import { exerciseTrack } from "../../catalog/exercise.ts";
import { dayAt, dayNumber } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { decodeDocument } from "../json/document.ts";
import { readStamp } from "../json/read_value.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import type { Flattened, Stream } from "../source.ts";
import { assertTcx, pointsIn, type TrackPoint } from "../tcx.ts";
import type { Family } from "./family.ts";
import { bounds } from "./first_look.ts";
import { instantBy } from "./instants.ts";

/** An exercise in a file. */
interface Activity {
  /** When it began, as the file says it. */
  readonly began: string | undefined;
  readonly points: readonly TrackPoint[];
}

const activityPattern = /<Activity\b[^>]*>.*?<\/Activity>/gs;

/** The exercises that have a point. Throws a DocumentError when it is no whole TCX file. */
function activitiesIn(document: Uint8Array): Activity[] {
  const text = decodeDocument(document);
  assertTcx(text, "the document");
  const activities = Array.from(text.matchAll(activityPattern), ([activity], index): Activity => ({
    began: /<Id>\s*([^<\s]+)\s*<\/Id>/.exec(activity)?.[1],
    points: pointsIn(activity, `Activity[${index}]`),
  }));
  // A course that somebody saved has points, but no exercise around them.
  const all = activities.length === 0
    ? [{ began: undefined, points: pointsIn(text, "the document") }]
    : activities;
  return all.filter(({ points }) => points.length > 0);
}

const stream = "*.tcx";

export const tcxFamily: Family = {
  stream,
  name: /\.tcx$/,
  location: true,
  summarise(document) {
    const times = activitiesIn(document).flatMap(({ points }) =>
      points.map(({ time_ms }) => time_ms)
    );
    const [first, last] = bounds(Float64Array.from(times));
    return first === undefined || last === undefined
      ? undefined
      : { samples: times.length, span: { kind: "utc", first, last } };
  },
};

/** The id in the name of a file, which is that of the exercise's log. */
function idIn({ member = "" }: Manifest): string | undefined {
  return /(?:^|[^\d])(\d{6,})\.tcx$/i.exec(member)?.[1];
}

function flatten(document: Uint8Array, manifest: Manifest): Flattened {
  const rows = new ColumnsBuilder(exerciseTrack);
  const instantAt = instantBy(manifest.clock);
  const activities = activitiesIn(document);
  const named = activities.length === 1 ? idIn(manifest) : undefined;
  for (const { began, points } of activities) {
    const [first] = points;
    if (first === undefined) continue;
    // An offset beside the time is the wearer's; a Z says nothing of it.
    const stated = began === undefined || began.endsWith("Z") ? undefined : readStamp(began);
    const placed = points.map(({ time_ms, ...point }) => ({
      ...point,
      time: time_ms,
      utc_offset_s: stated?.utc_offset_s ?? instantAt(time_ms).utc_offset_s,
    }));
    const { utc_offset_s = 0 } = placed[0] ?? {};
    const date = dayNumber(dayAt(first.time_ms, utc_offset_s));
    const exercise_id = named ?? began ?? new Date(first.time_ms).toISOString();
    for (const row of placed) rows.add({ ...row, date, exercise_id });
  }
  return { columns: rows.columns(), unknown: new Map(), notes: [] };
}

export const tcxStream: Stream = {
  source: "takeout",
  name: stream,
  table: exerciseTrack.name,
  version: 1,
  flatten,
};
