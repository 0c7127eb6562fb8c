/** The paired devices of the Google Health API: what there is on the day it is asked. */

import { device } from "../../catalog/intake.ts";
import { dayNumber, today } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { arrayAt, parseDocument, type UnknownFields } from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { instant, lastSegment, type Reading, text, whole, word } from "../records/readings.ts";
import { addRecords, field, type RecordSpec } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { pointListsOf } from "./pages.ts";

const hasHeartRate: Reading = (value, place) => arrayAt(value, place).includes("HEART_RATE");

/** The civil day a document came in, in the account's zone. */
function dayOf({ clock, received_at }: Manifest): number {
  const zone = clock.kind === "local" ? clock.time_zone : "UTC";
  return dayNumber(today(Date.parse(received_at), zone));
}

const specOf = (day: number): RecordSpec => ({
  table: device,
  columns: {
    // No field tells the day: it is the one on which the answer came.
    date: field("name", () => day),
    device_id: field("name", lastSegment),
    type: field("deviceType", word),
    model: field("deviceVersion", text),
    battery_percent: field("batteryLevel", whole),
    battery: field("batteryStatus", word),
    last_sync: field("lastSyncTime", instant),
    has_heart_rate: field("features", hasHeartRate),
  },
  known: ["macAddress"],
});

/** The devices, dated by the civil day on which the answer came. */
export const googleDevices: Stream = {
  source: "google-health",
  name: "pairedDevices",
  table: "device",
  version: 1,
  flatten(document, manifest) {
    const unknown: UnknownFields = new Map();
    const rows = new ColumnsBuilder(device);
    const spec = specOf(dayOf(manifest));
    const list = "pairedDevices";
    for (const { points, place } of pointListsOf(parseDocument(document), unknown, list)) {
      addRecords(spec, arrayAt(points, place), place, list, rows, unknown);
    }
    return { columns: rows.columns(), unknown, notes: [] };
  },
};
