/** The pages of a Google Health answer, as `list` and `reconcile` give them. */

import { arrayAt, countUnknown, member, objectAt, unreadable } from "../json/document.ts";
import type { UnknownFields } from "../json/document.ts";
import { eachElement } from "../json/cut_lists.ts";
import { object, unusedText, unusedWhole } from "../json/record_shape.ts";

/** Where the points of a document lie. */
export const pointLists = [eachElement, "dataPoints"] as const;

/** The member of a page that holds the points of a roll-up. */
export const rollUpList = "rollupDataPoints";

/** Members that any point may have beside its payload. */
export const pointMembers = {
  name: unusedText,
  dataPointName: unusedText,
  dataSource: object({
    platform: unusedText,
    recordingMethod: unusedText,
    device: object({
      displayName: unusedText,
      manufacturer: unusedText,
      formFactor: unusedText,
    }),
    application: object({
      packageName: unusedText,
      webClientId: unusedText,
      googleWebClientId: unusedText,
    }),
  }),
} as const;

/** The civil time repeats what instant and offset say; zero members are omitted. */
export const civilTime = object({
  date: object({ year: unusedWhole, month: unusedWhole, day: unusedWhole }),
  time: object({
    hours: unusedWhole,
    minutes: unusedWhole,
    seconds: unusedWhole,
    nanos: unusedWhole,
  }),
});

/** A page's list of points, and where it lies. */
export interface PointList {
  readonly points: unknown;
  readonly place: string;
}

/**
 * The point lists of all pages that have one. A page without points is empty when it has nothing
 * else of its own; anything else, an error body above all, throws a DocumentError: an error is never
 * an empty day.
 * @param list The member that holds the list.
 */
export function pointListsOf(
  document: unknown,
  unknown: UnknownFields,
  list = "dataPoints",
): PointList[] {
  return arrayAt(document, "the document").flatMap((value, index) => {
    const place = `pages[${index}]`;
    const page = objectAt(value, place);
    const points = member(page, list);
    for (const [key, found] of Object.entries(page)) {
      if (key === list || (key === "nextPageToken" && typeof found === "string")) continue;
      if (points === undefined || key === "error") {
        throw unreadable(place, `a page of ${list}`, page);
      }
      countUnknown(unknown, key);
    }
    return points === undefined ? [] : [{ points, place: `${place}.${list}` }];
  });
}
