/** The tracks of exercises of the Google Health API: a TCX file of each that was recorded with GPS. */

import { z } from "zod";
import { arrayAt } from "../json/document.ts";
import { instant, lastSegment, type Reading, utcOffset, valueAt } from "../records/readings.ts";
import { trackStream } from "../tcx.ts";
import { pointListsOf } from "./pages.ts";

const path = "/v4/users/me/dataTypes/exercise/dataPoints";

/** The files, with the lists of exercises that they belong to. */
export const googleTracks = trackStream({
  source: "google-health",
  name: "exportExerciseTcx",
  id: /\/dataPoints\/([^/:]+):exportExerciseTcx/,
  *startsOf(page) {
    for (const { points, place } of pointListsOf([page], new Map())) {
      for (const [index, point] of arrayAt(points, place).entries()) {
        const read = (path: string, reading: Reading) =>
          reading(valueAt(point, path), `${place}[${index}].${path}`);
        const id = read("dataPointName", lastSegment);
        const time_ms = read("exercise.interval.startTime", instant);
        const utc_offset_s = read("exercise.interval.startUtcOffset", utcOffset);
        if (
          typeof id === "string" && typeof time_ms === "number" && typeof utc_offset_s === "number"
        ) yield [id, { time_ms, utc_offset_s }];
      }
    }
  },
});

const recordedSchema = z.object({
  dataPointName: z.string(),
  exercise: z.object({ exerciseMetadata: z.object({ hasGps: z.literal(true) }) }),
});

/** Where the track of an exercise is; undefined for one without, whose file would hold next to nothing. */
export function trackPath(point: unknown): string | undefined {
  const name = recordedSchema.safeParse(point).data?.dataPointName;
  return name === undefined ? undefined : `${path}/${name.split("/").at(-1)}:exportExerciseTcx`;
}
