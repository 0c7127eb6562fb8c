/** The tracks of exercises of the Fitbit Web API: a TCX file of each that was recorded with GPS. */

import { arrayAt, member, objectAt } from "../json/document.ts";
import { readStamp } from "../json/read_value.ts";
import { valueAt } from "../records/readings.ts";
import { trackStream } from "../tcx.ts";
import { parseWithIds } from "./ids.ts";

/** The files, with the lists of exercises that they belong to. */
export const fitbitTracks = trackStream({
  source: "fitbit-web",
  name: "activities/tcx",
  id: /\/activities\/(\d+)\.tcx/,
  parse: (document) => parseWithIds(document),
  *startsOf(page, place) {
    for (const entry of activitiesIn(page, place)) {
      const id = valueAt(entry, "logId");
      const start = readStamp(String(valueAt(entry, "startTime")));
      if (id !== undefined && start !== undefined) yield [String(id), start];
    }
  },
});

/** Where the tracks of the exercises of a page are that began on those days. */
export function trackPaths(
  body: Uint8Array,
  { first, last }: { readonly first: string; readonly last: string },
): string[] {
  return activitiesIn(parseWithIds(body), "the answer").flatMap((entry) => {
    const day = String(valueAt(entry, "startTime")).slice(0, 10);
    return valueAt(entry, "hasGps") === true && day >= first && day <= last
      ? [`/1/user/-/activities/${valueAt(entry, "logId")}.tcx`]
      : [];
  });
}

function activitiesIn(page: unknown, place: string): readonly unknown[] {
  return arrayAt(member(objectAt(page, place), "activities") ?? [], `${place}.activities`);
}
