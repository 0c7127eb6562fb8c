/** The paired devices of the Google Health API: what there is on the day it is asked. */

import { device } from "../../catalog/intake.ts";
import { dayNumber } from "../../day.ts";
import { arrayAt, parseDocument, type UnknownFields } from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { instant, lastSegment, type Reading, text, whole, word } from "../records/readings.ts";
import { addRecords, field, type RecordSpec } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { pointListsOf } from "./pages.ts";

const hasHeartRate: Reading = (value, place) => arrayAt(value, place).includes("HEART_RATE");

const specOf = (day: number): RecordSpec => ({
  table: device,
  columns: {
    // No field tells the day: it is the one that was asked for.
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

/** The devices, dated by the civil day that was today when they were asked for. */
export const googleDevices: Stream = {
  source: "google-health",
  name: "pairedDevices",
  table: "device",
  version: 1,
  flatten(document, manifest) {
    const unknown: UnknownFields = new Map();
    const rows = new ColumnsBuilder(device);
    const spec = specOf(dayNumber(manifest.first_day));
    const list = "pairedDevices";
    for (const { points, place } of pointListsOf(parseDocument(document), unknown, list)) {
      addRecords(spec, arrayAt(points, place), place, list, rows, unknown);
    }
    return { columns: rows.columns(), unknown, notes: [] };
  },
};
