/**
 * `heart-rate` of the Google Health API: pages of points that each carry their instant and their
 * offset from UTC. About 37,000 points and 25 MB a day: the hottest path of the house.
 */

import { dayNumber, MS_PER_DAY } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { heartRateColumns, plausibleBpm } from "../heart_rate_columns.ts";
import { type OpenDocument, readDocument, scanDocument } from "../json/open_document.ts";
import { object, recordOf, time, unusedText, whole } from "../json/record_shape.ts";
import type { Flattened, Stream } from "../source.ts";
import { civilTime, pointLists, pointListsOf, pointMembers } from "./pages.ts";

const column = { time: 0, utcOffset: 1, bpm: 2 } as const;

const heartRateRecords = {
  lists: pointLists,
  shape: recordOf(3, {
    ...pointMembers,
    heartRate: object({
      sampleTime: object({
        physicalTime: time("instant", column.time),
        // Required: an absent offset is unknown, never zero.
        utcOffset: time("utc_offset", column.utcOffset),
        civilTime,
      }),
      beatsPerMinute: whole(column.bpm, { required: true, quoted: "either", ...plausibleBpm }),
      metadata: object({ motionContext: unusedText, sensorLocation: unusedText }),
    }),
  }),
};

/** The document scanned from its bytes; undefined when the careful reader has to decide. */
export function scanHeartRate(document: Uint8Array, manifest: Manifest): Flattened | undefined {
  const opened = scanDocument(document, heartRateRecords);
  return opened && assemble(opened, manifest);
}

/** The document read carefully; throws a DocumentError. */
export function readHeartRate(document: Uint8Array, manifest: Manifest): Flattened {
  return assemble(readDocument(document, heartRateRecords), manifest);
}

function assemble(
  { envelope, rows, rowsOf, unknown }: OpenDocument,
  manifest: Manifest,
): Flattened {
  const ranges = pointListsOf(envelope, unknown)
    .map(({ points, place }) => rowsOf(points, place, "dataPoints"));
  const times = rows.float64(column.time, ranges);
  const offsets = rows.int32(column.utcOffset, ranges);
  const bpm = rows.int32(column.bpm, ranges);
  rows.handOn();
  checkDays(times, offsets, manifest);
  return { columns: heartRateColumns(times, offsets, bpm), unknown, notes: [] };
}

/** Throws a DocumentError when the points are all of other days than the document was asked for. */
function checkDays(times: Float64Array, offsets: Int32Array, manifest: Manifest): void {
  const start = dayNumber(manifest.first_day) * MS_PER_DAY;
  const end = (dayNumber(manifest.last_day) + 1) * MS_PER_DAY;
  if (times.length === 0) return;
  for (let i = 0; i < times.length; i++) {
    const local = times[i]! + offsets[i]! * 1000;
    if (local >= start && local < end) return;
  }
  throw new DocumentError(
    `Cannot take the points for ${manifest.first_day} to ${manifest.last_day}: all are of other days`,
  );
}

/** Heart-rate samples, from `list` or `reconcile`. */
export const googleHeartRate: Stream = {
  source: "google-health",
  name: "heart-rate",
  table: "heart_rate",
  version: 1,
  flatten: (document, manifest) =>
    scanHeartRate(document, manifest) ?? readHeartRate(document, manifest),
};
