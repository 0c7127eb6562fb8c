/** The heartbeats of irregular-rhythm notifications: a list in each window of a notification. */

import { irregularRhythmBeat } from "../../catalog/heart.ts";
import { arrayAt } from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { real, text, valueAt } from "../records/readings.ts";
import { addRecords, field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { recordsIn } from "./answer_streams.ts";
import { rhythmAlerts } from "./clinical_lists.ts";
import { placedWalls, wallMs, wallOffsetBy } from "./local_stamps.ts";

/** The beats, placed by their windows, which follow each other also in the hour that comes twice. */
export const fitbitRhythmBeats: Stream = {
  ...rhythmAlerts,
  table: irregularRhythmBeat.name,
  version: 1,
  flatten(document, manifest) {
    const { unknown: ofWindows, notes } = rhythmAlerts.flatten(document, manifest);
    const unknown = new Map(ofWindows);
    const rows = new ColumnsBuilder(irregularRhythmBeat);
    const offsetAt = wallOffsetBy(manifest);
    const windows = recordsIn(document, "alerts", new Map()).flatMap(({ records, place }) =>
      records.flatMap((alert, index) => {
        const path = `${place}[${index}]`;
        const alertTime = valueAt(alert, "alertTime");
        const day = String(text(alertTime, `${path}.alertTime`)).slice(0, 10);
        if (day < manifest.first_day || day > manifest.last_day) return [];
        const at = `${path}.windows`;
        return arrayAt(valueAt(alert, "windows") ?? [], at).map((window, w) => ({
          alertWall: wallMs(alertTime, `${path}.alertTime`),
          wall: wallMs(valueAt(window, "startTime"), `${at}[${w}].startTime`),
          beats: valueAt(window, "bpmData") ?? [],
          place: `${at}[${w}].bpmData`,
        }));
      })
    );
    const placed = placedWalls(windows.map(({ wall }) => wall), manifest, []);
    windows.forEach(({ alertWall, wall, beats, place }, index) => {
      const start = placed[index]?.time;
      const alert = placedWalls([alertWall], manifest, [])[0]?.time;
      if (start === undefined || alert === undefined) return;
      const timeOf = (beat: unknown, at: string) =>
        start + wallMs(valueAt(beat, "dateTime"), `${at}.dateTime`) - wall;
      addRecords(
        {
          table: irregularRhythmBeat,
          columns: {
            time: field("^", timeOf),
            utc_offset_s: field("^", (beat, at) => offsetAt(timeOf(beat, at))),
            bpm: field("value", real),
            notification: field("^", () => new Date(alert).toISOString()),
            window_time: field("^", () => start),
          },
          known: ["dateTime"],
        },
        arrayAt(beats, place),
        place,
        "alerts[].windows[].bpmData",
        rows,
        unknown,
      );
    });
    return { columns: rows.columns(), unknown, notes };
  },
};
