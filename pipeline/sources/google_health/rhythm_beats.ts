/** The heartbeats of irregular-rhythm notifications: a list in each window of a notification. */

import { irregularRhythmBeat } from "../../catalog/heart.ts";
import { arrayAt, parseDocument } from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { instant, real, utcOffset, valueAt } from "../records/readings.ts";
import { addRecords, field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { instantText, rhythmNotifications } from "./clinical_streams.ts";
import { pointListsOf } from "./pages.ts";
import { asFields } from "./session_parts.ts";

const payload = "irregularRhythmNotification";

/** The beats; what is wrong with their windows is for the stream of the windows to say. */
export const googleRhythmBeats: Stream = {
  ...rhythmNotifications,
  table: irregularRhythmBeat.name,
  version: 1,
  flatten(document, manifest) {
    const { unknown: ofWindows, notes } = rhythmNotifications.flatten(document, manifest);
    const unknown = new Map(ofWindows);
    const rows = new ColumnsBuilder(irregularRhythmBeat);
    for (const { points, place } of pointListsOf(parseDocument(document), new Map())) {
      arrayAt(points, place).forEach((point, index) => {
        const start = valueAt(point, `${payload}.interval.startTime`);
        const path = `${place}[${index}].${payload}.alertWindows`;
        const windows = valueAt(point, `${payload}.alertWindows`) ?? [];
        arrayAt(windows, path).forEach((window, w) => {
          const beats = `${path}[${w}].heartBeats`;
          const columns = {
            time: field("physicalTime", instant),
            utc_offset_s: field("utcOffset", utcOffset),
            bpm: field("beatsPerMinute", real),
            ...asFields({
              notification: instantText(start, place),
              window_time: instant(valueAt(window, "startTime"), `${path}[${w}].startTime`),
            }),
          };
          addRecords(
            { table: irregularRhythmBeat, columns, known: ["civilTime"] },
            arrayAt(valueAt(window, "heartBeats") ?? [], beats),
            beats,
            `dataPoints[].${payload}.alertWindows[].heartBeats`,
            rows,
            unknown,
          );
        });
      });
    }
    return { columns: rows.columns(), unknown, notes };
  },
};
