/**
 * The fast reader of roll-ups whose points are a window and a few numbers each, one a minute. It
 * leaves every other document to the careful reader of `roll_up.ts`, which it agrees with.
 */

import type { DocumentClock } from "../../raw/manifest.ts";
import { eachElement } from "../json/cut_lists.ts";
import { type RecordPlace, scanDocument } from "../json/open_document.ts";
import { recordOf, time } from "../json/record_shape.ts";
import type { Flattened } from "../source.ts";
import { utcOffsetsAt } from "../utc_clock.ts";
import { membersOf, numberColumns } from "./number_columns.ts";
import { pointListsOf, rollUpList } from "./pages.ts";
import type { RollUpSpec } from "./roll_up.ts";
import { secondsBetween } from "./scan_points.ts";

/** Where the ends of a window go; numbers after them. */
const place = { start: 0, end: 1, numbers: 2 } as const;

const moments = ["time", "utc_offset_s", "duration_s"];

/**
 * The scanner of a roll-up; undefined for those with more than numbers. It gives undefined where the
 * careful reader has to decide, and throws a DocumentError when the clock has no offsets.
 */
export function rollUpScanner(
  { table, columns, each }: RollUpSpec,
): ((document: Uint8Array, clock: DocumentClock) => Flattened | undefined) | undefined {
  const numbers = numberColumns(table, columns, place.numbers, moments);
  if (each !== undefined || numbers === undefined) return undefined;
  // A number that is not there: whether that is a zero is for the careful reader to say.
  const members = numbers.members.map(([path, shape]) =>
    [path, { ...shape, required: true }] as const
  );
  const records: RecordPlace = {
    lists: [eachElement, rollUpList],
    shape: recordOf(
      place.numbers + members.length,
      membersOf([
        ["startTime", time("instant", place.start)],
        ["endTime", time("instant", place.end)],
        ...members,
      ]),
    ),
  };
  return (document, clock) => {
    const opened = scanDocument(document, records);
    if (opened === undefined) return undefined;
    const { envelope, rows, rowsOf, unknown } = opened;
    const ranges = pointListsOf(envelope, unknown, rollUpList)
      .map(({ points, place }) => rowsOf(points, place, rollUpList));
    const start = rows.float64(place.start, ranges);
    const duration = secondsBetween(start, rows.float64(place.end, ranges));
    const filled = numbers.columns(rows, ranges, start.length);
    rows.handOn();
    if (duration === undefined) return undefined;
    return {
      columns: {
        rows: start.length,
        columns: {
          time: { type: "timestamp_ms", values: start },
          utc_offset_s: { type: "int32", values: utcOffsetsAt(start, clock) },
          duration_s: { type: "float64", values: duration },
          ...filled,
        },
      },
      unknown,
      notes: [],
    };
  };
}
